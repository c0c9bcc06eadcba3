import type { Generated, JSONColumnType } from 'kysely'
import type { penaltyTriggers } from '../contracts/contract.ts'
import type { Allocation, Match, Reason } from './engine/index.ts'
import type { TakeBackGround } from './rules/take-back.ts'

export const allocationKinds = [
  'principal',
  'late_damages',
  'penalty',
  'cost',
  'fee',
  'reserve',
  'client_claim',
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
export const waivableItems = [
  'late_damages',
  'penalty',
  'cost',
  'debtor_cost',
  'client_claim',
  'fee',
] as const
export type WaivableItem = (typeof waivableItems)[number]
/** What a client can owe on a claim, as far as a set-off can clear it. */
export const clientDebtItems = ['principal', 'client_claim', 'late_damages', 'penalty', 'cost'] as const
export type ClientDebtItem = (typeof clientDebtItems)[number]

/** What a company pays for whoever is liable, and who that is. */
export const costKinds = ['certified_mail', 'court_fee', 'registration', 'lawyer', 'other'] as const
export type CostKind = (typeof costKinds)[number]
export const liableSides = ['client', 'debtor'] as const
export type LiableSide = (typeof liableSides)[number]

/** One place where two accounts of the same money differ. */
export interface BookDifference {
  rule: string
  recordNo: string
  receivableId: string | null
  expectedYen: number
  foundYen: number
}

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
    penalty: {
      id: string
      seen_no: Generated<number>
      penalty_no: Generated<string>
      receivable_id: string
      trigger: (typeof penaltyTriggers)[number]
      clause: string
      happened_on: string
      amount_yen: number
      journal_id: string
      reason: string
      requested_by: string
      approved_by: string | null
      recorded_at: string
      undone_at: Generated<string | null>
      undo_reason: Generated<string | null>
    }
    waiver: {
      id: string
      seen_no: Generated<number>
      waiver_no: Generated<string>
      receivable_id: string
      item: WaivableItem
      amount_yen: number
      waived_on: string
      journal_id: string
      reason: string
      requested_by: string
      approved_by: string | null
      recorded_at: string
    }
    set_off: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      set_off_no: Generated<string>
      party_id: string
      amount_yen: number
      set_off_on: string
      notice_on: string
      basis: string
      journal_id: string
      reason: string
      requested_by: string
      approved_by: string | null
      recorded_at: string
      undone_by: string | null
      undone_at: string | null
      undo_reason: string | null
    }
    set_off_item: {
      set_off_id: string
      line_no: number
      side: 'ours' | 'theirs'
      receivable_id: string | null
      item: ClientDebtItem | null
      due_id: string | null
      purchase_id: string | null
      yen: number
    }
    claim_take_back: {
      id: string
      seen_no: Generated<number>
      take_back_no: Generated<string>
      receivable_id: string
      kind: 'repurchase' | 'rescission'
      ground: TakeBackGround
      clause: string
      compliance_reason: string | null
      taken_on: string
      due_on: string | null
      open_yen: number
      from_reserve_yen: number
      fee_yen: number
      damages_yen: number
      owed_yen: number
      refund_yen: number
      penalty_id: string | null
      journal_id: string
      reason: string
      requested_by: string
      approved_by: string | null
      recorded_at: string
      undone_by: Generated<string | null>
      undone_approved_by: Generated<string | null>
      undone_at: Generated<string | null>
      undo_reason: Generated<string | null>
    }
    advanced_cost: {
      id: string
      seen_no: Generated<number>
      cost_no: Generated<string>
      receivable_id: string
      cost_kind: CostKind
      liable: LiableSide
      payee: string
      paid_on: string
      amount_yen: number
      journal_id: string
      reason: string
      requested_by: string
      approved_by: string | null
      recorded_at: string
      undone_by: Generated<string | null>
      undone_approved_by: Generated<string | null>
      undone_at: Generated<string | null>
      undo_reason: Generated<string | null>
    }
    book_proof: {
      id: string
      seen_no: Generated<number>
      proved_at: string
      proved_by: string
      claims_checked: number
      difference_count: number
      differences: JSONColumnType<BookDifference[], string, string>
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
