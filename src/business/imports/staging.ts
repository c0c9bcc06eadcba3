import type { CommandContext } from '../../platform/commands/command.ts'
import type { LockedBatch } from './batch.ts'
import { CHUNK_ROWS } from './batch.ts'
import { Cleaner } from './cleaning.ts'
import type { FileRow } from './files/file-table.ts'
import type { ImportField, StagedRow } from './kinds/import-kind.ts'
import { fieldsOfKind } from './kinds/index.ts'

/** A chunk as the kinds read it: cleaned, without the rows that are none. */
export interface StagedChunk {
  rows: StagedRow[]
  leftOut: { row: StagedRow; sentence: string }[]
}

type Keys = Pick<CommandContext, 'keys'> & { tx: Parameters<CommandContext['keys']['open']>[0] }

/** Staged rows of a chunk; throws when the batch's key has been destroyed. */
export async function openRows({ keys, tx }: Keys, sealed: string): Promise<FileRow[]> {
  const text = await keys.open(tx, sealed)
  if (text === null) throw new Error('the staged rows of this import have been disposed of')
  return JSON.parse(text) as FileRow[]
}

export function mappedFields(batch: Pick<LockedBatch, 'kind' | 'mapping' | 'own'>): (ImportField | null)[] {
  const byName = new Map(fieldsOfKind(batch.kind, batch.own).map(field => [field.name, field]))
  return batch.mapping.map(name => (name === null ? null : (byName.get(name) ?? null)))
}

/** The cleaner of a batch, at its first row. */
export function cleanerOf(batch: LockedBatch, above: readonly string[] = []): Cleaner {
  return new Cleaner(batch.options.cleaning, batch.header, mappedFields(batch), above)
}

/** Rows of a chunk, cleaned by a cleaner that has seen the rows above. */
export async function stagedChunk(
  context: Keys,
  chunk: { chunk_no: number; rows_sealed: string },
  cleaner: Cleaner,
): Promise<StagedChunk> {
  const staged: StagedChunk = { rows: [], leftOut: [] }
  for (const [at, row] of (await openRows(context, chunk.rows_sealed)).entries()) {
    const { cells, leftOutBy } = cleaner.clean(row)
    const cleaned = { ...row, cells, rowNo: chunk.chunk_no * CHUNK_ROWS + at }
    if (leftOutBy) staged.leftOut.push({ row: cleaned, sentence: leftOutBy.sentence })
    else staged.rows.push(cleaned)
  }
  return staged
}
