import type { IsoDate } from '../../../platform/dates/iso-date.ts'

const DAY_MS = 86_400_000

/** Calendar days from one local date to another; negative when `to` is earlier. Throws on a date that does not exist. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return (utcOf(to) - utcOf(from)) / DAY_MS
}

/** The local date `days` calendar days later (earlier when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(utcOf(date) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The day `payDay` (31 = month end) of the month `months` after the month of `date`; past a month's end means its last day (JR §7.2). */
export function dayOfLaterMonth(date: IsoDate, months: number, payDay: number): IsoDate {
  utcOf(date)
  const [year, month] = date.split('-').map(Number) as [number, number]
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(payDay, lastDay))).toISOString().slice(0, 10)
}

/** Midnight UTC of a local date, only used to subtract dates from one another. */
function utcOf(date: IsoDate): number {
  const instant = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== date) {
    throw new RangeError(`${date} is not a calendar date (YYYY-MM-DD)`)
  }
  return instant
}
