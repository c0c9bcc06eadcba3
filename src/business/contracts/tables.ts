import type { Generated, JSONColumnType } from 'kysely'
import type { ContractState } from './rules/states.ts'
import type { ContractTerms } from './terms.ts'

export const renewals = ['none', 'automatic', 'by_agreement'] as const
export type Renewal = (typeof renewals)[number]

export const contractKinds = [
  'master',
  'individual',
  'collection_entrustment',
  'assignment',
  'guarantee',
  'loan',
  'nda',
  'debtor_consent',
] as const
export type ContractKind = (typeof contractKinds)[number]

export interface ContractTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  contract_no: Generated<string>
  party_id: string
  contract_kind: ContractKind
  master_id: string | null
  state: ContractState
  newest_version: Generated<number>
  signed_on: string | null
  effective_on: string | null
  ends_on: string | null
  sign_method: 'paper' | 'e_sign' | null
  drafted_by: string
  terms_by: string | null
  drafted_at: string
  executed_by: string | null
  execution_approved_by: string | null
  terminated_on: string | null
  termination_reason: string | null
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    contract: ContractTable
    contract_version: {
      contract_id: string
      version: number
      valid_from: string | null
      terms: JSONColumnType<ContractTerms, string, string>
      recorded_by: string
      approved_by: string | null
      recorded_at: string
      reason: string | null
    }
    contract_signing: {
      contract_id: string
      row_version: Generated<number>
      signer_id: string | null
      sign_provider: string | null
      envelope_id: string | null
      signature_valid: boolean | null
      stamp_duty_yen: number | null
      stamp_cancelled: boolean | null
      renewal: Renewal | null
      notice_days: number | null
      antisocial_clause_version: string | null
      recorded_by: string
      recorded_at: string
    }
  }
}
