import type { Generated } from 'kysely'

export const payoutPurposes = [
  'advance',
  'reserve_release',
  'refund',
  'guarantee_paid',
  'loan_principal',
] as const
export type PayoutPurpose = (typeof payoutPurposes)[number]

/** Why the company owes a party money besides the price of a purchase. */
export const dueSources = [
  'reserve',
  'excess',
  'unidentified',
  'client_share',
  'fee_waived',
  'rescission',
] as const
export type DueSource = (typeof dueSources)[number]

/** Derived from the payment and the set-offs of a debt; never stored. */
export const dueStates = ['waiting', 'in_payment', 'paid', 'set_off', 'cancelled'] as const
export type DueState = (typeof dueStates)[number]

export const payoutStates = [
  'prepared',
  'checked',
  'returned',
  'approved',
  'batched',
  'sent',
  'confirmed',
  'failed',
  'unknown',
  'bounced',
  'cancelled',
] as const
export type PayoutState = (typeof payoutStates)[number]

export interface PaymentOutTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  payout_no: Generated<string>
  party_id: string
  purpose: PayoutPurpose
  purchase_id: string | null
  receivable_id: string | null
  contract_id: string | null
  due_id: string | null
  payment_in_id: string | null
  attempt: Generated<number>
  amount_yen: number
  account_id: string
  transfer_on: string
  state: PayoutState
  prepared_by: string
  prepared_at: string
  checked_by: string | null
  approved_by: string | null
  approved_at: string | null
  deal_approvers: string[]
  deal_registrars: Generated<string[]>
  handled_by: Generated<string[]>
  duplicates_checked_at: string | null
  batch_id: string | null
  confirmed_on: string | null
  transfer_fee_yen: number | null
  journal_id: string | null
  outcome_reason: string | null
}

export interface PayoutDueTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  due_no: Generated<string>
  party_id: string
  source: DueSource
  receivable_id: string | null
  contract_id: string | null
  payment_in_id: string | null
  about_no: string
  amount_yen: number
  set_off_yen: Generated<number>
  deal_approvers: string[]
  decided_by: string
  approved_by: string | null
  decided_at: string
  journal_id: string
  cancelled_by: string | null
  cancelled_at: string | null
  cancelled_reason: string | null
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    payment_out: PaymentOutTable
    payout_due: PayoutDueTable
    payout_deduction: {
      /** The purchase whose net payout is lowered. */
      id: string
      row_version: Generated<number>
      net_yen: number
      deducted_yen: number
    }
    payout_batch: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      batch_no: Generated<string>
      from_account_id: string
      transfer_on: string
      item_count: number
      total_yen: number
      file_sealed: Buffer
      file_hash: string
      created_by: string
      created_at: string
      sent_by: string | null
      sent_at: string | null
    }
  }
}
