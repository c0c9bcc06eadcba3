import type { Tx } from '../../../platform/database/database.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { recordsBySourceNo, sourceNoKey } from '../source-numbers.ts'
import type { CellReader } from './read-cells.ts'

const SAID = { application: ['申込番号', '申込'], claims: ['債権番号', '債権'] } as const

/** Applications by their number in the old system, or by ours. */
export async function applicationsByNo(
  tx: Tx,
  numbering: string,
  typed: readonly string[],
): Promise<Map<string, Id>> {
  const known = await recordsBySourceNo(tx, numbering, 'application', typed)
  const keys = [...new Set(typed.map(sourceNoKey))].filter(key => !known.has(key))
  if (keys.length === 0) return known
  const ours = await tx
    .selectFrom('application')
    .select(['id', 'application_no'])
    .where('application_no', 'in', keys)
    .execute()
  for (const row of ours) known.set(row.application_no, row.id)
  return known
}

/** Claims by their number in the old system, or by ours. */
export async function claimsByNo(
  tx: Tx,
  numbering: string,
  typed: readonly string[],
): Promise<Map<string, Id>> {
  const known = await recordsBySourceNo(tx, numbering, 'receivable', typed)
  const keys = [...new Set(typed.map(sourceNoKey))].filter(key => !known.has(key))
  if (keys.length === 0) return known
  const ours = await tx
    .selectFrom('receivable')
    .select(['id', 'receivable_no'])
    .where('receivable_no', 'in', keys)
    .execute()
  for (const row of ours) known.set(row.receivable_no, row.id)
  return known
}

/** Several numbers in one cell, parted as offices part them. */
export const numbersIn = (typed: string) =>
  typed
    .normalize('NFKC')
    .split(/[、,;／/\s]+/)
    .filter(Boolean)

/** The record a number leads to; null where the cell is empty. An unknown number refuses the row and says what to take over first. */
export function linkedNo(
  cells: CellReader,
  field: 'application' | 'claims',
  known: ReadonlyMap<string, Id>,
  typed: string | null = cells.text(field),
): Id | null {
  if (typed === null) return null
  const id = known.get(sourceNoKey(typed)) ?? null
  const [number, what] = SAID[field]
  if (id === null)
    cells.complain(
      field,
      'linked_record_must_be_found',
      `${number}「${typed.slice(0, 20)}」の${what}が見つかりません。先に${what}を取り込むか、番号を直してください。紐付けないときは空欄にします。`,
      'error',
    )
  return id
}
