import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { correct } from '../correct.ts'
import { lockDocument, restrictionOf, subjectsOf } from '../records.ts'
import { takeUpload, type Upload } from '../uploads.ts'
import { stampDocument } from './contract.ts'
import { authenticityOf } from './labels.ts'

export const stamp = defineCommand(stampDocument, {
  async run(context, { documentId, rowVersion, uploadId, stampedBy, reason }) {
    const document = await lockDocument(context, documentId)
    refuseUnless(document.row_version === rowVersion, 'record_must_be_unchanged')
    refuseUnless(document.struck_at === null, 'document_must_stand')
    const upload = await takeUpload(context, uploadId)
    const { stamps_document_id, stamps_version_no } = upload
    refuseUnless(
      stamps_document_id === documentId && stamps_version_no !== null,
      'time_stamp_must_be_of_this_paper',
      { kind: 'invalid', field: 'uploadId' },
    )
    const stampedAt = await insertStamp(context, {
      documentId,
      versionNo: stamps_version_no,
      upload,
      stampedBy,
    })
    const authenticity = authenticityOf[stampedBy]
    const stands =
      document.authenticity === authenticity &&
      document.timestamp_at !== null &&
      Date.parse(document.timestamp_at) === Date.parse(stampedAt)
    const corrected = stands
      ? { rowVersion }
      : await correct.run(context, { documentId, rowVersion, authenticity, timestampAt: stampedAt, reason })
    await context.record({
      verb: 'document_time_stamped',
      subjects: await subjectsOf(context, documentId),
      after: { version: stamps_version_no, timestampAt: stampedAt, serial: upload.stamp?.serial ?? null },
      facts: { summary: document.doc_no },
      reason,
      ...restrictionOf(document.confidentiality),
    })
    return { id: documentId, rowVersion: corrected.rowVersion }
  },
})

/** Files a token that was compared with its paper when it arrived; answers its time. */
export async function insertStamp(
  { tx, actor, now }: CommandContext,
  filed: { documentId: Id; versionNo: number; upload: Upload; stampedBy: 'sender' | 'ours' },
): Promise<string> {
  const { documentId, versionNo, upload, stampedBy } = filed
  const { stamp: said } = upload
  refuseUnless(said !== null, 'time_stamp_must_be_of_this_paper', { kind: 'invalid', field: 'uploadId' })
  await tx
    .insertInto('document_time_stamp')
    .values({
      id: newId(),
      document_id: documentId,
      version_no: versionNo,
      stamped_by: stampedBy,
      original_file_name: upload.original_file_name,
      size_bytes: upload.size_bytes,
      content_hash: upload.content_hash,
      stored_path: upload.stored_path,
      stamped_at: said.stampedAt,
      serial: said.serial,
      policy: said.policy,
      digest_algorithm: said.algorithm,
      digest: said.digest,
      authority: said.authority,
      chain: JSON.stringify(said.chain),
      signature: said.signature,
      added_by: actor.id,
      added_at: now.toISOString(),
    })
    .execute()
  return said.stampedAt
}
