import type { Generated } from 'kysely'

export const taskKinds = [
  'kyc',
  'screening',
  'credit',
  'contract',
  'bank',
  'invoice_check',
  'contact',
  'document',
  'other',
] as const
export type TaskKind = (typeof taskKinds)[number]
export const taskOrigins = ['hand', 'alert', 'change_request', 'checklist', 'promise', 'incident'] as const
export type TaskOrigin = (typeof taskOrigins)[number]
export const taskStates = ['open', 'done', 'cancelled'] as const
export type TaskState = (typeof taskStates)[number]
export const impactOutcomes = ['opened', 'linked', 'skipped'] as const
export type ImpactOutcome = (typeof impactOutcomes)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    task: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      task_no: Generated<string>
      kind: TaskKind
      origin: TaskOrigin
      origin_id: string | null
      party_id: string | null
      title: string
      note: string | null
      owner_staff_id: string | null
      owner_role: string | null
      /** The person, or the role where no person has taken it; kept by the database. */
      owner_key: Generated<string>
      due_on: string
      state: TaskState
      outcome: string | null
      done_by: string | null
      done_at: string | null
      handed_over_from: string | null
      handed_over_at: string | null
      opened_by: string
      opened_at: string
    }
    change_impact: {
      change_request_id: string
      impact: string
      outcome: ImpactOutcome
      rule_code: string
      sentence: string
      task_id: string | null
      linked_kind: string | null
      linked_id: string | null
      decided_at: string
    }
  }
}
