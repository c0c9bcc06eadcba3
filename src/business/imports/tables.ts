import type { Generated } from 'kysely'

export const batchStates = [
  'opened',
  'rehearsing',
  'rehearsed',
  'approved',
  'applied',
  'reverting',
  'reverted',
  'discarded',
  'failed',
] as const
export type BatchState = (typeof batchStates)[number]

export const outcomes = ['new', 'update', 'merged', 'refused'] as const
export type Outcome = (typeof outcomes)[number]

/** Planned → applied, or a conflict when facts moved meanwhile; reverted, or kept where a revert was not possible. */
export const rowStates = ['planned', 'applied', 'kept', 'conflict', 'reverted'] as const
export type RowState = (typeof rowStates)[number]

/** What is wrong with one cell, at its place in the file. */
export interface RowProblem {
  code: string
  /** Column number in the file from 1, or null where no column is at fault. */
  column: number | null
  heading: string | null
  message: string
  /** `error`: the row is not taken; `warning`: the item is left empty; `note`: taken, but look at it. */
  weight: 'error' | 'warning' | 'note'
}

export interface BatchOptions {
  role: 'client' | 'debtor'
  /** What an unreadable optional item does: refuse its row, or be left empty. */
  unreadable: 'refuse' | 'leave_empty'
  /** What a row does to a record that is there already. */
  existing: 'fill' | 'overwrite'
}

export type Counts = Record<Outcome, number> & { problems: number; renamed: number }

declare module '../../platform/database/database.ts' {
  interface Tables {
    import_batch: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      batch_no: Generated<string>
      file_name: string
      file_hash: string
      size_bytes: number
      file_kind: 'csv' | 'xlsx'
      encoding: string | null
      sheet: string | null
      header: string[]
      mapping: (string | null)[]
      options: BatchOptions
      row_count: number
      state: BatchState
      counts: Counts | null
      failure: string | null
      opened_by: string
      opened_at: string
      requested_by: string | null
      approved_by: string | null
      change_request_id: string | null
      started_at: string | null
      ended_at: string | null
    }
    import_chunk: {
      batch_id: string
      chunk_no: number
      row_count: number
      rows_sealed: string
      undo_sealed: string | null
      applied_at: string | null
      reverted_at: string | null
    }
    import_row: {
      batch_id: string
      row_no: number
      line: number
      name: string
      outcome: Outcome
      party_id: string | null
      merged_into_row: number | null
      problems: RowProblem[]
      state: RowState
    }
    import_template: {
      id: string
      row_version: Generated<number>
      name: string
      mapping: Record<string, string>
      saved_by: string
      saved_at: string
    }
  }
}
