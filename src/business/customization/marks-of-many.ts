import { sql } from 'kysely'
import type { CommandContext, CommandEvent, RecordRef } from '../../platform/commands/command.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { keepManyValues } from '../changes/index.ts'
import type { Mark, ShownMark } from './mark-contract.ts'
import { changesSaid, markWords } from './mark-words.ts'
import { marksOf } from './marks.ts'
import type { CustomKind } from './tables.ts'

/** Marks which one of many records gets and loses at once. */
export interface MarksOfMany {
  record: RecordRef & { kind: CustomKind }
  add: readonly Id[]
  remove: readonly Id[]
  subjects?: RecordRef[]
  facts?: { [fact: string]: Json }
  reason: string
}

/**
 * Sets and takes off marks of many records, one event each unless they are being registered and their own event names the marks. The caller
 * has locked the records; a record must not stand twice in one call. What stood before is kept with its days.
 */
export async function setMarksOfMany(
  context: CommandContext,
  defined: readonly Mark[],
  many: readonly MarksOfMany[],
  { areNew = false }: { areNew?: boolean } = {},
): Promise<void> {
  const given = many.filter(({ add, remove }) => add.length + remove.length > 0)
  if (given.length === 0) return
  const { tx, now, actor, today } = context
  const ids = given.map(({ record }) => record.id)
  const before = areNew ? new Map<Id, ShownMark[]>() : await marksOf(tx, ids)
  const removed = given.flatMap(({ record, remove }) =>
    remove.map(mark_id => ({ record_id: record.id, mark_id })),
  )
  if (removed.length > 0)
    await sql`delete from record_mark m using jsonb_to_recordset(${JSON.stringify(removed)}::jsonb)
      as gone (record_id uuid, mark_id uuid) where m.record_id = gone.record_id and m.mark_id = gone.mark_id`.execute(
      tx,
    )
  const kindOf = new Map(defined.map(mark => [mark.id, mark.markKind]))
  await insertMany(
    tx,
    'record_mark',
    given.flatMap(({ record, add }) =>
      add.map(mark_id => ({
        record_id: record.id,
        mark_id,
        mark_kind: kindOf.get(mark_id)!,
        set_by: actor.id,
        set_at: now.toISOString(),
      })),
    ),
  )
  if (areNew) return
  const after = await marksOf(tx, ids)
  const words = given.map(one => {
    const was = markWords(before.get(one.record.id) ?? [])
    const is = markWords(after.get(one.record.id) ?? [])
    const changed = Object.keys(is).filter(key => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    return { one, was: pick(was, changed), is: pick(is, changed) }
  })
  await keepManyValues(
    context,
    words.map(({ one, was, is }) => ({
      record: one.record,
      values: is,
      beginnings: key => [{ value: was[key] ?? null, from: null, recordedAt: now.toISOString() }],
      effectiveOn: today,
      change: { reasonCode: 'system', reasonText: one.reason, evidence: [] },
    })),
  )
  const byId = new Map(defined.map(mark => [mark.id, mark]))
  const named = (markIds: readonly Id[]) => markIds.map(id => ({ label: byId.get(id)?.label ?? '（不明）' }))
  await context.record(
    ...words.map(
      ({ one, was, is }): CommandEvent => ({
        verb: 'record_marks_changed',
        subjects: [{ kind: one.record.kind, id: one.record.id }, ...(one.subjects ?? [])],
        before: was,
        after: is,
        facts: { ...one.facts, marks: changesSaid(named(one.add), named(one.remove)) },
        reason: one.reason,
      }),
    ),
  )
}

function pick(words: Record<string, Json>, keys: readonly string[]): Record<string, Json> {
  return Object.fromEntries(keys.map(key => [key, words[key] ?? null]))
}
