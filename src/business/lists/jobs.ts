import { Refusal } from '../../platform/commands/refusal.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { every } from '../../platform/every.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { csvOf, xlsxOf } from './cells.ts'
import { removeFile } from './commands.ts'
import { columnsNamed, type Filters, listNamed, mayExport, readRows } from './rows.ts'

const EVERY_MS = 500
/** Long enough for an evening and a weekend; what was taken out should not lie about. */
export const KEPT_DAYS = 3
const DAY_MS = 86_400_000
const EXPIRE_EVERY_MS = 60_000

type Parts = Pick<
  Services,
  'db' | 'executor' | 'permissions' | 'loadActor' | 'log' | 'keys' | 'clock' | 'reading'
>

/** Makes the files that wait and removes those past their last day; returns the function that stops it. */
export async function startExporting(services: Services): Promise<() => Promise<void>> {
  const failed = (error: unknown) => services.log('exporting failed', { error })
  const making = every(EVERY_MS, () => exportUntilIdle(services), failed)
  const expiring = every(EXPIRE_EVERY_MS, () => expireExports(services), failed)
  return async () => {
    await making()
    await expiring()
  }
}

/** Makes every file that waits, oldest first. */
export async function exportUntilIdle(services: Parts): Promise<void> {
  while (await makeOne(services));
}

/**
 * One file, in one transaction which holds its row: another process passes it over, and a crash leaves it waiting. It is made with the
 * rights its maker has now; whoever has left gets none.
 */
async function makeOne(services: Parts): Promise<boolean> {
  const { db, clock } = services
  return db.transaction().execute(async tx => {
    const row = await tx
      .selectFrom('list_export')
      .selectAll()
      .where('state', '=', 'waiting')
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
        content_sealed: await services.keys.sealBytes(tx, row.id, made.content),
        seen_nos: made.seen,
      })
      .execute()
    await tx
      .updateTable('list_export')
      .set({
        state: 'ready',
        row_count: made.rowCount,
        size_bytes: made.content.length,
        ready_at: now.toISOString(),
        expires_at: new Date(now.getTime() + KEPT_DAYS * DAY_MS).toISOString(),
        row_version: row.row_version + 1,
      })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'list_exported',
      subjects,
      after: { list: row.list, columns: row.columns, format: row.format, rows: made.rowCount },
      facts: {
        summary: `${row.export_no}　${row.list_label}　${made.rowCount.toLocaleString('ja-JP')}行`,
        seen: made.seen,
      },
    })
    return true
  })
}

type Waiting = {
  id: Id
  list: string
  list_label: string
  format: string
  columns: string[]
  filters_sealed: string
  export_no: string
}

async function attempt(
  services: Parts,
  row: Waiting,
  maker: Awaited<ReturnType<Parts['loadActor']>>,
  now: Date,
): Promise<{ content: Buffer; rowCount: number; seen: number[] } | { failure: string }> {
  if (!maker?.permissions.has('lists.export')) return { failure: '出力を依頼した人の権限がなくなりました。' }
  try {
    const list = listNamed(services.reading, row.list)
    if (!mayExport(list, maker.permissions)) return { failure: '出力を依頼した人の権限がなくなりました。' }
    const columns = await columnsNamed(list, row.columns, services.db, maker)
    const filters = await services.keys.open(services.db, row.filters_sealed)
    if (filters === null) return { failure: '出力の条件は廃棄されています。' }
    const context = {
      db: services.db,
      actor: maker,
      now,
      today: todayInTokyo(now),
      requestId: `export-${row.export_no}`,
    }
    const { rows, seen } = await readRows(
      services.reading,
      context,
      list,
      JSON.parse(filters) as Filters,
      columns,
    )
    const content =
      row.format === 'csv'
        ? csvOf(
            columns.map(column => column.title),
            rows,
          )
        : await xlsxOf(row.list_label, columns, rows)
    return { content, rowCount: rows.length, seen }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { failure: error.reasons.map(reason => reason.message ?? reason.code).join('　') }
  }
}

/** Removes the files past their last day. */
export async function expireExports({ db, executor, permissions, clock }: Parts): Promise<void> {
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
}
