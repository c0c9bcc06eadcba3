import type { Generated } from 'kysely'
import type { Id } from '../../platform/ids/uuid.ts'

export const subjectKinds = ['party', 'person'] as const
export type SubjectKind = (typeof subjectKinds)[number]
export const screeningTriggers = ['created', 'changed', 'list_change', 'periodic', 'manual'] as const
export type ScreeningTrigger = (typeof screeningTriggers)[number]
export const caseStates = ['hit_review', 'cleared', 'conditional', 'escalated', 'rejected'] as const
export type CaseState = (typeof caseStates)[number]
export const judgements = ['same', 'different', 'unclear'] as const
export type Judgement = (typeof judgements)[number]

/** A list version as a search names it. */
export interface SearchedList {
  listId: string
  versionId: Id
  versionNo: number
  entries: number
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    watch_list_version: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      list_id: string
      title: string
      version_no: number
      published_on: string | null
      sha256: string
      files: { file: string; rows: number; sha256: string }[]
      row_count: number
      entry_count: number
      added_count: number
      changed_count: number
      removed_count: number
      problem_count: number
      problems: { file: string; line?: number; code: string; message: string }[]
      entries_packed: Buffer
      loaded_by: string
      loaded_at: string
      superseded_at: string | null
      delta_done_at: string | null
      delta_subjects: number | null
      delta_hits: number | null
    }
    screening_case: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      case_no: Generated<string>
      subject_kind: SubjectKind
      subject_id: string
      subject_name: string
      snapshot_sealed: string
      subject_hash: string
      trigger: ScreeningTrigger
      scope: string[]
      lists: SearchedList[]
      engine_version: number
      policy_version: string
      searched_at: string
      job_key: string
      hit_count: number
      remembered_count: Generated<number>
      state: CaseState
      verdict_reason: string | null
      conditions: string | null
      conditions_until: string | null
      decided_by: string | null
      confirmed_by: string | null
      decided_at: string | null
      next_due_on: string
      superseded_at: string | null
    }
    screening_hit: {
      id: string
      row_version: Generated<number>
      case_id: string
      subject_id: string
      subject_hash: string
      list_id: string
      list_version_id: string
      entry_id: string
      entry_hash: string
      entry: unknown
      matched_name: string
      subject_name: string
      score_thousandths: number
      band: 'hit' | 'review'
      reasons_sealed: string
      judgement: Judgement | null
      judgement_reason: string | null
      judgement_evidence: Generated<string[]>
      judged_by: string | null
      judged_at: string | null
      remembered_from: string | null
    }
    screening_queue: {
      subject_id: string
      subject_kind: SubjectKind
      trigger: ScreeningTrigger
      queued_at: string
    }
    screening_mark: { only_row: Generated<boolean>; block: number; position: number }
    screening_subject: { party_id: string; subject_kind: SubjectKind; subject_id: string; relation: string }
  }
}
