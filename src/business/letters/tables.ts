import type { Generated } from 'kysely'

export const letterKinds = ['reminder', 'formal_demand', 'notice', 'greeting', 'other'] as const
export type LetterKind = (typeof letterKinds)[number]
export const versionStates = ['draft', 'in_force', 'past'] as const
export type VersionState = (typeof versionStates)[number]
export const letterChannels = ['post', 'email', 'fax'] as const
export type LetterChannel = (typeof letterChannels)[number]

/** Waits for its try → sent; or failed after the last try, or stopped by a rule about contacting people. */
export const mailStates = ['waiting', 'sent', 'failed', 'stopped'] as const
export type MailState = (typeof mailStates)[number]

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
      recipient_sealed: string | null
    }
    letter_print_batch: { id: string; batch_no: Generated<string>; printed_by: string; printed_at: string }
    letter_print: { batch_id: string; letter_id: string; position: number }
    letter_mail: {
      letter_id: string
      row_version: Generated<number>
      state: Generated<MailState>
      tries: Generated<number>
      fault: string | null
      next_try_at: string | null
      message_id: string
      mailed_at: string | null
    }
  }
}
