import { type BusinessCalendar, jpBankCalendar, roll } from '../../platform/dates/business-calendar.ts'
import { daysBetween } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { ContractTerms } from '../contracts/index.ts'
import type { Receivable } from './records.ts'
import { payableOn, type RollDate } from './rules/payable-on.ts'
import type { ClaimToPrice, PricingTerms, TaxRates } from './rules/pricing.ts'

const calendar: BusinessCalendar = jpBankCalendar()
const rollDate: RollDate = (date, rule) => roll(date, rule, calendar)

/** Consumption tax as dated data (JR §5.2): the standard rate since 2019-10-01. */
export const taxRates: TaxRates = { taxable_10: 100_000 }

/** When the factor must be paid and the debtor's due date on the bank calendar; without terms, as if the debtor paid us (FF §1). */
export function datesUnder(
  terms: ContractTerms | null,
  dueOn: IsoDate,
): { dueOnRolled: IsoDate; payableOn: IsoDate } {
  const dueRoll = terms?.paymentTerm.holidayRoll ?? 'following'
  if (terms?.collectionRoute === 'client_remits' && terms.remitRule)
    return payableOn(
      {
        transactionKind: 'purchase',
        collectionRoute: 'client_remits',
        dueOn,
        dueRoll,
        remitRule: terms.remitRule,
      },
      rollDate,
    )
  const collectionRoute =
    terms?.collectionRoute === 'dedicated_account' ? 'dedicated_account' : 'debtor_direct'
  return payableOn({ transactionKind: 'purchase', collectionRoute, dueOn, dueRoll }, rollDate)
}

export function pricingTermsOf(terms: ContractTerms): PricingTerms {
  return {
    advancePpm: terms.advancePpm,
    feePpm: terms.feePpm,
    feeBase: terms.feeBase,
    feeMethod: terms.feeMethod,
    ...(terms.feePeriodDays === null ? {} : { feePeriodDays: terms.feePeriodDays }),
    feeMinimumYen: terms.feeMinimumYen,
  }
}

/** A claim as pricing takes it: days run from the day of the purchase to the day the factor must be paid. */
export function claimToPrice(
  row: Pick<Receivable, 'id' | 'face_yen' | 'deductions_yen' | 'ineligible_yen' | 'asked_yen'>,
  payable: IsoDate,
  today: IsoDate,
): ClaimToPrice {
  return {
    receivableId: row.id,
    faceYen: row.face_yen,
    deductionsYen: row.deductions_yen,
    ineligibleYen: row.ineligible_yen,
    ...(row.asked_yen === null ? {} : { purchasedYen: row.asked_yen }),
    days: Math.max(0, daysBetween(today, payable)),
  }
}
