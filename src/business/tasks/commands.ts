import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { cancelTask, finishTask, handOverTask, openTask, rescheduleTask, takeTask } from './contract.ts'
import { insertTask, lockTask, originRecordKinds, ownerWords, type Task, writeTask } from './records.ts'

const FARTHEST_DAYS = 731

export const open = defineCommand(openTask, {
  async run(context, input) {
    const { actor, records, tx, today } = context
    checkDay(context, input.dueOn)
    if (input.partyId) await lockParty(context, input.partyId)
    if (input.origin) {
      const record = { kind: originRecordKinds[input.origin.kind]!, id: input.origin.id }
      const reached = await records.find({ db: tx, actor, today }, record)
      refuseUnless(reached !== null, 'origin_must_be_reachable', { field: 'origin' })
    }
    const ownerId = input.ownerId ?? actor.id
    if (ownerId !== actor.id) await checkOwner(context, ownerId, 'ownerId')
    return insertTask(context, {
      id: newId(),
      kind: input.kind,
      origin: input.origin?.kind ?? 'hand',
      origin_id: input.origin?.id ?? null,
      party_id: input.partyId ?? null,
      title: input.title,
      note: input.note ?? null,
      owner_staff_id: ownerId,
      owner_role: null,
      due_on: input.dueOn,
    })
  },
})

export const take = defineCommand(takeTask, {
  async run(context, input) {
    const task = await lockTask(context, input)
    return giveTo(context, task, context.actor.id, { verb: 'task_taken' })
  },
})

export const handOver = defineCommand(handOverTask, {
  async run(context, { toId, reason, ...which }) {
    const task = await lockTask(context, which)
    await checkOwner(context, toId, 'toId')
    return giveTo(context, task, toId, { verb: 'task_handed_over', reason })
  },
})

async function giveTo(
  context: CommandContext,
  task: Task,
  toId: Id,
  event: { verb: string; reason?: string },
) {
  refuseUnless(task.owner_staff_id !== toId, 'owner_must_change')
  const [from, to] = [
    await ownerWords(context, task.owner_staff_id, task.owner_role),
    await ownerWords(context, toId, null),
  ]
  // A role that gives its work to a person stays known as the role; a person stays known as the person.
  const handedOver = task.owner_staff_id
    ? { handed_over_from: task.owner_staff_id, handed_over_at: context.now.toISOString() }
    : {}
  return writeTask(
    context,
    task,
    { owner_staff_id: toId, ...handedOver },
    { ...event, before: { owner: from }, after: { owner: to } },
  )
}

export const reschedule = defineCommand(rescheduleTask, {
  async run(context, { dueOn, reason, ...which }) {
    const task = await lockTask(context, which)
    checkDay(context, dueOn)
    refuseUnless(dueOn !== task.due_on, 'due_must_change', { kind: 'invalid', field: 'dueOn' })
    return writeTask(
      context,
      task,
      { due_on: dueOn },
      { verb: 'task_rescheduled', before: { dueOn: task.due_on }, after: { dueOn }, reason },
    )
  },
})

export const finish = defineCommand(finishTask, {
  async run(context, { outcome, ...which }) {
    const task = await lockTask(context, which)
    return writeTask(context, task, ended(context, 'done', outcome), { verb: 'task_done', reason: outcome })
  },
})

export const cancel = defineCommand(cancelTask, {
  async run(context, { reason, ...which }) {
    const task = await lockTask(context, which)
    return writeTask(context, task, ended(context, 'cancelled', reason), { verb: 'task_cancelled', reason })
  },
})

export const commands = [open, take, handOver, reschedule, finish, cancel]

function ended({ actor, now }: CommandContext, state: 'done' | 'cancelled', outcome: string) {
  return { state, outcome, done_by: actor.id, done_at: now.toISOString() }
}

function checkDay({ today }: CommandContext, dueOn: string): void {
  refuseUnless(dueOn >= today, 'due_must_not_be_past', { kind: 'invalid', field: 'dueOn' })
  refuseUnless(dueOn <= addDays(today, FARTHEST_DAYS), 'due_must_be_within_two_years', {
    kind: 'invalid',
    field: 'dueOn',
  })
}

/** Somebody who is here now and whose roles let them do it. */
async function checkOwner(context: CommandContext, id: Id, field: string): Promise<void> {
  const owner = await context.loadActor(id)
  refuseUnless(
    owner?.kind === 'person' && owner.permissions.has('tasks.handle'),
    'owner_must_be_able_to_act',
    {
      kind: 'invalid',
      field,
    },
  )
}
