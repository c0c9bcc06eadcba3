import type { QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { partiesInReach } from '../parties/index.ts'

/** Those of the records which the person may see. */
export async function inReach<T extends { id: Id }>(context: QueryContext, rows: readonly T[]): Promise<T[]> {
  if (rows.length === 0) return []
  const reach = await partiesInReach(context)
    .select('party.id')
    .where(
      'party.id',
      'in',
      rows.map(row => row.id),
    )
    .execute()
  const ids = new Set(reach.map(row => row.id))
  return rows.filter(row => ids.has(row.id))
}
