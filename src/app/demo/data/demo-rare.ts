import { addBankDays, addDays, rollToBankDay } from '../../../../bench/generate/calendar.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { depositOf, type PayerOf, type StatementDays } from './demo-cash.ts'
import { type ClaimPlan, claimFrom } from './demo-claim.ts'
import { dueOnFor, termOf } from './demo-deals.ts'
import type { DemoContract, DemoDeposit, DemoReceivable } from './demo-types.ts'

/** One claim for each state which the usual business does not reach every day. */
export function rareDeals(
  contractOf: (client: string) => DemoContract,
  debtorOf: (client: string) => string,
  days: StatementDays,
  today: IsoDate,
): DemoReceivable[] {
  const claim = (
    client: string,
    name: string,
    payableOn: IsoDate,
    offeredOn: IsoDate,
    netOfTaxYen: number,
    reaches: ClaimPlan['reaches'] = 'purchased',
  ) => {
    const contract = contractOf(client)
    const dueOn = dueOnFor(contract, payableOn)
    const plan: ClaimPlan = {
      key: `${client}-${name}`,
      debtor: debtorOf(client),
      invoiceNo: `${dueOn.slice(2, 4)}${dueOn.slice(5, 7)}-${client.slice(-2)}-${name.length}`,
      issuedOn: addDays(offeredOn, -3),
      netOfTaxYen,
      paymentTerm: termOf(debtorOf(client)),
      receivableKind: contract.legalKind === 'three_party' ? 'care' : 'invoice',
      dueOn,
      reaches,
      offeredOn,
    }
    return claimFrom(plan, contract)
  }
  const beforeStatement = rollToBankDay(addDays(days.fromOn, -1), 'preceding')
  const lapsed = claim('client-09', 'lapsed', addDays(today, 20), addDays(today, -60), 410_000, 'approved')
  lapsed.steps.push({
    on: addBankDays(addDays(today, -40), 1),
    to: 'lapsed',
    by: 'approver',
    reason: '承認から30日以内に契約に至らず失効。',
  })
  const repurchased = claim('client-06', 'repurchased', addDays(today, -45), addDays(today, -95), 530_000)
  repurchased.steps.push({
    on: addBankDays(addDays(today, -70), 1),
    to: 'repurchased',
    by: 'manager',
    reason: '納品数量の誤りにより請求書を取消（表明保証違反）。',
  })
  return [
    claim('client-05', 'collected', beforeStatement, addDays(today, -48), 3_200_000),
    claim('client-12', 'partly', addDays(today, 21), addDays(today, -25), 1_600_000),
    claim('client-13', 'today', today, addDays(today, -33), 720_000),
    claim('client-27', 'paid-out', addDays(today, 38), beforeStatement, 980_000),
    lapsed,
    repurchased,
  ]
}

/** The care claim paid in full before the statement, and half of client-12's claim ahead of its day. */
export function rareDeposits(
  rare: readonly DemoReceivable[],
  payerOf: PayerOf,
  days: StatementDays,
  today: IsoDate,
): DemoDeposit[] {
  const collected = rare.find(claim => claim.key === 'client-05-collected')!
  const partly = rare.find(claim => claim.key === 'client-12-partly')!
  const early = rollToBankDay(addDays(today, -12), 'preceding')
  return [
    depositOf(
      'deposit-rare-collected',
      collected.payableOn,
      [collected],
      collected.purchasedYen,
      'exact',
      payerOf(collected),
      days,
    ),
    depositOf('deposit-rare-partly', early, [partly], 800_000, 'part', payerOf(partly), days),
  ]
}
