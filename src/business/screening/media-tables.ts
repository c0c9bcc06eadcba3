import type { Generated } from 'kysely'
import type { Id } from '../../platform/ids/uuid.ts'
import type { MediaScope, MediaVerdict } from './media-rules.ts'
import type { SubjectKind } from './tables.ts'

declare module '../../platform/database/database.ts' {
  interface Tables {
    screening_media_search: {
      id: string
      row_version: Generated<number>
      search_no: Generated<string>
      party_id: string
      subject_kind: SubjectKind
      subject_id: string
      scope: MediaScope[]
      provider: string
      query_id: string | null
      query_sealed: string
      keyword_set_version: string
      searched_at: string
      result_count: number
      findings_sealed: string
      finding_count: number
      verdict: MediaVerdict
      conditions: string | null
      conditions_until: string | null
      evidence: { documentId: Id; versionNo: number; evidenceHash: string }[]
      recorded_by: string
      confirmed_by: string | null
      recorded_at: string
      next_due_on: string
      superseded_at: string | null
    }
  }
}
