import { sql } from 'kysely'
import { permit } from '../../platform/commands/actor.ts'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { noteFailure, takeEffect, withdrawPlanned } from './contract.ts'
import type { PlannedState } from './tables.ts'
import './tables.ts'

/** Takes a change back before its day. The state of things stays as it is, so one person is enough. */
export const withdraw = defineCommand(withdrawPlanned, {
  async run(context, { plannedId, reason }) {
    const plan = await lockPlan(context, plannedId)
    permit(context.actor, plan.permission)
    refuseUnless(['planned', 'failed'].includes(plan.state), 'change_must_still_be_planned')
    await end(context, plan, 'withdrawn', reason)
    return { id: plan.id }
  },
})

/** Carries out a change on its day: its command runs with the input as it was decided. */
export const carryOut = defineCommand(takeEffect, {
  async run(context, { plannedId }) {
    const plan = await lockPlan(context, plannedId)
    refuseUnless(plan.state === 'planned', 'change_must_still_be_planned')
    refuseUnless(plan.effective_on <= context.today, 'day_must_have_come')
    const input = found(await context.keys.open(context.tx, plan.input_sealed), 'planned_change')
    const answer = await context.runPlanned(plan.command, JSON.parse(input) as Json, {
      plannedNo: plan.planned_no,
      plannedBy: plan.planned_by,
      approvedBy: plan.approved_by,
    })
    await end(context, plan, 'applied', null)
    return { id: plan.id, answer }
  },
})

export const failed = defineCommand(noteFailure, {
  async run(context, { plannedId, sentences }) {
    const plan = await lockPlan(context, plannedId)
    refuseUnless(plan.state === 'planned', 'change_must_still_be_planned')
    await end(context, plan, 'failed', sentences.join(''))
    return { id: plan.id }
  },
})

export const commands = [withdraw, carryOut, failed]

async function lockPlan({ tx }: CommandContext, id: Id) {
  const row = await tx
    .selectFrom('planned_change')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return found(row, 'planned_change')
}

const VERBS = {
  withdrawn: 'planned_change_withdrawn',
  applied: 'planned_change_applied',
  failed: 'planned_change_failed',
} as const

async function end(
  context: CommandContext,
  plan: Awaited<ReturnType<typeof lockPlan>>,
  state: Exclude<PlannedState, 'planned'>,
  reason: string | null,
): Promise<void> {
  await context.tx
    .updateTable('planned_change')
    .set({
      state,
      ended_at: context.now.toISOString(),
      ended_by: context.actor.id,
      end_reason: reason,
      row_version: sql`row_version + 1`,
    })
    .where('id', '=', plan.id)
    .execute()
  await context.record({
    verb: VERBS[state],
    subjects: [
      { kind: plan.record_kind, id: plan.record_id },
      ...plan.related_ids.map(id => ({ kind: 'related', id })),
      { kind: 'planned_change', id: plan.id },
    ],
    facts: {
      plannedId: plan.id,
      plannedNo: plan.planned_no,
      effectiveOn: plan.effective_on,
      summary: plan.summary,
    },
    ...(reason ? { reason } : {}),
  })
}
