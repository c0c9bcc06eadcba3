import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { visibleClasses } from '../../documents/index.ts'
import { addItem, recordItem, waiveItem } from '../contract.ts'
import { itemTitle } from '../item-title.ts'
import { itemStateLabels } from '../labels.ts'
import { type Application, lockApplication, setApplication, subjectsOf } from '../records.ts'
import type { ItemState } from '../rules/checklist.ts'

export const add = defineCommand(addItem, {
  async run(context, { kind, title, note, ...which }) {
    const { tx, actor, now } = context
    const row = await lockApplication(context, which)
    refuseUnless(kind !== 'other' || Boolean(title), 'item_must_be_named', {
      kind: 'invalid',
      field: 'title',
    })
    const named = kind === 'other' ? (title ?? null) : null
    await tx
      .insertInto('application_item')
      .values({
        id: newId(),
        application_id: row.id,
        position: sql<number>`(select coalesce(max(position) + 1, 0) from application_item where application_id = ${row.id})`,
        item_kind: kind,
        title: named,
        state: 'missing',
        document_id: null,
        note: note ?? null,
        set_by: actor.id,
        set_at: now.toISOString(),
      })
      .execute()
    const rowVersion = await setApplication(context, row, {})
    await context.record({
      verb: 'application_item_added',
      subjects: subjectsOf(row),
      after: { item: itemTitle({ item_kind: kind, title: named }) },
      facts: { summary: `${row.application_no}　${itemTitle({ item_kind: kind, title: named })}` },
      ...(note ? { reason: note } : {}),
    })
    return { id: row.id, rowVersion }
  },
})

export const record = defineCommand(recordItem, {
  async run(context, { itemId, state, documentId, note, ...which }) {
    const row = await lockApplication(context, which)
    refuseUnless(state !== 'received' || Boolean(documentId), 'item_must_have_a_document', {
      kind: 'invalid',
      field: 'documentId',
    })
    if (documentId) {
      const document = await context.tx
        .selectFrom('document')
        .select('id')
        .where('id', '=', documentId)
        .where('confidentiality', 'in', visibleClasses(context))
        .executeTakeFirst()
      refuseUnless(document !== undefined, 'document_must_be_known', { kind: 'invalid', field: 'documentId' })
    }
    return setItem(context, row, itemId, {
      verb: 'application_item_recorded',
      state,
      documentId: state === 'missing' ? null : (documentId ?? null),
      note: note ?? null,
    })
  },
})

export const waive = defineCommand(waiveItem, {
  async run(context, { itemId, reason, ...which }) {
    const row = await lockApplication(context, which)
    return setItem(context, row, itemId, {
      verb: 'application_item_waived',
      state: 'waived',
      documentId: null,
      note: reason,
    })
  },
})

async function setItem(
  context: CommandContext,
  row: Application,
  itemId: Id,
  next: { verb: string; state: ItemState; documentId: Id | null; note: string | null },
): Promise<{ id: Id; rowVersion: number }> {
  const { tx, actor, now } = context
  const item = found(
    await tx
      .selectFrom('application_item')
      .selectAll()
      .where('id', '=', itemId)
      .where('application_id', '=', row.id)
      .forUpdate()
      .executeTakeFirst(),
    'application_item',
  )
  await tx
    .updateTable('application_item')
    .set({
      state: next.state,
      document_id: next.documentId,
      note: next.note,
      set_by: actor.id,
      set_at: now.toISOString(),
    })
    .where('id', '=', item.id)
    .execute()
  const rowVersion = await setApplication(context, row, {})
  await context.record({
    verb: next.verb,
    subjects: subjectsOf(row),
    before: { item: itemTitle(item), itemState: item.state },
    after: { item: itemTitle(item), itemState: next.state },
    facts: { summary: `${row.application_no}　${itemTitle(item)}　${itemStateLabels[next.state]}` },
    ...(next.note ? { reason: next.note } : {}),
    ...(next.documentId ? { evidence: [next.documentId] } : {}),
  })
  return { id: row.id, rowVersion }
}
