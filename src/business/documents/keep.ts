import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { holdDocument, releaseDocument, restoreDocument, strikeDocument } from './contract.ts'
import { type DocumentRecord, lockDocument, restrictionOf, subjectsOf } from './records.ts'

/** Nothing is deleted: what was filed by mistake is struck, with file and history kept (電子帳簿保存法施行規則4条1項3号). */
export const strike = defineCommand(strikeDocument, {
  async run(context, { documentId, reason }) {
    const document = await lockDocument(context, documentId)
    refuseUnless(document.struck_at === null, 'document_must_stand')
    refuseUnless(document.held_since === null, 'document_must_not_be_held')
    const { actor, now } = context
    return turned(context, document, 'document_struck', reason, {
      struck_at: now.toISOString(),
      struck_by: actor.id,
      struck_reason: reason,
    })
  },
})

export const restore = defineCommand(restoreDocument, {
  async run(context, { documentId, reason }) {
    const document = await lockDocument(context, documentId)
    refuseUnless(document.struck_at !== null, 'document_must_be_struck')
    return turned(context, document, 'document_restored', reason, {
      struck_at: null,
      struck_by: null,
      struck_reason: null,
    })
  },
})

export const hold = defineCommand(holdDocument, {
  async run(context, { documentId, reason }) {
    const document = await lockDocument(context, documentId)
    refuseUnless(document.struck_at === null, 'document_must_stand')
    refuseUnless(document.held_since === null, 'document_must_not_be_held', {
      message: 'この書類はすでに保全中です。',
    })
    const { actor, now } = context
    return turned(context, document, 'document_held', reason, {
      held_since: now.toISOString(),
      held_by: actor.id,
      hold_reason: reason,
    })
  },
})

export const release = defineCommand(releaseDocument, {
  async run(context, { documentId, reason }) {
    const document = await lockDocument(context, documentId)
    refuseUnless(document.held_since !== null, 'document_must_be_held')
    return turned(context, document, 'document_released', reason, {
      held_since: null,
      held_by: null,
      hold_reason: null,
    })
  },
})

async function turned(
  context: CommandContext,
  document: DocumentRecord,
  verb: string,
  reason: string,
  values: Partial<DocumentRecord>,
): Promise<{ id: Id }> {
  await context.tx
    .updateTable('document')
    .set({ ...values, row_version: document.row_version + 1 })
    .where('id', '=', document.id)
    .execute()
  await context.record({
    verb,
    subjects: await subjectsOf(context, document.id),
    reason,
    facts: { summary: document.doc_no },
    ...restrictionOf(document.confidentiality),
  })
  return { id: document.id }
}
