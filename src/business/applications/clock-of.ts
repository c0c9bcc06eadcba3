import type { Selectable } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Tables } from '../../platform/database/database.ts'
import { STANDARD_HOURS } from '../access/index.ts'
import { storedParameters } from '../plans/index.ts'
import { businessMinutes, type Clock, type ClockStarts, deadlines, hoursUnder } from './rules/clock.ts'
import { isPaused } from './rules/states.ts'
import './tables.ts'

const MINUTE_MS = 60_000

type Application = Selectable<Tables['application']>
/** Columns a step may write. */
export type Changes = Partial<
  Omit<Application, 'id' | 'next_due' | 'seen_no' | 'application_no' | 'row_version'>
>

type ClockColumns = Pick<
  Application,
  'clock_started_at' | 'clock_hours' | 'clock_starts' | 'paused_ms' | 'paused_wall_ms' | 'form'
>

/** The events that have started clocks; an application of before has only its submission. */
export function startsOf(row: Pick<Application, 'clock_started_at' | 'clock_starts'>): ClockStarts {
  const { clock_started_at: at, clock_starts } = row
  return at === null ? {} : { submitted: { at, pausedMs: 0, pausedWallMs: 0 }, ...clock_starts }
}

/** The clock of an application under the parameters of its plan, as they are stored; null: no plan. */
export function clockOf(row: ClockColumns, planParameters: unknown): Clock {
  return {
    starts: startsOf(row),
    form: row.form,
    plan: planParameters ? storedParameters(planParameters) : null,
    hours: row.clock_hours ?? STANDARD_HOURS,
    waited: { pausedMs: row.paused_ms, pausedWallMs: row.paused_wall_ms },
  }
}

/** The hours its time is counted in. */
export const hoursOf = ({ plan, hours }: Pick<Clock, 'plan' | 'hours'>) => hoursUnder(plan, hours)

/**
 * What a step, a document or another plan makes of the clock: it stops and goes on with the state, a clock starts with its event (the
 * documents complete, the contracts signed), and deadlines follow from all of it. Ends of a pause count for no clock that began within it.
 */
export async function clockAfter(
  context: CommandContext,
  row: Application,
  changes: Changes,
): Promise<Changes> {
  const { now } = context
  const next = { ...row, ...changes }
  const columns: Changes = {}
  const set = (part: Changes) => Object.assign(columns, part) && Object.assign(next, part)
  if (isPaused(next.state) && row.paused_since === null) set({ paused_since: now.toISOString() })
  const parameters = await parametersOf(context, next.plan_version_id)
  const hours = hoursOf(clockOf(next, parameters))
  const pausedFrom = row.paused_since
  const resumes = !isPaused(next.state) && pausedFrom !== null
  if (resumes) {
    const since = new Date(pausedFrom)
    set({
      paused_since: null,
      paused_ms: row.paused_ms + businessMinutes(since, now, hours) * MINUTE_MS,
      paused_wall_ms: row.paused_wall_ms + Math.max(0, now.getTime() - since.getTime()),
    })
  }
  if (next.clock_started_at === null) return columns
  const starts = startsOf(next)
  const waited = { pausedMs: next.paused_ms, pausedWallMs: next.paused_wall_ms }
  if (resumes)
    for (const start of Object.values(starts))
      if (start.at >= pausedFrom && start !== starts.submitted) Object.assign(start, waited)
  const here = { at: now.toISOString(), ...waited }
  if (starts.docs_complete === undefined && (await documentsComplete(context, row)))
    starts.docs_complete = here
  if (starts.signed === undefined && next.state === 'ready_to_fund') starts.signed = here
  set({ clock_starts: starts })
  const { decision, funding } = deadlines(clockOf(next, parameters))
  return {
    ...columns,
    decision_due: decision?.at.toISOString() ?? null,
    funding_due: funding?.at.toISOString() ?? null,
  }
}

async function parametersOf({ tx }: CommandContext, planVersionId: string | null): Promise<unknown> {
  if (planVersionId === null) return null
  const row = await tx
    .selectFrom('plan_version')
    .select('parameters')
    .where('id', '=', planVersionId)
    .executeTakeFirstOrThrow()
  return row.parameters
}

/** Whether nothing the checklist asks for is owed any longer (FF §5, docs_complete). */
async function documentsComplete({ tx }: CommandContext, row: Pick<Application, 'id'>): Promise<boolean> {
  const owed = await tx
    .selectFrom('application_item')
    .select('id')
    .where('application_id', '=', row.id)
    .where('state', 'in', ['missing', 'returned'])
    .limit(1)
    .executeTakeFirst()
  return owed === undefined
}
