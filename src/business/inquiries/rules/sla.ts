import { JP_BANK } from '../../../platform/dates/business-calendar.ts'
import {
  addBusinessMinutes,
  type BusinessHours,
  businessMinutesBetween,
} from '../../../platform/dates/business-clock.ts'
import type { Category, Priority } from '../../communications/tables.ts'

/** When people answer: bank days, 9:00–18:00 Tokyo time. */
export const ANSWER_HOURS: BusinessHours = { calendar: JP_BANK, opensAt: '09:00', closesAt: '18:00' }
/** Named in each inquiry, so that a later policy leaves the deadlines of earlier ones alone. */
export const SLA_POLICY = 'standard/1'

const DAY = 9 * 60
const MINUTES: Record<Priority, { firstAnswer: number; resolution: number }> = {
  high: { firstAnswer: 120, resolution: 2 * DAY },
  normal: { firstAnswer: DAY, resolution: 5 * DAY },
  low: { firstAnswer: 2 * DAY, resolution: 10 * DAY },
}

/** A complaint is never less than high: what is left unanswered becomes a second one. */
export function priorityOf(category: Category, asked: Priority): Priority {
  return category === 'complaint' ? 'high' : asked
}

/** The instants by which the first answer and the resolution are due, by the business clock (DD group 10, sla_policy). */
export function deadlines(
  receivedAt: Date,
  priority: Priority,
): { firstAnswerDue: Date; resolutionDue: Date } {
  const { firstAnswer, resolution } = MINUTES[priority]
  return {
    firstAnswerDue: addBusinessMinutes(receivedAt, firstAnswer, ANSWER_HOURS),
    resolutionDue: addBusinessMinutes(receivedAt, resolution, ANSWER_HOURS),
  }
}

/** A deadline after the clock stood still: as much later, in business time, as it stood. Minutes. */
export function afterPause(due: Date, pausedMinutes: number): Date {
  return pausedMinutes === 0 ? due : addBusinessMinutes(due, pausedMinutes, ANSWER_HOURS)
}

export function pausedMinutes(from: Date, to: Date): number {
  return businessMinutesBetween(from, to, ANSWER_HOURS)
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
