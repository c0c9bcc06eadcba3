import { daysBetween, daysInMonth } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { floorDivide, type Ppm, shareOf, type Yen } from '../../../platform/money/yen.ts'

export type DayCount = 'act_365' | 'act_actual'

/** The statutory rate of 民法404条 as dated data, ascending by date (JR §6.5). */
export type StatutoryRate = { from: IsoDate; ratePpm: Ppm }

/** `agreedPpm` null = the contract names no rate, so the statutory one applies. */
export type DamagesTerms = { agreedPpm: Ppm | null; statutoryRates: StatutoryRate[]; dayCount: DayCount }

/** One stretch of days with the same balance: from (not counted) to (counted). */
export type LateStretch = { balanceYen: Yen; from: IsoDate; to: IsoDate }

/** Who holds the money back, and why; damages need a liable holder (FF §4.5). */
export type Liability = {
  collectionRoute: 'client_remits' | 'dedicated_account' | 'debtor_direct'
  cause: 'withheld' | 'debtor_insolvency'
}

/**
 * Who owes late damages: the client in `client_remits`, else the debtor; never the client for a debtor's
 * insolvency (FF §4.5).
 */
export function liableForDamages(facts: Liability): 'client' | 'debtor' | 'nobody' {
  if (facts.collectionRoute !== 'client_remits') return 'debtor'
  return facts.cause === 'debtor_insolvency' ? 'nobody' : 'client'
}

/**
 * The yearly rate: as agreed, else the statutory rate on the first day of delay, which then stays
 * for the whole delay (民法419条1項, JR §6.5). Throws when the table does not reach that far back.
 */
export function damagesRate(terms: DamagesTerms, payableOn: IsoDate): Ppm {
  if (terms.agreedPpm !== null) return terms.agreedPpm
  const inForce = terms.statutoryRates.filter(rate => daysBetween(rate.from, payableOn) >= -1)
  const latest = inForce.sort((a, b) => (a.from < b.from ? 1 : -1)).at(0)
  if (latest === undefined) throw new RangeError(`no statutory rate is loaded for delay from ${payableOn}`)
  return latest.ratePpm
}

/**
 * ⌊Σ(balance·days)·rate / (365·10⁶)⌋, first day excluded, payment day included, floored once for the
 * whole accrual of one receivable (FF §4.1, §4.5). `act_actual` divides the days of a leap year by 366.
 */
export function lateDamages(stretches: LateStretch[], ratePpm: Ppm, dayCount: DayCount): Yen {
  return floorDivide(weightedDays(stretches, dayCount) * BigInt(ratePpm), 365n * 366n * 1_000_000n)
}

/** Σ balance·days over 365·366, kept whole so that nothing is rounded before the one floor. */
export function weightedDays(stretches: LateStretch[], dayCount: DayCount): bigint {
  let weighted = 0n
  for (const { balanceYen, from, to } of stretches) {
    const days = Math.max(0, daysBetween(from, to))
    const leapDays = dayCount === 'act_actual' ? leapYearDays(from, to) : 0
    weighted += BigInt(balanceYen) * (BigInt(days - leapDays) * 366n + BigInt(leapDays) * 365n)
  }
  return weighted
}

/** How many of the counted days (the first excluded, the last included) lie in leap years. */
function leapYearDays(from: IsoDate, to: IsoDate): number {
  let days = 0
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    if (daysInMonth(year, 2) !== 29) continue
    const start = from > `${year - 1}-12-31` ? from : `${year - 1}-12-31`
    const end = to < `${year}-12-31` ? to : `${year}-12-31`
    days += Math.max(0, daysBetween(start, end))
  }
  return days
}

/** A penalty clause of the contract: a fixed amount or a share of the price (DD group 7). */
export type PenaltyClause = {
  trigger: 'false_statement' | 'double_assignment' | 'collections_withheld' | 'early_termination' | 'other'
  amountYen?: Yen
  pricePpm?: Ppm
}

export type PenaltyResult = { penaltyYen: Yen; rule: string; sentence: string; source: string }

/**
 * The penalty each time its trigger happens: the agreed amount, or ⌊price·ppm/10⁶⌋ of the receivable
 * concerned, floored once; never for a debtor's insolvency (FF §4.5). Throws when the clause names neither
 * amount nor rate, or both.
 */
export function penaltyFor(clause: PenaltyClause, priceYen: Yen, cause: Liability['cause']): PenaltyResult {
  if ((clause.amountYen === undefined) === (clause.pricePpm === undefined)) {
    throw new RangeError('a penalty clause must name an amount or a rate, one of them')
  }
  const source = 'FF §4.5'
  if (cause === 'debtor_insolvency') {
    const sentence = '売掛先の倒産を理由に違約金は請求できません。'
    return { penaltyYen: 0, rule: 'no_penalty_for_debtor_insolvency', sentence, source }
  }
  if (clause.amountYen !== undefined) {
    const sentence = '契約で定めた定額の違約金です。'
    return { penaltyYen: clause.amountYen, rule: 'penalty_fixed_amount', sentence, source }
  }
  const sentence = '買取代金に契約の料率を掛け、円未満を切り捨てた違約金です。'
  return { penaltyYen: shareOf(priceYen, clause.pricePpm!), rule: 'penalty_share_of_price', sentence, source }
}
