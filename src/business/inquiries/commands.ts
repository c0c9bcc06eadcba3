import { type Selectable, sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { currentCompany, hoursRuleOf } from '../access/index.ts'
import { writeContact } from '../communications/index.ts'
import { categoryLabels } from '../communications/labels.ts'
import { applyFirst, decideFirst, eventValues } from '../customization/index.ts'
import { lockParty } from '../parties/index.ts'
import {
  answerInquiry,
  assignInquiry,
  identifySender,
  mergeInquiry,
  moveInquiry,
  openInquiry,
  triageInquiry,
} from './contract.ts'
import { inquiryStateLabels } from './labels.ts'
import { afterPause, deadlines, pausedMinutes, priorityOf, SLA_POLICY } from './rules/sla.ts'
import { type InquiryState, isEnded, isPaused, nextState } from './rules/states.ts'
import './tables.ts'

const MINUTE_MS = 60_000

export type Inquiry = Selectable<Tables['inquiry']>

export const open = defineCommand(openInquiry, {
  async run(context, input) {
    const { tx, keys, actor, now } = context
    const partyId = input.partyId ?? null
    if (partyId) await lockParty(context, partyId)
    const sender = input.sender ?? null
    refuseUnless(partyId !== null || sender !== null, 'sender_must_be_named', {
      kind: 'invalid',
      field: 'sender',
    })
    const receivedAt = new Date(input.receivedAt)
    refuseUnless(receivedAt <= now, 'receipt_must_not_lie_ahead', { kind: 'invalid', field: 'receivedAt' })
    const id = newId()
    const holder = partyId ?? id
    const record = { kind: 'inquiry' as const, id, dataSubjectId: holder }
    const own = await decideFirst(context, record, input.custom)
    const priority = priorityOf(input.category, input.priority)
    const { firstAnswerDue, resolutionDue } = deadlines(receivedAt, priority, await hoursNow(tx))
    const { inquiry_no } = await tx
      .insertInto('inquiry')
      .values({
        id,
        party_id: partyId,
        person_id: partyId ? (input.personId ?? null) : null,
        channel: input.channel,
        category: input.category,
        priority,
        sender_sealed: sender ? await keys.seal(tx, holder, sender) : null,
        subject_sealed: await keys.seal(tx, holder, input.subject),
        body_sealed: await keys.seal(tx, holder, input.body),
        state: 'new',
        owner_id: null,
        sla_policy: SLA_POLICY,
        received_at: receivedAt.toISOString(),
        first_answer_due: firstAnswerDue.toISOString(),
        resolution_due: resolutionDue.toISOString(),
        first_answered_at: null,
        resolved_at: null,
        paused_since: null,
        merged_into: null,
        satisfaction: null,
        opened_by: actor.id,
        opened_at: now.toISOString(),
        ended_at: null,
      })
      .returning('inquiry_no')
      .executeTakeFirstOrThrow()
    await applyFirst(context, own)
    if (partyId)
      await writeContact(context, {
        partyId,
        personId: input.personId,
        channel: input.channel,
        direction: 'in',
        occurredAt: input.receivedAt,
        reached: true,
        category: input.category,
        priority,
        subject: input.subject,
        ...summaryOf(input.body),
        related: [{ kind: 'inquiry', id }],
      })
    await context.record({
      verb: 'inquiry_opened',
      subjects: subjectsOf({ id, party_id: partyId }),
      after: {
        category: input.category,
        priority,
        channel: input.channel,
        ...eventValues(own.items, 'newText'),
      },
      facts: { summary: `${inquiry_no}　${categoryLabels[input.category]}` },
    })
    return {
      id,
      inquiryNo: inquiry_no,
      firstAnswerDue: firstAnswerDue.toISOString(),
      resolutionDue: resolutionDue.toISOString(),
    }
  },
})

/** Short words are the summary of the contact; long ones stand whole in its body. */
function summaryOf(body: string): { summary: string; body: string | null } {
  return body.length <= 1000 ? { summary: body, body: null } : { summary: `${body.slice(0, 200)}…`, body }
}

export const triage = defineCommand(triageInquiry, {
  async run(context, input) {
    const row = await lock(context, input)
    step(row, 'triaged')
    const priority = priorityOf(input.category, input.priority)
    const { firstAnswerDue, resolutionDue } = deadlines(
      new Date(row.received_at),
      priority,
      await hoursNow(context.tx),
    )
    await set(context, row, {
      state: 'triaged',
      category: input.category,
      priority,
      first_answer_due: firstAnswerDue.toISOString(),
      resolution_due: resolutionDue.toISOString(),
    })
    await context.record({
      verb: 'inquiry_triaged',
      subjects: subjectsOf(row),
      before: { category: row.category, priority: row.priority },
      after: { category: input.category, priority },
      facts: { summary: row.inquiry_no },
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

export const assign = defineCommand(assignInquiry, {
  async run(context, input) {
    const { tx } = context
    const row = await lock(context, input)
    const owner = await tx
      .selectFrom('staff_member')
      .select('id')
      .where('id', '=', input.ownerId)
      .where('left_at', 'is', null)
      .executeTakeFirst()
    refuseUnless(owner !== undefined, 'owner_must_be_staff', { kind: 'invalid', field: 'ownerId' })
    const stays = row.state === 'assigned'
    if (stays) refuseUnless(row.owner_id !== input.ownerId, 'owner_must_change', { field: 'ownerId' })
    else step(row, 'assigned')
    const handedOn = row.owner_id !== null && row.owner_id !== input.ownerId
    await set(context, row, {
      state: 'assigned',
      owner_id: input.ownerId,
      transfers: row.transfers + (handedOn ? 1 : 0),
    })
    await context.record({
      verb: handedOn ? 'inquiry_transferred' : 'inquiry_assigned',
      subjects: subjectsOf(row),
      before: { ownerId: row.owner_id, inquiryState: row.state },
      after: { ownerId: input.ownerId, inquiryState: 'assigned' },
      facts: { summary: row.inquiry_no },
      ...(input.reason ? { reason: input.reason } : {}),
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

export const move = defineCommand(moveInquiry, {
  async run(context, input) {
    const { now } = context
    const row = await lock(context, input)
    // An owner, an answer and another inquiry are asked for by commands of their own.
    const own: readonly InquiryState[] = ['triaged', 'assigned', 'answered', 'merged']
    refuseUnless(!own.includes(input.to), 'transition_must_be_listed')
    step(row, input.to)
    const reopened = input.to === 'reopened'
    await set(context, row, {
      state: input.to,
      ...(reopened ? { resolved_at: null, reopened_count: row.reopened_count + 1 } : {}),
      ...(input.to === 'closed' || input.to === 'converted'
        ? {
            resolved_at: row.resolved_at ?? now.toISOString(),
            satisfaction: input.satisfaction ?? row.satisfaction,
          }
        : {}),
    })
    await context.record({
      verb: 'inquiry_moved',
      subjects: subjectsOf(row),
      before: { inquiryState: row.state },
      after: { inquiryState: input.to },
      facts: { summary: `${row.inquiry_no}　${inquiryStateLabels[input.to]}` },
      reason: input.reason,
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

export const answer = defineCommand(answerInquiry, {
  async run(context, input) {
    const row = await lock(context, input)
    const answerable: readonly InquiryState[] = ['assigned', 'waiting_client', 'waiting_internal']
    refuseUnless(answerable.includes(row.state), 'transition_must_be_listed')
    const at = new Date(input.answeredAt)
    refuseUnless(at <= context.now, 'contact_must_not_lie_ahead', { kind: 'invalid', field: 'answeredAt' })
    if (row.party_id)
      await writeContact(context, {
        partyId: row.party_id,
        personId: row.person_id,
        channel: input.channel,
        direction: 'out',
        occurredAt: input.answeredAt,
        reached: true,
        category: row.category,
        priority: row.priority,
        subject: `${row.inquiry_no} への${input.final ? '回答' : '連絡'}`,
        summary: input.summary,
        body: input.body,
        related: [{ kind: 'inquiry', id: row.id }],
      })
    await set(context, row, {
      state: input.final ? 'answered' : row.state,
      answers: row.answers + 1,
      first_answered_at: row.first_answered_at ?? at.toISOString(),
      ...(input.final ? { resolved_at: at.toISOString() } : {}),
    })
    await context.record({
      verb: 'inquiry_answered',
      subjects: subjectsOf(row),
      before: { inquiryState: row.state },
      after: { inquiryState: input.final ? 'answered' : row.state, channel: input.channel },
      facts: { summary: `${row.inquiry_no}　${input.final ? '最終回答' : '途中の回答'}` },
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

export const merge = defineCommand(mergeInquiry, {
  async run(context, input) {
    const { tx } = context
    const row = await lock(context, input)
    step(row, 'merged')
    const into = found(
      await tx
        .selectFrom('inquiry')
        .select(['id', 'inquiry_no', 'party_id', 'ended_at'])
        .where('inquiry_no', '=', input.intoNo.normalize('NFKC').toUpperCase())
        .executeTakeFirst(),
      'inquiry',
    )
    refuseUnless(into.id !== row.id, 'inquiry_must_not_be_merged_into_itself', { field: 'intoNo' })
    refuseUnless(into.ended_at === null, 'inquiry_must_be_open', { field: 'intoNo' })
    await set(context, row, { state: 'merged', merged_into: into.id })
    await context.record({
      verb: 'inquiry_merged',
      subjects: [...subjectsOf(row), { kind: 'inquiry', id: into.id }],
      before: { inquiryState: row.state },
      after: { inquiryState: 'merged' },
      facts: { summary: `${row.inquiry_no} → ${into.inquiry_no}` },
      reason: input.reason,
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

export const identify = defineCommand(identifySender, {
  async run(context, input) {
    const row = await lock(context, input)
    refuseUnless(row.party_id === null, 'inquiry_must_have_no_party')
    await lockParty(context, input.partyId)
    await set(context, row, { party_id: input.partyId })
    await context.record({
      verb: 'inquiry_identified',
      subjects: subjectsOf({ id: row.id, party_id: input.partyId }),
      after: { partyId: input.partyId },
      facts: { summary: row.inquiry_no },
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

export const commands = [open, triage, assign, move, answer, merge, identify] as const

/** The inquiry, locked; refused when it has ended, is out of reach or has moved. */
async function lock(context: CommandContext, which: { inquiryId: Id; rowVersion: number }): Promise<Inquiry> {
  const row = found(
    await context.tx
      .selectFrom('inquiry')
      .selectAll()
      .where('id', '=', which.inquiryId)
      .forUpdate()
      .executeTakeFirst(),
    'inquiry',
  )
  if (row.party_id) await lockParty(context, row.party_id)
  else found(context.actor.reach === 'all' ? row : null, 'inquiry')
  refuseUnless(row.row_version === which.rowVersion, 'record_must_be_unchanged')
  refuseUnless(row.ended_at === null, 'inquiry_must_be_open')
  return row
}

function step(row: Inquiry, to: InquiryState): void {
  const next = nextState(row.state, to)
  refuseUnless(next.state !== null, next.refusal ?? 'transition_must_be_listed')
}

type Changes = Partial<Omit<Inquiry, 'id' | 'next_due' | 'seen_no' | 'inquiry_no' | 'row_version'>> & {
  state?: InquiryState
}

/** Writes a step: the clock stops and goes on with the state, and deadlines move by the business time it stood. */
async function set({ tx, now }: CommandContext, row: Inquiry, changes: Changes): Promise<void> {
  const state = changes.state ?? row.state
  const clock: Changes = {}
  if (isPaused(state) && row.paused_since === null) clock.paused_since = now.toISOString()
  if (!isPaused(state) && row.paused_since !== null) {
    const hours = await hoursNow(tx)
    const minutes = pausedMinutes(new Date(row.paused_since), now, hours)
    clock.paused_since = null
    clock.paused_ms = row.paused_ms + minutes * MINUTE_MS
    clock.first_answer_due = afterPause(new Date(row.first_answer_due), minutes, hours).toISOString()
    clock.resolution_due = afterPause(new Date(row.resolution_due), minutes, hours).toISOString()
  }
  await tx
    .updateTable('inquiry')
    .set({
      ...clock,
      ...changes,
      ended_at: isEnded(state) ? now.toISOString() : null,
      row_version: sql`row_version + 1`,
    })
    .where('id', '=', row.id)
    .execute()
}

/** The company's business hours in force. */
const hoursNow = async (tx: CommandContext['tx']) => hoursRuleOf((await currentCompany(tx))?.settings)

function subjectsOf(row: Pick<Inquiry, 'id' | 'party_id'>) {
  return [{ kind: 'inquiry', id: row.id }, ...(row.party_id ? [{ kind: 'party', id: row.party_id }] : [])]
}
