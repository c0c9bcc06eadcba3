import type { Generated } from 'kysely'
import type { sourceMedia, sourceStatuses, sourceTargets } from './source-contract.ts'

declare module '../../platform/database/database.ts' {
  interface Tables {
    migration_source: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      source_no: Generated<string>
      name: string
      owner: string
      medium: (typeof sourceMedia)[number]
      place: string | null
      row_count: number | null
      period_from: string | null
      period_to: string | null
      sensitive: boolean
      target: (typeof sourceTargets)[number]
      status: (typeof sourceStatuses)[number]
      note: string | null
      recorded_by: string
      recorded_at: string
    }
    migration_source_batch: { source_id: string; batch_id: string }
  }
}
