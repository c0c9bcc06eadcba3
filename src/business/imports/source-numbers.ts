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

const LONGEST_PADDED = 12

/**
 * Records by numbers which differ only in leading zeros, as Excel loses them (000003 and 3): for numbers nothing else leads from. A number
 * that may then be two records leads to none.
 */
export async function recordsByLostZeros(
  db: Db | Tx,
  numbering: string,
  recordKind: string,
  keys: readonly string[],
): Promise<Map<string, { id: Id; known: string }>> {
  const variants = new Map<string, string[]>()
  for (const key of keys) {
    if (!/^\d{1,12}$/.test(key)) continue
    const plain = key.replace(/^0+(?=\d)/, '')
    const lengths = Array.from({ length: LONGEST_PADDED - plain.length + 1 }, (_, at) => plain.length + at)
    variants.set(
      key,
      lengths.map(length => plain.padStart(length, '0')).filter(variant => variant !== key),
    )
  }
  const found = await recordsBySourceNo(db, numbering, recordKind, [...variants.values()].flat())
  const answer = new Map<string, { id: Id; known: string }>()
  for (const [key, list] of variants) {
    const known = list.filter(variant => found.has(variant))
    if (known.length === 1) answer.set(key, { id: found.get(known[0]!)!, known: known[0]! })
  }
  return answer
}
