import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { sameCompany } from '../parties/index.ts'
import { rulesBrokenBy } from './contact-facts.ts'
import { categoryLabels, channelLabels, directionLabels } from './labels.ts'
import type { ContactRule } from './rules/contact-rules.ts'
import type { Category, Channel, Direction, LinkKind, Priority, Scope } from './tables.ts'
import './tables.ts'

export const RESTRICTED = 'communications.readRestricted'

/** A contact that has happened; instants with offset, the duration in seconds. */
export interface HappenedContact {
  partyId: Id
  personId?: Id | null | undefined
  channel: Channel
  direction: Direction
  occurredAt: string
  durationS?: number | null | undefined
  reached?: boolean | null | undefined
  category: Category
  subCategory?: string | null | undefined
  priority?: Priority | undefined
  subject?: string | null | undefined
  summary: string
  body?: string | null | undefined
  agreedPoints?: string | null | undefined
  disclosureScope?: Scope | undefined
  related: readonly { kind: LinkKind; id: Id }[]
}

export interface RecordedContact {
  id: Id
  communicationNo: string
  broken: ContactRule[]
}

/**
 * Writes a contact that has happened, with the rules it broke, and its event. The one way in which calls, letters and visits get into
 * the ledger: people's own records, the collection of claims and answers to inquiries all come here. The caller has checked reach.
 */
export async function writeContact(
  context: CommandContext,
  contact: HappenedContact,
  event: { verb?: string; subjects?: { kind: string; id: Id }[]; facts?: { [fact: string]: string } } = {},
): Promise<RecordedContact> {
  const { tx, actor, now, today } = context
  const at = new Date(contact.occurredAt)
  refuseUnless(at <= now, 'contact_must_not_lie_ahead', { kind: 'invalid', field: 'occurredAt' })
  await refuseStranger(context, contact.partyId, contact.personId ?? null)
  const receivableIds = contact.related.flatMap(({ kind, id }) => (kind === 'receivable' ? [id] : []))
  const { channel, direction, category } = contact
  const broken = await rulesBrokenBy(
    tx,
    { partyId: contact.partyId, personId: contact.personId ?? null, receivableIds },
    { channel, direction, category, at, timeKnown: true },
    today,
  )
  const id = newId()
  const { communication_no } = await tx
    .insertInto('communication')
    .values({
      id,
      root_id: id,
      version_no: 1,
      superseded_at: null,
      correction_reason: null,
      ...(await contentColumns(context, contact)),
      policy_check: broken.length ? 'blocked' : 'allowed',
      policy_rules: broken,
      handled_by: actor.id,
      handler_name: null,
      source: 'staff',
      content_hash: null,
      recorded_by: actor.id,
      recorded_at: now.toISOString(),
    })
    .returning('communication_no')
    .executeTakeFirstOrThrow()
  await linkContact(context, id, contact.related)
  await context.record({
    verb: event.verb ?? 'communication_recorded',
    subjects: [...subjectsOfContact(id, contact), ...(event.subjects ?? [])],
    after: { channel, direction, category, ...(broken.length ? { policyRules: broken } : {}) },
    facts: { summary: `${communication_no}　${saysContact(contact)}`, ...event.facts },
    ...restrictionOf(contact.disclosureScope ?? 'all'),
  })
  return { id, communicationNo: communication_no, broken }
}

/** 「電話（発信） 支払・入金」: what an event may say of a contact; never its words. */
export function saysContact({
  channel,
  direction,
  category,
}: Pick<HappenedContact, 'channel' | 'direction' | 'category'>) {
  return `${channelLabels[channel]}（${directionLabels[direction]}）　${categoryLabels[category]}`
}

export function restrictionOf(scope: Scope): { restrictedTo?: string } {
  return scope === 'compliance_only' ? { restrictedTo: RESTRICTED } : {}
}

/** The communication, the company, the person and what it is about: each shows the event in its history. */
export function subjectsOfContact(
  id: Id,
  contact: Pick<HappenedContact, 'partyId' | 'personId' | 'related'>,
): { kind: string; id: Id }[] {
  return [
    { kind: 'communication', id },
    { kind: 'party', id: contact.partyId },
    ...(contact.personId ? [{ kind: 'person', id: contact.personId }] : []),
    ...contact.related,
  ]
}

/** Columns that hold what was said and when; every word is encrypted under the party's key. */
export async function contentColumns(
  { tx, keys }: { tx: CommandContext['tx']; keys: Pick<CommandContext['keys'], 'seal'> },
  contact: Omit<HappenedContact, 'related'> & { timeKnown?: boolean },
) {
  const seal = async (text: string | null | undefined) => (text ? keys.seal(tx, contact.partyId, text) : null)
  return {
    party_id: contact.partyId,
    person_id: contact.personId ?? null,
    channel: contact.channel,
    direction: contact.direction,
    occurred_at: new Date(contact.occurredAt).toISOString(),
    time_known: contact.timeKnown ?? true,
    duration_s: contact.durationS ?? null,
    reached: contact.reached ?? null,
    category: contact.category,
    sub_category: contact.subCategory ?? null,
    priority: contact.priority ?? 'normal',
    subject_sealed: await seal(contact.subject),
    summary_sealed: (await seal(contact.summary))!,
    body_sealed: await seal(contact.body),
    agreed_sealed: await seal(contact.agreedPoints),
    disclosure_scope: contact.disclosureScope ?? 'all',
  }
}

export async function linkContact(
  { tx }: CommandContext,
  communicationId: Id,
  related: readonly { kind: LinkKind; id: Id }[],
): Promise<void> {
  if (related.length === 0) return
  await tx
    .insertInto('communication_link')
    .values(
      related.map(({ kind, id }) => ({
        communication_id: communicationId,
        record_kind: kind,
        record_id: id,
      })),
    )
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** A person named must hold or have held a role in the company. */
export async function refuseStranger(
  { tx }: CommandContext,
  partyId: Id,
  personId: Id | null,
): Promise<void> {
  if (personId === null) return
  const role = await tx
    .selectFrom('party_person')
    .select('id')
    .where('person_id', '=', personId)
    .where('party_id', 'in', sameCompany(partyId))
    .executeTakeFirst()
  refuseUnless(role !== undefined, 'person_must_belong_to_party', { kind: 'invalid', field: 'personId' })
}

export interface PromiseGiven {
  partyId: Id
  receivableId: Id | null
  caseId: Id | null
  communicationId: Id | null
  promisedOn: IsoDate
  dueOn: IsoDate
  amountYen: Yen
}

/** Writes what was promised; one claim has one promise that is open. The caller records the event. */
export async function writePromise({ tx, actor }: CommandContext, given: PromiseGiven): Promise<Id> {
  refuseUnless(given.dueOn >= given.promisedOn, 'promise_must_not_lie_in_the_past', {
    kind: 'invalid',
    field: 'dueOn',
  })
  const id = newId()
  await tx
    .insertInto('payment_promise')
    .values({
      id,
      party_id: given.partyId,
      receivable_id: given.receivableId,
      case_id: given.caseId,
      communication_id: given.communicationId,
      promised_on: given.promisedOn,
      due_on: given.dueOn,
      amount_yen: given.amountYen,
      outcome: null,
      judged_on: null,
      judged_by: null,
      recorded_by: actor.id,
    })
    .execute()
  return id
}

/** From today on the debtor of this claim may be contacted about it (FF §1, debtor: a recorded trigger). The caller records the event. */
export async function recordTrigger({ tx, actor, today }: CommandContext, receivableId: Id): Promise<void> {
  await tx
    .insertInto('contact_trigger')
    .values({ receivable_id: receivableId, triggered_on: today, recorded_by: actor.id })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
