import { daysBetween } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'

export type OverdueBucket = 'current' | '1-30' | '31-60' | '61-90' | '91+'

/** One receivable at an as-of date; `openYen` = P − K − confirmed dilution (FF §4.4). */
export type LateFacts = { payableOn: IsoDate; openYen: Yen; toleranceYen: Yen; graceDays: number }

/** Days past due: days after `payable_on` while more than the tolerance is open, else 0 (DD group 9). */
export function daysPastDue(facts: LateFacts, asOf: IsoDate): number {
  return facts.openYen > facts.toleranceYen ? Math.max(0, daysBetween(facts.payableOn, asOf)) : 0
}

/**
 * Overdue means more days past due than the grace days, which delay dunning but not damages (FF §3, DD group
 * 9).
 */
export function isOverdue(facts: LateFacts, asOf: IsoDate): boolean {
  return daysPastDue(facts, asOf) > facts.graceDays
}

/** The ageing bucket of JR §9; a claim inside its grace days is `current`. */
export function overdueBucket(facts: LateFacts, asOf: IsoDate): OverdueBucket {
  if (!isOverdue(facts, asOf)) return 'current'
  const dpd = daysPastDue(facts, asOf)
  if (dpd <= 30) return '1-30'
  if (dpd <= 60) return '31-60'
  return dpd <= 90 ? '61-90' : '91+'
}
