import { sql } from 'kysely'
import type { Json } from '../trail/canonical.ts'
import type { Tables, Tx } from './database.ts'

/**
 * Inserts many rows in one statement with one parameter; all rows must have the columns of the first. Columns left out take their
 * defaults, in the order of the rows. Returns the asked columns of each row, in the order of the rows given.
 */
export async function insertMany<R = Record<string, never>>(
  tx: Tx,
  table: keyof Tables & string,
  rows: readonly { [column: string]: Json }[],
  returning: readonly string[] = [],
): Promise<R[]> {
  const first = rows[0]
  if (!first) return []
  const columns = sql.join(Object.keys(first).map(name => sql.ref(name)))
  const back = returning.length ? sql`returning ${sql.join(returning.map(name => sql.ref(name)))}` : sql``
  const answer = await sql<R>`insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) ${back}`.execute(
    tx,
  )
  return answer.rows
}
