import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { defaultOptions } from './batch.ts'
import type { Batch, BatchRow, guessColumns, ImportRow, listBatches, listImportRows } from './contract.ts'
import { controlResults } from './control.ts'
import { fieldsOfKind, kindNamed } from './kinds/index.ts'
import { type OwnColumns, ownColumnsOf } from './kinds/own-columns.ts'
import { guessMapping } from './mapping.ts'
import { openRows } from './staging.ts'
import type { ImportKindName } from './tables.ts'
import './tables.ts'

const SAMPLE_ROWS = 5
const HIDDEN = '●●●'

/**
 * Which columns of a file are shown to somebody as they stand: all to whoever brought it and to those who may see secret values anyway; to
 * others only what is mapped to an item that is no personal one. What is not mapped may be anything.
 */
export function columnsShown(
  { actor }: Pick<QueryContext, 'actor'>,
  { kind, header, mapping, opened_by }: Pick<StoredBatch, 'kind' | 'header' | 'mapping' | 'opened_by'>,
): boolean[] {
  if (opened_by === actor.id || mayDo(actor, 'parties.seeSensitive')) return header.map(() => true)
  const plain = new Set(kindNamed(kind).fields.flatMap(field => (field.personal ? [] : [field.name])))
  return header.map((_, at) => plain.has(mapping[at] ?? ''))
}

/** Cells with those of hidden columns covered; an empty cell stays empty. */
export function coverCells(cells: readonly string[], shown: readonly boolean[]): string[] {
  return cells.map((cell, at) => (cell === '' || shown[at] ? cell : HIDDEN))
}

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
    kind: row.kind,
    fileName: row.file_name,
    rowCount: row.row_count,
    state: row.state,
    counts: row.counts,
    openedBy: { id: row.opened_by, name: names.get(row.opened_by) ?? '（不明）' },
    openedAt: row.opened_at,
    endedAt: row.ended_at,
  }
}

export async function batchById(db: Db, id: Id) {
  return found(
    await db.selectFrom('import_batch').selectAll().where('id', '=', id).executeTakeFirst(),
    'import_batch',
  )
}

export async function openOne(keys: SubjectKeys, context: QueryContext, batchId: Id): Promise<Seen<Batch>> {
  const { db } = context
  const batch = await batchById(db, batchId)
  const names = await staffNames(db, [batch.opened_by])
  const done = await rowsDone(db, batch)
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
      headingLine: batch.heading_line,
      header: batch.header,
      mapping: batch.mapping,
      options: batch.options,
      sums: batch.sums ?? [],
      control: controlResults(batch).map(({ field, label, agrees, sentence }) => ({
        field,
        label,
        agrees,
        sentence,
      })),
      startedAt: batch.started_at,
      failure: batch.failure,
      changeRequestId: batch.change_request_id,
      pendingRequestId: pending?.id ?? null,
      rowsDone: done,
      sample: await sampleOf(keys, db, batchId, columnsShown(context, batch)),
      fields: fieldsOf(batch.kind, await ownColumnsOf(db, batch.kind)),
      rowStates: {
        ...noRows,
        ...Object.fromEntries(states.map(row => [row.state, Number(row.count)])),
      },
    },
    seen: [batch.seen_no],
  }
}

/** Rows of the chunks that the work at hand has finished. */
async function rowsDone(db: Db, batch: StoredBatch): Promise<number> {
  const column =
    batch.state === 'rehearsing' ? 'rehearsed_at' : batch.state === 'reverting' ? 'reverted_at' : 'applied_at'
  const { done } = await db
    .selectFrom('import_chunk')
    .select(eb => eb.fn.coalesce(eb.fn.sum<number>('row_count'), eb.lit(0)).as('done'))
    .where('batch_id', '=', batch.id)
    .where(column, 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(done)
}

function fieldsOf(kind: ImportKindName, own: OwnColumns) {
  return fieldsOfKind(kind, own).map(({ name, label, type, required, help }) => ({
    name,
    label,
    type,
    required: required ?? false,
    help: help ?? null,
  }))
}

export async function columnsFor(
  { db }: QueryContext,
  { batchId, kind, templateId }: z.output<typeof guessColumns.input>,
): Promise<Seen<z.input<typeof guessColumns.output>>> {
  const batch = await batchById(db, batchId)
  const template = templateId
    ? found(
        await db.selectFrom('import_template').selectAll().where('id', '=', templateId).executeTakeFirst(),
        'import_template',
      )
    : null
  const own = await ownColumnsOf(db, kind)
  const asked = kindNamed(kind).needs?.({ mapping: [], options: defaultOptions }) ?? []
  return {
    body: {
      fields: fieldsOf(kind, own),
      mapping: guessMapping(kind, batch.header, template?.mapping, own),
      permission: kindNamed(kind).permission ?? null,
      needsCutOver: asked.some(reason => reason.code === 'cut_over_day_must_be_given'),
      options: template?.options ?? null,
    },
    seen: [],
  }
}

async function sampleOf(
  keys: SubjectKeys,
  db: Db,
  batchId: Id,
  shown: readonly boolean[],
): Promise<string[][]> {
  const first = await db
    .selectFrom('import_chunk')
    .select('rows_sealed')
    .where('batch_id', '=', batchId)
    .where('chunk_no', '=', 0)
    .executeTakeFirst()
  if (!first) return []
  const rows = await openRows({ keys, tx: db }, first.rows_sealed)
  return rows.slice(0, SAMPLE_ROWS).map(row => coverCells(row.cells, shown))
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
        recordId: row.state === 'reverted' ? null : row.record_id,
        party: row.partyId ? { id: row.partyId, partyNo: row.party_no!, legalName: row.legal_name! } : null,
        mergedIntoLine: row.intoLine,
        problems: row.problems,
      })),
      next: rows.length > input.limit && last ? markOf([last.row_no]) : null,
    },
    seen: [batch.seen_no, ...page.flatMap(row => row.seen_no ?? [])],
  }
}

export async function templates({ db }: QueryContext) {
  const rows = await db
    .selectFrom('import_template')
    .select(['id', 'name', 'kind', 'saved_at as savedAt'])
    .orderBy('name')
    .limit(500)
    .execute()
  return { body: { rows }, seen: [] }
}
