import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { evidenceIn } from '../../platform/commands/named-in-input.ts'
import { found, Refusal, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { authorityInForce } from './authority.ts'
import {
  approveChangeRequest,
  rejectChangeRequest,
  resubmitChangeRequest,
  returnChangeRequest,
  withdrawChangeRequest,
} from './contract.ts'
import { waitsForMore } from './further.ts'
import { impactOf } from './impact.ts'
import { sealItems } from './open-request.ts'
import { hindrancesToDecide } from './rules.ts'
import { isShown } from './shown.ts'
import type { ChangeRequestState } from './tables.ts'

/** Approves and runs the stored command, unchanged, for its maker; both persons' permissions are checked again here. */
export const approve = defineCommand(approveChangeRequest, {
  async run(context, { changeRequestId, comment }) {
    const { tx, actor, now } = context
    const request = await lockRequest(context, changeRequestId)
    await refuseToDecide(request, context)
    if (await hasMoved(tx, request.read_set)) {
      await setState(context, request.id, 'stale', null)
      await recordDecision(context, request, 'change_request_became_stale', comment)
      return { id: request.id, state: 'stale' as const, answer: null }
    }
    const input = await context.keys.open(tx, request.input_sealed)
    refuseUnless(input !== null, 'record_must_exist', { kind: 'missing' })
    await refuseStruckEvidence(tx, JSON.parse(input))
    const more = await waitsForMore(context, request, comment)
    if (more) {
      await recordDecision(context, request, 'change_request_approved_in_part', comment)
      return { id: request.id, state: 'pending' as const, answer: null }
    }
    const maker = await context.loadActor(request.requested_by)
    refuseUnless(maker !== null, 'maker_must_still_be_allowed')
    await recordDecision(context, request, 'change_request_approved', comment)
    const approval = { changeRequestId: request.id, requestedBy: request.requested_by, approvedBy: actor.id }
    const answer = await runForMaker(context, request.command, maker, JSON.parse(input), approval)
    await tx
      .updateTable('change_request')
      .set({
        state: 'applied',
        decided_by: actor.id,
        decided_at: now.toISOString(),
        decision_comment: comment || null,
        applied_at: now.toISOString(),
        impact_settled_at: impactOf(request.command).length === 0 ? now.toISOString() : null,
        answer: JSON.stringify(answer) as never,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', request.id)
      .execute()
    return { id: request.id, state: 'applied' as const, answer }
  },
})

export const reject = defineCommand(rejectChangeRequest, {
  run: (context, { changeRequestId, comment }) =>
    decide(context, changeRequestId, 'rejected', 'change_request_rejected', comment),
})

export const giveBack = defineCommand(returnChangeRequest, {
  run: (context, { changeRequestId, comment }) =>
    decide(context, changeRequestId, 'returned', 'change_request_returned', comment),
})

export const withdraw = defineCommand(withdrawChangeRequest, {
  async run(context, { changeRequestId }) {
    const request = await lockRequest(context, changeRequestId)
    refuseUnless(request.requested_by === context.actor.id, 'request_must_be_ours', { kind: 'forbidden' })
    refuseUnless(['pending', 'returned', 'stale'].includes(request.state), 'request_must_be_pending')
    await setState(context, request.id, 'withdrawn', null)
    await recordDecision(context, request, 'change_request_withdrawn', '')
    return { id: request.id, state: 'withdrawn' as const, answer: null }
  },
})

/** Re-bases a returned or stale request on the records as they are now. */
export const resubmit = defineCommand(resubmitChangeRequest, {
  async run(context, { changeRequestId, comment }) {
    const { tx, actor, keys } = context
    const request = await lockRequest(context, changeRequestId)
    refuseUnless(request.requested_by === actor.id, 'request_must_be_ours', { kind: 'forbidden' })
    refuseUnless(['returned', 'stale'].includes(request.state), 'request_must_be_returned_or_stale')
    const input = await keys.open(tx, request.input_sealed)
    refuseUnless(input !== null, 'record_must_exist', { kind: 'missing' })
    const change = await context.describeChange(request.command, actor, JSON.parse(input))
    refuseUnless(change !== null, 'record_must_be_unchanged')
    refuseUnless(!change.evidenceRequired || request.evidence.length > 0, 'evidence_must_be_attached')
    const dataSubject = change.dataSubjectId ?? change.subject.id
    const items = await sealItems(context, change, dataSubject)
    await tx
      .updateTable('change_request')
      .set({
        state: 'pending',
        summary: change.summary,
        related_ids: (change.related ?? []).map(record => record.id),
        // What has moved may need another person's word now: full recourse instead of none, a higher limit.
        approve_permission: change.approve,
        read_set: JSON.stringify(change.readSet) as never,
        items: JSON.stringify(items) as never,
        may_not_approve: change.mayNotApprove ?? [],
        amount_yen: change.amountYen ?? null,
        // What others had approved was another state of things: they are asked again.
        approval_round: request.approval_round + 1,
        approve_role: null,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', request.id)
      .execute()
    await recordDecision(context, request, 'change_request_resubmitted', comment)
    return { id: request.id, state: 'pending' as const, answer: null }
  },
})

async function decide(
  context: CommandContext,
  changeRequestId: Id,
  state: 'rejected' | 'returned',
  verb: string,
  comment: string,
): Promise<{ id: Id; state: ChangeRequestState; answer: null }> {
  const request = await lockRequest(context, changeRequestId)
  await refuseToDecide(request, context)
  await setState(context, request.id, state, comment)
  await recordDecision(context, request, verb, comment)
  return { id: request.id, state, answer: null }
}

async function lockRequest(context: CommandContext, id: Id) {
  const row = await context.tx
    .selectFrom('change_request')
    .selectAll()
    .where('id', '=', id)
    .where(isShown(context.records, context))
    .forUpdate()
    .executeTakeFirst()
  return found(row, 'change_request')
}

type LockedRequest = Awaited<ReturnType<typeof lockRequest>>

async function refuseToDecide(request: LockedRequest, { tx, actor, now }: CommandContext): Promise<void> {
  const facts = {
    expired: new Date(request.expires_at) < now,
    state: request.state,
    requestedBy: request.requested_by,
    mayNotApprove: request.may_not_approve,
    approvePermission: request.approve_permission,
    approveRole: request.approve_role,
    amountYen: request.amount_yen,
    authority: await authorityInForce(tx),
  }
  const reasons = hindrancesToDecide(facts, actor)
  refuseAll(
    reasons,
    reasons.some(reason => reason.code === 'request_must_be_pending') ? 'conflict' : 'forbidden',
  )
}

/** Runs the stored command; a maker who has lost the permission since is a refusal, not an error of the approver. */
async function runForMaker(
  context: CommandContext,
  command: string,
  maker: NonNullable<Awaited<ReturnType<CommandContext['loadActor']>>>,
  input: Json,
  approval: NonNullable<CommandContext['approval']>,
): Promise<Json> {
  try {
    return await context.runApproved(command, maker, input, approval)
  } catch (error) {
    const lostRight =
      error instanceof Refusal && error.reasons.some(reason => reason.code === 'permission_must_be_held')
    throw lostRight ? new Refusal('conflict', [{ code: 'maker_must_still_be_allowed' }]) : error
  }
}

/** Nothing rests on a paper that was struck after it was given; whoever strikes it now waits for this approval. */
async function refuseStruckEvidence(tx: Tx, input: Json): Promise<void> {
  const ids = evidenceIn(input).flatMap(({ documentIds }) => documentIds)
  if (ids.length === 0) return
  const { rows } = await sql<{ struck: boolean }>`
    select struck_at is not null as struck from document where id = any(${ids}::uuid[]) order by id for share`.execute(
    tx,
  )
  refuseUnless(
    rows.every(row => !row.struck),
    'evidence_must_stand',
  )
}

/** True when a record the request was decided on has another version now, or is gone. */
export async function hasMoved(tx: Tx, readSet: LockedRequest['read_set']): Promise<boolean> {
  for (const { table, id, version } of readSet) {
    const { rows } = await sql<{
      row_version: number
    }>`select row_version from ${sql.table(table)} where id = ${id} for update`.execute(tx)
    if (rows[0]?.row_version !== version) return true
  }
  return false
}

async function setState(
  context: CommandContext,
  id: Id,
  state: ChangeRequestState,
  comment: string | null,
): Promise<void> {
  const decided =
    comment === null
      ? {}
      : { decided_by: context.actor.id, decided_at: context.now.toISOString(), decision_comment: comment }
  await context.tx
    .updateTable('change_request')
    .set({ state, ...decided, row_version: sql`row_version + 1` })
    .where('id', '=', id)
    .execute()
}

function recordDecision(
  context: CommandContext,
  request: LockedRequest,
  verb: string,
  comment: string,
): Promise<void> {
  return context.record({
    verb,
    subjects: [
      { kind: 'change_request', id: request.id },
      { kind: request.object_kind, id: request.object_id },
      ...request.related_ids.map(id => ({ kind: 'related', id })),
    ],
    facts: {
      changeNo: request.change_no,
      command: request.command,
      summary: request.summary,
      requestedBy: request.requested_by,
    },
    ...(comment ? { reason: comment } : {}),
  })
}
