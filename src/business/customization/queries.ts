import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { RecordDirectory } from '../../platform/records.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { endOfDay, knownAt, periodOn, type ValueFact } from '../changes/index.ts'
import type { CustomField, findColleagues } from './contract.ts'
import { fieldsOf } from './definitions.ts'
import { MASK, textsOf } from './say.ts'
import type { CustomKind } from './tables.ts'
import type { CustomValue, readValues, unmaskValue } from './value-contract.ts'
import { fieldName } from './values.ts'

export interface PastDay {
  asOf: IsoDate
  known: 'then' | 'now'
}

/**
 * What records that are one thing (the records of one company, the first standing for it) hold in the custom fields in use: of each field
 * the first record's value, else the first one that has any. Sensitive values are masked. With a day, what held then.
 */
export async function valuesShown(
  db: Db,
  kind: CustomKind,
  recordIds: readonly Id[],
  past: PastDay | null = null,
): Promise<CustomValue[]> {
  const fields = await fieldsOf(db, kind, { inUse: true })
  if (fields.length === 0) return []
  const rows = await db
    .selectFrom('record_custom')
    .select(['id', 'plain', 'sealed'])
    .where('id', 'in', [...recordIds])
    .execute()
  const facts = past ? await factsThen(db, recordIds, past) : null
  const inOrder = recordIds.map(id => ({ id, row: rows.find(row => row.id === id) }))
  const held = fields.map(field => {
    for (const { id, row } of inOrder) {
      const said = facts?.get(`${id} ${fieldName(field.key)}`)
      const now: Json = (field.sensitive ? row?.sealed[field.key] : row?.plain[field.key]) ?? null
      const value = past && said ? (periodOn(said, past.asOf)?.value ?? null) : now
      if (value !== null) return { field, value }
    }
    return { field, value: null }
  })
  const shown = held.filter(({ field }) => !field.sensitive)
  const texts = new Map<string, string>()
  for (const [place, text] of (await textsOf(db, shown)).entries()) texts.set(shown[place]!.field.key, text)
  return held.map(({ field, value }) => ({
    key: field.key,
    value: field.sensitive ? null : value,
    text: field.sensitive ? (value === null ? '' : MASK) : (texts.get(field.key) ?? ''),
    masked: field.sensitive && value !== null,
  }))
}

/** Facts of custom fields by record and field; a sealed value stands as it is stored, to be known but not read. */
async function factsThen(
  db: Db,
  recordIds: readonly Id[],
  { asOf, known }: PastDay,
): Promise<Map<string, ValueFact<Json>[]>> {
  const { rows } = await sql<{
    seq: number
    record_id: Id
    field: string
    value: Json
    valid_from: IsoDate | null
    recorded_at: string
  }>`select seq, record_id, field, coalesce(value, to_jsonb(value_sealed)) as value, valid_from, recorded_at from field_value
    where record_id = any(${[...recordIds]}::uuid[]) and field like 'custom.%' order by seq`.execute(db)
  const facts = new Map<string, ValueFact<Json>[]>()
  for (const row of rows) {
    const key = `${row.record_id} ${row.field}`
    const fact = { seq: row.seq, value: row.value, validFrom: row.valid_from, recordedAt: row.recorded_at }
    facts.set(key, [...(facts.get(key) ?? []), fact])
  }
  if (known === 'now') return facts
  return new Map(
    [...facts].map(([key, said]) => {
      const then = knownAt(said, endOfDay(asOf))
      return [key, then.length > 0 ? then : said.slice(0, 1)]
    }),
  )
}

/** Of many records the values shown in lists and exports: record → key of the field → text. Asks nothing further where there are none. */
export async function listTexts(
  db: Db,
  kind: CustomKind,
  recordIds: readonly Id[],
): Promise<Map<Id, Record<string, string>>> {
  return textsOfMany(db, kind, recordIds, field => field.inList || field.transferable)
}

async function textsOfMany(
  db: Db,
  kind: CustomKind,
  recordIds: readonly Id[],
  wanted: (field: CustomField) => boolean,
): Promise<Map<Id, Record<string, string>>> {
  if (recordIds.length === 0) return new Map()
  const fields = (await fieldsOf(db, kind, { inUse: true })).filter(
    field => !field.sensitive && wanted(field),
  )
  if (fields.length === 0) return new Map()
  const rows = await db
    .selectFrom('record_custom')
    .select(['id', 'plain'])
    .where('id', 'in', [...recordIds])
    .execute()
  const values = rows.flatMap(row =>
    fields.flatMap(field => {
      const value = row.plain[field.key] ?? null
      return value === null ? [] : [{ id: row.id, field, value }]
    }),
  )
  const said = await textsOf(db, values)
  const texts = new Map<Id, Record<string, string>>()
  for (const [place, { id, field }] of values.entries())
    texts.set(id, { ...texts.get(id), [field.key]: said[place]! })
  return texts
}

export async function readRecord(
  records: RecordDirectory,
  context: QueryContext,
  { recordKind, recordId, asOf, known }: z.output<typeof readValues.input>,
): Promise<Seen<z.input<typeof readValues.output>>> {
  const at = { db: context.db, actor: context.actor, today: context.today }
  const record = found(await records.find(at, { kind: recordKind, id: recordId }), recordKind)
  const values = await valuesShown(context.db, recordKind, [recordId], asOf ? { asOf, known } : null)
  const body = { values, closed: record.closed ?? null }
  return { body, seen: record.seenNo === undefined ? [] : [record.seenNo] }
}

export async function unmask(
  { records, keys }: { records: RecordDirectory; keys: SubjectKeys },
  context: QueryContext,
  { recordKind, recordId, key }: z.output<typeof unmaskValue.input>,
): Promise<Seen<{ text: string }>> {
  const { db, actor, today } = context
  const record = found(
    await records.find({ db, actor, today }, { kind: recordKind, id: recordId }),
    recordKind,
  )
  const field = found(
    (await fieldsOf(db, recordKind, { inUse: true })).find(one => one.key === key && one.sensitive),
    'custom_field',
  )
  const row = await db
    .selectFrom('record_custom')
    .select('sealed')
    .where('id', '=', recordId)
    .executeTakeFirst()
  const sealed = row?.sealed[key]
  const text = sealed ? await keys.open(db, sealed) : null
  const [said = ''] = text === null ? [] : await textsOf(db, [{ field, value: JSON.parse(text) as Json }])
  return { body: { text: said }, seen: record.seenNo === undefined ? [] : [record.seenNo] }
}

const MOST_COLLEAGUES = 20

/** People of our own who have not left, by name. */
export async function colleagues(
  { db }: QueryContext,
  { text }: z.output<typeof findColleagues.input>,
): Promise<Seen<z.input<typeof findColleagues.output>>> {
  let query = db
    .selectFrom('staff_member')
    .select(['id', 'display_name'])
    .where('left_at', 'is', null)
    .orderBy('display_name')
    .limit(MOST_COLLEAGUES)
  if (text) query = query.where('display_name', 'ilike', `%${text.replace(/[\\%_]/g, '\\$&')}%`)
  const rows = await query.execute()
  return { body: { rows: rows.map(row => ({ id: row.id, name: row.display_name })) }, seen: [] }
}
