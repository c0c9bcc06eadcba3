import type pg from 'pg'

/**
 * Opens sessions and lets each get to know every table. The database learns a table's columns and indexes anew in each session, in some
 * ten milliseconds for every statement that is the first to name it; without this the first people after a start wait for that.
 */
export async function warmSessions(pool: pg.Pool, sessions: number): Promise<void> {
  const held: pg.PoolClient[] = []
  try {
    for (let at = 0; at < sessions; at++) {
      const session = await pool.connect()
      held.push(session)
      const { rows } = await session.query<{ name: string }>(
        `select quote_ident(relname) as name from pg_class
         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
           and has_table_privilege(oid, 'select')`,
      )
      await session.query(rows.map(({ name }) => `select from ${name} limit 0`).join(';'))
    }
  } finally {
    for (const session of held) session.release()
  }
}
