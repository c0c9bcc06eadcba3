import type { Generated } from 'kysely'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Json } from '../../platform/trail/canonical.ts'

export type PlannedState = 'planned' | 'applied' | 'withdrawn' | 'failed'

export interface PlannedItem {
  field: string
  label: string
  old: Json
  new: Json
  sensitive?: boolean
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    record_change: {
      id: string
      record_kind: string
      record_id: string
      effective_on: IsoDate
      reason_code: string
      reason_text: string
      evidence: string[]
      recorded_by: string
      approved_by: string | null
      recorded_at: string
    }
    field_value: {
      seq: Generated<number>
      record_kind: string
      record_id: string
      field: string
      value: Json
      value_sealed: string | null
      valid_from: IsoDate | null
      recorded_at: string
      change_id: string | null
    }
    planned_change: {
      id: string
      row_version: Generated<number>
      planned_no: Generated<string>
      record_kind: string
      record_id: string
      related_ids: string[]
      command: string
      contract_version: Generated<number>
      input_sealed: string
      summary: string
      items: PlannedItem[]
      effective_on: IsoDate
      reason_code: string
      reason_text: string
      evidence: string[]
      permission: string
      state: Generated<PlannedState>
      planned_by: string
      planned_at: string
      change_request_id: string | null
      approved_by: string | null
      ended_at: string | null
      ended_by: string | null
      end_reason: string | null
    }
  }
}
