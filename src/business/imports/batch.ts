import type { CommandContext } from '../../platform/commands/command.ts'
import { found } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { ownColumnsOf } from './kinds/own-columns.ts'
import type { BatchOptions, BatchState } from './tables.ts'
import './tables.ts'

/** Rows that are read, decided and applied together, each lot in its own transaction. */
export const CHUNK_ROWS = 500

export const defaultOptions: BatchOptions = {
  role: 'client',
  unreadable: 'refuse',
  existing: 'fill',
  numbering: '旧システム',
  cutOverOn: null,
  cleaning: [],
  control: { rows: null, yen: {} },
}

/** The batch, locked until the end of the transaction, with the company's own columns as they are defined now. */
export async function lockBatch({ tx }: Pick<CommandContext, 'tx'>, id: Id) {
  const row = found(
    await tx.selectFrom('import_batch').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'import_batch',
  )
  return { ...row, own: await ownColumnsOf(tx, row.kind) }
}

export type LockedBatch = Awaited<ReturnType<typeof lockBatch>>

export async function setState(
  { tx }: Pick<CommandContext, 'tx'>,
  id: Id,
  state: BatchState,
  failure: string | null = null,
): Promise<void> {
  await tx
    .updateTable('import_batch')
    .set(eb => ({ state, failure, row_version: eb('row_version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** How the trail names the batch as a record. */
export const subjectOf = (batch: { id: Id }) => ({ kind: 'import', id: batch.id })

/** Where in which file a record came from; part of the event of each row. */
export const placeOf = (batch: LockedBatch, { line }: { line: number }) => ({
  summary: `取込 ${batch.batch_no}　${line}行目`,
  batchNo: batch.batch_no,
  line,
})
