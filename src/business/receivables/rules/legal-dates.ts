import { addDays, addMonths, dateParts, daysBetween } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'

/** Last day a small supplier may be made to wait: 60 days counting the day of receipt (取適法, JR §6.8). */
export function toritekiLimitOn(receivedOn: IsoDate): IsoDate {
  return addDays(receivedOn, 59)
}

export type ToritekiFacts = {
  toritekiFlag: boolean
  receivedOn: IsoDate
  dueOn: IsoDate
  transferFeeDeducted: boolean
}

export type LegalFinding = { rule: string; outcome: 'warns'; sentence: string; source: string }

/**
 * Warnings about the debtor's duties to a small supplier; they do not stop the seller's own sale of its claim
 * (JR §6.8).
 */
export function toritekiFindings(facts: ToritekiFacts): LegalFinding[] {
  if (!facts.toritekiFlag) return []
  const findings: LegalFinding[] = []
  const limitOn = toritekiLimitOn(facts.receivedOn)
  if (facts.dueOn > limitOn) {
    const late = daysBetween(limitOn, facts.dueOn)
    const sentence = `支払期日が取適法の期限（受領日から60日、${limitOn}）を${late}日超えています。`
    findings.push({ rule: 'due_within_60_days', outcome: 'warns', sentence, source: 'JR §6.8' })
  }
  if (facts.transferFeeDeducted) {
    const sentence = '振込手数料が差し引かれています。取適法では受注側に負担させられません。'
    findings.push({ rule: 'no_transfer_fee_deducted', outcome: 'warns', sentence, source: 'JR §6.8' })
  }
  return findings
}

/** What stops or restarts the limitation of a claim (民法147–152条, JR §6.9), oldest first. */
export type LimitationEvent =
  | { kind: 'demand'; on: IsoDate }
  | { kind: 'negotiation_agreed'; on: IsoDate; months: number }
  | { kind: 'acknowledgement'; on: IsoDate }
  | { kind: 'judgment'; on: IsoDate }

/**
 * The day at whose end the claim lapses (JR §6.9): `years` (5; 2 for care claims) after the due date. A
 * demand holds it off for six months, once; an agreed negotiation up to one year from the agreement; an
 * acknowledgement starts the period anew, a judgment for ten years. Events after the claim has lapsed change
 * nothing, except that an acknowledgement is the debtor's own choice and renews.
 */
export function limitationOn(dueOn: IsoDate, events: LimitationEvent[], years = 5): IsoDate {
  let lapsesOn = periodEnd(dueOn, years * 12)
  let demandUsed = false
  for (const event of events) {
    if (event.on > lapsesOn && event.kind !== 'acknowledgement') continue
    if (event.kind === 'demand' && !demandUsed) {
      demandUsed = true
      lapsesOn = later(lapsesOn, periodEnd(event.on, 6))
    }
    if (event.kind === 'negotiation_agreed')
      lapsesOn = later(lapsesOn, periodEnd(event.on, Math.min(12, event.months)))
    if (event.kind === 'acknowledgement') lapsesOn = later(lapsesOn, periodEnd(event.on, years * 12))
    if (event.kind === 'judgment') lapsesOn = later(lapsesOn, periodEnd(event.on, 120))
  }
  return lapsesOn
}

function later(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b
}

/**
 * The last day of a period of months that starts the day after `from` (民法140条, 143条2項): the day before the
 * corresponding day, or the month's last day where there is none.
 */
function periodEnd(from: IsoDate, months: number): IsoDate {
  const start = addDays(from, 1)
  const corresponding = addMonths(start, months)
  const hasDay = dateParts(corresponding).day === dateParts(start).day
  return hasDay ? addDays(corresponding, -1) : corresponding
}

/** What the invoice-issuer register says about a seller; null dates are empty there (JR §1.2). */
export type IssuerRegistration = {
  registeredOn: IsoDate
  expiredOn: IsoDate | null
  cancelledOn: IsoDate | null
}

export type QualifiedStatus = 'qualified' | 'not_yet' | 'expired' | 'cancelled' | 'not_registered'

/**
 * Was the issuer qualified on the invoice's transaction date (not today)? Registration absent = not
 * registered (JR §1.2).
 */
export function qualifiedOn(registration: IssuerRegistration | null, date: IsoDate): QualifiedStatus {
  if (registration === null) return 'not_registered'
  if (registration.registeredOn > date) return 'not_yet'
  if (registration.cancelledOn !== null && registration.cancelledOn <= date) return 'cancelled'
  return registration.expiredOn !== null && registration.expiredOn <= date ? 'expired' : 'qualified'
}
