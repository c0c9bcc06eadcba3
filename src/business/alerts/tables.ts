import type { Generated } from 'kysely'

export const alertStates = ['open', 'acknowledged', 'snoozed', 'resolved'] as const
export type AlertState = (typeof alertStates)[number]
export const alertSeverities = ['info', 'warning', 'critical'] as const
export type AlertSeverity = (typeof alertSeverities)[number]

export interface AlertTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  alert_no: Generated<string>
  kind: string
  severity: AlertSeverity
  rule_code: string
  rule_version: number
  subject_kind: string
  subject_id: string
  party_id: string | null
  sentence: string
  dedupe_key: string
  raised_at: string
  owner_staff_id: string | null
  owner_role: string
  due_on: string
  state: AlertState
  acknowledged_by: string | null
  acknowledged_at: string | null
  snoozed_until: string | null
  snoozed_reason: string | null
  outcome: string | null
  resolved_by: string | null
  resolved_at: string | null
  facts_ended_at: string | null
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    alert: AlertTable
  }
}
