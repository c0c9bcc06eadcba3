import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { ZipFile } from 'yazl'
import { sealToFile } from '../../platform/crypto/sealed-file.ts'
import { BACKUP_LOCK } from '../../platform/database/backup/index.ts'
import type { Db } from '../../platform/database/database.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { ArchiveHeld, ListExport } from '../../platform/list-export.ts'
import type { Services } from '../../platform/slice.ts'
import { archiveOf, type Filters } from './rows.ts'

const FOLDER = 'exports'
const PROGRESS_EVERY_MS = 500
/** Already packed: packing them again takes time and saves nothing. */
const PACKED = /\.(?:pdf|png|jpe?g|heic|xlsx|docx|mp3|m4a|ogg)$/i

export interface MadeArchive extends ArchiveHeld {
  storedPath: string
  sizeBytes: number
  fileHash: string
}

/** Makes the ZIP of a list's files, one file at a time, straight into a sealed file; a run that is taken up again begins anew over it. */
export async function makeArchive(
  services: Pick<Services, 'config' | 'keys' | 'reading' | 'db'>,
  context: QueryContext,
  asked: { exportId: Id; list: ListExport; columns: readonly string[]; filters: Filters },
): Promise<MadeArchive> {
  const { db, keys, config } = services
  const { exportId, list, columns, filters } = asked
  const archive = archiveOf(list)
  const noteProgress = await progressOf(db, exportId, await archive.count(context, filters))
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const storedPath = join(FOLDER, exportId)
  const sealing = sealToFile(
    { keys, db, subjectId: exportId, path: join(config.filesDir, storedPath) },
    output,
  )
  // What went wrong with it is thrown below; until then nobody waits for it.
  sealing.catch(error => output.destroy(error))
  const files = archive.pack(services, context, { conditions: filters, columns })
  try {
    for (;;) {
      const next = await files.next()
      if (next.done) {
        zip.end()
        const { sizeBytes, sha256 } = await sealing
        return { ...next.value, storedPath, sizeBytes, fileHash: sha256 }
      }
      const { name, content, rowsDone } = next.value
      await addFile(zip, name, content)
      await noteProgress(rowsDone)
    }
  } catch (error) {
    output.destroy(error as Error)
    await sealing.catch(() => {})
    await rm(join(config.filesDir, storedPath), { force: true })
    throw error
  }
}

/**
 * Adds one file and waits until it has been written, so that the next is not read before. The archive remembers how each file is to be
 * given to it until its end: what it remembers must not hold the content.
 */
function addFile(zip: ZipFile, name: string, content: Buffer): Promise<void> {
  const given: { once: Buffer | null } = { once: content }
  const size = content.length
  const output = zip.outputStream as Readable
  return new Promise((done, failed) => {
    // Nobody takes the archive any more, as when the disk is full.
    const ended = () => failed(output.errored ?? new Error('the archive ended before its last file'))
    zip.once('error', failed)
    output.once('close', ended)
    zip.addReadStreamLazy(name, { compress: !PACKED.test(name), size }, give => {
      const stream = Readable.from([given.once ?? Buffer.alloc(0)], { objectMode: false })
      given.once = null
      stream.once('end', () => {
        zip.off('error', failed)
        output.off('close', ended)
        done()
      })
      stream.once('error', failed)
      give(null, stream)
    })
  })
}

/** Notes how far the making has come, a few times a second, beside the transaction that makes it. */
async function progressOf(
  db: Db,
  exportId: Id,
  rowsTotal: number,
): Promise<(rowsDone: number) => Promise<void>> {
  let notedAt = 0
  const note = (rowsDone: number) =>
    db
      .updateTable('list_export_progress')
      .set({ rows_done: rowsDone, rows_total: rowsTotal })
      .where('export_id', '=', exportId)
      .execute()
  await note(0)
  return async rowsDone => {
    if (performance.now() - notedAt < PROGRESS_EVERY_MS) return
    notedAt = performance.now()
    await note(rowsDone)
  }
}

/** Removes archives which no export speaks of any more; waits for the next time while a backup is being made. */
export async function sweepArchives({ db, config }: Pick<Services, 'db' | 'config'>): Promise<number> {
  const folder = join(config.filesDir, FOLDER)
  const lying = await readdir(folder).catch(() => [])
  if (lying.length === 0) return 0
  return db.transaction().execute(async tx => {
    const { rows } = await sql<{
      got: boolean
    }>`select pg_try_advisory_xact_lock(${BACKUP_LOCK}) as got`.execute(tx)
    if (!rows[0]?.got) return 0
    const wanted = await tx
      .selectFrom('list_export as x')
      .select(sql<string>`x.id::text`.as('name'))
      .where('x.format', '=', 'zip')
      .where('x.state', 'in', ['waiting', 'ready'])
      .execute()
    const kept = new Set(wanted.map(row => row.name))
    const gone = lying.filter(name => !kept.has(name))
    for (const name of gone) await rm(join(folder, name), { force: true })
    return gone.length
  })
}
