import {
  type BusinessCalendar,
  calendarOnTop,
  isBusinessDay,
  JP_BANK,
} from '../../platform/dates/business-calendar.ts'
import type { BusinessHours } from '../../platform/dates/business-clock.ts'
import { dayOfWeek } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { CompanySettings } from './contract.ts'

/** When work is done, as a value that can be kept with a deadline: days, closings on top of them, and times HH:MM Tokyo time. */
export interface HoursRule {
  days: 'banking_days' | 'weekends_only' | 'every_day'
  closedDays: readonly IsoDate[]
  opensAt: string
  closesAt: string
}

/** Before a company says otherwise, and for deadlines kept without their hours: bank days, 9:00–18:00. */
export const STANDARD_HOURS: HoursRule = {
  days: 'banking_days',
  closedDays: [],
  opensAt: '09:00',
  closesAt: '18:00',
}

/** The company's business hours of its settings; the standard ones before set-up. */
export function hoursRuleOf(settings: CompanySettings | null | undefined): HoursRule {
  if (!settings) return STANDARD_HOURS
  const { bankHolidays, closedDays, opensAt, closesAt } = settings
  return { days: bankHolidays, closedDays, opensAt, closesAt }
}

const isWeekend = (date: IsoDate) => dayOfWeek(date) === 0 || dayOfWeek(date) === 6

const BASES: Record<HoursRule['days'], BusinessCalendar> = {
  banking_days: JP_BANK,
  weekends_only: {
    code: 'weekends_only',
    closedBecause: date => (isWeekend(date) ? '土曜日・日曜日' : null),
  },
  every_day: { code: 'every_day', closedBecause: () => null },
}

/** Hours as the business clock takes them. */
export function businessHoursOf({ days, closedDays, opensAt, closesAt }: HoursRule): BusinessHours {
  const base = BASES[days]
  const calendar =
    closedDays.length === 0
      ? base
      : calendarOnTop(base, `${days}+company`, {
          closed: closedDays.map(date => ({ date, name: '会社の休業日' })),
        })
  return { calendar, opensAt, closesAt }
}

/** Whether the company works on a day. */
export const worksOn = (date: IsoDate, rule: HoursRule): boolean =>
  isBusinessDay(date, businessHoursOf(rule).calendar)

/** Minutes of one business day. */
export function minutesOfBusinessDay({ opensAt, closesAt }: Pick<HoursRule, 'opensAt' | 'closesAt'>): number {
  return minutesOfTime(closesAt) - minutesOfTime(opensAt)
}

/** HH:MM as minutes of the day. */
export const minutesOfTime = (time: string): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
