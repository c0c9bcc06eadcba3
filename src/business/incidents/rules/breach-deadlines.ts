import { JP_HOLIDAY } from '../../../platform/dates/business-calendar.ts'
import { addDays, dayOfWeek } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { BreachGround } from '../tables.ts'

const PRELIMINARY_DAYS = 5
const FINAL_DAYS = 30
const FINAL_DAYS_WRONGFUL = 60

export interface BreachDeadlines {
  /** Null where no ground for a report is given. */
  preliminaryDueOn: IsoDate | null
  finalDueOn: IsoDate | null
}

/**
 * When a breach of personal data must be reported (JR §4.2; 規則 7条, 8条): 速報 on the 5th day, 確報 on the 30th, or the 60th where a
 * wrongful purpose is suspected. The day of knowing is day 1; a last day on a weekend or holiday moves to the next weekday.
 */
export function breachDeadlines(knownOn: IsoDate, grounds: readonly BreachGround[]): BreachDeadlines {
  if (grounds.length === 0) return { preliminaryDueOn: null, finalDueOn: null }
  const last = grounds.includes('wrongful_purpose') ? FINAL_DAYS_WRONGFUL : FINAL_DAYS
  return {
    preliminaryDueOn: nextWeekday(addDays(knownOn, PRELIMINARY_DAYS - 1)),
    finalDueOn: nextWeekday(addDays(knownOn, last - 1)),
  }
}

function nextWeekday(date: IsoDate): IsoDate {
  let day = date
  while (dayOfWeek(day) === 0 || dayOfWeek(day) === 6 || JP_HOLIDAY.closedBecause(day) !== null)
    day = addDays(day, 1)
  return day
}
