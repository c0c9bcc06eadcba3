import { createHash } from 'node:crypto'
import { Refusal } from '../../platform/commands/refusal.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { every } from '../../platform/every.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { makeArchive, sweepArchives } from './archive.ts'
import { csvOf, xlsxOf } from './cells.ts'
import { removeFile } from './commands.ts'
import { columnsNamed, type Filters, listNamed, mayExport, readRows } from './rows.ts'
import { type ExportFormat, exportFormats } from './tables.ts'

const EVERY_MS = 500
/** Long enough for an evening and a weekend; what was taken out should not lie about. */
export const KEPT_DAYS = 3
const DAY_MS = 86_400_000
const EXPIRE_EVERY_MS = 60_000

type Parts = Pick<
  Services,
  'db' | 'executor' | 'permissions' | 'loadActor' | 'log' | 'keys' | 'clock' | 'reading' | 'config'
>

/** Makes the files that wait and removes those past their last day; returns the function that stops it. */
export async function startExporting(services: Services): Promise<() => Promise<void>> {
  const failed = (error: unknown) => services.log('exporting failed', { error })
  const making = every(EVERY_MS, () => exportUntilIdle(services, TABLES), failed)
  // An archive of thousands of papers takes minutes; nobody waits for it with a table.
  const packing = every(EVERY_MS, () => exportUntilIdle(services, ['zip']), failed)
  const expiring = every(EXPIRE_EVERY_MS, () => expireExports(services), failed)
  return async () => {
    await making()
    await packing()
    await expiring()
  }
}

const TABLES: readonly ExportFormat[] = ['csv', 'xlsx']

/** Makes every file that waits, oldest first. */
export async function exportUntilIdle(
  services: Parts,
  formats: readonly ExportFormat[] = exportFormats,
): Promise<void> {
  while (await makeOne(services, formats));
}

/**
 * One file, in one transaction which holds its row: another process passes it over, and a crash leaves it waiting. It is made with the
 * rights its maker has now; whoever has left gets none.
 */
async function makeOne(services: Parts, formats: readonly ExportFormat[]): Promise<boolean> {
  const { db, clock } = services
  return db.transaction().execute(async tx => {
    const row = await tx
      .selectFrom('list_export')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('format', 'in', formats)
      .orderBy('requested_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!row) return false
    const now = clock.now()
    const maker = await services.loadActor(row.requested_by)
    const context = services.executor.context(
      tx,
      maker ?? systemActor('schedule', services.permissions),
      `export-${row.export_no}`,
      row.approved_by && row.change_request_id
        ? {
            changeRequestId: row.change_request_id,
            requestedBy: row.requested_by,
            approvedBy: row.approved_by,
          }
        : null,
    )
    const made = await attempt(services, row, maker, now)
    const subjects = [{ kind: 'list_export', id: row.id }]
    if ('failure' in made) {
      await tx
        .updateTable('list_export')
        .set({ state: 'failed', failure: made.failure.slice(0, 300), row_version: row.row_version + 1 })
        .where('id', '=', row.id)
        .execute()
      await context.record({ verb: 'list_export_failed', subjects, facts: { list: row.list } })
      return true
    }
    await tx
      .insertInto('list_export_file')
      .values({
        export_id: row.id,
        ...('content' in made
          ? { content_sealed: await services.keys.sealBytes(tx, row.id, made.content) }
          : { content_sealed: null, stored_path: made.storedPath }),
        seen_nos: made.seen,
      })
      .execute()
    await tx
      .updateTable('list_export')
      .set({
        state: 'ready',
        row_count: made.rowCount,
        size_bytes: made.sizeBytes,
        file_hash: made.fileHash,
        note: made.note,
        ready_at: now.toISOString(),
        expires_at: new Date(now.getTime() + KEPT_DAYS * DAY_MS).toISOString(),
        row_version: row.row_version + 1,
      })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'list_exported',
      subjects,
      after: {
        list: row.list,
        columns: row.columns,
        format: row.format,
        rows: made.rowCount,
        fileHash: made.fileHash,
        ...(made.note === null ? {} : { note: made.note }),
      },
      facts: {
        summary: `${row.export_no}　${row.list_label}　${made.rowCount.toLocaleString('ja-JP')}行`,
        seen: made.seen,
      },
    })
    return true
  })
}

type Made = { rowCount: number; seen: number[]; sizeBytes: number; fileHash: string; note: string | null } & (
  | { content: Buffer }
  | { storedPath: string }
)

type Waiting = {
  id: Id
  list: string
  list_label: string
  format: ExportFormat
  columns: string[]
  filters_sealed: string
  export_no: string
}

async function attempt(
  services: Parts,
  row: Waiting,
  maker: Awaited<ReturnType<Parts['loadActor']>>,
  now: Date,
): Promise<Made | { failure: string }> {
  if (!maker?.permissions.has('lists.export')) return { failure: '出力を依頼した人の権限がなくなりました。' }
  try {
    const list = listNamed(services.reading, row.list)
    if (!mayExport(list, maker.permissions, row.format))
      return { failure: '出力を依頼した人の権限がなくなりました。' }
    const filters = await services.keys.open(services.db, row.filters_sealed)
    if (filters === null) return { failure: '出力の条件は廃棄されています。' }
    const context = {
      db: services.db,
      actor: maker,
      now,
      today: todayInTokyo(now),
      requestId: `export-${row.export_no}`,
    }
    const conditions = JSON.parse(filters) as Filters
    if (row.format === 'zip') {
      const asked = { exportId: row.id, list, columns: row.columns, filters: conditions }
      const { rows, ...made } = await makeArchive(services, context, asked)
      return { ...made, rowCount: rows }
    }
    const columns = await columnsNamed(list, row.columns, services.db, maker)
    const { rows, seen } = await readRows(services.reading, context, list, conditions, columns)
    const content =
      row.format === 'csv'
        ? csvOf(
            columns.map(column => column.title),
            rows,
          )
        : await xlsxOf(row.list_label, columns, rows)
    const fileHash = createHash('sha256').update(content).digest('hex')
    return { content, rowCount: rows.length, seen, sizeBytes: content.length, fileHash, note: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { failure: error.reasons.map(reason => reason.message ?? reason.code).join('　') }
  }
}

/** Removes the files past their last day. */
export async function expireExports(services: Parts): Promise<void> {
  const { db, executor, permissions, clock } = services
  const due = await db
    .selectFrom('list_export')
    .select('id')
    .where('state', '=', 'ready')
    .where('expires_at', '<=', clock.now().toISOString())
    .limit(500)
    .execute()
  for (const { id } of due)
    await db.transaction().execute(async tx => {
      const row = await tx
        .selectFrom('list_export')
        .select('id')
        .where('id', '=', id)
        .where('state', '=', 'ready')
        .forUpdate()
        .executeTakeFirst()
      if (!row) return
      const context = executor.context(tx, systemActor('schedule', permissions), 'export-expiry')
      await removeFile({ tx }, id)
      await context.record({ verb: 'list_export_expired', subjects: [{ kind: 'list_export', id }] })
    })
  await sweepArchives(services)
}
