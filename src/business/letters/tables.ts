import type { Generated } from 'kysely'

export const letterKinds = ['reminder', 'formal_demand', 'notice', 'greeting', 'other'] as const
export type LetterKind = (typeof letterKinds)[number]
export const versionStates = ['draft', 'in_force', 'past'] as const
export type VersionState = (typeof versionStates)[number]
export const letterChannels = ['post', 'email', 'fax'] as const
export type LetterChannel = (typeof letterChannels)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    letter_template: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      code: string
      name: string
      letter_kind: LetterKind
      retired_at: string | null
      created_by: string
      created_at: string
    }
    letter_template_version: {
      id: string
      row_version: Generated<number>
      template_id: string
      version: number
      state: VersionState
      subject: string
      body: string
      note: string
      written_by: string
      written_at: string
      activated_by: string | null
      approved_by: string | null
      activated_at: string | null
    }
    letter: {
      id: string
      letter_no: Generated<string>
      communication_id: string
      template_version_id: string
      party_id: string
      preview_hash: string
      approved_by: string
      sent_by: string
      sent_at: string
    }
  }
}
