import type { Generated } from 'kysely'

/** One line of an explanation, as the matching engine worded it. */
export interface StoredReason {
  rule: string
  bits: number
  sentence: string
}

/** `held`: looked at and put aside, until the facts change or somebody judges. */
export const verdicts = ['same', 'different', 'held'] as const
export type Verdict = (typeof verdicts)[number]

/** Values of the items in which records of one company may differ, by field name. */
export type ComparedValues = Record<string, string | number | null>

declare module '../../platform/database/database.ts' {
  interface Tables {
    party_candidate: {
      party_id: string
      other_party_id: string
      score: number
      decision: 'same' | 'review'
      guard: string | null
      reasons: StoredReason[]
      weights: string
      /** Hash per item of the facts the proposal was made of; null for one of before these were kept. */
      facts: Generated<Record<string, string> | null>
      computed_at: string
    }
    party_candidate_due: { due_no: Generated<number>; party_id: string }
    party_judgement: {
      id: string
      row_version: Generated<number>
      party_id: string
      other_party_id: string
      verdict: Verdict
      reason: string
      score: number | null
      reasons: StoredReason[] | null
      /** Hash per item of the facts it was judged on; null for judgements of before these were kept. */
      facts: Record<string, string> | null
      evidence: string[]
      judged_by: string
      judged_at: string
      withdrawn_by: string | null
      withdrawn_at: string | null
      withdrawn_reason: string | null
    }
    party_merge: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      merge_no: Generated<string>
      choices: Record<string, string>
      values_at_merge: Record<string, ComparedValues>
      reason: string
      requested_by: string
      approved_by: string
      merged_at: string
      undone_requested_by: string | null
      undone_approved_by: string | null
      undone_at: string | null
      undone_reason: string | null
    }
    party_merge_member: { merge_id: string; party_id: string }
  }
}
