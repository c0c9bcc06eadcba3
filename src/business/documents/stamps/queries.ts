import type { z } from 'zod'
import { found, Refusal, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { FileAnswer, QueryContext, Seen } from '../../../platform/http/route.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { staffNames } from '../../access/index.ts'
import type { DocumentShown } from '../contract.ts'
import type { FileStore } from '../file-store.ts'
import { isClosedTo } from '../quarantined.ts'
import { refuseOutOfReach } from '../queries.ts'
import { visibleClasses } from '../visible-classes.ts'
import { stampRefusals, type uploadTimeStamp } from './contract.ts'

const TOKEN_MIME = 'application/timestamp-reply'

/** Keeps a token until a command takes it; refuses one that is not about the paper it is sent for. */
export async function receiveTimeStamp(
  store: FileStore,
  context: QueryContext,
  input: z.output<typeof uploadTimeStamp.input>,
): Promise<Seen<z.input<typeof uploadTimeStamp.output>>> {
  const { db, actor, now } = context
  // Reading tokens takes a library which a start need not wait for.
  const { digestOf, readStamp, signatureMatches } = await import('./token.ts')
  const content = Buffer.from(input.contentBase64, 'base64')
  const read = readStamp(content)
  if (!read.ok)
    throw new Refusal('invalid', [
      { code: 'time_stamp_must_be_readable', field: 'contentBase64', message: read.message },
    ])
  const paper = await paperOf(store, context, input.of)
  const { stamp, signed } = read
  const digest = digestOf(paper.content, stamp.algorithm)
  if (digest !== stamp.digest)
    throw new Refusal('invalid', [
      {
        code: 'time_stamp_must_match_the_paper',
        field: 'contentBase64',
        message: `${stampRefusals.time_stamp_must_match_the_paper}（書類 ${digest.slice(0, 16)}…、タイムスタンプ ${stamp.digest.slice(0, 16)}…）`,
      },
    ])
  const matches = await signatureMatches(signed, paper.content)
  refuseUnless(matches !== false, 'time_stamp_must_be_whole', { kind: 'invalid', field: 'contentBase64' })
  const signature = matches === null ? ('not_checked' as const) : ('matches' as const)
  const stored = await store.write(db, paper.dataSubjectId, content)
  const id = newId()
  await db
    .insertInto('document_upload')
    .values({
      id,
      uploaded_by: actor.id,
      data_subject_id: paper.dataSubjectId,
      record_kind: paper.record.kind,
      record_id: paper.record.id,
      original_file_name: input.fileName,
      mime: TOKEN_MIME,
      size_bytes: content.length,
      content_hash: stored.contentHash,
      stored_path: stored.storedPath,
      uploaded_at: now.toISOString(),
      stamp: JSON.stringify({ ...stamp, signature }),
      ...paper.stamps,
    })
    .execute()
  const { stampedAt, serial, algorithm, authority } = stamp
  return {
    body: { uploadId: id, stampedAt, serial, algorithm, digest, authority, signature },
    seen: [],
  }
}

/** The file that is said to be stamped: an upload of this person that waits, or a version this person may open. */
async function paperOf(
  store: FileStore,
  context: QueryContext,
  of: z.output<typeof uploadTimeStamp.input>['of'],
) {
  const { db, actor } = context
  const read = async (row: { stored_path: string; content_hash: string }) => {
    const content = await store.read(db, { storedPath: row.stored_path, contentHash: row.content_hash })
    refuseUnless(content !== null, 'document_must_be_disposed_of_no_more', { kind: 'missing' })
    return content
  }
  if ('uploadId' in of) {
    const upload = await db
      .selectFrom('document_upload')
      .selectAll()
      .where('id', '=', of.uploadId)
      .where('uploaded_by', '=', actor.id)
      .where('taken_at', 'is', null)
      .executeTakeFirst()
    refuseUnless(upload !== undefined && upload.stamp === null, 'upload_must_be_waiting', {
      kind: 'missing',
      field: 'of.uploadId',
    })
    return {
      content: await read(upload),
      dataSubjectId: upload.data_subject_id,
      record: { kind: upload.record_kind, id: upload.record_id },
      stamps: { stamps_upload_id: upload.id },
    }
  }
  const row = found(
    await db
      .selectFrom('document as d')
      .innerJoin('document_version as v', 'v.document_id', 'd.id')
      .select([
        'd.id',
        'd.data_subject_id',
        'd.quarantined_at',
        'd.closed_versions',
        'v.content_hash',
        'v.stored_path',
      ])
      .where('d.id', '=', of.documentId)
      .where('v.version_no', '=', of.versionNo)
      .where('d.confidentiality', 'in', visibleClasses(context))
      .executeTakeFirst(),
    'document',
  )
  await refuseOutOfReach(context, row.id)
  refuseUnless(!isClosedTo(actor, row, of.versionNo), 'document_must_not_be_quarantined', {
    kind: 'forbidden',
  })
  return {
    content: await read(row),
    dataSubjectId: row.data_subject_id,
    record: { kind: 'document', id: row.id },
    stamps: { stamps_document_id: row.id, stamps_version_no: of.versionNo },
  }
}

/** The tokens of a paper, newest first. */
export async function stampsOf(
  db: Db,
  documentId: Id,
): Promise<{ rows: DocumentShown['timeStamps']; seen: number[] }> {
  const rows = await db
    .selectFrom('document_time_stamp')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  const names = await staffNames(
    db,
    rows.map(row => row.added_by),
  )
  return {
    rows: rows.map(row => ({
      id: row.id,
      versionNo: row.version_no,
      stampedBy: row.stamped_by,
      fileName: row.original_file_name,
      stampedAt: row.stamped_at,
      serial: row.serial,
      policy: row.policy,
      algorithm: row.digest_algorithm,
      digest: row.digest,
      authority: row.authority,
      chain: row.chain,
      chainVerified: false as const,
      signature: row.signature,
      addedBy: names.get(row.added_by) ?? '（不明）',
      addedAt: row.added_at,
    })),
    seen: rows.map(row => row.seen_no),
  }
}

export async function tokenFile(store: FileStore, context: QueryContext, stampId: Id): Promise<FileAnswer> {
  const row = found(
    await context.db
      .selectFrom('document_time_stamp as s')
      .innerJoin('document as d', 'd.id', 's.document_id')
      .selectAll('s')
      .select('d.seen_no as document_seen_no')
      .where('s.id', '=', stampId)
      .where('d.confidentiality', 'in', visibleClasses(context))
      .executeTakeFirst(),
    'document_time_stamp',
  )
  await refuseOutOfReach(context, row.document_id)
  const stored = { storedPath: row.stored_path, contentHash: row.content_hash }
  const content = await store.read(context.db, stored)
  refuseUnless(content !== null, 'document_must_be_disposed_of_no_more', { kind: 'missing' })
  return {
    file: { name: row.original_file_name, mime: TOKEN_MIME, content },
    seen: [row.seen_no, row.document_seen_no],
  }
}
