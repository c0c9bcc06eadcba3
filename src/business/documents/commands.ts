import type { CommandContext } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { addDocument, addVersion } from './contract.ts'
import { extensionOf, standardFileName } from './file-kinds.ts'
import { docKindLabels } from './labels.ts'
import { lockDocument, refuseStrangeCounterparty, restrictionOf, subjectsOf } from './records.ts'
import { paperReasons } from './rules/paper.ts'
import { insertStamp } from './stamps/commands.ts'
import { takeUpload, type Upload } from './uploads.ts'
import { visibleClasses } from './visible-classes.ts'

export const add = defineCommand(addDocument, {
  async run(context, input) {
    const { tx, actor, now, today } = context
    const upload = await takeUpload(context, input.uploadId)
    const links = [...new Map(input.links.map(link => [link.id, link])).values()]
    // The upload was checked against the record it was made for; no other record is known to be this person's.
    refuseUnless(
      links.every(link => link.id === upload.record_id && link.kind === upload.record_kind),
      'link_must_be_the_uploaded_record',
      { kind: 'invalid', field: 'links' },
    )
    refuseNoPaper(upload)
    const token = input.timeStampUploadId ? await takeUpload(context, input.timeStampUploadId) : null
    refuseUnless(token === null || token.stamps_upload_id === upload.id, 'upload_must_be_waiting', {
      kind: 'missing',
      field: 'timeStampUploadId',
    })
    const restricted = input.confidentiality === 'compliance'
    refuseUnless(!restricted || visibleClasses(context).includes('compliance'), 'class_must_be_visible', {
      kind: 'forbidden',
      field: 'confidentiality',
    })
    const paper = {
      docKind: input.docKind,
      transactionDate: input.transactionDate ?? null,
      receivedOn: input.receivedOn ?? today,
      validOn: input.validOn ?? null,
      expiresOn: input.expiresOn ?? null,
      authenticity: input.authenticity,
      timestampAt: token?.stamp?.stampedAt ?? input.timestampAt ?? null,
      textVersion: input.textVersion ?? null,
    }
    const isStamped = ['timestamped', 'timestamped_by_sender'].includes(input.authenticity)
    refuseUnless(token === null || isStamped, 'time_stamp_needs_its_kind', {
      kind: 'invalid',
      field: 'authenticity',
    })
    refuseAll(paperReasons(paper, today), 'invalid')
    await refuseStrangeCounterparty(context, input.counterpartyId)
    const id = newId()
    const row = await tx
      .insertInto('document')
      .values({
        id,
        doc_kind: input.docKind,
        title: input.title ?? upload.original_file_name.slice(0, 200),
        data_subject_id: upload.data_subject_id,
        transaction_date: input.transactionDate ?? null,
        amount_yen: input.amountYen ?? null,
        counterparty: input.counterparty ?? null,
        counterparty_id: input.counterpartyId ?? null,
        expires_on: paper.expiresOn,
        valid_on: paper.validOn,
        received_via: input.receivedVia ?? null,
        received_on: paper.receivedOn,
        authenticity: paper.authenticity,
        timestamp_at: paper.timestampAt,
        text_version: paper.textVersion,
        confidentiality: input.confidentiality,
        registered_by: actor.id,
        registered_at: now.toISOString(),
      })
      .returning('doc_no')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('document_link')
      .values(links.map(link => ({ document_id: id, object_kind: link.kind, object_id: link.id })))
      .execute()
    const fileName = standardFileName({
      transactionDate: input.transactionDate ?? null,
      counterparty: input.counterparty ?? null,
      amountYen: input.amountYen ?? null,
      kindLabel: docKindLabels[input.docKind],
      serial: 1,
      extension: extensionOf(upload.original_file_name),
    })
    await insertVersion(context, id, 1, upload, fileName, null)
    if (token)
      await insertStamp(context, {
        documentId: id,
        versionNo: 1,
        upload: token,
        stampedBy: input.authenticity === 'timestamped' ? 'ours' : 'sender',
      })
    await context.record({
      verb: 'document_added',
      subjects: [{ kind: 'document', id }, ...links],
      after: {
        docNo: row.doc_no,
        docKind: input.docKind,
        contentHash: upload.content_hash,
        size: upload.size_bytes,
        ...(token?.stamp ? { timestampAt: token.stamp.stampedAt } : {}),
      },
      facts: { summary: `${docKindLabels[input.docKind]} ${row.doc_no}` },
      ...restrictionOf(input.confidentiality),
    })
    return { id, docNo: row.doc_no }
  },
})

export const addNewVersion = defineCommand(addVersion, {
  async run(context, input) {
    const { tx } = context
    const document = await lockDocument(context, input.documentId)
    refuseUnless(document.struck_at === null, 'document_must_stand')
    const upload = await takeUpload(context, input.uploadId)
    refuseNoPaper(upload)
    // A version under another subject's key would survive, or die with, the wrong person's disposal.
    refuseUnless(upload.data_subject_id === document.data_subject_id, 'upload_must_be_of_the_same_subject', {
      field: 'uploadId',
    })
    const versionNo = document.newest_version + 1
    await insertVersion(context, document.id, versionNo, upload, upload.original_file_name, input.reason)
    await tx
      .updateTable('document')
      .set({ newest_version: versionNo, row_version: document.row_version + 1 })
      .where('id', '=', document.id)
      .execute()
    await context.record({
      verb: 'document_version_added',
      subjects: await subjectsOf(context, document.id),
      before: { version: document.newest_version },
      after: { version: versionNo, contentHash: upload.content_hash },
      reason: input.reason,
      ...restrictionOf(document.confidentiality),
    })
    return { id: document.id, versionNo }
  },
})

async function insertVersion(
  { tx, actor, now }: CommandContext,
  documentId: Id,
  versionNo: number,
  upload: Upload,
  fileName: string,
  reason: string | null,
): Promise<void> {
  await tx
    .insertInto('document_version')
    .values({
      id: newId(),
      document_id: documentId,
      version_no: versionNo,
      file_name: fileName,
      original_file_name: upload.original_file_name,
      mime: upload.mime,
      size_bytes: upload.size_bytes,
      content_hash: upload.content_hash,
      stored_path: upload.stored_path,
      reason,
      added_by: actor.id,
      added_at: now.toISOString(),
    })
    .execute()
}

/** A time-stamp token and the sound of a call are no papers. */
function refuseNoPaper({ stamp, mime }: Upload): void {
  refuseUnless(stamp === null && !mime.startsWith('audio/'), 'file_kind_must_be_accepted', {
    kind: 'invalid',
    field: 'uploadId',
  })
}
