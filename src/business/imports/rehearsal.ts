import type { CommandContext } from '../../platform/commands/command.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import { normalizeCompanyName } from '../names/index.ts'
import type { LockedBatch } from './commands.ts'
import type { FileRow } from './files/file-table.ts'
import { type PlannedRow, Planner } from './plan.ts'
import { type ReadRow, readRow } from './read-row.ts'
import type { Counts } from './tables.ts'

const YIELD_EVERY = 100

/** Staged rows of a chunk; throws when the batch's key has been destroyed. */
export async function stagedRows(context: CommandContext, sealed: string): Promise<FileRow[]> {
  const text = await context.keys.open(context.tx, sealed)
  if (text === null) throw new Error('the staged rows of this import have been disposed of')
  return JSON.parse(text) as FileRow[]
}

/** Rows of a chunk as the mapping reads them; `firstRowNo` counts rows of the file from 0. */
export async function readChunk(
  context: CommandContext,
  batch: LockedBatch,
  sealed: string,
  firstRowNo: number,
): Promise<ReadRow[]> {
  const { header, mapping, options } = batch
  const reader = { header, mapping, options, today: context.today }
  const rows: ReadRow[] = []
  for (const row of await stagedRows(context, sealed)) {
    if (rows.length % YIELD_EVERY === 0) await new Promise(resume => setImmediate(resume))
    rows.push(readRow(row, firstRowNo + rows.length, reader))
  }
  return rows
}

/** Rehearses a whole batch: reads, decides, keeps the outcome of each row; nothing in the register changes. */
export async function rehearseRows(context: CommandContext, batch: LockedBatch): Promise<Counts> {
  const { tx } = context
  const chunks = await tx
    .selectFrom('import_chunk')
    .select(['rows_sealed', 'row_count'])
    .where('batch_id', '=', batch.id)
    .orderBy('chunk_no')
    .execute()
  const planner = new Planner(tx)
  const counts: Counts = { new: 0, update: 0, merged: 0, refused: 0, problems: 0, renamed: 0 }
  let rowNo = 0
  for (const chunk of chunks) {
    const planned = await planner.plan(await readChunk(context, batch, chunk.rows_sealed, rowNo))
    await insertMany(
      tx,
      'import_row',
      planned.map(row => storedRow(batch.id, row)),
    )
    for (const row of planned) {
      counts[row.outcome]++
      if (row.problems.length > 0) counts.problems++
    }
    if (batch.options.existing === 'overwrite') counts.renamed += await renamedBy(context, planned)
    rowNo += chunk.row_count
  }
  return counts
}

function storedRow(batchId: string, { row, outcome, partyId, mergedIntoRow, problems }: PlannedRow) {
  return {
    batch_id: batchId,
    row_no: row.rowNo,
    line: row.line,
    name: row.name,
    outcome,
    party_id: partyId,
    merged_into_row: mergedIntoRow,
    problems: problems.map(problem => ({ ...problem })),
    state: 'planned',
  }
}

async function renamedBy({ tx }: CommandContext, planned: readonly PlannedRow[]): Promise<number> {
  const updates = planned.filter(row => row.outcome === 'update')
  if (updates.length === 0) return 0
  const rows = await tx
    .selectFrom('party')
    .select(['id', 'legal_name'])
    .where(
      'id',
      'in',
      updates.map(row => row.partyId!),
    )
    .execute()
  const names = new Map(rows.map(row => [row.id, row.legal_name]))
  return updates.filter(row => !sameCore(row.row.name, names.get(row.partyId!) ?? '')).length
}

/** Two spellings of one name: legal form, width, kana and old characters do not count. */
export function sameCore(a: string, b: string): boolean {
  return normalizeCompanyName(a).foldedCore === normalizeCompanyName(b).foldedCore
}
