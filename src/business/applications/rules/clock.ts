import { JP_BANK } from '../../../platform/dates/business-calendar.ts'
import {
  addBusinessMinutes,
  type BusinessHours,
  businessMinutesBetween,
} from '../../../platform/dates/business-clock.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import type { PlanClock, PlanParameters } from '../../plans/contract.ts'

/** When applications are worked on: bank days, 9:00–18:00 Tokyo time, as inquiries are. */
export const DECISION_HOURS: BusinessHours = { calendar: JP_BANK, opensAt: '09:00', closesAt: '18:00' }
/** Named in each application, so that a later policy leaves the deadlines of earlier ones alone. */
export const CLOCK_POLICY = 'standard/1'
/** The policy of an application under a version of a plan. */
export const planClockPolicy = (plan: { code: string; version: number }) =>
  `plan/${plan.code}/${plan.version}`

const DAY = 9 * 60
/** Business minutes from the submission: one business day to a decision, half of it for the short form; money one day later (FF §5, clocks; our default). */
const MINUTES = {
  full: { decision: DAY, funding: 2 * DAY },
  short: { decision: DAY / 2, funding: DAY + DAY / 2 },
} as const

/** What a plan promises; null: the standard. */
export type PlanClocks = Pick<PlanParameters, 'quoteClock' | 'decisionClock' | 'fundingClock'>

/**
 * The instants by which a decision and the money are due, by the business clock (DD group 13, due_at per clock): as the plan promises, else
 * by the form. A quote is the decision in its favour, so that the earlier of both promises counts.
 */
export function deadlines(
  submittedAt: Date,
  form: keyof typeof MINUTES,
  plan: PlanClocks | null = null,
): { decisionDue: Date; fundingDue: Date } {
  const decided = [plan?.quoteClock, plan?.decisionClock]
    .filter(clock => clock !== null && clock !== undefined)
    .map(clock => promised(submittedAt, clock).getTime())
  return {
    decisionDue: decided.length
      ? new Date(Math.min(...decided))
      : addBusinessMinutes(submittedAt, MINUTES[form].decision, DECISION_HOURS),
    fundingDue: plan?.fundingClock
      ? promised(submittedAt, plan.fundingClock)
      : addBusinessMinutes(submittedAt, MINUTES[form].funding, DECISION_HOURS),
  }
}

/** When a promise given at an instant runs out; `same_day`: at the close of that business day, of the next one where it was given outside the hours. */
function promised(from: Date, { value, unit }: PlanClock): Date {
  if (unit !== 'same_day')
    return addBusinessMinutes(from, unit === 'business_day' ? value * DAY : value, DECISION_HOURS)
  const opens = addBusinessMinutes(from, 0, DECISION_HOURS)
  return new Date(`${todayInTokyo(opens)}T${DECISION_HOURS.closesAt}:00+09:00`)
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
