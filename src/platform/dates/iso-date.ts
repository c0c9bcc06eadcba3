/** A local date in Asia/Tokyo written YYYY-MM-DD. */
export type IsoDate = string

/** An instant written as an ISO 8601 string with offset. */
export type IsoInstant = string
