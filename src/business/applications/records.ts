import { type Selectable, sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { endOfferCommand } from '../receivables/index.ts'
import { type Changes, clockAfter } from './clock-of.ts'
import { applicationStateLabels } from './labels.ts'
import { moveFacts } from './move-facts.ts'
import { hindrancesToStep } from './rules/moves.ts'
import { type ApplicationState, claimAfterEnd, isEnded, nextState, type StoredState } from './rules/states.ts'
import './tables.ts'

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

/** Writes a step, or that something of the application was written: clocks start, stop and go on with it, and its deadlines follow. */
export async function setApplication(
  context: CommandContext,
  row: Application,
  changes: Changes,
): Promise<number> {
  const { tx, now } = context
  const state = changes.state ?? row.state
  const clock = await clockAfter(context, row, changes)
  const { clock_hours, clock_starts, ...plain } = { ...changes, ...clock }
  await tx
    .updateTable('application')
    .set({
      ...plain,
      ...(clock_hours === undefined ? {} : { clock_hours: clock_hours && JSON.stringify(clock_hours) }),
      ...(clock_starts === undefined ? {} : { clock_starts: JSON.stringify(clock_starts) }),
      ...(state === row.state ? {} : { state_at: now.toISOString() }),
      ended_at: isEnded(state) ? now.toISOString() : null,
      row_version: sql`row_version + 1`,
    })
    .where('id', '=', row.id)
    .execute()
  // Whoever else was asked has lost it: our quote was accepted, or the application has ended (FF F6).
  if (state !== row.state && (state === 'accepted' || isEnded(state))) await closePanel(context, row.id)
  return row.row_version + 1
}

/** Funders that were asked and not taken are withdrawn. */
async function closePanel({ tx, now }: CommandContext, applicationId: Id): Promise<void> {
  await tx
    .updateTable('panel_sending')
    .set({ state: 'withdrawn', closed_at: now.toISOString(), row_version: sql`row_version + 1` })
    .where('application_id', '=', applicationId)
    .where('state', 'in', ['waiting', 'approved'])
    .execute()
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
