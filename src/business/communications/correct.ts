import { mayDo } from '../../platform/commands/actor.ts'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { rulesBrokenBy } from './contact-facts.ts'
import { correctCommunication } from './contract.ts'
import {
  contentColumns,
  type HappenedContact,
  RESTRICTED,
  refuseStranger,
  restrictionOf,
  saysContact,
  subjectsOfContact,
} from './record.ts'
import type { LinkKind } from './tables.ts'
import './tables.ts'

/** A further version of a communication; the earlier one is only marked as superseded, in no other column ever changed. */
export const correct = defineCommand(correctCommunication, {
  async run(context, { communicationId, versionNo, reason, ...given }) {
    const { tx, actor, now } = context
    const old = await lockNewest(context, communicationId)
    refuseUnless(old.version_no === versionNo, 'version_must_be_newest')
    await lockParty(context, old.party_id)
    const restricted = old.disclosure_scope !== 'all' || given.disclosureScope !== 'all'
    refuseUnless(!restricted || mayDo(actor, RESTRICTED), 'scope_must_be_permitted', {
      kind: 'forbidden',
      field: 'disclosureScope',
    })
    const at = new Date(given.occurredAt)
    refuseUnless(at <= now, 'contact_must_not_lie_ahead', { kind: 'invalid', field: 'occurredAt' })
    await refuseStranger(context, old.party_id, given.personId ?? null)
    const contact: HappenedContact = {
      ...given,
      partyId: old.party_id,
      related: await linksOf(context, old.root_id),
    }
    const changed = await whatChanged(context, old, contact)
    refuseUnless(changed.length > 0, 'correction_must_change_something', { kind: 'invalid' })
    const judged = await judgedAnew(context, old, contact, changed)
    const id = newId()
    await tx
      .updateTable('communication')
      .set({ superseded_at: now.toISOString() })
      .where('id', '=', old.id)
      .execute()
    await tx
      .insertInto('communication')
      .values({
        id,
        communication_no: old.communication_no,
        root_id: old.root_id,
        version_no: old.version_no + 1,
        superseded_at: null,
        correction_reason: reason,
        ...(await contentColumns(context, {
          ...contact,
          timeKnown: old.time_known || changed.includes('occurredAt'),
        })),
        ...judged,
        handled_by: old.handled_by,
        handler_name: old.handler_name,
        source: old.source,
        content_hash: old.content_hash,
        recorded_by: actor.id,
        recorded_at: now.toISOString(),
      })
      .execute()
    await context.record({
      verb: 'communication_corrected',
      subjects: subjectsOfContact(old.root_id, contact),
      // Which items were corrected; what they were stands in the earlier version, encrypted.
      after: { corrected: changed, version: old.version_no + 1 },
      facts: { summary: `${old.communication_no}　${saysContact(contact)}（第${old.version_no + 1}版）` },
      reason,
      ...restrictionOf(restricted ? 'compliance_only' : 'all'),
    })
    return { id: old.root_id, versionNo: old.version_no + 1 }
  },
})

type Newest = Awaited<ReturnType<typeof lockNewest>>

async function lockNewest({ tx, actor }: CommandContext, communicationId: Id) {
  const row = await tx
    .selectFrom('communication')
    .selectAll()
    .where('root_id', '=', communicationId)
    .where('superseded_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  const hidden = row?.disclosure_scope === 'compliance_only' && !mayDo(actor, RESTRICTED)
  return found(hidden ? null : row, 'communication')
}

async function linksOf({ tx }: CommandContext, rootId: Id): Promise<{ kind: LinkKind; id: Id }[]> {
  const rows = await tx
    .selectFrom('communication_link')
    .select(['record_kind', 'record_id'])
    .where('communication_id', '=', rootId)
    .execute()
  return rows.map(row => ({ kind: row.record_kind, id: row.record_id }))
}

/** The names of the items that differ; words are compared decrypted. */
async function whatChanged(
  { tx, keys }: CommandContext,
  old: Newest,
  given: HappenedContact,
): Promise<string[]> {
  const open = async (sealed: string | null) => (sealed === null ? null : keys.open(tx, sealed))
  const pairs: Record<string, [unknown, unknown]> = {
    personId: [old.person_id, given.personId ?? null],
    channel: [old.channel, given.channel],
    direction: [old.direction, given.direction],
    occurredAt: [new Date(old.occurred_at).getTime(), new Date(given.occurredAt).getTime()],
    durationS: [old.duration_s, given.durationS ?? null],
    reached: [old.reached, given.reached ?? null],
    category: [old.category, given.category],
    subCategory: [old.sub_category, given.subCategory ?? null],
    priority: [old.priority, given.priority],
    subject: [await open(old.subject_sealed), given.subject ?? null],
    summary: [await open(old.summary_sealed), given.summary],
    body: [await open(old.body_sealed), given.body ?? null],
    agreedPoints: [await open(old.agreed_sealed), given.agreedPoints ?? null],
    disclosureScope: [old.disclosure_scope, given.disclosureScope],
  }
  return Object.entries(pairs).flatMap(([name, [before, after]]) => (before === after ? [] : [name]))
}

/** A contact is judged anew when whom, when or how is corrected; what it was judged by stays where only words are. */
async function judgedAnew(
  { tx, today }: CommandContext,
  old: Newest,
  contact: HappenedContact,
  changed: readonly string[],
): Promise<Pick<Newest, 'policy_check' | 'policy_rules'>> {
  const judgedBy = ['personId', 'channel', 'direction', 'occurredAt', 'category']
  if (!changed.some(name => judgedBy.includes(name)))
    return { policy_check: old.policy_check, policy_rules: old.policy_rules }
  const receivableIds = contact.related.flatMap(({ kind, id }) => (kind === 'receivable' ? [id] : []))
  const broken = await rulesBrokenBy(
    tx,
    { partyId: contact.partyId, personId: contact.personId ?? null, receivableIds },
    { ...contact, at: new Date(contact.occurredAt), timeKnown: true },
    today,
  )
  return { policy_check: broken.length ? 'blocked' : 'allowed', policy_rules: broken }
}
