import { sql } from 'kysely'
import type { CommandContext, CommandEvent } from '../../platform/commands/command.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { lockParties } from '../parties/index.ts'
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

type Mark = (event: CommandEvent) => CommandEvent

const refused = (code: keyof typeof contactTakeOverRefusals, field?: string) =>
  new Refusal(field === 'occurredAt' && code === 'contact_must_not_lie_ahead' ? 'invalid' : 'conflict', [
    { code, ...(field ? { field } : {}) },
  ])

/**
 * Enters contacts that happened before this system was there, one answer each; `mark` says in the event where each came from. Which
 * rules held then is not known here, so they are judged by none (`not_checked`) and compliance is not told of them.
 */
export async function takeOverContacts(
  context: CommandContext,
  rows: readonly { contact: ContactToTakeOver; mark: Mark }[],
): Promise<(TakenOverContact | Refusal)[]> {
  const { tx, now, keys, actor, approval } = context
  const inReach = await lockParties(
    context,
    rows.map(({ contact }) => contact.partyId),
  )
  const asked = rows.map(({ contact, mark }) => ({
    id: newId(),
    contact,
    mark,
    hash: hashOf(context, contact),
  }))
  const known = await knownHashes(
    context,
    asked.map(({ contact, hash }) => ({ partyId: contact.partyId, hash })),
  )
  const answers = asked.map(({ id, contact, hash }): TakenOverContact | Refusal => {
    if (!inReach.has(contact.partyId)) return new Refusal('missing', [{ code: 'record_must_exist' }])
    if (new Date(contact.occurredAt) > now) return refused('contact_must_not_lie_ahead', 'occurredAt')
    const key = `${contact.partyId} ${hash}`
    if (known.has(key)) return refused('contact_must_be_new', 'occurredAt')
    known.add(key)
    return { communicationId: id, partyId: contact.partyId }
  })
  const taken = asked.filter((_, at) => !(answers[at] instanceof Refusal))
  const sealing = await keys.forMany(
    tx,
    taken.map(({ contact }) => contact.partyId),
  )
  const recordedBy = approval?.requestedBy ?? actor.id
  const columns = []
  for (const { id, contact, hash } of taken)
    columns.push({
      id,
      root_id: id,
      version_no: 1,
      superseded_at: null,
      correction_reason: null,
      ...(await contentColumns({ tx, keys: sealing }, contact)),
      policy_check: 'not_checked',
      handled_by: contact.handledBy,
      handler_name: contact.handlerName,
      source: 'import',
      content_hash: hash,
      recorded_by: recordedBy,
      recorded_at: now.toISOString(),
    })
  await insertMany(tx, 'communication', columns)
  await context.record(
    ...taken.map(({ id, contact, mark }) =>
      mark({
        verb: 'communication_taken_over',
        subjects: subjectsOfContact(id, { ...contact, related: [] }),
        after: { channel: contact.channel, direction: contact.direction, category: contact.category },
        facts: { what: saysContact(contact) },
      }),
    ),
  )
  return answers
}

function hashOf({ keys }: CommandContext, contact: ContactToTakeOver): string {
  const { occurredAt, channel, direction, subject, summary, body } = contact
  const at = new Date(occurredAt).toISOString()
  return keys.keyedHash(
    'communication',
    JSON.stringify([at, channel, direction, subject ?? '', summary, body ?? '']),
  )
}

async function knownHashes(
  { tx }: CommandContext,
  asked: readonly { partyId: Id; hash: string }[],
): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`select c.party_id || ' ' || c.content_hash as key
    from unnest(${asked.map(one => one.partyId)}::uuid[], ${asked.map(one => one.hash)}::text[]) as a (party_id, content_hash)
    join communication c on c.party_id = a.party_id and c.content_hash = a.content_hash and c.version_no = 1`.execute(
    tx,
  )
  return new Set(rows.map(row => row.key))
}

/** Takes imported contacts out again, one answer each: null, or why it stays (corrected since, or a promise hangs on it). */
export async function takeBackContacts(
  context: CommandContext,
  rows: readonly { taken: TakenOverContact; mark: Mark }[],
): Promise<(null | Refusal)[]> {
  const { tx } = context
  const ids = rows.map(({ taken }) => taken.communicationId)
  const versions = await tx
    .selectFrom('communication')
    .select(['id', 'root_id'])
    .where('root_id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  const promised = await tx
    .selectFrom('payment_promise')
    .select('communication_id')
    .where('communication_id', 'in', ids)
    .execute()
  const count = new Map<Id, number>()
  for (const { root_id } of versions) count.set(root_id, (count.get(root_id) ?? 0) + 1)
  const withPromise = new Set(promised.map(row => row.communication_id))
  const answers = rows.map(({ taken }) => {
    if (count.get(taken.communicationId) !== 1) return refused('contact_must_be_untouched')
    return withPromise.has(taken.communicationId) ? refused('contact_must_not_be_promised_upon') : null
  })
  const gone = rows.filter((_, at) => answers[at] === null)
  if (gone.length === 0) return answers
  const goneIds = gone.map(({ taken }) => taken.communicationId)
  await tx.deleteFrom('communication_link').where('communication_id', 'in', goneIds).execute()
  await tx.deleteFrom('communication').where('id', 'in', goneIds).execute()
  await context.record(
    ...gone.map(({ taken, mark }) =>
      mark({
        verb: 'communication_take_over_reverted',
        subjects: [
          { kind: 'communication', id: taken.communicationId },
          { kind: 'party', id: taken.partyId },
        ],
      }),
    ),
  )
  return answers
}
