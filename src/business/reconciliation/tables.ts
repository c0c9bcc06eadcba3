import type { Generated, JSONColumnType } from 'kysely'
import type { Allocation, Match, Reason } from './engine/index.ts'

export const allocationKinds = [
  'principal',
  'late_damages',
  'penalty',
  'cost',
  'fee',
  'reserve',
  'client_share',
  'recovery',
  'excess',
] as const
export type AllocationKind = (typeof allocationKinds)[number]
export const shortReasons = [
  'transfer_fee',
  'tax_difference',
  'discount',
  'return',
  'part_payment',
  'unknown',
] as const
export type ShortReason = (typeof shortReasons)[number]
export type MatchMethod = 'auto' | 'proposed' | 'manual'

declare module '../../platform/database/database.ts' {
  interface Tables {
    match_proposal: {
      payment_id: string
      status: 'auto' | 'proposed' | 'unidentified'
      score: string
      allocations: JSONColumnType<Allocation[], string, string>
      unallocated_yen: number
      reasons: JSONColumnType<Reason[], string, string>
      alternatives: JSONColumnType<Match['alternatives'], string, string>
      proposed_at: string
    }
    reconciliation_match: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      match_no: Generated<string>
      payment_id: string
      amount_yen: number
      received_on: string
      method: MatchMethod
      score: string | null
      reasons: JSONColumnType<Reason[], string, string>
      short_reason: ShortReason | null
      confirmed_by: string
      confirmed_at: string
      alias_id: string | null
      undone_by: string | null
      undone_at: string | null
      undo_reason: string | null
    }
    allocation: {
      match_id: string
      line_no: number
      receivable_id: string | null
      party_id: string
      kind: AllocationKind
      yen: number
    }
    match_journal: { journal_id: string; match_id: string | null; settlement_id: string | null }
    claim_settlement: {
      id: string
      receivable_id: string
      settled_on: string
      shortfall_yen: number
      from_reserve_yen: number
      release_yen: number
      recorded_by: string
      recorded_at: string
      undone_at: string | null
    }
    dilution: {
      id: string
      receivable_id: string
      confirmed_on: string
      total_yen: number
      bought_yen: number
      from_reserve_yen: number
      reason: string
      confirmed_by: string
      recorded_at: string
    }
    debtor_insolvency: {
      receivable_id: string
      since_on: string
      reason: string
      requested_by: string
      approved_by: string | null
      recorded_at: string
    }
    payer_alias: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      party_id: string
      sender_kana: string
      sender_key: string
      bank: string
      branch: string
      confirmed_count: number
      last_confirmed_at: string
      disabled_by: string | null
      disabled_at: string | null
      disabled_reason: string | null
    }
  }
}
