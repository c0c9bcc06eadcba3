import { sql } from 'kysely'
import type { Db } from '../../platform/database/database.ts'

const ANSWERS_KEPT_DAYS = 30

/** Partitions of the coming months are there before their first view; answered keys are kept for 30 days (architecture.md). */
export async function keepHouse(db: Db, now: Date): Promise<void> {
  await sql`select ensure_view_partitions(${now.toISOString().slice(0, 10)}::date)`.execute(db)
  const before = new Date(now.getTime() - ANSWERS_KEPT_DAYS * 86_400_000)
  await db.deleteFrom('command_run').where('at', '<', before.toISOString()).execute()
}
