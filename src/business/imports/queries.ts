import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import type { Batch, BatchRow, ImportRow, listBatches, listImportRows } from './contract.ts'
import type { FileRow } from './files/file-table.ts'
import { importFields } from './import-fields.ts'
import './tables.ts'

const SAMPLE_ROWS = 5

const noRows: Batch['rowStates'] = { planned: 0, applied: 0, kept: 0, conflict: 0, reverted: 0 }

export async function list(
  { db }: QueryContext,
  input: z.output<typeof listBatches.input>,
): Promise<Seen<{ rows: BatchRow[]; next: string | null }>> {
  let query = db
    .selectFrom('import_batch')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (input.after) query = query.where('id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.map(row => row.opened_by),
  )
  return {
    body: {
      rows: page.map(row => rowOf(row, names)),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.map(row => row.seen_no),
  }
}

type StoredBatch = Awaited<ReturnType<typeof batchById>>

function rowOf(row: StoredBatch, names: ReadonlyMap<Id, string>): BatchRow {
  return {
    id: row.id,
    batchNo: row.batch_no,
    fileName: row.file_name,
    rowCount: row.row_count,
    state: row.state,
    counts: row.counts,
    openedBy: { id: row.opened_by, name: names.get(row.opened_by) ?? '（不明）' },
    openedAt: row.opened_at,
    endedAt: row.ended_at,
  }
}

async function batchById(db: Db, id: Id) {
  return found(
    await db.selectFrom('import_batch').selectAll().where('id', '=', id).executeTakeFirst(),
    'import_batch',
  )
}

export async function openOne(keys: SubjectKeys, { db }: QueryContext, batchId: Id): Promise<Seen<Batch>> {
  const batch = await batchById(db, batchId)
  const names = await staffNames(db, [batch.opened_by])
  const chunks = await db
    .selectFrom('import_chunk')
    .select(['row_count', 'applied_at', 'reverted_at'])
    .where('batch_id', '=', batchId)
    .execute()
  const done = chunks.filter(chunk => (batch.state === 'reverting' ? chunk.reverted_at : chunk.applied_at))
  const pending = await db
    .selectFrom('change_request')
    .select('id')
    .where('object_id', '=', batchId)
    .where('state', 'in', ['pending', 'returned', 'stale'])
    .executeTakeFirst()
  const states = await db
    .selectFrom('import_row')
    .select(['state', eb => eb.fn.countAll<number>().as('count')])
    .where('batch_id', '=', batchId)
    .groupBy('state')
    .execute()
  return {
    body: {
      ...rowOf(batch, names),
      rowVersion: batch.row_version,
      sizeBytes: batch.size_bytes,
      fileKind: batch.file_kind,
      encoding: batch.encoding,
      sheet: batch.sheet,
      header: batch.header,
      mapping: batch.mapping,
      options: batch.options,
      failure: batch.failure,
      changeRequestId: batch.change_request_id,
      pendingRequestId: pending?.id ?? null,
      rowsDone: done.reduce((sum, chunk) => sum + chunk.row_count, 0),
      sample: await sampleOf(keys, db, batchId),
      fields: importFields.map(({ name, label, required }) => ({ name, label, required: required ?? false })),
      rowStates: {
        ...noRows,
        ...Object.fromEntries(states.map(row => [row.state, Number(row.count)])),
      },
    },
    seen: [batch.seen_no],
  }
}

async function sampleOf(keys: SubjectKeys, db: Db, batchId: Id): Promise<string[][]> {
  const first = await db
    .selectFrom('import_chunk')
    .select('rows_sealed')
    .where('batch_id', '=', batchId)
    .where('chunk_no', '=', 0)
    .executeTakeFirst()
  const text = first && (await keys.open(db, first.rows_sealed))
  return text ? (JSON.parse(text) as FileRow[]).slice(0, SAMPLE_ROWS).map(row => row.cells) : []
}

export async function listRows(
  { db }: QueryContext,
  input: z.output<typeof listImportRows.input>,
): Promise<Seen<{ rows: ImportRow[]; next: string | null }>> {
  const batch = await batchById(db, input.batchId)
  let query = db
    .selectFrom('import_row as r')
    .leftJoin('party as p', 'p.id', 'r.party_id')
    .leftJoin('import_row as into', join =>
      join.onRef('into.batch_id', '=', 'r.batch_id').onRef('into.row_no', '=', 'r.merged_into_row'),
    )
    .selectAll('r')
    .select(['p.id as partyId', 'p.party_no', 'p.legal_name', 'p.seen_no', 'into.line as intoLine'])
    .where('r.batch_id', '=', input.batchId)
    .orderBy('r.row_no')
    .limit(input.limit + 1)
  const { outcome, state } = input
  if (outcome) query = query.where('r.outcome', '=', outcome)
  if (state) query = query.where('r.state', '=', state)
  if (input.withProblems) query = query.where(sql<boolean>`r.problems <> '[]'::jsonb`)
  if (input.after) query = query.where('r.row_no', '>', Number(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => ({
        rowNo: row.row_no,
        line: row.line,
        name: row.name,
        outcome: row.outcome,
        state: row.state,
        party: row.partyId ? { id: row.partyId, partyNo: row.party_no!, legalName: row.legal_name! } : null,
        mergedIntoLine: row.intoLine,
        problems: row.problems,
      })),
      next: rows.length > input.limit && last ? markOf([last.row_no]) : null,
    },
    seen: [batch.seen_no, ...page.flatMap(row => row.seen_no ?? [])],
  }
}

export async function templates({ db }: QueryContext): Promise<Seen<{ rows: { id: Id; name: string }[] }>> {
  const rows = await db.selectFrom('import_template').select(['id', 'name']).orderBy('name').execute()
  return { body: { rows }, seen: [] }
}
