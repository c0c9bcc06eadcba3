import type { Selectable } from 'kysely'
import type { Tables } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { Renewal } from './tables.ts'

/** How a contract was signed and how it goes on (data dictionary, group 7); null: not known. */
export interface Signing {
  signerId: Id | null
  signProvider: string | null
  envelopeNo: string | null
  signatureValid: boolean | null
  stampDutyYen: Yen | null
  stampCancelled: boolean | null
  renewal: Renewal | null
  noticeDays: number | null
  antisocialClauseVersion: string | null
}

/** The stored row; nothing known where there is none. */
export const signingOf = (row: Selectable<Tables['contract_signing']> | undefined): Signing => ({
  signerId: row?.signer_id ?? null,
  signProvider: row?.sign_provider ?? null,
  envelopeNo: row?.envelope_id ?? null,
  signatureValid: row?.signature_valid ?? null,
  stampDutyYen: row?.stamp_duty_yen ?? null,
  stampCancelled: row?.stamp_cancelled ?? null,
  renewal: row?.renewal ?? null,
  noticeDays: row?.notice_days ?? null,
  antisocialClauseVersion: row?.antisocial_clause_version ?? null,
})
