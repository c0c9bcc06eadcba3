import { JP_BANK } from '../../../platform/dates/business-calendar.ts'
import {
  addBusinessMinutes,
  type BusinessHours,
  businessMinutesBetween,
} from '../../../platform/dates/business-clock.ts'

/** When applications are worked on: bank days, 9:00–18:00 Tokyo time, as inquiries are. */
export const DECISION_HOURS: BusinessHours = { calendar: JP_BANK, opensAt: '09:00', closesAt: '18:00' }
/** Named in each application, so that a later policy leaves the deadlines of earlier ones alone. */
export const CLOCK_POLICY = 'standard/1'

const DAY = 9 * 60
/** Business minutes from the submission: one business day to a decision, half of it for the short form; money one day later (FF §5, clocks; our default). */
const MINUTES = {
  full: { decision: DAY, funding: 2 * DAY },
  short: { decision: DAY / 2, funding: DAY + DAY / 2 },
} as const

/** The instants by which a decision and the money are due, by the business clock (DD group 13, due_at per clock). */
export function deadlines(
  submittedAt: Date,
  form: keyof typeof MINUTES,
): { decisionDue: Date; fundingDue: Date } {
  return {
    decisionDue: addBusinessMinutes(submittedAt, MINUTES[form].decision, DECISION_HOURS),
    fundingDue: addBusinessMinutes(submittedAt, MINUTES[form].funding, DECISION_HOURS),
  }
}

/** A deadline after the clock stood still: as much later, in business time, as it stood. Minutes. */
export function afterPause(due: Date, pausedMinutes: number): Date {
  return pausedMinutes === 0 ? due : addBusinessMinutes(due, pausedMinutes, DECISION_HOURS)
}

export function businessMinutes(from: Date, to: Date): number {
  return businessMinutesBetween(from, to, DECISION_HOURS)
}

/** Business minutes left until a deadline, negative when it has passed; while the clock stands still, as many as when it stopped. */
export function minutesLeft(due: Date, now: Date, pausedSince: Date | null): number {
  const at = pausedSince ?? now
  return at <= due ? businessMinutes(at, due) : -businessMinutes(due, at)
}
