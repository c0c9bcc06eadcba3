import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { BACKUP_LOCK } from '../../platform/database/backup/index.ts'
import type { Db } from '../../platform/database/database.ts'

const DAY_MS = 86_400_000

/** Removes uploads which no document has taken within a day; waits for the next time while a backup is being made. */
export async function sweepUploads(db: Db, filesDir: string, now: Date): Promise<number> {
  return db.transaction().execute(async tx => {
    const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${BACKUP_LOCK}) as got`.execute(
      tx,
    )
    if (!lock.rows[0]?.got) return 0
    const stale = await tx
      .deleteFrom('document_upload')
      .where('taken_at', 'is', null)
      .where('uploaded_at', '<', new Date(now.getTime() - DAY_MS).toISOString())
      .returning('stored_path')
      .execute()
    for (const { stored_path } of stale) await rm(join(filesDir, stored_path), { force: true })
    return stale.length
  })
}
