import { addDays, dayOfWeek } from './calendar-date.ts'
import { type NamedDay, nationalHoliday } from './holidays.ts'
import type { IsoDate } from './iso-date.ts'

/** Where a date falls that is no business day: `following` next, `preceding` last, `none` stays. */
export type RollRule = 'following' | 'preceding' | 'none'

/** Days a company or a new law adds to or takes from a calendar; `open` wins over every reason to be closed. */
export interface CalendarOverrides {
  closed?: readonly NamedDay[]
  open?: readonly IsoDate[]
}

/** Tells closed days from business days. */
export interface BusinessCalendar {
  code: string
  /** Why the day is closed, in Japanese; null on a business day. */
  closedBecause(date: IsoDate): string | null
}

const WEEKDAYS = '日月火水木金土'
/** Longer closings are a broken calendar, not a holiday. */
const LONGEST_CLOSING = 366

/** `jp_holiday`: closed on national holidays only. Source: JR §7.1. */
export function jpHolidayCalendar(overrides: CalendarOverrides = {}): BusinessCalendar {
  return overridden('jp_holiday', nationalHoliday, overrides)
}

/** `jp_bank`: closed on Saturdays, Sundays, national holidays, 31 December and 1–3 January. Source: JR §7.1. */
export function jpBankCalendar(overrides: CalendarOverrides = {}): BusinessCalendar {
  return overridden('jp_bank', closedAtBanks, overrides)
}

/** A calendar with further days on top, for example a company's summer closing. */
export function calendarOnTop(
  base: BusinessCalendar,
  code: string,
  overrides: CalendarOverrides,
): BusinessCalendar {
  return overridden(code, date => base.closedBecause(date), overrides)
}

/** `jp_bank` without overrides. */
export const JP_BANK = jpBankCalendar()

/** `jp_holiday` without overrides. */
export const JP_HOLIDAY = jpHolidayCalendar()

/** True when the calendar is open on that day. */
export function isBusinessDay(date: IsoDate, calendar: BusinessCalendar): boolean {
  return calendar.closedBecause(date) === null
}

/** The date itself on a business day, else the next or last one, as the rule says. */
export function roll(date: IsoDate, rule: RollRule, calendar: BusinessCalendar): IsoDate {
  if (rule === 'none') return date
  const step = rule === 'following' ? 1 : -1
  let day = date
  for (let closed = 0; closed < LONGEST_CLOSING; closed++) {
    if (isBusinessDay(day, calendar)) return day
    day = addDays(day, step)
  }
  throw new RangeError(
    `calendar ${calendar.code} has no business day within ${LONGEST_CLOSING} days of ${date}`,
  )
}

/** The n-th business day after `date` (before it when negative); the date itself is not counted. 0 gives the date unchanged. */
export function addBusinessDays(date: IsoDate, days: number, calendar: BusinessCalendar): IsoDate {
  const step = days < 0 ? -1 : 1
  let day = date
  for (let left = Math.abs(days); left > 0; left--)
    day = roll(addDays(day, step), days < 0 ? 'preceding' : 'following', calendar)
  return day
}

/** Business days after `from` up to and including `to`; negative when `to` is earlier. */
export function businessDaysBetween(from: IsoDate, to: IsoDate, calendar: BusinessCalendar): number {
  if (to < from) return -businessDaysBetween(to, from, calendar)
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isBusinessDay(day, calendar)) count++
  return count
}

function closedAtBanks(date: IsoDate): string | null {
  const holiday = nationalHoliday(date)
  if (holiday !== null) return holiday
  const monthDay = date.slice(5)
  if (monthDay === '12-31' || monthDay === '01-02' || monthDay === '01-03' || monthDay === '01-01')
    return '年末年始'
  const weekday = dayOfWeek(date)
  return weekday === 0 || weekday === 6 ? `${WEEKDAYS[weekday]}曜日` : null
}

function overridden(
  code: string,
  base: (date: IsoDate) => string | null,
  overrides: CalendarOverrides,
): BusinessCalendar {
  const closed = new Map((overrides.closed ?? []).map(day => [day.date, day.name]))
  const open = new Set(overrides.open ?? [])
  return { code, closedBecause: date => (open.has(date) ? null : (closed.get(date) ?? base(date))) }
}
