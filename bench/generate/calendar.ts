import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import type { Random } from './random.ts'

const DAY = 86_400_000

/** YYYY-MM-DD of a year, month 1–12 and day, which must exist. */
export function isoDate(year: number, month: number, day: number): IsoDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The day so many days later (earlier when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}

/** The same day so many months later, or the last day of that month. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const at = year * 12 + month - 1 + months
  return monthDay(Math.floor(at / 12), (at % 12) + 1, day)
}

/** A day of a month, 31 meaning the last one; longer days than the month has become its last. */
export function monthDay(year: number, month: number, day: number): IsoDate {
  return isoDate(year, month, Math.min(day, daysInMonth(year, month)))
}

export function dateIn(random: Random, firstYear: number, lastYear: number): IsoDate {
  const year = random.whole(firstYear, lastYear)
  const month = random.whole(1, 12)
  return isoDate(year, month, random.whole(1, daysInMonth(year, month)))
}

export function isWeekend(date: IsoDate): boolean {
  const day = new Date(date).getUTCDay()
  return day === 0 || day === 6
}
