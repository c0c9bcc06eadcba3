import type { z } from 'zod'
import { mayDo } from '../../../platform/commands/actor.ts'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { addMonths } from '../../../platform/dates/calendar-date.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { takeUpload } from '../../documents/index.ts'
import { lockParty, sameCompany } from '../../parties/index.ts'
import type { attachedRecording } from '../contract.ts'
import { recordingKindLabels } from '../labels.ts'
import { RESTRICTED, restrictionOf } from '../record.ts'
import { attachRecording } from './contract.ts'
import { fits } from './kinds.ts'
import '../tables.ts'

const LONGEST_MONTHS = 10 * 12

export const attach = defineCommand(attachRecording, {
  async run(context, { communicationId, recording }) {
    const { tx, actor } = context
    const newest = found(
      await tx
        .selectFrom('communication')
        .select(['root_id', 'party_id', 'person_id', 'communication_no', 'disclosure_scope'])
        .where('root_id', '=', communicationId)
        .where('superseded_at', 'is', null)
        .executeTakeFirst(),
      'communication',
    )
    found(newest.disclosure_scope === 'all' || mayDo(actor, RESTRICTED) ? newest : null, 'communication')
    await lockParty(context, newest.party_id)
    const id = await keepRecording(context, { communicationId, partyId: newest.party_id, recording })
    await context.record({
      verb: 'communication_recording_added',
      subjects: [
        { kind: 'communication', id: communicationId },
        { kind: 'party', id: newest.party_id },
      ],
      after: saidOf(recording),
      facts: { summary: `${newest.communication_no}　${recordingKindLabels[recording.kind]}` },
      ...restrictionOf(newest.disclosure_scope),
    })
    return { id }
  },
})

type Recording = z.output<typeof attachedRecording>

export const saidOf = ({ kind, consentGiven, consentHow, retainUntil }: Recording) => ({
  kind: recordingKindLabels[kind],
  consentGiven,
  ...(consentHow ? { consentHow } : {}),
  retainUntil,
})

/** Files the sound or the words of a communication; the caller records the event. */
export async function keepRecording(
  context: CommandContext,
  { communicationId, partyId, recording }: { communicationId: Id; partyId: Id; recording: Recording },
): Promise<Id> {
  const { tx, actor, now, today } = context
  const { uploadId, kind, consentGiven, consentHow, retainUntil } = recording
  refuseUnless(!consentGiven || !!consentHow, 'notice_must_say_how', { kind: 'invalid', field: 'consentHow' })
  refuseUnless(
    retainUntil >= today && retainUntil <= addMonths(today, LONGEST_MONTHS),
    'recording_must_be_kept_for_a_time',
    { kind: 'invalid', field: 'retainUntil' },
  )
  const upload = await takeUpload(context, uploadId)
  const ours = await tx
    .selectFrom('party')
    .select('id')
    .where('id', '=', upload.record_id)
    .where('id', 'in', sameCompany(partyId))
    .executeTakeFirst()
  refuseUnless(upload.record_kind === 'party' && ours !== undefined, 'recording_must_be_of_the_party', {
    kind: 'invalid',
    field: 'uploadId',
  })
  refuseUnless(
    fits(kind, upload.mime),
    kind === 'recording' ? 'recording_must_be_sound' : 'transcript_must_be_text',
    { kind: 'invalid', field: 'kind' },
  )
  const id = newId()
  await tx
    .insertInto('communication_recording')
    .values({
      id,
      communication_id: communicationId,
      party_id: upload.data_subject_id,
      kind,
      original_file_name: upload.original_file_name,
      mime: upload.mime,
      size_bytes: upload.size_bytes,
      content_hash: upload.content_hash,
      stored_path: upload.stored_path,
      consent_given: consentGiven,
      consent_how: consentHow ?? null,
      retain_until: retainUntil,
      added_by: actor.id,
      added_at: now.toISOString(),
    })
    .execute()
  return id
}
