import holidayJp from '@holiday-jp/holiday_jp'
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

/** Whether banks work: not Saturday, Sunday, a national holiday, 12-31 or 01-01 … 03 (JR §7.1). */
export function isBankDay(date: IsoDate): boolean {
  const weekday = new Date(date).getUTCDay()
  if (weekday === 0 || weekday === 6 || date in holidayJp.holidays) return false
  const day = date.slice(5)
  return day !== '12-31' && day !== '01-01' && day !== '01-02' && day !== '01-03'
}

/** The date itself on a bank day, else the next one (or the one before). */
export function rollToBankDay(date: IsoDate, direction: 'following' | 'preceding' = 'following'): IsoDate {
  let day = date
  while (!isBankDay(day)) day = addDays(day, direction === 'following' ? 1 : -1)
  return day
}

/** The bank day so many bank days later. */
export function addBankDays(date: IsoDate, days: number): IsoDate {
  let day = date
  for (let left = days; left > 0; left--) day = rollToBankDay(addDays(day, 1))
  return day
}
