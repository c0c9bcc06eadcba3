import { addBusinessMinutes, businessMinutesBetween } from '../../../platform/dates/business-clock.ts'
import { businessHoursOf, type HoursRule, minutesOfBusinessDay } from '../../access/index.ts'
import type { Category, Priority } from '../../communications/tables.ts'

/** Named in each inquiry, so that a later policy leaves the deadlines of earlier ones alone. */
export const SLA_POLICY = 'standard/1'

/** Two business hours, or business days of the company's own length. */
const PROMISES: Record<Priority, { firstAnswerDays: number | '2 hours'; resolutionDays: number }> = {
  high: { firstAnswerDays: '2 hours', resolutionDays: 2 },
  normal: { firstAnswerDays: 1, resolutionDays: 5 },
  low: { firstAnswerDays: 2, resolutionDays: 10 },
}

/** A complaint is never less than high: what is left unanswered becomes a second one. */
export function priorityOf(category: Category, asked: Priority): Priority {
  return category === 'complaint' ? 'high' : asked
}

/** The instants by which the first answer and the resolution are due, by the business clock in the company's hours (DD group 10, sla_policy). */
export function deadlines(
  receivedAt: Date,
  priority: Priority,
  hours: HoursRule,
): { firstAnswerDue: Date; resolutionDue: Date } {
  const { firstAnswerDays, resolutionDays } = PROMISES[priority]
  const day = minutesOfBusinessDay(hours)
  const after = (minutes: number) => addBusinessMinutes(receivedAt, minutes, businessHoursOf(hours))
  return {
    firstAnswerDue: after(firstAnswerDays === '2 hours' ? 120 : firstAnswerDays * day),
    resolutionDue: after(resolutionDays * day),
  }
}

/** A deadline after the clock stood still: as much later, in business time, as it stood. Minutes. */
export function afterPause(due: Date, pausedMinutes: number, hours: HoursRule): Date {
  return pausedMinutes === 0 ? due : addBusinessMinutes(due, pausedMinutes, businessHoursOf(hours))
}

export function pausedMinutes(from: Date, to: Date, hours: HoursRule): number {
  return businessMinutesBetween(from, to, businessHoursOf(hours))
}

/** Whether the first answer settled it (KPI JR §9): one answer, by whom it came to first, and never taken up again. */
export function answeredInFirst(inquiry: {
  answers: number
  transfers: number
  reopened_count: number
  resolved_at: string | null
}): boolean | null {
  if (inquiry.resolved_at === null) return null
  return inquiry.answers === 1 && inquiry.transfers === 0 && inquiry.reopened_count === 0
}
