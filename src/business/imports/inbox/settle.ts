import { sql } from 'kysely'
import type { z } from 'zod'
import { type Actor, mayDo } from '../../../platform/commands/actor.ts'
import { defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../../platform/database/paging.ts'
import type { FileAnswer, QueryContext, Seen } from '../../../platform/http/route.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { RecordDirectory } from '../../../platform/records.ts'
import { staffNames } from '../../access/index.ts'
import { type FileStore, receiveUpload } from '../../documents/index.ts'
import { type handInbox, type InboxRow, type listInbox, settleInbox } from './contract.ts'
import './tables.ts'

/**
 * What lies in the box has no class yet, so it counts as personal: it is there for whoever brought it and for those who may see personal
 * documents.
 */
function seesAll(actor: Actor): boolean {
  return mayDo(actor, 'documents.readPersonal')
}

export async function waitingFiles(
  { db, actor }: QueryContext,
  input: z.output<typeof listInbox.input>,
): Promise<Seen<{ rows: InboxRow[]; next: string | null }>> {
  let query = db
    .selectFrom('document_inbox as f')
    .leftJoin('party as p', 'p.id', 'f.proposed_party_id')
    .selectAll('f')
    .select(['p.id as partyId', 'p.party_no', 'p.legal_name', 'p.seen_no as partySeen'])
    .where('f.state', '=', 'waiting')
    .orderBy('f.id')
    .limit(input.limit + 1)
  if (!seesAll(actor)) query = query.where('f.received_by', '=', actor.id)
  if (input.proposed)
    query = query.where('f.proposed_party_id', input.proposed === 'yes' ? 'is not' : 'is', null)
  if (input.after) query = query.where('f.id', '>', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.map(row => row.received_by),
  )
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        archiveName: row.archive_name,
        path: row.path,
        mime: row.mime,
        sizeBytes: Number(row.size_bytes),
        proposed:
          row.partyId && row.proposed_by
            ? {
                id: row.partyId,
                partyNo: row.party_no!,
                legalName: row.legal_name!,
                rule: row.proposed_by,
              }
            : null,
        receivedBy: names.get(row.received_by) ?? '（不明）',
        receivedAt: row.received_at,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.flatMap(row => [row.seen_no, row.partySeen ?? []].flat()),
  }
}

async function waitingFile({ db, actor }: QueryContext, fileId: Id) {
  const row = await db.selectFrom('document_inbox').selectAll().where('id', '=', fileId).executeTakeFirst()
  const file = found(row && (row.received_by === actor.id || seesAll(actor)) ? row : null, 'document_inbox')
  refuseUnless(file.state === 'waiting', 'file_must_wait')
  return file
}

async function contentOf(store: FileStore, context: QueryContext, fileId: Id) {
  const { db } = context
  const row = await waitingFile(context, fileId)
  const content = await store.read(db, { contentHash: row.content_hash, storedPath: row.stored_path })
  return { row, content: found(content ?? undefined, 'document_inbox') }
}

export async function showFile(store: FileStore, context: QueryContext, fileId: Id): Promise<FileAnswer> {
  const { row, content } = await contentOf(store, context, fileId)
  const name = row.path.split('/').at(-1)!
  return {
    file: {
      name,
      mime: row.mime,
      content,
      inline: row.mime === 'application/pdf' || row.mime.startsWith('image/'),
    },
    seen: [row.seen_no],
  }
}

/** Sealed anew under the customer's key: it goes when the customer is disposed of, like any document. */
export async function handTo(
  { store, records }: { store: FileStore; records: RecordDirectory },
  context: QueryContext,
  { fileId, partyId }: z.output<typeof handInbox.input>,
): Promise<Seen<{ uploadId: Id }>> {
  const { row, content } = await contentOf(store, context, fileId)
  const { body } = await receiveUpload({ store, records }, context, {
    fileName: row.path.split('/').at(-1)!,
    record: { kind: 'party', id: partyId },
    contentBase64: content.toString('base64'),
  })
  return { body: { uploadId: body.uploadId }, seen: [] }
}

export const settle = defineCommand(settleInbox, {
  async run(context, { fileId, documentId, leftOutReason }) {
    const { tx, actor, now } = context
    const row = await tx
      .selectFrom('document_inbox')
      .selectAll()
      .where('id', '=', fileId)
      .forUpdate()
      .executeTakeFirst()
    const file = found(row && (row.received_by === actor.id || seesAll(actor)) ? row : null, 'document_inbox')
    refuseUnless(file.state === 'waiting', 'file_must_wait')
    if (documentId) {
      const version = await tx
        .selectFrom('document_version')
        .select('id')
        .where('document_id', '=', documentId)
        .where('content_hash', '=', file.content_hash)
        .executeTakeFirst()
      refuseUnless(version !== undefined, 'document_must_be_of_the_file', {
        kind: 'invalid',
        field: 'documentId',
      })
    } else
      refuseUnless(Boolean(leftOutReason), 'reason_must_be_given', {
        kind: 'invalid',
        field: 'leftOutReason',
      })
    await tx
      .updateTable('document_inbox')
      .set({
        state: documentId ? 'linked' : 'left_out',
        document_id: documentId,
        left_out_reason: documentId ? null : (leftOutReason ?? null),
        settled_by: actor.id,
        settled_at: sql`${now.toISOString()}`,
      })
      .where('id', '=', fileId)
      .execute()
    await context.record({
      verb: documentId ? 'inbox_file_linked' : 'inbox_file_left_out',
      subjects: [
        { kind: 'document_inbox', id: fileId },
        ...(documentId ? [{ kind: 'document', id: documentId }] : []),
      ],
      facts: { summary: file.archive_name },
      ...(leftOutReason ? { reason: leftOutReason } : {}),
    })
    return { id: fileId }
  },
})
