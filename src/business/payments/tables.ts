import type { Generated, JSONColumnType } from 'kysely'
import type { StatementFormat, TransactionKind } from '../bankformats/index.ts'
import type { PaymentState } from './rules.ts'

export interface PaymentInTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  payment_no: Generated<string>
  line_id: string
  account_id: string
  received_on: string
  amount_yen: number
  state: PaymentState
  applied_yen: Generated<number>
  refund_yen: Generated<number>
  party_id: string | null
  held_reason: string | null
  refund_to: string | null
  journal_id: string | null
  refund_journal_id: string | null
  taken_back_by: string | null
  judged_by: string | null
  received_at: string
}

export interface BankLineTable {
  id: string
  seen_no: Generated<number>
  file_id: string
  account_id: string
  line_no: number
  booked_on: string
  value_on: string | null
  direction: 'in' | 'out'
  amount_yen: number
  payer_kana: string
  payer_bank: string
  payer_branch: string
  edi: string
  bank_summary: string
  inquiry_no: string
  kind: TransactionKind | null
  uncleared_yen: number
  balance_yen: number | null
  cancel_flag: boolean
  cancels_line_id: string | null
  dedupe_hash: string
  loose_hash: string
  twin_of: string | null
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    statement_file: {
      id: string
      seen_no: Generated<number>
      file_no: Generated<string>
      file_name: string
      format: StatementFormat
      sealed_bytes: Buffer
      content_hash: string
      size_bytes: number
      from_on: string
      to_on: string
      lines_total: number
      lines_new: number
      lines_known: number
      deposits_new: number
      deposits_yen: number
      twins: number
      notices: JSONColumnType<string[], string, string>
      imported_by: string
      imported_at: string
    }
    bank_line: BankLineTable
    payment_in: PaymentInTable
  }
}
