import { sql } from 'kysely'
import type { CommandContext, RecordRef } from '../../platform/commands/command.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { IsoDate, IsoInstant } from '../../platform/dates/iso-date.ts'
import type { ChangeReason } from '../../platform/http/contract.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { periodOn, type ValueFact } from './timeline.ts'
import './tables.ts'

export type Facts = ReadonlyMap<string, readonly ValueFact<Json>[]>

/** A value that was there before the timeline of its field begins. */
export interface Beginning {
  value: Json
  from: IsoDate | null
  recordedAt: IsoInstant
}

/** One record's changed values, on one day, for one reason. */
export interface KeptChange {
  record: RecordRef
  /** Field → the value from the effective day on. */
  values: Readonly<Record<string, Json>>
  /** What stood in the fields until now, for those whose timeline begins here. */
  beginnings: (field: string) => readonly Beginning[]
  effectiveOn: IsoDate
  change: Pick<ChangeReason, 'reasonCode' | 'reasonText' | 'evidence'>
}

interface FactRow {
  seq: number
  record_id: Id
  field: string
  value: Json
  value_sealed: string | null
  valid_from: IsoDate | null
  recorded_at: IsoInstant
}

/** Facts about fields of one record, by field; fields that never changed are not there. Sealed values need `keys`. */
export async function factsOf(
  db: Db | Tx,
  recordId: Id,
  { keys, fields }: { keys?: SubjectKeys; fields?: readonly string[] } = {},
): Promise<Map<string, ValueFact<Json>[]>> {
  const { rows } =
    await sql<FactRow>`select seq, record_id, field, value, value_sealed, valid_from, recorded_at from field_value
    where record_id = ${recordId} ${fields ? sql`and field = any(${[...fields]}::text[])` : sql``} order by seq`.execute(
      db,
    )
  const facts = new Map<string, ValueFact<Json>[]>()
  for (const row of rows) {
    const value = row.value_sealed ? await opened(db, keys, row.value_sealed) : row.value
    const fact = { seq: row.seq, value, validFrom: row.valid_from, recordedAt: row.recorded_at }
    facts.set(row.field, [...(facts.get(row.field) ?? []), fact])
  }
  return facts
}

async function opened(db: Db | Tx, keys: SubjectKeys | undefined, sealed: string): Promise<Json> {
  if (!keys) throw new Error('sealed values are read with their keys')
  const text = await keys.open(db, sealed)
  return text === null ? null : (JSON.parse(text) as Json)
}

/** What the fields hold on a day, for those which have a timeline. */
export function valuesOn(facts: Facts, day: IsoDate): Map<string, Json> {
  return new Map(
    [...facts].flatMap(([field, said]) => {
      const period = periodOn(said, day)
      return period ? [[field, period.value] as const] : []
    }),
  )
}

/**
 * Adds the values to the timelines of their fields and answers what each field holds today: with a day in the past and a later change
 * already known, that is not the value just given. The record must be locked by the caller, who also writes what holds today. Sealed
 * values are kept under the key of the record itself, or of whom it is about.
 */
export async function keepValues(
  context: CommandContext,
  kept: KeptChange,
  { sealed = false, subjectId }: { sealed?: boolean; subjectId?: Id } = {},
): Promise<Map<string, Json>> {
  const { tx, keys, today } = context
  const fields = Object.keys(kept.values)
  const known = await factsOf(tx, kept.record.id, { keys, fields })
  await insertFacts(context, [kept], new Map([[kept.record.id, known]]), sealed, subjectId)
  return valuesOn(await factsOf(tx, kept.record.id, { keys, fields }), today)
}

/** The same for many records at once, for imports; their values must be plain. Values hold from the effective day, which is today. */
export async function keepManyValues(context: CommandContext, many: readonly KeptChange[]): Promise<void> {
  const ids = many.map(kept => kept.record.id)
  const { rows } =
    await sql<FactRow>`select seq, record_id, field, value, value_sealed, valid_from, recorded_at
    from field_value where record_id = any(${ids}::uuid[])`.execute(context.tx)
  const known = new Map<Id, Map<string, ValueFact<Json>[]>>()
  for (const row of rows) {
    const facts = known.get(row.record_id) ?? new Map<string, ValueFact<Json>[]>()
    const fact = { seq: row.seq, value: row.value, validFrom: row.valid_from, recordedAt: row.recorded_at }
    known.set(row.record_id, facts.set(row.field, [...(facts.get(row.field) ?? []), fact]))
  }
  await insertFacts(context, many, known, false)
}

async function insertFacts(
  context: CommandContext,
  many: readonly KeptChange[],
  known: ReadonlyMap<Id, Facts>,
  sealed: boolean,
  subjectId?: Id,
): Promise<void> {
  const { tx, keys } = context
  const recordedAt = context.now.toISOString()
  const changes: Record<string, Json>[] = []
  const facts: Record<string, Json>[] = []
  const add = async (record: RecordRef, field: string, value: Json, rest: Record<string, Json>) =>
    facts.push({
      record_kind: record.kind,
      record_id: record.id,
      field,
      value: sealed ? null : value,
      value_sealed:
        sealed && value !== null ? await keys.seal(tx, subjectId ?? record.id, JSON.stringify(value)) : null,
      ...rest,
    })
  for (const kept of many) {
    const changeId = newId()
    changes.push(changeRow(context, changeId, kept))
    for (const [field, value] of Object.entries(kept.values)) {
      if (!known.get(kept.record.id)?.has(field))
        for (const first of kept.beginnings(field))
          await add(kept.record, field, first.value, {
            valid_from: first.from,
            recorded_at: first.recordedAt,
            change_id: null,
          })
      await add(kept.record, field, value, {
        valid_from: kept.effectiveOn,
        recorded_at: recordedAt,
        change_id: changeId,
      })
    }
  }
  await insertMany(tx, 'record_change', changes)
  await insertMany(tx, 'field_value', facts)
}

function changeRow(context: CommandContext, id: Id, { record, effectiveOn, change }: KeptChange) {
  const { actor, now, approval, planned } = context
  return {
    id,
    record_kind: record.kind,
    record_id: record.id,
    effective_on: effectiveOn,
    reason_code: change.reasonCode,
    reason_text: change.reasonText,
    evidence: [...change.evidence],
    recorded_by: planned?.plannedBy ?? actor.id,
    approved_by: planned?.approvedBy ?? approval?.approvedBy ?? null,
    recorded_at: now.toISOString(),
  }
}

/** Takes the timelines of records out again which an import registered and nothing else refers to. */
export async function forgetValues(tx: Tx, recordIds: readonly Id[]): Promise<void> {
  await sql`delete from field_value where record_id = any(${[...recordIds]}::uuid[])`.execute(tx)
  await sql`delete from record_change where record_id = any(${[...recordIds]}::uuid[])`.execute(tx)
}
