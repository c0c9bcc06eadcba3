import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { Id } from '../ids/uuid.ts'

/** Where an entry stands in the sealed trail. */
export interface Leaf {
  block: number
  position: number
  event_id: Id
}

/**
 * The entries of the sealed trail after the place noted in a table of one row (`block`, `position`), in order, at most `most`. The place
 * is asked for in a subselect: joined, the database would compare the whole trail with it each time.
 */
export async function leavesAfter(tx: Tx, markTable: string, most: number): Promise<Leaf[]> {
  const { rows } = await sql<Leaf>`
    select l.block, l.position, l.event_id from audit_leaf l
    where (l.block, l.position) > (select m.block, m.position from ${sql.table(markTable)} m)
    order by l.block, l.position limit ${most}`.execute(tx)
  return rows
}
