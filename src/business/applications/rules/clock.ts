import { addBusinessMinutes, businessMinutesBetween } from '../../../platform/dates/business-clock.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { businessHoursOf, type HoursRule, minutesOfBusinessDay } from '../../access/index.ts'
import type { ClockEvent, PlanClock, PlanParameters } from '../../plans/contract.ts'

/** Named in each application, so that a later policy leaves the deadlines of earlier ones alone. */
export const CLOCK_POLICY = 'standard/1'
/** The policy of an application under a version of a plan. */
export const planClockPolicy = (plan: { code: string; version: number }) =>
  `plan/${plan.code}/${plan.version}`

const MINUTE_MS = 60_000

/** Business days from the submission: one to a decision, half of it for the short form; money one day later (FF §5, clocks; our default). */
const DAYS = {
  full: { decision: 1, funding: 2 },
  short: { decision: 0.5, funding: 1.5 },
} as const

/** What a plan promises, and its own hours if it has any; null: the standard. */
export type PlanClocks = Pick<PlanParameters, 'quoteClock' | 'decisionClock' | 'fundingClock' | 'hours'>

/** How long the client has been waited for: in business time, and by the wall clock. */
export interface Waited {
  pausedMs: number
  pausedWallMs: number
}

/** When an event that starts a clock happened, and how long the client had been waited for until then. */
export type ClockStarts = Partial<Record<ClockEvent, Waited & { at: string }>>

export interface Clock {
  starts: ClockStarts
  form: keyof typeof DAYS
  plan: PlanClocks | null
  /** The company's, kept with the application; a plan may have its own. */
  hours: HoursRule
  waited: Waited
}

export interface Deadline {
  at: Date
  /** Counted in plain minutes, nights and holidays too. */
  byWall: boolean
}

/** The hours of a plan on the company's days, or on every day where the plan says so; else the company's. */
export function hoursUnder(plan: Pick<PlanParameters, 'hours'> | null, company: HoursRule): HoursRule {
  if (!plan?.hours) return company
  const { opensAt, closesAt, days } = plan.hours
  return days === 'every_day'
    ? { days, closedDays: [], opensAt, closesAt }
    : { ...company, opensAt, closesAt }
}

/**
 * By when a decision and the money are due (DD group 13, due_at per clock): as the plan promises, else by the form; each from the event that
 * starts it, null until that has happened, and later by the time the client was waited for since. A quote is the decision in its favour, so that
 * the earlier of both promises counts.
 */
export function deadlines(clock: Clock): { decision: Deadline | null; funding: Deadline | null } {
  const { form, plan } = clock
  const hours = hoursUnder(plan, clock.hours)
  const standard = (days: number) =>
    promised(clock, hours, {
      value: days * minutesOfBusinessDay(hours),
      unit: 'business_min',
      startsAt: 'submitted',
    })
  const asked = [plan?.quoteClock, plan?.decisionClock].filter(one => one !== null && one !== undefined)
  const decisions = asked.map(one => promised(clock, hours, one)).filter(one => one !== null)
  const earliest = decisions.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null
  return {
    decision: asked.length > 0 ? earliest : standard(DAYS[form].decision),
    funding: plan?.fundingClock ? promised(clock, hours, plan.fundingClock) : standard(DAYS[form].funding),
  }
}

/** When a promise runs out; `same_day`: at the close of that business day, of the next one where it starts outside the hours. */
function promised({ starts, waited }: Clock, rule: HoursRule, clock: PlanClock): Deadline | null {
  const start = starts[clock.startsAt]
  if (start === undefined) return null
  const from = new Date(start.at)
  if (clock.unit === 'min') {
    const wall = clock.value * MINUTE_MS + Math.max(0, waited.pausedWallMs - start.pausedWallMs)
    return { at: new Date(from.getTime() + wall), byWall: true }
  }
  const paused = Math.max(0, Math.floor((waited.pausedMs - start.pausedMs) / MINUTE_MS))
  return { at: afterPause(inBusinessTime(from, rule, clock), paused, rule), byWall: false }
}

function inBusinessTime(from: Date, rule: HoursRule, { value, unit }: PlanClock): Date {
  const hours = businessHoursOf(rule)
  if (unit !== 'same_day')
    return addBusinessMinutes(
      from,
      unit === 'business_day' ? value * minutesOfBusinessDay(rule) : value,
      hours,
    )
  const opens = addBusinessMinutes(from, 0, hours)
  return new Date(`${todayInTokyo(opens)}T${rule.closesAt}:00+09:00`)
}

/** A deadline after the clock stood still: as much later, in business time, as it stood. Minutes. */
export function afterPause(due: Date, pausedMinutes: number, hours: HoursRule): Date {
  return pausedMinutes === 0 ? due : addBusinessMinutes(due, pausedMinutes, businessHoursOf(hours))
}

export function businessMinutes(from: Date, to: Date, hours: HoursRule): number {
  return businessMinutesBetween(from, to, businessHoursOf(hours))
}

/**
 * Minutes left until a deadline, of business time or of the wall clock as it is counted, negative when it has passed; while the clock stands
 * still, as many as when it stopped.
 */
export function minutesLeft(due: Deadline, now: Date, pausedSince: Date | null, hours: HoursRule): number {
  const at = pausedSince ?? now
  if (due.byWall) return Math.floor((due.at.getTime() - at.getTime()) / MINUTE_MS)
  return at <= due.at ? businessMinutes(at, due.at, hours) : -businessMinutes(due.at, at, hours)
}
