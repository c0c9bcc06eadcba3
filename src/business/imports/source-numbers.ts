import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { LockedBatch } from './batch.ts'
import './tables.ts'

/** Old numbers are compared as they look: without width, spaces and case. */
export const sourceNoKey = (typed: string) =>
  typed.normalize('NFKC').replace(/\s/g, '').toUpperCase().slice(0, 100)

/** Keeps the numbers of the old system for the records rows went into; a number that is taken stays with its first record. */
export async function keepSourceNos(
  { tx }: CommandContext,
  batch: LockedBatch,
  recordKind: string,
  numbers: readonly { rowNo: number; sourceNo: string; recordId: Id }[],
): Promise<void> {
  if (numbers.length === 0) return
  await sql`insert into import_source_no (numbering, record_kind, source_no, record_id, batch_id, row_no)
    select ${batch.options.numbering}, ${recordKind}, u.no, u.record_id, ${batch.id}, u.row_no
    from unnest(${numbers.map(one => sourceNoKey(one.sourceNo))}::text[], ${numbers.map(one => one.recordId)}::uuid[],
      ${numbers.map(one => one.rowNo)}::int[]) as u (no, record_id, row_no)
    on conflict do nothing`.execute(tx)
}

/** Forgets the numbers which rows brought. */
export async function forgetSourceNos(
  { tx }: CommandContext,
  batch: LockedBatch,
  rowNos: readonly number[],
): Promise<void> {
  if (rowNos.length === 0) return
  await tx
    .deleteFrom('import_source_no')
    .where('batch_id', '=', batch.id)
    .where('row_no', 'in', [...rowNos])
    .execute()
}

/** The records which old numbers lead to; numbers nobody knows are left out. */
export async function recordsBySourceNo(
  db: Db | Tx,
  numbering: string,
  recordKind: string,
  typed: readonly string[],
): Promise<Map<string, Id>> {
  const keys = [...new Set(typed.map(sourceNoKey))]
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('import_source_no')
    .select(['source_no', 'record_id'])
    .where('numbering', '=', numbering)
    .where('record_kind', '=', recordKind)
    .where('source_no', 'in', keys)
    .execute()
  return new Map(rows.map(row => [row.source_no, row.record_id]))
}
