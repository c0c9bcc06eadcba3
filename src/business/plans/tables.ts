import type { Generated, JSONColumnType } from 'kysely'
import type { Advertised, PlanParameters } from './parameters.ts'

export const planStatuses = ['draft', 'active', 'retired'] as const
export type PlanStatus = (typeof planStatuses)[number]
export const transactionKinds = ['purchase', 'credit_guarantee', 'loan'] as const
export type TransactionKind = (typeof transactionKinds)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    plan: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      code: string
      name: string
      operated_by: string
      transaction_kind: TransactionKind
      status: PlanStatus
      created_by: string
      created_at: string
    }
    plan_version: {
      id: string
      row_version: Generated<number>
      plan_id: string
      version: number
      state: 'draft' | 'active' | 'discarded'
      effective_from: string | null
      effective_to: string | null
      parameters: JSONColumnType<PlanParameters, string, string>
      advertised: JSONColumnType<Advertised[], string, string>
      note: string
      drafted_by: string
      drafted_at: string
      writers: string[]
      activated_by: string | null
      approved_by: string | null
      activated_at: string | null
    }
  }
}
