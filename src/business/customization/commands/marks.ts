import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { keepValues } from '../../changes/index.ts'
import { colourLabels, kindLabels, markKindLabels } from '../labels.ts'
import {
  changeMark,
  defineMark,
  MOST_MARKS,
  orderMarks,
  restoreMark,
  retireMark,
  setMarks,
} from '../mark-contract.ts'
import { changesSaid, markWords } from '../mark-words.ts'
import { marksOf } from '../marks.ts'
import { isPlain, sameName } from '../rules.ts'
import type { CustomKind, MarkColour, MarkKind } from '../tables.ts'

const unique = { mark_label: 'mark_label_must_be_unique' }

export const defineNewMark = defineCommand(defineMark, {
  constraints: unique,
  async run(context, input) {
    await checkLabel(context, input.recordKind, input.markKind, input.label, null)
    await refuseTooMany(context, input.recordKind)
    const id = newId()
    await context.tx
      .insertInto('mark')
      .values({
        id,
        record_kind: input.recordKind,
        mark_kind: input.markKind,
        label: input.label,
        colour: input.colour,
        needs_reason: input.needsReason,
        position: sql<number>`(select coalesce(max(position), 0) + 1 from mark where record_kind = ${input.recordKind})`,
        defined_by: context.actor.id,
        defined_at: context.now.toISOString(),
        retired_at: null,
        retired_by: null,
      } as never)
      .execute()
    await context.record({
      verb: 'mark_defined',
      subjects: [{ kind: 'mark', id }],
      after: { recordKind: input.recordKind, markKind: input.markKind, ...said(input) },
      facts: { summary: nameOf(input.recordKind, input.markKind, input.label) },
    })
    return { id }
  },
})

export const changeOneMark = defineCommand(changeMark, {
  constraints: unique,
  async run(context, input) {
    const mark = await lockMark(context, input.markId, input.rowVersion)
    refuseUnless(mark.retired_at === null, 'mark_must_be_in_use')
    await checkLabel(context, mark.record_kind, mark.mark_kind, input.label, mark.id)
    await context.tx
      .updateTable('mark')
      .set({
        label: input.label,
        colour: input.colour,
        needs_reason: input.needsReason,
        row_version: mark.row_version + 1,
      })
      .where('id', '=', mark.id)
      .execute()
    await context.record({
      verb: 'mark_changed',
      subjects: [{ kind: 'mark', id: mark.id }],
      before: said({ label: mark.label, colour: mark.colour, needsReason: mark.needs_reason }),
      after: said(input),
      facts: { summary: nameOf(mark.record_kind, mark.mark_kind, input.label) },
    })
    return { id: mark.id, rowVersion: mark.row_version + 1 }
  },
})

export const retireOneMark = defineCommand(retireMark, {
  async run(context, input) {
    const mark = await lockMark(context, input.markId, input.rowVersion)
    refuseUnless(mark.retired_at === null, 'mark_must_be_in_use')
    await context.tx
      .updateTable('mark')
      .set({
        retired_at: context.now.toISOString(),
        retired_by: context.actor.id,
        row_version: mark.row_version + 1,
      })
      .where('id', '=', mark.id)
      .execute()
    await context.record({
      verb: 'mark_retired',
      subjects: [{ kind: 'mark', id: mark.id }],
      facts: { summary: nameOf(mark.record_kind, mark.mark_kind, mark.label) },
      reason: input.reason,
    })
    return { id: mark.id }
  },
})

export const restoreOneMark = defineCommand(restoreMark, {
  constraints: unique,
  async run(context, input) {
    const mark = await lockMark(context, input.markId, input.rowVersion)
    refuseUnless(mark.retired_at !== null, 'mark_must_be_retired')
    await checkLabel(context, mark.record_kind, mark.mark_kind, mark.label, mark.id)
    await refuseTooMany(context, mark.record_kind)
    await context.tx
      .updateTable('mark')
      .set({ retired_at: null, retired_by: null, row_version: mark.row_version + 1 })
      .where('id', '=', mark.id)
      .execute()
    await context.record({
      verb: 'mark_restored',
      subjects: [{ kind: 'mark', id: mark.id }],
      facts: { summary: nameOf(mark.record_kind, mark.mark_kind, mark.label) },
    })
    return { id: mark.id }
  },
})

export const orderAllMarks = defineCommand(orderMarks, {
  async run(context, { recordKind, markKind, markIds }) {
    const marks = await context.tx
      .selectFrom('mark')
      .select(['id', 'label'])
      .where('record_kind', '=', recordKind)
      .where('mark_kind', '=', markKind)
      .where('retired_at', 'is', null)
      .orderBy('position')
      .orderBy('id')
      .forUpdate()
      .execute()
    const wanted = new Set(markIds)
    refuseUnless(
      wanted.size === markIds.length &&
        marks.length === markIds.length &&
        marks.every(mark => wanted.has(mark.id)),
      'order_must_name_every_mark',
      { kind: 'invalid', field: 'markIds' },
    )
    await sql`update mark m set position = given.place, row_version = m.row_version + 1
      from unnest(${[...markIds]}::uuid[]) with ordinality as given(id, place)
      where m.id = given.id and m.position <> given.place`.execute(context.tx)
    const labels = new Map(marks.map(mark => [mark.id, mark.label]))
    await context.record({
      verb: 'marks_ordered',
      subjects: markIds.map(id => ({ kind: 'mark', id })),
      before: { order: marks.map(mark => mark.label) },
      after: { order: markIds.map(id => labels.get(id) ?? id) },
      facts: { summary: `${kindLabels[recordKind]}の${markKindLabels[markKind]}` },
    })
    return { recordKind }
  },
})

/**
 * Sets the status and the tags of a record as a whole. A status or tag which demands it is newly set only with a reason; a retired one may
 * stay but is not set anew. What stood before is kept with its days.
 */
export const setRecordMarks = defineCommand(setMarks, {
  constraints: { record_has_one_status: 'record_must_be_unchanged' },
  async run(context, input) {
    const { tx, actor, today, now, records } = context
    const record = { kind: input.recordKind, id: input.recordId }
    found(await records.find({ db: tx, actor, today }, record), input.recordKind)
    await sql`select pg_advisory_xact_lock(hashtextextended(${`marks ${record.id}`}, 0))`.execute(tx)
    const standing = (await marksOf(tx, [record.id])).get(record.id) ?? []
    const wanted = new Set([...(input.statusId ? [input.statusId] : []), ...input.tagIds])
    const chosen = wanted.size
      ? await tx
          .selectFrom('mark')
          .selectAll()
          .where('id', 'in', [...wanted])
          .orderBy('position')
          .orderBy('id')
          .execute()
      : []
    const stays = (id: Id) => standing.some(mark => mark.id === id)
    const fits = chosen.every(
      mark =>
        mark.record_kind === input.recordKind &&
        (mark.mark_kind === 'status') === (mark.id === input.statusId) &&
        (mark.retired_at === null || stays(mark.id)),
    )
    refuseUnless(fits && chosen.length === wanted.size, 'mark_must_be_of_the_kind', { kind: 'invalid' })
    const added = chosen.filter(mark => !stays(mark.id))
    const removed = standing.filter(mark => !wanted.has(mark.id))
    refuseUnless(added.length + removed.length > 0, 'something_must_change', { kind: 'invalid' })
    const reason = input.reason ?? ''
    refuseUnless(reason.length >= 5 || !added.some(mark => mark.needs_reason), 'mark_needs_a_reason', {
      kind: 'invalid',
      field: 'reason',
    })
    if (removed.length)
      await tx
        .deleteFrom('record_mark')
        .where('record_id', '=', record.id)
        .where(
          'mark_id',
          'in',
          removed.map(mark => mark.id),
        )
        .execute()
    if (added.length)
      await tx
        .insertInto('record_mark')
        .values(
          added.map(mark => ({
            record_id: record.id,
            mark_id: mark.id,
            mark_kind: mark.mark_kind,
            set_by: actor.id,
            set_at: now.toISOString(),
          })),
        )
        .execute()
    const before = markWords(standing)
    const after = markWords(chosen.map(mark => ({ markKind: mark.mark_kind, label: mark.label })))
    const changed = Object.keys(after).filter(
      key => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    )
    await keepValues(context, {
      record,
      values: Object.fromEntries(changed.map(key => [key, after[key] ?? null])),
      beginnings: key => [{ value: before[key] ?? null, from: null, recordedAt: now.toISOString() }],
      effectiveOn: today,
      change: { reasonCode: 'correction', reasonText: reason || '状態・タグの変更', evidence: [] },
    })
    await context.record({
      verb: 'record_marks_changed',
      subjects: [record],
      before: Object.fromEntries(changed.map(key => [key, before[key] ?? null])),
      after: Object.fromEntries(changed.map(key => [key, after[key] ?? null])),
      facts: { summary: changesSaid(added, removed) },
      ...(reason ? { reason } : {}),
    })
    return { recordId: record.id }
  },
})

function said(input: { label: string; colour: MarkColour; needsReason: boolean }) {
  return { label: input.label, colour: colourLabels[input.colour], needsReason: input.needsReason }
}

function nameOf(recordKind: CustomKind, markKind: MarkKind, label: string): string {
  return `${kindLabels[recordKind]}の${markKindLabels[markKind]}「${label}」`
}

async function checkLabel(
  { tx }: CommandContext,
  recordKind: CustomKind,
  markKind: MarkKind,
  label: string,
  except: Id | null,
): Promise<void> {
  refuseUnless(isPlain(label), 'mark_label_must_be_plain', { kind: 'invalid', field: 'label' })
  const rows = await tx
    .selectFrom('mark')
    .select(['id', 'label'])
    .where('record_kind', '=', recordKind)
    .where('mark_kind', '=', markKind)
    .where('retired_at', 'is', null)
    .execute()
  refuseUnless(
    !rows.some(row => row.id !== except && sameName(row.label) === sameName(label)),
    'mark_label_must_be_unique',
    { kind: 'invalid', field: 'label' },
  )
}

async function refuseTooMany({ tx }: CommandContext, kind: CustomKind): Promise<void> {
  const { count } = await tx
    .selectFrom('mark')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('record_kind', '=', kind)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow()
  refuseUnless(count < MOST_MARKS, 'marks_must_not_be_too_many')
}

async function lockMark({ tx }: CommandContext, id: Id, rowVersion: number) {
  const mark = found(
    await tx.selectFrom('mark').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'mark',
  )
  refuseUnless(mark.row_version === rowVersion, 'record_must_be_unchanged')
  return mark
}
