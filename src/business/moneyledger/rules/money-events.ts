import type { Yen } from '../../../platform/money/yen.ts'
import type { EntryRefs } from './journal.ts'

/** A charge of a quote, without tax; only those borne by the client are booked with the purchase (FF §4.3). */
export type BookedCharge = {
  kind: string
  amountYen: Yen
  taxCategory: 'non_taxable' | 'taxable_10' | 'outside'
  borneBy: 'client' | 'factor'
}

/** What we can owe somebody and what somebody can owe us, as far as a payment or a set-off can clear it. */
export type OpenItem =
  | 'principal'
  | 'client_claim'
  | 'late_damages'
  | 'penalty'
  | 'cost'
  | 'guarantee_fee'
  | 'guarantee_recourse'
  | 'loan_principal'
  | 'loan_interest'

export type AppliedItem = EntryRefs & { item: OpenItem | 'recovery' | 'client_share' | 'excess'; yen: Yen }

export type OwedItem = EntryRefs & { item: 'reserve' | 'excess' | 'client_share' | 'payout'; yen: Yen }

/** Every event that moves money or a claim to it. Yen ≥ 0; one event = one journal = one audit event. */
export type MoneyEvent =
  /**
   * FF §4.2: the purchase command. Claims carry their own advance, reserve and fee; charges and tax stand on
   * the document.
   */
  | {
      kind: 'claims_purchased'
      refs: EntryRefs
      claims: { receivableId: string; advanceYen: Yen; reserveYen: Yen; feeYen: Yen }[]
      charges: BookedCharge[]
      taxYen: Yen
    }
  /**
   * Money left our account; `transferFeeYen` is what the bank took from us. A returned payout is the reversal
   * of this journal.
   */
  | { kind: 'payout_confirmed'; refs: EntryRefs; purpose: PayoutPurpose; yen: Yen; transferFeeYen: Yen }
  | { kind: 'deposit_received'; refs: EntryRefs; yen: Yen }
  /** 消込: Σ items = the part of the deposit that is applied. */
  | { kind: 'deposit_applied'; items: AppliedItem[] }
  /** A small shortfall nobody is asked for: the payer's transfer fee, or what the tolerance lets pass. */
  | { kind: 'shortfall_accepted'; refs: EntryRefs; yen: Yen; borneBy: 'client' | 'factor' }
  /** FF §4.4: the reserve absorbs `fromReserveYen`, the client owes the rest. */
  | { kind: 'dilution_confirmed'; refs: EntryRefs; yen: Yen; fromReserveYen: Yen }
  | { kind: 'reserve_released'; refs: EntryRefs; yen: Yen }
  /** What was paid to the client and is owed to it no more (its claim was reopened after the payment): the client owes it back. */
  | { kind: 'repayment_reclaimed'; refs: EntryRefs; yen: Yen }
  | { kind: 'damages_accrued'; refs: EntryRefs; yen: Yen }
  | { kind: 'penalty_charged'; refs: EntryRefs; yen: Yen }
  | { kind: 'cost_advanced'; refs: EntryRefs; yen: Yen }
  | { kind: 'pass_through_paid'; refs: EntryRefs; yen: Yen }
  | {
      kind: 'waived'
      refs: EntryRefs
      item: 'fee' | 'late_damages' | 'penalty' | 'cost' | 'client_claim' | 'loan_interest'
      yen: Yen
    }
  | { kind: 'refund_decided'; refs: EntryRefs; from: 'excess' | 'unidentified' | 'client_share'; yen: Yen }
  | { kind: 'set_off'; ours: (EntryRefs & { item: OpenItem; yen: Yen })[]; theirs: OwedItem[] }
  /**
   * Warranty breach, dilution or a with-recourse plan: the client takes the open claim back, less the reserve
   * we still hold.
   */
  | { kind: 'repurchased'; refs: EntryRefs; openYen: Yen; reserveYen: Yen }
  /**
   * Misrepresentation after the payout: claim on the client for the price paid; the fee is given up (FF §3).
   */
  | { kind: 'rescinded'; refs: EntryRefs; openYen: Yen; reserveYen: Yen; feeYen: Yen }
  | { kind: 'written_off'; refs: EntryRefs; item: OpenItem; yen: Yen; fromReserveYen: Yen }
  /** Moving in: what another system's books say is open at the end of the cut-over day; the other side is the opening balance. */
  | { kind: 'balances_taken_over'; refs: EntryRefs; items: { account: OpeningAccount; yen: Yen }[] }
  | { kind: 'guarantee_fee_charged'; refs: EntryRefs; yen: Yen }
  | { kind: 'guarantee_paid'; refs: EntryRefs; yen: Yen }
  | { kind: 'loan_granted'; refs: EntryRefs; yen: Yen }
  | { kind: 'interest_accrued'; refs: EntryRefs; yen: Yen }

/** Accounts whose balances may be taken over. */
export const openingAccounts = [
  'bank',
  'purchasedReceivables',
  'clientClaims',
  'accruedDamages',
  'accruedPenalties',
  'recoverableCosts',
  'guaranteeFeesDue',
  'guaranteeRecourse',
  'loans',
  'accruedInterest',
  'payoutsDue',
  'reserves',
  'suspense',
  'excess',
  'clientShare',
  'outputTax',
  'passThrough',
] as const
export type OpeningAccount = (typeof openingAccounts)[number]

export type PayoutPurpose = 'advance' | 'reserve_release' | 'refund' | 'guarantee_paid' | 'loan_principal'
