import type { Generated } from 'kysely'

export interface SubjectKeyTable {
  id: string
  subject_id: string
  wrapped_key: Buffer | null
  created_at: Generated<string>
  made_in: Generated<string | null>
  destroyed_at: string | null
}

declare module '../database/database.ts' {
  interface Tables {
    subject_key: SubjectKeyTable
  }
}
