import { sql } from 'kysely'
import type { CommandContext, CommandEvent, RecordRef } from '../../platform/commands/command.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { keepManyValues } from '../changes/index.ts'
import type { CustomField } from './contract.ts'
import { keysOfValue } from './rules.ts'
import { textsOf } from './say.ts'
import type { CustomKind } from './tables.ts'
import { fieldName } from './values.ts'

/** Own values which one of many records gets at once, by the field's key. Each must come from `checkedValue`, and none be sensitive. */
export interface OwnValuesOfMany {
  record: RecordRef & { kind: CustomKind }
  /** What stands, and what it becomes; null for nothing. */
  before: Record<string, Json>
  after: Record<string, Json>
  subjects?: RecordRef[]
  facts?: { [fact: string]: Json }
  reason: string
}

/** What many records hold of their own plain values, by the field's key; a record that holds none is not named. */
export async function plainValuesOf(
  db: Db | Tx,
  recordIds: readonly Id[],
  { lock = false }: { lock?: boolean } = {},
): Promise<Map<Id, Record<string, Json>>> {
  if (recordIds.length === 0) return new Map()
  let query = db
    .selectFrom('record_custom')
    .select(['id', 'plain'])
    .where('id', 'in', [...recordIds])
    .orderBy('id')
  if (lock) query = query.forUpdate()
  return new Map((await query.execute()).map(row => [row.id, row.plain]))
}

/** The first values of records registered in the same transaction, whose events name them: no timeline begins before something changes. */
export async function keepFirstOfMany(
  context: CommandContext,
  fields: readonly CustomField[],
  many: readonly { record: RecordRef & { kind: CustomKind }; values: Record<string, Json> }[],
): Promise<void> {
  const given = many.filter(one => Object.keys(one.values).length > 0)
  await insertMany(
    context.tx,
    'record_custom',
    given.map(({ record, values }) => ({
      id: record.id,
      row_version: 1,
      record_kind: record.kind,
      plain: values,
      sealed: {},
      recorded_at: context.now.toISOString(),
    })),
  )
  await writeKeys(context.tx, fields, given)
}

/** Changes own values of many records from today on, one event each; a record must not stand twice in one call. */
export async function changeValuesOfMany(
  context: CommandContext,
  fields: readonly CustomField[],
  many: readonly OwnValuesOfMany[],
  verb = 'custom_values_changed',
): Promise<void> {
  const given = many.filter(one => Object.keys(one.after).length > 0)
  if (given.length === 0) return
  const { tx, now, today } = context
  await keepManyValues(
    context,
    given.map(({ record, before, after, reason }) => ({
      record,
      values: Object.fromEntries(Object.entries(after).map(([key, value]) => [fieldName(key), value])),
      beginnings: name => [
        { value: before[name.replace(/^custom\./, '')] ?? null, from: null, recordedAt: now.toISOString() },
      ],
      effectiveOn: today,
      change: { reasonCode: 'system', reasonText: reason, evidence: [] },
    })),
  )
  const rows = given.map(({ record, after }) => ({ id: record.id, record_kind: record.kind, plain: after }))
  await sql`insert into record_custom (id, record_kind, plain, recorded_at)
    select id, record_kind, jsonb_strip_nulls(plain), ${now.toISOString()}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, record_kind text, plain jsonb)
    on conflict (id) do update set row_version = record_custom.row_version + 1,
      plain = jsonb_strip_nulls(record_custom.plain || (
        select g.plain from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, plain jsonb) where g.id = record_custom.id))`.execute(
    tx,
  )
  await writeKeys(
    tx,
    fields,
    given.map(({ record, after }) => ({ record, values: after })),
  )
  await context.record(...(await eventsOf(context, fields, given, verb)))
}

/** Rows that hold nothing are taken away: a record without own values has none (decision 0016). */
export async function dropEmptyValues(tx: Tx, recordIds: readonly Id[]): Promise<void> {
  if (recordIds.length === 0) return
  await sql`delete from record_custom where id = any(${[...recordIds]}::uuid[]) and plain = '{}' and sealed = '{}'`.execute(
    tx,
  )
}

/** Takes away all own values and marks of records that are themselves taken out again; the caller's event says so. */
export async function forgetOwn(tx: Tx, recordIds: readonly Id[]): Promise<void> {
  if (recordIds.length === 0) return
  const ids = [...recordIds]
  await sql`delete from custom_key where record_id = any(${ids}::uuid[])`.execute(tx)
  await sql`delete from record_custom where id = any(${ids}::uuid[])`.execute(tx)
  await sql`delete from record_mark where record_id = any(${ids}::uuid[])`.execute(tx)
}

async function writeKeys(
  tx: Tx,
  fields: readonly CustomField[],
  many: readonly { record: RecordRef; values: Record<string, Json> }[],
): Promise<void> {
  const byKey = new Map(fields.map(field => [field.key, field]))
  const touched = many.flatMap(({ record, values }) =>
    Object.entries(values).flatMap(([key, value]) => {
      const field = byKey.get(key)
      return field ? [{ record_id: record.id, field, value }] : []
    }),
  )
  if (touched.length === 0) return
  await sql`delete from custom_key k using jsonb_to_recordset(${JSON.stringify(
    touched.map(({ record_id, field }) => ({ record_id, of_id: field.id })),
  )}::jsonb) as given (record_id uuid, of_id uuid)
    where k.record_id = given.record_id and k.of_id = given.of_id`.execute(tx)
  await insertMany(
    tx,
    'custom_key',
    touched.flatMap(({ record_id, field, value }) =>
      keysOfValue(field, value).map(key => ({ of_id: field.id, key, record_id })),
    ),
  )
}

async function eventsOf(
  { tx }: CommandContext,
  fields: readonly CustomField[],
  many: readonly OwnValuesOfMany[],
  verb: string,
): Promise<CommandEvent[]> {
  const said = await wordsOfMany(
    tx,
    fields,
    many.flatMap(({ before, after }) => [
      Object.fromEntries(Object.keys(after).map(key => [key, before[key] ?? null])),
      after,
    ]),
  )
  return many.map(
    ({ record, after, subjects, facts, reason }, at): CommandEvent => ({
      verb,
      subjects: [{ kind: record.kind, id: record.id }, ...(subjects ?? [])],
      before: said[at * 2]!,
      after: said[at * 2 + 1]!,
      facts: { ...facts, fields: Object.keys(after).map(fieldName) },
      reason,
    }),
  )
}

/** Values by key as events keep them: by the name the field has in the trail, in words. */
export async function wordsOfMany(
  db: Db | Tx,
  fields: readonly CustomField[],
  many: readonly Record<string, Json>[],
): Promise<Record<string, Json>[]> {
  const byKey = new Map(fields.map(field => [field.key, field]))
  const items = many.flatMap((values, at) =>
    Object.entries(values).flatMap(([key, value]) => {
      const field = byKey.get(key)
      return field ? [{ at, key, field, value }] : []
    }),
  )
  const texts = await textsOf(db, items)
  const words = many.map((): Record<string, Json> => ({}))
  for (const [place, { at, key, value }] of items.entries())
    words[at]![fieldName(key)] = value === null ? null : texts[place]!
  return words
}
