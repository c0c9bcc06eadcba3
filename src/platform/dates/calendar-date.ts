import type { IsoDate } from './iso-date.ts'

const DAY_MS = 86_400_000
const SHAPE = /^[1-9]\d{3}-\d{2}-\d{2}$/

/** A day of the proleptic Gregorian calendar in parts; month and day count from 1. */
export interface DateParts {
  year: number
  month: number
  day: number
}

/** True for a real day written YYYY-MM-DD, years 1000–9999: `2026-02-29` and `0026-11-23` are none. */
export function isIsoDate(text: unknown): text is IsoDate {
  if (typeof text !== 'string' || !SHAPE.test(text)) return false
  return isRealDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)))
}

/** True when the calendar has that day. */
export function isRealDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** Writes year, month and day as an IsoDate; throws on a day the calendar does not have, which is a mistake of ours. */
export function isoDate(year: number, month: number, day: number): IsoDate {
  if (year < 1000 || year > 9999 || !isRealDay(year, month, day))
    throw new RangeError(`${year}-${month}-${day} is no date`)
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

/** Takes a date apart. Throws when it is none. */
export function dateParts(date: IsoDate): DateParts {
  if (!isIsoDate(date)) throw new RangeError(`${date} is no date`)
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

/** Days since 1970-01-01. Whole days in UTC have no summer time, so the arithmetic is exact. */
export function epochDay(date: IsoDate): number {
  const { year, month, day } = dateParts(date)
  return Date.UTC(year, month - 1, day) / DAY_MS
}

/** The date that many days after 1970-01-01. */
export function fromEpochDay(days: number): IsoDate {
  const at = new Date(days * DAY_MS)
  return isoDate(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
}

/** The date `days` later (earlier when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return fromEpochDay(epochDay(date) + days)
}

/** Days from `from` to `to`; negative when `to` is earlier. Interest counts the first day out, so this is the day count of JR §6.5. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return epochDay(to) - epochDay(from)
}

/** The same day `months` later, or the last day of that month when it is shorter: 2026-01-31 + 1 = 2026-02-28. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = dateParts(date)
  return dayOfMonth(year, month + months, day)
}

/** The day of that month, cut to its last day; `month` may run past 12 or below 1. */
export function dayOfMonth(year: number, month: number, day: number): IsoDate {
  const index = year * 12 + month - 1
  const realYear = Math.floor(index / 12)
  const realMonth = (((index % 12) + 12) % 12) + 1
  return isoDate(realYear, realMonth, Math.min(day, daysInMonth(realYear, realMonth)))
}

/** 28–31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The last day of the month the date lies in. */
export function endOfMonth(date: IsoDate): IsoDate {
  const { year, month } = dateParts(date)
  return isoDate(year, month, daysInMonth(year, month))
}

/** 0 Sunday … 6 Saturday. */
export function dayOfWeek(date: IsoDate): number {
  // 1970-01-01 was a Thursday.
  return (((epochDay(date) + 4) % 7) + 7) % 7
}

/** Negative, zero or positive as `a` is before, on or after `b`; usable for sorting. */
export function compareDates(a: IsoDate, b: IsoDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** True when `date` lies in `from`…`to`, both included; an open end is null. */
export function isWithin(date: IsoDate, from: IsoDate | null, to: IsoDate | null): boolean {
  return (from === null || date >= from) && (to === null || date <= to)
}

/** The earlier of two dates. */
export function earlierOf(a: IsoDate, b: IsoDate): IsoDate {
  return a <= b ? a : b
}

/** The later of two dates. */
export function laterOf(a: IsoDate, b: IsoDate): IsoDate {
  return a >= b ? a : b
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
