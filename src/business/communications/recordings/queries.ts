import type { z } from 'zod'
import { mayDo } from '../../../platform/commands/actor.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { FileAnswer, QueryContext, Seen } from '../../../platform/http/route.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { RecordDirectory } from '../../../platform/records.ts'
import { staffNames } from '../../access/index.ts'
import { type FileStore, receiveUpload } from '../../documents/index.ts'
import type { CommunicationShown } from '../contract.ts'
import { inReach } from '../reach.ts'
import type { uploadRecording } from './contract.ts'
import { judgeRecording } from './kinds.ts'
import '../tables.ts'

const HEAR = 'communications.hear'

export async function receiveRecording(
  parts: { store: FileStore; records: RecordDirectory },
  context: QueryContext,
  { partyId, kind, fileName, contentBase64 }: z.output<typeof uploadRecording.input>,
): Promise<Seen<z.input<typeof uploadRecording.output>>> {
  const { body, seen } = await receiveUpload(
    { ...parts, judge: (name, content) => judgeRecording(kind, name, content) },
    context,
    { fileName, contentBase64, record: { kind: 'party', id: partyId } },
  )
  return { body: { uploadId: body.uploadId, mime: body.mime, sizeBytes: body.sizeBytes }, seen }
}

/** The sound and words of a communication for whoever may hear them; for others how many there are. */
export async function recordingsOf(
  { db, actor, today }: QueryContext,
  communicationId: Id,
): Promise<{ rows: CommunicationShown['recordings']; hidden: number; seen: number[] }> {
  const rows = await db
    .selectFrom('communication_recording')
    .selectAll()
    .where('communication_id', '=', communicationId)
    .orderBy('id')
    .execute()
  if (!mayDo(actor, HEAR)) return { rows: [], hidden: rows.length, seen: [] }
  const names = await staffNames(
    db,
    rows.map(row => row.added_by),
  )
  return {
    rows: rows.map(row => ({
      id: row.id,
      kind: row.kind,
      fileName: row.original_file_name,
      mime: row.mime,
      sizeBytes: row.size_bytes,
      consentGiven: row.consent_given,
      consentHow: row.consent_how,
      retainUntil: row.retain_until,
      pastItsTime: row.retain_until < today,
      addedBy: names.get(row.added_by) ?? '（不明）',
      addedAt: row.added_at,
    })),
    hidden: 0,
    seen: rows.map(row => row.seen_no),
  }
}

export async function play(store: FileStore, context: QueryContext, recordingId: Id): Promise<FileAnswer> {
  const { db } = context
  const row = found(
    await db
      .selectFrom('communication_recording')
      .selectAll()
      .where('id', '=', recordingId)
      .executeTakeFirst(),
    'communication_recording',
  )
  const contact = found(
    await inReach(context)
      .where('k.root_id', '=', row.communication_id)
      .where('k.superseded_at', 'is', null)
      .executeTakeFirst(),
    'communication_recording',
  )
  const content = row.stored_path
    ? await store.read(db, { storedPath: row.stored_path, contentHash: row.content_hash })
    : null
  refuseUnless(content !== null, 'recording_must_be_disposed_of_no_more', { kind: 'missing' })
  return {
    file: { name: row.original_file_name, mime: row.mime, content, inline: true },
    seen: [row.seen_no, contact.seen_no, contact.party_seen_no],
  }
}
