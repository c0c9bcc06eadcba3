import type { Tx } from '../../../platform/database/database.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { normalizePersonName } from '../../names/index.ts'

/** A name as old ledgers write it, compared without width, spaces, old characters and what stands in brackets behind it. */
export const personNameKey = (name: string) =>
  normalizePersonName(name.replace(/[（(].*[）)]$/u, '')).foldedCore

/** Accounts by the key of their name; a name two people bear leads to nobody. */
export async function staffByName(tx: Tx): Promise<ReadonlyMap<string, Id>> {
  const rows = await tx.selectFrom('staff_member').select(['id', 'display_name']).execute()
  const byName = new Map<string, Id>()
  const twice = new Set<string>()
  for (const { id, display_name } of rows) {
    const key = personNameKey(display_name)
    if (byName.has(key)) twice.add(key)
    byName.set(key, id)
  }
  for (const key of twice) byName.delete(key)
  return byName
}
