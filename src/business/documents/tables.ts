import type { ColumnType, Generated } from 'kysely'
import type { DigestAlgorithm, Stamp, StampCertificate } from './stamps/token.ts'

export const docKinds = [
  'invoice',
  'order',
  'delivery',
  'contract',
  'consent',
  'id',
  'registry',
  'statement',
  'tax',
  'certificate',
  'letter',
  'notice',
  'set_off_notice',
  'screening_evidence',
  'approval_memo',
  'incident_report',
  'other',
] as const
export type DocKind = (typeof docKinds)[number]

/** From what most see to what fewest see. */
export const confidentialities = ['normal', 'personal', 'special', 'compliance'] as const
export type Confidentiality = (typeof confidentialities)[number]

/** How a paper came to us: what came electronically must stay electronic (電子帳簿保存法7条). */
export const receivedVias = ['paper', 'email', 'web', 'e_contract', 'edi', 'media', 'made_here'] as const
export type ReceivedVia = (typeof receivedVias)[number]

/** What proves that an electronic paper is whole and unchanged (電子帳簿保存法施行規則4条1項). */
export const authenticities = ['timestamped_by_sender', 'timestamped', 'history_system', 'rules'] as const
export type Authenticity = (typeof authenticities)[number]

/** What a machine may read from a paper and propose. */
export const readingFields = [
  'docKind',
  'title',
  'transactionDate',
  'amountYen',
  'counterparty',
  'validOn',
  'expiresOn',
] as const
export type ReadingField = (typeof readingFields)[number]
export const readingStates = ['proposed', 'accepted', 'refused', 'superseded'] as const
export type ReadingState = (typeof readingStates)[number]

/** Whether the signature of a token is that of the certificate it brings. */
export type StampSignature = 'matches' | 'not_checked'

declare module '../../platform/database/database.ts' {
  interface Tables {
    document: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      doc_no: Generated<string>
      doc_kind: DocKind
      title: string
      data_subject_id: string
      transaction_date: string | null
      amount_yen: number | null
      counterparty: string | null
      expires_on: string | null
      confidentiality: Confidentiality
      newest_version: Generated<number>
      registered_by: string
      registered_at: string
      received_via: ReceivedVia | null
      received_on: string | null
      authenticity: Generated<Authenticity>
      timestamp_at: string | null
      valid_on: string | null
      text_version: string | null
      counterparty_id: string | null
      corrected_at: string | null
      corrected_by: string | null
      correction_reason: string | null
      struck_at: string | null
      struck_by: string | null
      struck_reason: string | null
      held_since: string | null
      held_by: string | null
      hold_reason: string | null
      disposed_at: string | null
      quarantined_at: Generated<string | null>
      quarantined_by: Generated<string | null>
      quarantine_reason: Generated<string | null>
      quarantined_version: Generated<number | null>
      /** Versions up to this one stay closed: they show an individual number. */
      closed_versions: Generated<number>
    }
    document_reading: {
      id: string
      row_version: Generated<number>
      document_id: string
      version_no: number
      field: ReadingField
      value_sealed: string
      confidence_ppm: number
      source: string
      state: Generated<ReadingState>
      proposed_by: string
      proposed_at: string
      decided_by: string | null
      decided_at: string | null
      decision_reason: string | null
    }
    document_version: {
      id: string
      document_id: string
      version_no: number
      file_name: string
      original_file_name: string
      mime: string
      size_bytes: number
      content_hash: string
      stored_path: string
      reason: string | null
      added_by: string
      added_at: string
    }
    document_time_stamp: {
      id: string
      seen_no: Generated<number>
      document_id: string
      version_no: number
      stamped_by: 'sender' | 'ours'
      original_file_name: string
      size_bytes: number
      content_hash: string
      stored_path: string
      stamped_at: string
      serial: string
      policy: string
      digest_algorithm: DigestAlgorithm
      digest: string
      authority: string
      chain: ColumnType<StampCertificate[], string, never>
      signature: StampSignature
      added_by: string
      added_at: string
    }
    document_link: { document_id: string; object_kind: string; object_id: string }
    document_upload: {
      id: string
      uploaded_by: string
      data_subject_id: string
      record_kind: string
      record_id: string
      original_file_name: string
      mime: string
      size_bytes: number
      content_hash: string
      stored_path: string
      uploaded_at: string
      taken_at: Generated<string | null>
      /** Of a time-stamp token: what it says, and which paper it was compared with. */
      stamp: ColumnType<(Stamp & { signature: StampSignature }) | null, string | undefined, never>
      stamps_upload_id: Generated<string | null>
      stamps_document_id: Generated<string | null>
      stamps_version_no: Generated<number | null>
    }
  }
}
