import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { RecordDirectory } from '../../platform/records.ts'
import type { Mark, marksOfRecord, ShownMark } from './mark-contract.ts'
import type { CustomKind } from './tables.ts'
import './tables.ts'

/** Statuses and tags of a kind of record in their order: statuses first, retired ones last. */
export async function marksDefined(db: Db | Tx, kind?: CustomKind): Promise<Mark[]> {
  let query = db
    .selectFrom('mark')
    .selectAll()
    .orderBy('retired_at', order => order.asc().nullsFirst())
    .orderBy('mark_kind')
    .orderBy('position')
    .orderBy('id')
    .limit(1000)
  if (kind) query = query.where('record_kind', '=', kind)
  return (await query.execute()).map(row => ({
    id: row.id,
    rowVersion: row.row_version,
    recordKind: row.record_kind,
    markKind: row.mark_kind,
    label: row.label,
    colour: row.colour,
    needsReason: row.needs_reason,
    retired: row.retired_at !== null,
  }))
}

/** The status and tags of each of many records, the status first. */
export async function marksOf(db: Db | Tx, recordIds: readonly Id[]): Promise<Map<Id, ShownMark[]>> {
  if (recordIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('record_mark as r')
    .innerJoin('mark as m', 'm.id', 'r.mark_id')
    .select(['r.record_id', 'm.id', 'm.mark_kind', 'm.label', 'm.colour'])
    .where(sql<boolean>`r.record_id = any(${[...recordIds]}::uuid[])`)
    .orderBy('m.mark_kind')
    .orderBy('m.position')
    .orderBy('m.id')
    .execute()
  const marks = new Map<Id, ShownMark[]>()
  for (const { record_id, id, mark_kind, label, colour } of rows)
    marks.set(record_id, [...(marks.get(record_id) ?? []), { id, markKind: mark_kind, label, colour }])
  return marks
}

/** The marks of records that are one thing, each once. */
export async function marksTogether(db: Db | Tx, recordIds: readonly Id[]): Promise<ShownMark[]> {
  const all = [...(await marksOf(db, recordIds)).values()].flat()
  return [...new Map(all.map(mark => [mark.id, mark])).values()]
}

export async function marksOfOne(
  records: RecordDirectory,
  { db, actor, today }: QueryContext,
  { recordKind, recordId }: z.output<typeof marksOfRecord.input>,
): Promise<Seen<{ marks: ShownMark[] }>> {
  const record = found(
    await records.find({ db, actor, today }, { kind: recordKind, id: recordId }),
    recordKind,
  )
  return {
    body: { marks: await marksTogether(db, [recordId]) },
    seen: record.seenNo === undefined ? [] : [record.seenNo],
  }
}
