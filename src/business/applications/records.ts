import { type Selectable, sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { endOfferCommand } from '../receivables/index.ts'
import { applicationStateLabels } from './labels.ts'
import { moveFacts } from './move-facts.ts'
import { afterPause, businessMinutes } from './rules/clock.ts'
import { hindrancesToStep } from './rules/moves.ts'
import {
  type ApplicationState,
  claimAfterEnd,
  isEnded,
  isPaused,
  nextState,
  type StoredState,
} from './rules/states.ts'
import './tables.ts'

const MINUTE_MS = 60_000

export type Application = Selectable<Tables['application']>

/** The application, locked until the end of the transaction; refused when it has ended, is out of reach or has moved. */
export async function lockApplication(
  context: CommandContext,
  which: { applicationId: Id; rowVersion: number },
): Promise<Application> {
  const row = found(
    await context.tx
      .selectFrom('application')
      .selectAll()
      .where('id', '=', which.applicationId)
      .forUpdate()
      .executeTakeFirst(),
    'application',
  )
  await lockParty(context, row.client_id)
  refuseUnless(row.row_version === which.rowVersion, 'record_must_be_unchanged')
  refuseUnless(row.ended_at === null, 'application_must_be_open')
  return row
}

/** Refuses a step that is not listed, or before which a guard stands (FF §3); answers the state it leaves. */
export async function refuseStep(
  context: CommandContext,
  row: Application,
  to: StoredState,
): Promise<ApplicationState> {
  const { facts, from } = await moveFacts(context, row, { lock: true, to })
  const next = nextState(from, to)
  refuseUnless(next.state !== null, next.refusal ?? 'transition_must_be_listed')
  refuseAll(hindrancesToStep(from, to, facts))
  return from
}

export type Changes = Partial<
  Omit<Application, 'id' | 'next_due' | 'seen_no' | 'application_no' | 'row_version'>
>

/** Writes a step: the clock stops and goes on with the state, and deadlines move by the business time it stood. */
export async function setApplication(
  { tx, now }: CommandContext,
  row: Application,
  changes: Changes,
): Promise<number> {
  const state = changes.state ?? row.state
  const clock: Changes = {}
  if (isPaused(state) && row.paused_since === null) clock.paused_since = now.toISOString()
  if (!isPaused(state) && row.paused_since !== null) {
    const minutes = businessMinutes(new Date(row.paused_since), now)
    clock.paused_since = null
    clock.paused_ms = row.paused_ms + minutes * MINUTE_MS
    const later = (due: string | null) => due && afterPause(new Date(due), minutes).toISOString()
    clock.decision_due = later(row.decision_due)
    clock.funding_due = later(row.funding_due)
  }
  await tx
    .updateTable('application')
    .set({
      ...clock,
      ...changes,
      ...(state === row.state ? {} : { state_at: now.toISOString() }),
      ended_at: isEnded(state) ? now.toISOString() : null,
      row_version: sql`row_version + 1`,
    })
    .where('id', '=', row.id)
    .execute()
  return row.row_version + 1
}

/** The decision that counts: the first one, quoted or rejected (JR §9). */
export function firstDecision(
  { actor, now }: CommandContext,
  row: Application,
  decision: 'quoted' | 'rejected',
  reason: string,
): Changes {
  return row.decided_at === null
    ? {
        decided_at: now.toISOString(),
        first_decision: decision,
        decided_by: actor.id,
        decision_reason: reason,
      }
    : { decision_reason: reason }
}

/** Ends what is not yet bought with its application, so that no limit is held for nothing (FF §3, headroom). */
export async function endClaims(
  context: CommandContext,
  row: Pick<Application, 'id' | 'application_no'>,
  end: StoredState,
  reason: string,
): Promise<void> {
  const claims = await context.tx
    .selectFrom('application_claim as l')
    .innerJoin('receivable as r', 'r.id', 'l.receivable_id')
    .select(['r.id', 'r.state'])
    .where('l.application_id', '=', row.id)
    .where('r.state', 'in', ['offered', 'verifying', 'verified', 'approved'])
    .orderBy('r.id')
    .execute()
  for (const claim of claims)
    await endOfferCommand.run(context, {
      receivableId: claim.id,
      to: claimAfterEnd(end, claim.state as 'offered'),
      reason: `${row.application_no} ${applicationStateLabels[end]}：${reason}`.slice(0, 500),
    })
}

/** The quote that stands, offered or accepted, is no more. */
export async function closeQuote(
  { tx }: CommandContext,
  applicationId: Id,
  state: 'withdrawn' | 'expired',
): Promise<void> {
  await tx
    .updateTable('quote')
    .set({ state })
    .where('application_id', '=', applicationId)
    .where('state', 'in', ['offered', 'accepted'])
    .execute()
}

export function subjectsOf(row: Pick<Application, 'id' | 'client_id'>) {
  return [
    { kind: 'application', id: row.id },
    { kind: 'party', id: row.client_id },
  ]
}

/** The event of a step, in the same words whoever took it. */
export function movedEvent(
  row: Application,
  to: StoredState,
  more: { from?: ApplicationState; reason?: string | null | undefined } = {},
) {
  return {
    verb: 'application_moved',
    subjects: subjectsOf(row),
    before: { applicationState: more.from ?? row.state },
    after: { applicationState: to },
    facts: { summary: `${row.application_no}　${applicationStateLabels[to]}` },
    ...(more.reason ? { reason: more.reason } : {}),
  }
}
