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
  'stopped',
  'failed',
] as const
export type BatchState = (typeof batchStates)[number]

/** What a file is about, in the order in which a company moves in: later kinds refer to records of earlier ones. */
export const importKinds = [
  'customers',
  'people',
  'accounts',
  'limits',
  'kyc',
  'holdings',
  'screenings',
  'contracts',
  'claims',
  'balances',
  'applications',
  'contacts',
] as const
export type ImportKindName = (typeof importKinds)[number]

export const outcomes = ['new', 'update', 'merged', 'refused', 'skipped'] as const
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
  /** A critical value that would be replaced: shown to the second person by itself. */
  change?: { label: string; old: string; new: string }
}

export interface BatchOptions {
  /** Customers: the role they are registered in. */
  role: 'client' | 'debtor'
  /** What an unreadable optional item does: refuse its row, or be left empty. */
  unreadable: 'refuse' | 'leave_empty'
  /** What a row does to a record that is there already. */
  existing: 'fill' | 'overwrite'
  /** Who gave the numbers in the file (旧システム): other files refer to records by them. */
  numbering: string
  /** The day the books change over; balances are those at its end. */
  cutOverOn: string | null
  /** Cleaning rules that are switched on, by code. */
  cleaning: string[]
  /** What the source says it holds, to be reconciled: rows, and yen by field. */
  control: { rows: number | null; yen: Record<string, number> }
}

export type Counts = Record<Outcome, number> & { problems: number; renamed: number }

/** Yen of one column: what the file holds, what was taken and what was left out; the first is the sum of the others. */
export interface YenSum {
  field: string
  label: string
  fileYen: number
  takenYen: number
  refusedYen: number
  /** Rows whose cell is not a whole number of yen. */
  unreadable: number
  /** What stands in the books after the run; null before it, and where the books hold no such sum. */
  booksYen: number | null
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    import_batch: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      batch_no: Generated<string>
      kind: ImportKindName
      file_name: string
      file_hash: string
      size_bytes: number
      file_kind: 'csv' | 'xlsx'
      encoding: string | null
      sheet: string | null
      heading_line: number
      header: string[]
      mapping: (string | null)[]
      options: BatchOptions
      row_count: number
      state: BatchState
      counts: Counts | null
      sums: YenSum[] | null
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
      /** The cells above the chunk's first row, for 「同上」; encrypted. */
      carry_sealed: string | null
      undo_sealed: string | null
      rehearsed_at: string | null
      applied_at: string | null
      reverted_at: string | null
    }
    import_row: {
      batch_id: string
      row_no: number
      line: number
      name: string
      outcome: Outcome
      /** The record the row made or changed; of customers the party itself. */
      record_id: string | null
      party_id: string | null
      /** Other records the row refers to, as the rehearsal found them. */
      refs: Record<string, string>
      merged_into_row: number | null
      problems: RowProblem[]
      state: RowState
    }
    import_template: {
      id: string
      row_version: Generated<number>
      name: string
      kind: ImportKindName
      mapping: Record<string, string>
      heading_line: number | null
      options: Partial<BatchOptions>
      saved_by: string
      saved_at: string
    }
    /** Records an import brought; only they may ever be taken out again. */
    import_taken_over: { record_id: string; batch_id: string }
    /** Numbers of the old system, by which later files and people find records. */
    import_source_no: {
      numbering: string
      record_kind: string
      source_no: string
      record_id: string
      batch_id: string
      row_no: number
    }
  }
}
