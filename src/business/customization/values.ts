import { sql } from 'kysely'
import type { CommandContext, RecordRef } from '../../platform/commands/command.ts'
import { type Reason, refuseAll } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { ChangeReason } from '../../platform/http/contract.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { factsOf, keepValues, periodOn } from '../changes/index.ts'
import { visibleClasses } from '../documents/index.ts'
import type { CustomField } from './contract.ts'
import { fieldsOf } from './definitions.ts'
import { checkedValue, keysOfValue } from './rules.ts'
import { textsOf } from './say.ts'
import type { CustomKind } from './tables.ts'
import type { CustomInput } from './value-contract.ts'

/** The name a custom field has in timelines, events and change requests. */
export const fieldName = (key: string) => `custom.${key}`

/** A record with the one under whose key its secrets are kept. */
export interface CustomRecord extends RecordRef {
  kind: CustomKind
  dataSubjectId: Id
}

/** One field whose value becomes another. */
export interface CustomItem {
  field: CustomField
  old: Json
  now: Json
  oldText: string | null
  newText: string | null
}

/** What a change of custom values comes to, after the rules: what differs on the day, in the order of the fields. */
export interface CustomDecision {
  record: CustomRecord
  items: readonly CustomItem[]
  /** A value that stands is replaced in a field marked critical: a second person decides (DD group 12). */
  critical: boolean
  /** The version the decision rests on; null while the record holds no custom value. */
  version: number | null
}

/** Locks what the record holds and says which of the given values differ from what holds on the day; refuses what the rules refuse. */
export async function decideValues(
  context: CommandContext,
  record: CustomRecord,
  given: CustomInput | undefined,
  effectiveOn: IsoDate,
  { at = 'values.', isNew = false }: { at?: string; isNew?: boolean } = {},
): Promise<CustomDecision> {
  const { tx, keys } = context
  const keysGiven = Object.keys(given ?? {})
  if (keysGiven.length === 0 && !isNew) return { record, items: [], critical: false, version: null }
  const fields = await fieldsOf(tx, record.kind, { inUse: true })
  if (fields.length === 0 && keysGiven.length === 0)
    return { record, items: [], critical: false, version: null }
  const row = await lockRow(context, record.id)
  const facts = await factsOf(tx, record.id, { keys, fields: keysGiven.map(fieldName) })
  const reasons: Reason[] = keysGiven
    .filter(key => !fields.some(field => field.key === key))
    .map(key => ({ code: 'custom_field_must_exist', field: `${at}${key}` }))
  const changed: { field: CustomField; old: Json; now: Json }[] = []
  for (const field of fields) {
    const value = given?.[field.key]
    if (value === undefined) {
      if (isNew && field.required && field.type !== 'file') reasons.push(mustBeGiven(field, at))
      continue
    }
    const said = facts.get(fieldName(field.key))
    const old = said ? (periodOn(said, effectiveOn)?.value ?? null) : await valueIn(context, row, field)
    const checked = checkedValue(field, value, old)
    const fault =
      'code' in checked ? checked : await unknownReference(context, record, field, checked.value, old)
    if (fault) reasons.push({ ...fault, field: `${at}${field.key}` })
    else if ('value' in checked) {
      if (checked.value === null && field.required && field.type !== 'file')
        reasons.push(mustBeGiven(field, at))
      if (JSON.stringify(checked.value) !== JSON.stringify(old))
        changed.push({ field, old, now: checked.value })
    }
  }
  refuseAll(reasons, 'invalid')
  return { record, ...(await worded(context, changed)), version: row?.row_version ?? null }
}

/** Decides own values given with a record that is being registered: whatever its kind requires must be among them. */
export function decideFirst(
  context: CommandContext,
  record: CustomRecord,
  given: CustomInput | undefined,
  at = 'custom.',
): Promise<CustomDecision> {
  return decideValues(context, record, given, context.today, { at, isNew: true })
}

async function worded(
  { tx }: CommandContext,
  changed: readonly { field: CustomField; old: Json; now: Json }[],
): Promise<Pick<CustomDecision, 'items' | 'critical'>> {
  const texts = await textsOf(
    tx,
    changed.flatMap(({ field, old, now }) => [
      { field, value: old },
      { field, value: now },
    ]),
  )
  return {
    items: changed.map((item, place) => ({
      ...item,
      oldText: item.old === null ? null : texts[place * 2]!,
      newText: item.now === null ? null : texts[place * 2 + 1]!,
    })),
    critical: changed.some(({ field, old }) => field.critical && old !== null),
  }
}

function mustBeGiven(field: CustomField, at: string): Reason {
  return {
    code: 'custom_field_must_be_given',
    field: `${at}${field.key}`,
    message: `「${field.label}」を入力してください。`,
  }
}

/** A colleague must be on the staff, a document on the record and visible to whoever points at it; what stood before may stay. */
async function unknownReference(
  context: CommandContext,
  record: RecordRef,
  field: CustomField,
  value: Json,
  old: Json,
): Promise<{ code: string } | null> {
  if (value === null || value === old) return null
  if (field.type === 'staff') {
    const person = await context.loadActor(String(value))
    return person?.kind === 'person' ? null : { code: 'custom_staff_must_be_on_the_staff' }
  }
  if (field.type !== 'file') return null
  const document = await context.tx
    .selectFrom('document')
    .innerJoin('document_link as l', 'l.document_id', 'document.id')
    .select('document.id')
    .where('document.id', '=', String(value))
    .where('l.object_id', '=', record.id)
    .where('document.confidentiality', 'in', visibleClasses(context))
    .executeTakeFirst()
  return document ? null : { code: 'custom_file_must_be_on_the_record' }
}

async function lockRow({ tx }: CommandContext, recordId: Id) {
  return tx.selectFrom('record_custom').selectAll().where('id', '=', recordId).forUpdate().executeTakeFirst()
}

async function valueIn(
  { tx, keys }: CommandContext,
  row: Awaited<ReturnType<typeof lockRow>>,
  field: CustomField,
): Promise<Json> {
  if (!field.sensitive) return row?.plain[field.key] ?? null
  const sealed = row?.sealed[field.key]
  const text = sealed ? await keys.open(tx, sealed) : null
  return text === null ? null : (JSON.parse(text) as Json)
}

/** Puts decided values into force from a day on, today or past: timelines first, then what holds today, then what it is found by. */
export async function applyDecision(
  context: CommandContext,
  { record, items }: CustomDecision,
  effectiveOn: IsoDate,
  change: ChangeReason,
): Promise<void> {
  if (items.length === 0) return
  const row = await lockRow(context, record.id)
  const standing = new Map<string, Json>()
  for (const sealed of [false, true]) {
    const part = items.filter(({ field }) => field.sensitive === sealed)
    if (part.length === 0) continue
    const before = new Map<string, Json>()
    for (const { field } of part) before.set(fieldName(field.key), await valueIn(context, row, field))
    const kept = await keepValues(
      context,
      {
        record,
        values: Object.fromEntries(part.map(({ field, now }) => [fieldName(field.key), now])),
        beginnings: name => [
          {
            value: before.get(name) ?? null,
            from: null,
            recordedAt: row?.recorded_at ?? context.now.toISOString(),
          },
        ],
        effectiveOn,
        change,
      },
      { sealed, subjectId: record.dataSubjectId },
    )
    for (const { field } of part) standing.set(field.key, kept.get(fieldName(field.key)) ?? null)
  }
  await writeValues(
    context,
    record,
    items.map(({ field }) => ({ field, value: standing.get(field.key) ?? null })),
  )
}

/** The first values of a record that is being registered: no timeline begins before something changes. */
export async function applyFirst(context: CommandContext, { record, items }: CustomDecision): Promise<void> {
  await writeValues(
    context,
    record,
    items.map(({ field, now }) => ({ field, value: now })),
  )
}

/** Writes what holds today into the record's row and makes its keys anew. */
async function writeValues(
  { tx, keys, now }: CommandContext,
  record: CustomRecord,
  values: readonly { field: CustomField; value: Json }[],
): Promise<void> {
  if (values.length === 0) return
  const plain: Record<string, Json> = {}
  const sealed: Record<string, Json> = {}
  for (const { field, value } of values) {
    if (!field.sensitive) plain[field.key] = value
    else
      sealed[field.key] =
        value === null ? null : await keys.seal(tx, record.dataSubjectId, JSON.stringify(value))
  }
  const [plainText, sealedText] = [JSON.stringify(plain), JSON.stringify(sealed)]
  await sql`insert into record_custom (id, record_kind, plain, sealed, recorded_at)
    values (${record.id}, ${record.kind}, jsonb_strip_nulls(${plainText}::jsonb), jsonb_strip_nulls(${sealedText}::jsonb), ${now.toISOString()})
    on conflict (id) do update set row_version = record_custom.row_version + 1,
      plain = jsonb_strip_nulls(record_custom.plain || ${plainText}::jsonb),
      sealed = jsonb_strip_nulls(record_custom.sealed || ${sealedText}::jsonb)`.execute(tx)
  await tx
    .deleteFrom('custom_key')
    .where('record_id', '=', record.id)
    .where(
      'of_id',
      'in',
      values.map(({ field }) => field.id),
    )
    .execute()
  const rows = values.flatMap(({ field, value }) =>
    keysOfValue(field, value).map(key => ({ of_id: field.id, key, record_id: record.id })),
  )
  if (rows.length) await tx.insertInto('custom_key').values(rows).execute()
}

/** The values as an event or a request keeps them: words for people; of sensitive ones only that they changed. */
export function eventValues(
  items: readonly CustomItem[],
  which: 'oldText' | 'newText',
): Record<string, Json> {
  return Object.fromEntries(
    items.filter(({ field }) => !field.sensitive).map(item => [fieldName(item.field.key), item[which]]),
  )
}

/** The items of a change request or of a change planned for a later day. */
export function requestItems(items: readonly CustomItem[]) {
  return items.map(({ field, oldText, newText }) => ({
    field: fieldName(field.key),
    label: field.label,
    old: oldText,
    new: newText,
    ...(field.sensitive ? { sensitive: true } : {}),
  }))
}

/** The values of a decision as a command takes them, for one that waits for its day. */
export function inputOf(items: readonly CustomItem[]): CustomInput {
  return Object.fromEntries(items.map(({ field, now }) => [field.key, now])) as CustomInput
}
