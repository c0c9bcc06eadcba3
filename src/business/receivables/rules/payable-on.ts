import { addDays, dateParts, dayOfMonth } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'

export type HolidayRoll = 'following' | 'preceding' | 'none'

/**
 * Moves a date that is no business day of the bank calendar (JR §7.1); given by the caller, who knows the
 * calendar.
 */
export type RollDate = (date: IsoDate, roll: HolidayRoll) => IsoDate

/**
 * When the client passes the debtor's money on (contract, `remit_due_rule`): days after the debtor's due
 * date, or a day of a later month.
 */
export type RemitRule =
  | { kind: 'days_after_due'; days: number; unit: 'calendar' | 'business'; holidayRoll: HolidayRoll }
  | { kind: 'day_of_month'; monthOffset: number; payDay: number; holidayRoll: HolidayRoll }

export type PayableFacts =
  | {
      transactionKind: 'purchase'
      collectionRoute: 'client_remits'
      dueOn: IsoDate
      dueRoll: HolidayRoll
      remitRule: RemitRule
    }
  | {
      transactionKind: 'purchase'
      collectionRoute: 'dedicated_account' | 'debtor_direct'
      dueOn: IsoDate
      dueRoll: HolidayRoll
    }
  | { transactionKind: 'loan'; repaymentOn: IsoDate; dueRoll: HolidayRoll }

export type PayableOn = {
  payableOn: IsoDate
  dueOnRolled: IsoDate
  rule: string
  sentence: string
  source: string
}

/**
 * The day the factor must be paid (FF §1, DD group 8): the remit date in `client_remits`, counted from the
 * debtor's due date as rolled; else that rolled due date; for a loan the rolled repayment date. Base of
 * overdue, ageing, damages and dunning.
 */
export function payableOn(facts: PayableFacts, roll: RollDate): PayableOn {
  const source = 'FF §1、DD 8'
  if (facts.transactionKind === 'loan') {
    const rolled = roll(facts.repaymentOn, facts.dueRoll)
    const sentence = '貸付の返済日（銀行営業日に調整）が回収期日です。'
    return { payableOn: rolled, dueOnRolled: rolled, rule: 'loan_repayment_date', sentence, source }
  }
  const dueOnRolled = roll(facts.dueOn, facts.dueRoll)
  if (facts.collectionRoute === 'client_remits') {
    const sentence = '利用者が売掛先から受け取り、契約の送金期日までに送金します。'
    return {
      payableOn: remitDate(dueOnRolled, facts.remitRule, roll),
      dueOnRolled,
      rule: 'client_remit_date',
      sentence,
      source,
    }
  }
  const sentence = '売掛先の支払期日（銀行営業日に調整）が回収期日です。'
  return { payableOn: dueOnRolled, dueOnRolled, rule: 'debtor_due_date_rolled', sentence, source }
}

function remitDate(dueOnRolled: IsoDate, rule: RemitRule, roll: RollDate): IsoDate {
  if (rule.kind === 'day_of_month') {
    const { year, month } = dateParts(dueOnRolled)
    return roll(dayOfMonth(year, month + rule.monthOffset, rule.payDay), rule.holidayRoll)
  }
  if (rule.unit === 'calendar') return roll(addDays(dueOnRolled, rule.days), rule.holidayRoll)
  let date = dueOnRolled
  for (let day = 0; day < rule.days; day++) date = roll(addDays(date, 1), 'following')
  return date
}
