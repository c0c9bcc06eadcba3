import type { CommandContext, CommandEvent } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { acknowledgeAlert, resolveAlert, snoozeAlert, takeAlert } from './contract.ts'
import { subjectsOf } from './raise.ts'

const LONGEST_SNOOZE_DAYS = 30

interface Which {
  alertId: Id
  rowVersion: number
}

/** The alert, locked; refuses when it is resolved, has moved, or belongs to a company out of reach. */
async function lockAlert(context: CommandContext, { alertId, rowVersion }: Which) {
  const { tx, actor } = context
  const alert = found(
    await tx.selectFrom('alert').selectAll().where('id', '=', alertId).forUpdate().executeTakeFirst(),
    'alert',
  )
  if (alert.party_id && actor.reach === 'assigned') await lockParty(context, alert.party_id)
  refuseUnless(alert.state !== 'resolved', 'alert_must_be_unresolved')
  refuseUnless(alert.row_version === rowVersion, 'record_must_be_unchanged')
  return alert
}

async function write(
  { tx, record }: CommandContext,
  alert: Awaited<ReturnType<typeof lockAlert>>,
  set: object,
  event: Omit<CommandEvent, 'subjects'>,
) {
  const rowVersion = alert.row_version + 1
  await tx
    .updateTable('alert')
    .set({ ...set, row_version: rowVersion })
    .where('id', '=', alert.id)
    .execute()
  await record({
    ...event,
    subjects: subjectsOf(alert),
    facts: { summary: alert.sentence, alertNo: alert.alert_no },
  })
  return { id: alert.id, rowVersion }
}

export const acknowledge = defineCommand(acknowledgeAlert, {
  async run(context, input) {
    const alert = await lockAlert(context, input)
    refuseUnless(alert.state === 'open', 'alert_must_be_open')
    const set = {
      state: 'acknowledged',
      acknowledged_by: context.actor.id,
      acknowledged_at: context.now.toISOString(),
    }
    return write(context, alert, set, { verb: 'alert_acknowledged' })
  },
})

export const take = defineCommand(takeAlert, {
  async run(context, input) {
    const { actor, now } = context
    const alert = await lockAlert(context, input)
    const acknowledged = { acknowledged_by: actor.id, acknowledged_at: now.toISOString() }
    const set = {
      owner_staff_id: actor.id,
      ...(alert.state === 'open' ? { state: 'acknowledged', ...acknowledged } : {}),
    }
    return write(context, alert, set, {
      verb: 'alert_taken',
      before: { ownerId: alert.owner_staff_id },
      after: { ownerId: actor.id },
    })
  },
})

export const snooze = defineCommand(snoozeAlert, {
  async run(context, input) {
    const alert = await lockAlert(context, input)
    const { until, reason } = input
    refuseUnless(until > context.today, 'snooze_must_be_ahead', { field: 'until' })
    const last = addDays(context.today, LONGEST_SNOOZE_DAYS)
    refuseUnless(until <= last, 'snooze_must_end_within_a_month', { field: 'until' })
    const set = { state: 'snoozed', snoozed_until: until, snoozed_reason: reason }
    return write(context, alert, set, { verb: 'alert_snoozed', after: { snoozedUntil: until }, reason })
  },
})

export const resolve = defineCommand(resolveAlert, {
  async run(context, input) {
    const alert = await lockAlert(context, input)
    const set = {
      state: 'resolved',
      outcome: input.outcome,
      resolved_by: context.actor.id,
      resolved_at: context.now.toISOString(),
    }
    return write(context, alert, set, { verb: 'alert_resolved', reason: input.outcome })
  },
})

export const commands = [acknowledge, take, snooze, resolve]
