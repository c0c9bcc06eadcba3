import holidayJp from '@holiday-jp/holiday_jp'
import { dateParts, isoDate } from './calendar-date.ts'
import type { IsoDate } from './iso-date.ts'

/**
 * Where the list of national holidays comes from. The law is announced each February for the following year, so days after
 * `officialUntil` are computed (equinoxes) and may still change. Source: JR §7.1.
 */
export const HOLIDAY_DATA = {
  source: '@holiday-jp/holiday_jp 2.5.1',
  from: '1970-01-01' as IsoDate,
  to: '2050-12-31' as IsoDate,
  officialUntil: '2027-12-31' as IsoDate,
} as const

/** A day added to a calendar, with the word that explains it. */
export interface NamedDay {
  date: IsoDate
  name: string
}

const NAMES: ReadonlyMap<IsoDate, string> = new Map(
  Object.values(holidayJp.holidays).map(holiday => [holiday.date, holiday.name]),
)

/** The national holiday on that day, substitute (振替休日) and sandwiched (国民の休日) days included; null when it is none. */
export function nationalHoliday(date: IsoDate): string | null {
  return NAMES.get(date) ?? null
}

/** National holidays from `from` to `to`, both included, in order. */
export function nationalHolidays(from: IsoDate, to: IsoDate): NamedDay[] {
  const days = [...NAMES]
    .filter(([date]) => date >= from && date <= to)
    .map(([date, name]) => ({ date, name }))
  return days.sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** True from 1 March on while the official list of next year is not loaded: the moment to raise an alarm (JR §7.1). */
export function isHolidayListDue(
  today: IsoDate,
  officialUntil: IsoDate = HOLIDAY_DATA.officialUntil,
): boolean {
  const { year, month } = dateParts(today)
  return officialUntil < isoDate(month >= 3 ? year + 1 : year, 12, 31)
}
