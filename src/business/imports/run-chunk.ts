import type { CommandContext } from '../../platform/commands/command.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { CHUNK_ROWS, type LockedBatch } from './batch.ts'
import type { PlannedRow, StagedRow, Undo } from './kinds/import-kind.ts'
import { kindNamed } from './kinds/index.ts'
import { writeResults } from './row-results.ts'
import { forgetSourceNos } from './source-numbers.ts'
import { cleanerOf, stagedChunk } from './staging.ts'

interface Chunk {
  chunk_no: number
  row_count: number
  rows_sealed: string
  carry_sealed: string | null
  undo_sealed: string | null
}

/** Takes one chunk into the register, as it was approved, in the caller's transaction, and keeps what undoes it. */
export async function applyChunk(
  context: CommandContext,
  batch: LockedBatch,
  chunk: Chunk,
  ahead: readonly StagedRow[] | null,
): Promise<void> {
  const { tx, now, keys } = context
  const rows = ahead ?? (await rowsOf(context, batch, chunk))
  const planned = await plannedRows(context, batch, chunk)
  const { undo, results } = await kindNamed(batch.kind).apply(context, batch, rows, planned)
  await writeResults(tx, batch.id, results)
  await tx
    .updateTable('import_chunk')
    .set({
      applied_at: now.toISOString(),
      undo_sealed: await keys.seal(tx, batch.id, JSON.stringify(undo)),
    })
    .where('batch_id', '=', batch.id)
    .where('chunk_no', '=', chunk.chunk_no)
    .execute()
}

async function rowsOf(
  reading: Parameters<typeof stagedChunk>[0],
  batch: LockedBatch,
  chunk: Pick<Chunk, 'chunk_no' | 'rows_sealed' | 'carry_sealed'>,
): Promise<StagedRow[]> {
  const carried = chunk.carry_sealed ? await reading.keys.open(reading.tx, chunk.carry_sealed) : null
  const cleaner = cleanerOf(batch, carried ? (JSON.parse(carried) as string[]) : [])
  return (await stagedChunk(reading, chunk, cleaner)).rows
}

/** The rows of a chunk whose turn comes later, read by the kind; null when there is no such chunk. */
export async function readChunkAhead(
  { db, keys }: { db: Db; keys: SubjectKeys },
  batch: LockedBatch,
  chunkNo: number,
  today: IsoDate,
): Promise<StagedRow[] | null> {
  const kind = kindNamed(batch.kind)
  if (!kind.readAhead) return null
  const chunk = await db
    .selectFrom('import_chunk')
    .select(['chunk_no', 'rows_sealed', 'carry_sealed'])
    .where('batch_id', '=', batch.id)
    .where('chunk_no', '=', chunkNo)
    .executeTakeFirst()
  if (!chunk) return null
  const rows = await rowsOf({ tx: db, keys }, batch, chunk)
  await kind.readAhead(batch, today, rows)
  return rows
}

/** What the rehearsal decided for the rows of a chunk. */
async function plannedRows(
  { tx }: CommandContext,
  batch: LockedBatch,
  chunk: Chunk,
): Promise<Map<number, PlannedRow>> {
  const first = chunk.chunk_no * CHUNK_ROWS
  const rows = await tx
    .selectFrom('import_row')
    .selectAll()
    .where('batch_id', '=', batch.id)
    .where('row_no', '>=', first)
    .where('row_no', '<', first + chunk.row_count)
    .execute()
  return new Map(
    rows.map(row => [
      row.row_no,
      {
        rowNo: row.row_no,
        line: row.line,
        name: row.name,
        outcome: row.outcome,
        recordId: row.record_id,
        partyId: row.party_id,
        refs: row.refs,
        mergedIntoRow: row.merged_into_row,
        problems: row.problems,
      },
    ]),
  )
}

/** Undoes one chunk in the caller's transaction, last row first. What somebody has edited or uses meanwhile stays and says so. */
export async function revertChunk(context: CommandContext, batch: LockedBatch, chunk: Chunk): Promise<void> {
  const { tx, now, keys } = context
  const text = chunk.undo_sealed ? await keys.open(tx, chunk.undo_sealed) : '[]'
  if (text === null) throw new Error('what undoes this import has been disposed of')
  const undo = (JSON.parse(text) as Undo[]).sort((a, b) => b.rowNo - a.rowNo)
  const results = await kindNamed(batch.kind).revert(context, batch, undo)
  await writeResults(tx, batch.id, results)
  await forgetSourceNos(
    context,
    batch,
    results.filter(result => result.state === 'reverted').map(result => result.rowNo),
  )
  await tx
    .updateTable('import_chunk')
    .set({ reverted_at: now.toISOString() })
    .where('batch_id', '=', batch.id)
    .where('chunk_no', '=', chunk.chunk_no)
    .execute()
}
