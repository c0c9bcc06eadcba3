import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { contentColumns, type HappenedContact, saysContact, subjectsOfContact } from './record.ts'
import './tables.ts'

/** A contact of an old ledger; whoever was in charge stands by account where one has that name, else by name. */
export interface ContactToTakeOver extends Omit<HappenedContact, 'related' | 'disclosureScope'> {
  timeKnown: boolean
  handledBy: Id | null
  handlerName: string | null
}

export type TakenOverContact = { communicationId: Id; partyId: Id }

export const contactTakeOverRefusals = {
  contact_must_not_lie_ahead: '日時が将来です。移行できるのは済んだ連絡だけです。',
  contact_must_be_new: '同じ日時・手段・内容の接触履歴がすでに登録されています。',
  contact_must_be_untouched: '取込後に訂正されたため、接触履歴を残しました。',
  contact_must_not_be_promised_upon: '取込後に支払約束が結び付いたため、接触履歴を残しました。',
} as const

/**
 * Enters a contact that happened before this system was there. Which rules held then is not known here, so it is judged by none
 * (`not_checked`) and compliance is not told of it.
 */
export async function takeOverContact(
  context: CommandContext,
  input: ContactToTakeOver,
): Promise<TakenOverContact> {
  const { tx, now, keys, actor, approval } = context
  await lockParty(context, input.partyId)
  const at = new Date(input.occurredAt)
  refuseUnless(at <= now, 'contact_must_not_lie_ahead', { kind: 'invalid', field: 'occurredAt' })
  const contentHash = keys.keyedHash(
    'communication',
    JSON.stringify([
      at.toISOString(),
      input.channel,
      input.direction,
      input.subject ?? '',
      input.summary,
      input.body ?? '',
    ]),
  )
  const known = await tx
    .selectFrom('communication')
    .select('id')
    .where('party_id', '=', input.partyId)
    .where('content_hash', '=', contentHash)
    .executeTakeFirst()
  refuseUnless(known === undefined, 'contact_must_be_new', { field: 'occurredAt' })
  const id = newId()
  const contact = { ...input, related: [] }
  await tx
    .insertInto('communication')
    .values({
      id,
      root_id: id,
      version_no: 1,
      superseded_at: null,
      correction_reason: null,
      ...(await contentColumns(context, input)),
      policy_check: 'not_checked',
      handled_by: input.handledBy,
      handler_name: input.handlerName,
      source: 'import',
      content_hash: contentHash,
      recorded_by: approval?.requestedBy ?? actor.id,
      recorded_at: now.toISOString(),
    })
    .execute()
  await context.record({
    verb: 'communication_taken_over',
    subjects: subjectsOfContact(id, contact),
    after: { channel: input.channel, direction: input.direction, category: input.category },
    facts: { what: saysContact(contact) },
  })
  return { communicationId: id, partyId: input.partyId }
}

/** Takes an imported contact out again, unless somebody has corrected it or hung a promise on it since. */
export async function takeBackContact(context: CommandContext, taken: TakenOverContact): Promise<void> {
  const { tx } = context
  const versions = await tx
    .selectFrom('communication')
    .select('id')
    .where('root_id', '=', taken.communicationId)
    .forUpdate()
    .execute()
  refuseUnless(versions.length === 1, 'contact_must_be_untouched')
  const promise = await tx
    .selectFrom('payment_promise')
    .select('id')
    .where('communication_id', '=', taken.communicationId)
    .executeTakeFirst()
  refuseUnless(promise === undefined, 'contact_must_not_be_promised_upon')
  await tx.deleteFrom('communication_link').where('communication_id', '=', taken.communicationId).execute()
  await tx.deleteFrom('communication').where('id', '=', taken.communicationId).execute()
  await context.record({
    verb: 'communication_take_over_reverted',
    subjects: [
      { kind: 'communication', id: taken.communicationId },
      { kind: 'party', id: taken.partyId },
    ],
  })
}
