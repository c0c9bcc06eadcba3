import { sql } from 'kysely'
import { mayDo } from '../../platform/commands/actor.ts'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { rulesBrokenBy } from './contact-facts.ts'
import { cancelPlan, judgePromise, planContact, recordCommunication } from './contract.ts'
import { correct } from './correct.ts'
import { contactRuleLabels } from './labels.ts'
import {
  RESTRICTED,
  refuseStranger,
  restrictionOf,
  saysContact,
  writeContact,
  writePromise,
} from './record.ts'
import { attach, keepRecording, saidOf } from './recordings/commands.ts'
import type { ContactRule } from './rules/contact-rules.ts'
import type { LinkKind, Scope } from './tables.ts'
import './tables.ts'

export const record = defineCommand(recordCommunication, {
  constraints: { claim_has_one_open_promise: 'promise_must_not_be_open' },
  async run(context, { planId, promise, related, recordings, ...contact }) {
    refuseScope(context, contact.disclosureScope)
    await lockParty(context, contact.partyId)
    await refuseUnknown(context, related)
    const links = promise?.receivableId
      ? [...related, { kind: 'receivable' as const, id: promise.receivableId }]
      : related
    if (promise?.receivableId) await refuseForeignClaim(context, contact.partyId, promise.receivableId)
    const written = await writeContact(context, { ...contact, related: links })
    if (promise)
      await givePromise(context, contact.partyId, written, {
        ...promise,
        promisedOn: todayInTokyo(new Date(contact.occurredAt)),
        scope: contact.disclosureScope,
      })
    for (const recording of recordings) {
      await keepRecording(context, { communicationId: written.id, partyId: contact.partyId, recording })
      await context.record({
        verb: 'communication_recording_added',
        subjects: [{ kind: 'communication', id: written.id }],
        after: saidOf(recording),
        facts: { summary: written.communicationNo },
        ...restrictionOf(contact.disclosureScope),
      })
    }
    if (planId) await finishPlan(context, planId, contact.partyId, written.id)
    return { id: written.id, communicationNo: written.communicationNo, policy: policyOf(written.broken) }
  },
})

export const plan = defineCommand(planContact, {
  async run(context, input) {
    const { tx, actor, now, today, keys } = context
    await lockParty(context, input.partyId)
    const at = new Date(input.plannedAt)
    refuseUnless(at > now, 'plan_must_lie_ahead', { kind: 'invalid', field: 'plannedAt' })
    const personId = input.personId ?? null
    await refuseStranger(context, input.partyId, personId)
    const { channel, category, receivableIds, partyId } = input
    const broken = await rulesBrokenBy(
      tx,
      { partyId, personId, receivableIds },
      { channel, category, direction: 'out', at, timeKnown: true },
      today,
    )
    if (broken.length)
      throw new Refusal(
        'conflict',
        broken.map(code => ({ code, field: code.startsWith('contact_') ? 'plannedAt' : 'personId' })),
      )
    const id = newId()
    await tx
      .insertInto('contact_plan')
      .values({
        id,
        party_id: partyId,
        person_id: personId,
        channel,
        planned_at: at.toISOString(),
        purpose_sealed: await keys.seal(tx, partyId, input.purpose),
        owner_id: actor.id,
        communication_id: null,
        ended_reason: null,
        planned_by: actor.id,
        recorded_at: now.toISOString(),
      })
      .execute()
    await context.record({
      verb: 'contact_planned',
      subjects: [
        { kind: 'contact_plan', id },
        { kind: 'party', id: partyId },
        ...(personId ? [{ kind: 'person', id: personId }] : []),
      ],
      after: { channel, plannedAt: at.toISOString() },
      facts: { summary: saysContact({ channel, category, direction: 'out' }) },
    })
    return { id }
  },
})

export const cancel = defineCommand(cancelPlan, {
  async run(context, input) {
    const row = await lockPlan(context, input.planId)
    refuseUnless(row.row_version === input.rowVersion, 'record_must_be_unchanged')
    await lockParty(context, row.party_id)
    await context.tx
      .updateTable('contact_plan')
      .set({ state: 'cancelled', ended_reason: input.reason, row_version: sql`row_version + 1` })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'contact_plan_cancelled',
      subjects: [
        { kind: 'contact_plan', id: row.id },
        { kind: 'party', id: row.party_id },
      ],
      reason: input.reason,
    })
    return { id: row.id }
  },
})

export const judge = defineCommand(judgePromise, {
  async run(context, { promiseId, outcome }) {
    const { tx, actor, today } = context
    const row = found(
      await tx
        .selectFrom('payment_promise')
        .selectAll()
        .where('id', '=', promiseId)
        .forUpdate()
        .executeTakeFirst(),
      'payment_promise',
    )
    await lockParty(context, row.party_id)
    const scope = await scopeOf(context, row.communication_id)
    found(scope === 'all' || mayDo(actor, RESTRICTED) ? row : null, 'payment_promise')
    refuseUnless(row.receivable_id === null, 'promise_must_be_without_claim')
    refuseUnless(row.outcome === null, 'promise_must_be_unjudged')
    await tx
      .updateTable('payment_promise')
      .set({ outcome, judged_on: today, judged_by: actor.id, row_version: sql`row_version + 1` })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: outcome === 'kept' ? 'promise_kept' : 'promise_broken',
      subjects: [
        { kind: 'party', id: row.party_id },
        ...(row.communication_id ? [{ kind: 'communication', id: row.communication_id }] : []),
      ],
      after: { amountYen: row.amount_yen, dueOn: row.due_on },
      ...restrictionOf(scope),
    })
    return { id: row.id }
  },
})

export const commands = [record, correct, plan, cancel, judge, attach] as const

export function policyOf(broken: readonly ContactRule[]) {
  return {
    check: broken.length ? ('blocked' as const) : ('allowed' as const),
    rules: broken.map(code => ({ code, sentence: contactRuleLabels[code] })),
  }
}

/** What compliance keeps to itself, others neither write nor learn of. */
export function refuseScope({ actor }: CommandContext, scope: Scope): void {
  refuseUnless(scope === 'all' || mayDo(actor, RESTRICTED), 'scope_must_be_permitted', {
    kind: 'forbidden',
    field: 'disclosureScope',
  })
}

async function refuseUnknown(
  { tx, actor, today, records }: CommandContext,
  related: readonly { kind: LinkKind; id: Id }[],
): Promise<void> {
  for (const one of related)
    refuseUnless((await records.find({ db: tx, actor, today }, one)) !== null, 'related_record_must_exist', {
      kind: 'invalid',
      field: 'related',
      facts: { kind: one.kind },
    })
}

/** A claim a promise is about: one the party is client or debtor of, and no case of collection, which keeps its promises itself. */
async function refuseForeignClaim({ tx }: CommandContext, partyId: Id, receivableId: Id): Promise<void> {
  const { rows } = await sql<{ ours: boolean; in_case: boolean }>`
    select (exists (select 1 from party_identity own join party_identity mate on mate.identity_id = own.identity_id
        where own.party_id = ${partyId} and mate.party_id in (r.client_id, r.debtor_id))) as ours,
      exists (select 1 from collection_case c where c.receivable_id = r.id and c.ended_on is null) as in_case
    from receivable r where r.id = ${receivableId}`.execute(tx)
  refuseUnless(rows[0]?.ours === true, 'promise_claim_must_be_of_the_party', {
    kind: 'invalid',
    field: 'promise.receivableId',
  })
  refuseUnless(!rows[0].in_case, 'promise_must_be_given_in_the_case', { field: 'promise.receivableId' })
}

async function givePromise(
  context: CommandContext,
  partyId: Id,
  written: { id: Id; communicationNo: string },
  promise: {
    dueOn: string
    amountYen: number
    promisedOn: string
    receivableId?: Id | null | undefined
    scope: Scope
  },
): Promise<void> {
  const receivableId = promise.receivableId ?? null
  await writePromise(context, {
    partyId,
    receivableId,
    caseId: null,
    communicationId: written.id,
    promisedOn: promise.promisedOn,
    dueOn: promise.dueOn,
    amountYen: promise.amountYen,
  })
  await context.record({
    verb: 'payment_promised',
    subjects: [
      { kind: 'party', id: partyId },
      { kind: 'communication', id: written.id },
      ...(receivableId ? [{ kind: 'receivable', id: receivableId }] : []),
    ],
    after: { dueOn: promise.dueOn, amountYen: promise.amountYen },
    facts: { summary: `${written.communicationNo}　${promise.amountYen.toLocaleString('ja-JP')}円` },
    ...restrictionOf(promise.scope),
  })
}

/** Who may know of a promise: whoever may know of the contact in which it was given. */
async function scopeOf({ tx }: CommandContext, communicationId: Id | null): Promise<Scope> {
  if (communicationId === null) return 'all'
  const contact = await tx
    .selectFrom('communication')
    .select('disclosure_scope')
    .where('root_id', '=', communicationId)
    .where('superseded_at', 'is', null)
    .executeTakeFirst()
  return contact?.disclosure_scope ?? 'all'
}

async function lockPlan({ tx }: CommandContext, planId: Id) {
  const row = found(
    await tx.selectFrom('contact_plan').selectAll().where('id', '=', planId).forUpdate().executeTakeFirst(),
    'contact_plan',
  )
  refuseUnless(row.state === 'planned', 'plan_must_be_open')
  return row
}

async function finishPlan(
  context: CommandContext,
  planId: Id,
  partyId: Id,
  communicationId: Id,
): Promise<void> {
  const row = await lockPlan(context, planId)
  refuseUnless(row.party_id === partyId, 'plan_must_be_of_the_party', { kind: 'invalid', field: 'planId' })
  await context.tx
    .updateTable('contact_plan')
    .set({ state: 'done', communication_id: communicationId, row_version: sql`row_version + 1` })
    .where('id', '=', row.id)
    .execute()
}
