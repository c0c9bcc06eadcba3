import type { Yen } from '../../../platform/money/yen.ts'
import { ACCOUNTS, type AccountName, type LedgerKind } from './accounts.ts'
import { book, type EntryRefs, type LedgerEntry } from './journal.ts'
import type { AppliedItem, MoneyEvent, OpenItem, OwedItem } from './money-events.ts'

/**
 * The balanced journal of a money event (DD group 15, FF §4). Every booking is a pair of equal sides, so Σ
 * debit = Σ credit for each event and for each kind inside it. Throws RangeError on amounts which cannot be
 * (negative, unequal set-off, more from the reserve than the whole): commands check their refusals first.
 */
export function journalFor(event: MoneyEvent): LedgerEntry[] {
  switch (event.kind) {
    case 'claims_purchased':
      return purchaseJournal(event)
    case 'payout_confirmed':
      return [
        ...book(event.purpose, 'payoutsDue', 'bank', event.yen, event.refs),
        ...book('charge', 'bankCharges', 'bank', event.transferFeeYen, event.refs),
      ]
    case 'deposit_received':
      return book('collection', 'bank', 'suspense', event.yen, event.refs)
    case 'deposit_applied':
      return event.items.flatMap(appliedJournal)
    case 'shortfall_accepted':
      return event.borneBy === 'factor'
        ? book('charge', 'bankCharges', 'purchasedReceivables', event.yen, event.refs)
        : book('client_claim', 'clientClaims', 'purchasedReceivables', event.yen, event.refs)
    case 'dilution_confirmed':
      return [
        ...book('reserve', 'reserves', 'purchasedReceivables', event.fromReserveYen, event.refs),
        ...book(
          'client_claim',
          'clientClaims',
          'purchasedReceivables',
          event.yen - event.fromReserveYen,
          event.refs,
        ),
      ]
    case 'reserve_released':
      return book('reserve_release', 'reserves', 'payoutsDue', event.yen, event.refs)
    case 'set_off':
      return setOffJournal(event.ours, event.theirs)
    case 'repurchased':
      return [
        ...book('reserve', 'reserves', 'purchasedReceivables', event.reserveYen, event.refs),
        ...book(
          'repurchase',
          'clientClaims',
          'purchasedReceivables',
          event.openYen - event.reserveYen,
          event.refs,
        ),
      ]
    case 'rescinded':
      return rescissionJournal(event)
    case 'written_off':
      return [
        ...book('reserve', 'reserves', ITEM_ACCOUNTS[event.item], event.fromReserveYen, event.refs),
        ...book(
          'write_off',
          'creditLosses',
          ITEM_ACCOUNTS[event.item],
          event.yen - event.fromReserveYen,
          event.refs,
        ),
      ]
    case 'waived':
      return book(
        'waiver',
        'waivers',
        event.item === 'fee' ? 'payoutsDue' : ITEM_ACCOUNTS[event.item],
        event.yen,
        event.refs,
      )
    case 'balances_taken_over':
      return event.items.flatMap(({ account, yen }) =>
        isOwedToUs(account)
          ? book('opening', account, 'openingBalance', yen, event.refs)
          : book('opening', 'openingBalance', account, yen, event.refs),
      )
    case 'refund_decided':
      return book('refund', REFUND_ACCOUNTS[event.from], 'payoutsDue', event.yen, event.refs)
    default: {
      const [kind, debit, credit] = SIMPLE_BOOKINGS[event.kind]
      return book(kind, debit, credit, event.yen, event.refs)
    }
  }
}

/** Assets grow by a debit, what we owe by a credit. */
function isOwedToUs(account: AccountName): boolean {
  return ACCOUNTS[account].nature === 'asset'
}

const SIMPLE_BOOKINGS = {
  repayment_reclaimed: ['client_claim', 'clientClaims', 'payoutsDue'],
  damages_accrued: ['late_damages', 'accruedDamages', 'damagesIncome'],
  penalty_charged: ['penalty', 'accruedPenalties', 'penaltyIncome'],
  cost_advanced: ['charge', 'recoverableCosts', 'bank'],
  pass_through_paid: ['charge', 'passThrough', 'bank'],
  guarantee_fee_charged: ['guarantee_fee', 'guaranteeFeesDue', 'guaranteeIncome'],
  guarantee_paid: ['guarantee_paid', 'guaranteeRecourse', 'payoutsDue'],
  loan_granted: ['loan_principal', 'loans', 'payoutsDue'],
  interest_accrued: ['loan_interest', 'accruedInterest', 'interestIncome'],
} as const satisfies Record<string, [LedgerKind, AccountName, AccountName]>

const ITEM_ACCOUNTS: Record<OpenItem, AccountName> = {
  principal: 'purchasedReceivables',
  client_claim: 'clientClaims',
  late_damages: 'accruedDamages',
  penalty: 'accruedPenalties',
  cost: 'recoverableCosts',
  guarantee_fee: 'guaranteeFeesDue',
  guarantee_recourse: 'guaranteeRecourse',
  loan_principal: 'loans',
  loan_interest: 'accruedInterest',
}

const OWED_ACCOUNTS: Record<OwedItem['item'], AccountName> = {
  reserve: 'reserves',
  excess: 'excess',
  client_share: 'clientShare',
  payout: 'payoutsDue',
}

const REFUND_ACCOUNTS = { excess: 'excess', unidentified: 'suspense', client_share: 'clientShare' } as const

/**
 * P on the books; what the client is owed now (N), later (R), and what is ours: fee, charges, tax (FF §4.2).
 */
function purchaseJournal(event: Extract<MoneyEvent, { kind: 'claims_purchased' }>): LedgerEntry[] {
  const entries: LedgerEntry[] = []
  for (const { receivableId, advanceYen, reserveYen, feeYen } of event.claims) {
    const refs = { ...event.refs, receivableId }
    entries.push(...book('advance', 'purchasedReceivables', 'payoutsDue', advanceYen, refs))
    entries.push(...book('reserve', 'purchasedReceivables', 'reserves', reserveYen, refs))
    entries.push(...book('fee', 'payoutsDue', 'feeIncome', feeYen, refs, 'non_taxable'))
  }
  for (const charge of event.charges.filter(({ borneBy }) => borneBy === 'client')) {
    const account = charge.taxCategory === 'outside' ? 'passThrough' : 'chargeIncome'
    entries.push(...book('charge', 'payoutsDue', account, charge.amountYen, event.refs, charge.taxCategory))
  }
  return [...entries, ...book('consumption_tax', 'payoutsDue', 'outputTax', event.taxYen, event.refs)]
}

function appliedJournal({ item, yen, ...refs }: AppliedItem): LedgerEntry[] {
  if (item === 'recovery') return book('recovery', 'suspense', 'recoveryIncome', yen, refs)
  if (item === 'excess') return book('collection', 'suspense', 'excess', yen, refs)
  if (item === 'client_share') return book('collection', 'suspense', 'clientShare', yen, refs)
  return book(APPLIED_KINDS[item], 'suspense', ITEM_ACCOUNTS[item], yen, refs)
}

const APPLIED_KINDS: Record<OpenItem, LedgerKind> = {
  principal: 'collection',
  client_claim: 'client_claim',
  late_damages: 'late_damages',
  penalty: 'penalty',
  cost: 'charge',
  guarantee_fee: 'guarantee_fee',
  guarantee_recourse: 'recovery',
  loan_principal: 'loan_principal',
  loan_interest: 'loan_interest',
}

/**
 * Takes what we owe against what we are owed, piece by piece, so that each piece keeps its claim (DD group 9:
 * both sides equal in yen).
 */
function setOffJournal(
  ours: (EntryRefs & { item: OpenItem; yen: Yen })[],
  theirs: OwedItem[],
): LedgerEntry[] {
  const total = (items: { yen: Yen }[]) => items.reduce((sum, { yen }) => sum + yen, 0)
  if (total(ours) !== total(theirs)) throw new RangeError('both sides of a set-off must be equal in yen')
  const entries: LedgerEntry[] = []
  for (const { item, yen, ...refs } of theirs) {
    entries.push(...book('set_off', OWED_ACCOUNTS[item], 'suspense', yen, refs))
  }
  for (const { item, yen, ...refs } of ours) {
    entries.push(...book('set_off', 'suspense', ITEM_ACCOUNTS[item], yen, refs))
  }
  return entries
}

/**
 * The client owes the price paid (A − fee) less what was collected; if more was collected than paid, the
 * difference is the client's.
 */
function rescissionJournal(event: Extract<MoneyEvent, { kind: 'rescinded' }>): LedgerEntry[] {
  const { openYen, reserveYen, feeYen, refs } = event
  const owedYen = openYen - reserveYen - feeYen
  return [
    ...book('reserve', 'reserves', 'purchasedReceivables', reserveYen, refs),
    ...book('fee', 'feeIncome', 'purchasedReceivables', feeYen, refs, 'non_taxable'),
    ...(owedYen >= 0
      ? book('client_claim', 'clientClaims', 'purchasedReceivables', owedYen, refs)
      : book('client_claim', 'purchasedReceivables', 'excess', -owedYen, refs)),
  ]
}
