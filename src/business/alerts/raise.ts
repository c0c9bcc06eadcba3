import { type Selectable, sql } from 'kysely'
import type { CommandContext, CommandEvent } from '../../platform/commands/command.ts'
import type { Db, Tables, Tx } from '../../platform/database/database.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { newId } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { readFacts } from './facts.ts'
import { type FoundAlert, findAlerts } from './rules.ts'
import { type AlertSeverity, alertSeverities } from './tables.ts'

const ALERT_LOCK = 7_203_021
const MOST_AT_ONCE = 500
/** What the outcome says when nobody had to act any more. */
export const FACTS_ENDED = '原因が解消したため自動で解決しました'

export interface RaiseResult {
  raised: number
  worsened: number
  ended: number
  woken: number
}

/**
 * Reads the facts, applies the rules and brings the alerts in line with them: new findings are raised, worse ones speak again, those
 * whose facts have ended are resolved. Only what differs is locked and written, 500 in a transaction, so that a great change never
 * holds up the people who work on alerts; what moved meanwhile is met by the next look. Null when another process is at it.
 */
export async function raiseAlerts(services: Services): Promise<RaiseResult | null> {
  const { db, clock } = services
  const differing = await alone(db, async tx => {
    const found = findAlerts(await readFacts(tx, clock.now()))
    return differences(found, await standingAlerts(tx), todayInTokyo(clock.now()))
  })
  if (!differing) return null
  const result = { raised: 0, worsened: 0, ended: 0, woken: 0 }
  for (let from = 0; from < differing.length; from += MOST_AT_ONCE) {
    const part = differing.slice(from, from + MOST_AT_ONCE)
    const done = await alone(db, tx => write(services, tx, part))
    if (!done) break
    for (const kind of done) result[kind]++
  }
  return result
}

/** Work in a transaction which no other process does at the same time; null when one is at it. */
function alone<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T | null> {
  return db.transaction().execute(async tx => {
    const { rows } = await sql<{
      got: boolean
    }>`select pg_try_advisory_xact_lock(${ALERT_LOCK}) as got`.execute(tx)
    return rows[0]?.got ? work(tx) : null
  })
}

const standingColumns = [
  'id',
  'row_version',
  'severity',
  'state',
  'party_id',
  'subject_kind',
  'subject_id',
  'sentence',
  'due_on',
  'dedupe_key',
  'snoozed_until',
] as const

type Standing = Pick<AlertRow, (typeof standingColumns)[number]>
type AlertRow = Selectable<Tables['alert']>

function standingAlerts(tx: Tx): Promise<Standing[]> {
  return tx.selectFrom('alert').select(standingColumns).where('facts_ended_at', 'is', null).execute()
}

type Difference =
  | { what: 'raised'; found: FoundAlert }
  | { what: 'worsened'; found: FoundAlert; alert: Standing }
  | { what: 'ended' | 'woken'; alert: Standing }

/** What must be written so that the standing alerts say what was found; endings first. */
function differences(
  foundAlerts: readonly FoundAlert[],
  standing: readonly Standing[],
  today: IsoDate,
): Difference[] {
  const found = new Map(foundAlerts.map(alert => [alert.dedupeKey, alert]))
  const known = new Set(standing.map(alert => alert.dedupe_key))
  const ofStanding = standing.flatMap((alert): Difference[] => {
    const now = found.get(alert.dedupe_key)
    if (!now) return [{ what: 'ended', alert }]
    if (rank(now.severity) > rank(alert.severity)) return [{ what: 'worsened', alert, found: now }]
    const isDue = alert.state === 'snoozed' && (alert.snoozed_until ?? '') <= today
    return isDue ? [{ what: 'woken', alert }] : []
  })
  const fresh = [...found.values()].filter(alert => !known.has(alert.dedupeKey))
  return [...ofStanding, ...fresh.map((alert): Difference => ({ what: 'raised', found: alert }))]
}

/** Writes differences in one statement a kind, with their events; leaves out alerts somebody has changed since. */
async function write(
  { executor, permissions }: Services,
  tx: Tx,
  part: readonly Difference[],
): Promise<Difference['what'][]> {
  const context = executor.context(tx, systemActor('schedule', permissions), 'alerts')
  const unchanged = await lockUnchanged(
    tx,
    part.flatMap(one => ('alert' in one ? [one.alert] : [])),
  )
  const changes = part.flatMap(one =>
    one.what !== 'raised' && unchanged.has(one.alert.id) ? [changeOf(context, one)] : [],
  )
  const raised = part.flatMap(one => (one.what === 'raised' ? [rowOf(context, one.found)] : []))
  await updateAlerts(
    tx,
    changes.map(change => change.row),
  )
  await insertMany(tx, 'alert', raised)
  const events = [...changes.map(change => change.event), ...raised.map(raisedEvent)]
  if (events.length) await context.record(...events)
  return [...changes.map(change => change.what), ...raised.map(() => 'raised' as const)]
}

async function lockUnchanged(tx: Tx, alerts: readonly Standing[]): Promise<Set<string>> {
  if (alerts.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select a.id from unnest(${alerts.map(alert => alert.id)}::uuid[], ${alerts.map(alert => alert.row_version)}::int[]) u(id, version)
    join alert a on a.id = u.id and a.row_version = u.version order by a.id for update of a`.execute(tx)
  return new Set(rows.map(row => row.id))
}

const rank = (severity: AlertSeverity) => alertSeverities.indexOf(severity)

/** The alert, its record and the company: each shows the event in its history. */
export function subjectsOf(alert: Pick<Standing, 'id' | 'party_id' | 'subject_kind' | 'subject_id'>) {
  return [
    { kind: 'alert', id: alert.id },
    { kind: alert.subject_kind, id: alert.subject_id },
    ...(alert.party_id && alert.party_id !== alert.subject_id ? [{ kind: 'party', id: alert.party_id }] : []),
  ]
}

/** The columns a check may change; all of them, so that one statement writes every kind of change. */
type ChangedRow = Pick<
  AlertRow,
  'id' | 'severity' | 'sentence' | 'due_on' | 'state' | 'outcome' | 'resolved_by' | 'resolved_at'
> & { facts_ended_at: string | null; keeps_outcome: boolean; keeps_snooze: boolean }

function changeOf(
  { now, actor }: CommandContext,
  difference: Exclude<Difference, { what: 'raised' }>,
): { what: Difference['what']; row: ChangedRow; event: CommandEvent } {
  const { what, alert } = difference
  const { id, severity, sentence, due_on } = alert
  const at = now.toISOString()
  const open = { state: 'open' as const, outcome: null, resolved_by: null, resolved_at: null }
  const as = {
    id,
    severity,
    sentence,
    due_on,
    facts_ended_at: null,
    keeps_outcome: false,
    keeps_snooze: false,
  }
  const event = (verb: string, summary: string) => ({ verb, subjects: subjectsOf(alert), facts: { summary } })
  if (what === 'worsened') {
    const now = difference.found
    const row = { ...as, ...open, severity: now.severity, sentence: now.sentence, due_on: now.dueOn }
    return { what, row, event: event('alert_worsened', now.sentence) }
  }
  if (what === 'woken')
    return { what, row: { ...as, ...open, keeps_outcome: true }, event: event('alert_woken', sentence) }
  const resolved = {
    state: 'resolved' as const,
    outcome: FACTS_ENDED,
    resolved_by: actor.id,
    resolved_at: at,
  }
  const ended = {
    ...as,
    ...resolved,
    facts_ended_at: at,
    keeps_snooze: true,
    keeps_outcome: alert.state === 'resolved',
  }
  return { what, row: ended, event: event('alert_facts_ended', sentence) }
}

async function updateAlerts(tx: Tx, rows: readonly ChangedRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update alert a set severity = u.severity, sentence = u.sentence, due_on = u.due_on, state = u.state,
      facts_ended_at = u.facts_ended_at, row_version = a.row_version + 1,
      outcome = case when u.keeps_outcome then a.outcome else u.outcome end,
      resolved_by = case when u.keeps_outcome then a.resolved_by else u.resolved_by end,
      resolved_at = case when u.keeps_outcome then a.resolved_at else u.resolved_at end,
      snoozed_until = case when u.keeps_snooze then a.snoozed_until end,
      snoozed_reason = case when u.keeps_snooze then a.snoozed_reason end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as u(id uuid, severity text, sentence text, due_on date, state text,
      facts_ended_at timestamptz, outcome text, resolved_by uuid, resolved_at timestamptz, keeps_outcome boolean, keeps_snooze boolean)
    where a.id = u.id`.execute(tx)
}

function rowOf({ now }: CommandContext, alert: FoundAlert) {
  return {
    id: newId(),
    kind: alert.kind,
    severity: alert.severity,
    rule_code: alert.ruleCode,
    rule_version: alert.ruleVersion,
    subject_kind: alert.subject.kind,
    subject_id: alert.subject.id,
    party_id: alert.partyId,
    sentence: alert.sentence,
    dedupe_key: alert.dedupeKey,
    raised_at: now.toISOString(),
    owner_staff_id: alert.ownerId,
    owner_role: alert.ownerRole,
    due_on: alert.dueOn,
    state: 'open' as const,
  }
}

function raisedEvent(row: ReturnType<typeof rowOf>): CommandEvent {
  return {
    verb: 'alert_raised',
    subjects: subjectsOf(row),
    facts: { summary: row.sentence, rule: row.rule_code, ruleVersion: row.rule_version, dueOn: row.due_on },
  }
}
