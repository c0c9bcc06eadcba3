import type { Generated } from 'kysely'
import type { linkRules } from './contract.ts'

declare module '../../../platform/database/database.ts' {
  interface Tables {
    document_inbox: {
      id: string
      seen_no: Generated<number>
      archive_name: string
      path: string
      mime: string
      size_bytes: number
      content_hash: string
      stored_path: string
      proposed_party_id: string | null
      proposed_by: (typeof linkRules)[number] | null
      state: Generated<'waiting' | 'linked' | 'left_out'>
      document_id: Generated<string | null>
      left_out_reason: Generated<string | null>
      received_by: string
      received_at: string
      settled_by: Generated<string | null>
      settled_at: Generated<string | null>
    }
  }
}
