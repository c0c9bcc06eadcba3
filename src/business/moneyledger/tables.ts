import type { Generated } from 'kysely'
import type { LedgerKind } from './rules/accounts.ts'

declare module '../../platform/database/database.ts' {
  interface Tables {
    journal: {
      id: string
      seen_no: Generated<number>
      journal_no: Generated<string>
      event_kind: string
      value_on: string
      recorded_at: string
      recorded_by: string
      entry_count: number
      reversal_of: string | null
      reason: string | null
    }
    ledger_entry: {
      journal_id: string
      line_no: number
      entry_count: number
      value_on: string
      recorded_at: string
      kind: LedgerKind
      reversed_kind: LedgerKind | null
      side: 'debit' | 'credit'
      amount_yen: number
      account_code: string
      tax_category: 'non_taxable' | 'taxable_10' | 'outside' | null
      receivable_id: string | null
      party_id: string | null
      contract_id: string | null
    }
  }
}
