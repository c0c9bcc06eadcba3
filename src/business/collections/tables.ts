import type { Generated } from 'kysely'
import type { CollectionCaseState } from './rules/states.ts'

declare module '../../platform/database/database.ts' {
  interface Tables {
    collection_case: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      case_no: Generated<string>
      receivable_id: string
      state: CollectionCaseState
      opened_on: string
      owner_id: string | null
      next_action_on: string
      next_action: Generated<string>
      disputed_yen: number | null
      dispute_reason: string | null
      ended_on: string | null
    }
  }
}
