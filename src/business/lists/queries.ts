import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { z } from 'zod'
import { found, Refusal } from '../../platform/commands/refusal.ts'
import { openSealedFile } from '../../platform/crypto/sealed-file.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { FileAnswer, QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { columnsOf } from '../../platform/list-export.ts'
import type { Services } from '../../platform/slice.ts'
import { staffNames } from '../access/index.ts'
import { rowLimit } from './commands.ts'
import type { describeList, ExportRow, listExports, listViews } from './contract.ts'
import { refuseOthersExport, refuseUnseenExport } from './own-export.ts'
import { listNamed, mayExport, permitExport } from './rows.ts'
import { rowsTakenAlone } from './taken-alone.ts'
import './tables.ts'

export async function describe(
  { reading }: Pick<Services, 'reading'>,
  { db, actor, now }: QueryContext,
  { list }: z.output<typeof describeList.input>,
): Promise<Seen<z.input<typeof describeList.output>>> {
  const named = listNamed(reading, list)
  const { label, archive } = named
  permitExport(named, actor)
  const columns = await columnsOf(named, db, actor.permissions)
  const plain = (column: { key: string; title: string }) => ({ key: column.key, title: column.title })
  return {
    body: {
      label,
      columns: columns.map(plain),
      archiveColumns:
        archive && mayExport(named, actor.permissions, 'zip') ? archive.columns.map(plain) : null,
      rowLimit: await rowLimit(db),
      rowsTaken: await rowsTakenAlone({ tx: db, actor, now }, reading, named),
    },
    seen: [],
  }
}

export async function exportsOf(
  keys: SubjectKeys,
  { db, actor }: QueryContext,
  input: z.output<typeof listExports.input>,
): Promise<Seen<{ rows: ExportRow[]; next: string | null }>> {
  let query = exportsWithProgress(db)
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (!actor.permissions.has('lists.overseeExports')) query = query.where('requested_by', '=', actor.id)
  if (input.after) query = query.where('id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.flatMap(row => [row.requested_by, row.approved_by ?? []].flat()),
  )
  return {
    body: {
      rows: await Promise.all(page.map(row => rowOf(keys, db, row, names, actor.id))),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: [],
  }
}

export async function openOne(
  keys: SubjectKeys,
  { db, actor }: QueryContext,
  exportId: Id,
): Promise<Seen<ExportRow>> {
  const row = await exportById(db, exportId)
  refuseUnseenExport(actor, row)
  const names = await staffNames(db, [row.requested_by, row.approved_by ?? []].flat())
  return { body: await rowOf(keys, db, row, names, actor.id), seen: [] }
}

type StoredExport = Awaited<ReturnType<typeof exportById>>

async function exportById(db: QueryContext['db'], id: Id) {
  return found(await exportsWithProgress(db).where('id', '=', id).executeTakeFirst(), 'list_export')
}

const exportsWithProgress = (db: QueryContext['db']) =>
  db
    .selectFrom('list_export')
    .leftJoin('list_export_progress as p', 'p.export_id', 'list_export.id')
    .selectAll('list_export')
    .select(['p.rows_done', 'p.rows_total'])

async function rowOf(
  keys: SubjectKeys,
  db: QueryContext['db'],
  row: StoredExport,
  names: ReadonlyMap<Id, string>,
  me: Id,
): Promise<ExportRow> {
  const filters = await keys.open(db, row.filters_sealed)
  const person = (id: Id) => ({ id, name: names.get(id) ?? '（不明）' })
  return {
    id: row.id,
    exportNo: row.export_no,
    listLabel: row.list_label,
    format: row.format,
    state: row.state,
    rowCount: row.row_count,
    sizeBytes: row.size_bytes,
    fileHash: row.file_hash,
    note: row.note,
    progress:
      row.state === 'waiting' && row.rows_done !== null
        ? { rowsDone: row.rows_done, rowsTotal: row.rows_total ?? 0 }
        : null,
    failure: row.failure,
    requestedBy: person(row.requested_by),
    requestedAt: row.requested_at,
    approvedBy: row.approved_by ? person(row.approved_by) : null,
    expiresAt: row.expires_at,
    scope: { columns: row.columns, conditions: filters === null ? null : conditionsIn(filters) },
    purpose: row.purpose,
    mine: row.requested_by === me,
  }
}

/** Conditions as `name=value`, those that say nothing left out. */
function conditionsIn(filters: string): string {
  const given: Record<string, string | string[]> = JSON.parse(filters)
  return Object.entries(given)
    .flatMap(([name, value]) => {
      const text = [value].flat().join('・')
      return text === '' || text === 'false' ? [] : [`${name}=${text}`]
    })
    .join('、')
}

const MIMES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
} as const

export async function fileOf(
  { keys, config }: Pick<Services, 'keys' | 'config'>,
  { db, actor, now }: QueryContext,
  exportId: Id,
): Promise<FileAnswer> {
  const row = await exportById(db, exportId)
  refuseOthersExport(actor, row)
  const file = await db
    .selectFrom('list_export_file')
    .selectAll()
    .where('export_id', '=', exportId)
    .executeTakeFirst()
  const inTime = row.state === 'ready' && row.expires_at !== null && row.expires_at > now.toISOString()
  const content = file && inTime ? await contentOf(keys, db, config.filesDir, file) : null
  if (!file || !content) throw new Refusal('conflict', [{ code: 'export_must_be_ready' }])
  return {
    file: {
      name: `${row.list_label}_${row.ready_at?.slice(0, 10)}_${row.export_no}.${row.format}`,
      mime: MIMES[row.format],
      content,
    },
    seen: file.seen_nos,
  }
}

/** A table as a whole, an archive piece by piece. */
async function contentOf(
  keys: SubjectKeys,
  db: QueryContext['db'],
  filesDir: string,
  file: { content_sealed: Buffer | null; stored_path: string | null },
): Promise<Buffer | Readable | null> {
  if (file.content_sealed) return keys.openBytes(db, file.content_sealed)
  const pieces = file.stored_path ? await openSealedFile(keys, db, join(filesDir, file.stored_path)) : null
  return pieces && Readable.from(pieces, { objectMode: false })
}

export async function viewsOf(
  { db, actor }: QueryContext,
  { list }: z.output<typeof listViews.input>,
): Promise<Seen<z.input<typeof listViews.output>>> {
  const rows = await db
    .selectFrom('list_view')
    .selectAll()
    .where('list', '=', list)
    // Names and conditions of shared views may name any customer.
    .where(eb =>
      eb.or([...(actor.reach === 'all' ? [eb('shared', '=', true)] : []), eb('kept_by', '=', actor.id)]),
    )
    .orderBy('shared', 'desc')
    .orderBy('name')
    .limit(200)
    .execute()
  const names = await staffNames(
    db,
    rows.map(row => row.kept_by),
  )
  const oversees = actor.permissions.has('lists.overseeExports')
  return {
    body: {
      views: rows.map(row => ({
        id: row.id,
        name: row.name,
        address: row.address,
        columns: row.columns,
        shared: row.shared,
        own: row.kept_by === actor.id || (row.shared && oversees),
        keptBy: names.get(row.kept_by) ?? '（不明）',
      })),
      mayShare: actor.permissions.has('lists.keepViews'),
    },
    seen: [],
  }
}
