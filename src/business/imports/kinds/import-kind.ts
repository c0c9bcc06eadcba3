import type { CommandContext } from '../../../platform/commands/command.ts'
import type { Reason } from '../../../platform/commands/refusal.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { FieldDescription } from '../../../platform/fields.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import type { LockedBatch } from '../batch.ts'
import type { FileRow } from '../files/file-table.ts'
import type { RowResult } from '../row-results.ts'
import type { ImportKindName, Outcome, RowProblem } from '../tables.ts'

/** A field an import of one kind can fill. */
export interface ImportField {
  name: string
  label: string
  type: FieldDescription['type']
  /** Headings under which it is recognised, the label included. */
  columns: readonly string[]
  required?: true
  /** About a living person: its values are quoted in no problem. */
  personal?: true
  /** 「なし」「該当なし」 and the like are answers here: cleaning leaves them. */
  emptyWords?: true
  help?: string
}

/** A row of the file with its place; `rowNo` counts the rows below the headings from 0. */
export interface StagedRow extends FileRow {
  rowNo: number
}

/** Decided for one row: what would happen to it, and why. */
export interface PlannedRow {
  rowNo: number
  line: number
  /** What people call the row: the name of a company; never a person's. */
  name: string
  outcome: Outcome
  /** The record it changes, when that is there already. */
  recordId: Id | null
  /** The party the row is about, where it is there already. */
  partyId: Id | null
  /** Other records it refers to, by what they are to the row. */
  refs: Record<string, Id>
  /** Or the earlier row of the same file. */
  mergedIntoRow: number | null
  problems: RowProblem[]
}

/** What undoes one row; kept encrypted with the chunk. Each kind has its own facts. */
export interface Undo {
  rowNo: number
  [fact: string]: Json
}

export interface Rehearsal {
  /** Rows in the order of the file, a chunk at a time. */
  plan(context: CommandContext, rows: readonly StagedRow[]): Promise<PlannedRow[]>
}

export interface AppliedChunk {
  undo: Undo[]
  results: RowResult[]
}

/** What a file may be about: its fields, what its rows do at the rehearsal, when applied and when taken back. */
export interface ImportKind {
  name: ImportKindName
  fields: readonly ImportField[]
  /** What the maker must be allowed beside preparing imports; the permission of whoever approves, `imports.approve` otherwise. */
  permission?: string
  approve?: string
  /** The permission of whoever approves this batch, where what it holds asks for another one. */
  approveOf?(batch: Pick<LockedBatch, 'mapping' | 'options'>): string
  /** Says what the batch needs beyond the required fields: an option, or one of several columns. */
  needs?(batch: Pick<LockedBatch, 'mapping' | 'options'>): Reason[]
  rehearse(batch: LockedBatch): Rehearsal
  /** Reads rows before their turn, while the database is busy with those in front of them; what it finds, `apply` finds again. */
  readAhead?(batch: LockedBatch, today: IsoDate, rows: readonly StagedRow[]): Promise<void>
  /** Takes the rows which were planned and still stand as planned; the caller has opened the transaction. */
  apply(
    context: CommandContext,
    batch: LockedBatch,
    rows: readonly StagedRow[],
    planned: ReadonlyMap<number, PlannedRow>,
  ): Promise<AppliedChunk>
  /** Undoes rows, last row first; what was used since stays and says so. */
  revert(context: CommandContext, batch: LockedBatch, undo: Undo[]): Promise<RowResult[]>
  /** Yen that stand in the books for the batch's applied rows, by field; for the reconciliation with the source. */
  booksYen?(context: CommandContext, batch: LockedBatch): Promise<Record<string, number>>
}
