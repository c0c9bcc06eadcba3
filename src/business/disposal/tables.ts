import type { Generated } from 'kysely'

export const subjectKinds = ['party', 'person', 'document'] as const
export type SubjectKind = (typeof subjectKinds)[number]

/** How much one disposal destroyed, by word. */
export interface DisposalScope {
  parties: string[]
  people: string[]
  documents: string[]
  files: number
  events: number
  /** Table → rows blanked or removed in it. */
  tables: Record<string, number>
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    disposal: {
      id: string
      seen_no: Generated<number>
      disposal_no: Generated<string>
      subject_kind: SubjectKind
      subject_id: string
      retention_class: string
      due_on: string
      legal_hold_checked_at: string
      change_request_id: string
      proposed_by: string
      approved_by: string
      reason: string
      executed_at: string
      scope: Generated<DisposalScope>
      rows: Generated<number>
      keys_destroyed: Generated<number>
      certificate_document_id: string | null
    }
    disposal_subject: { subject_id: string; disposal_id: string; subject_kind: SubjectKind }
    disposal_file: { stored_path: string; disposal_id: string; removed_at: string | null }
    disposal_due: {
      subject_kind: SubjectKind
      subject_id: string
      retention_class: string
      due_on: string
      hindrances: string[]
      found_at: string
    }
    disposal_walk: {
      subject_kind: SubjectKind
      after: string | null
      begun_at: string | null
      policy_version: number | null
      done_at: string | null
    }
    audit_erasure: { event_id: string; disposal_id: string }
  }
}
