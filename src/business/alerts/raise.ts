import { sql } from 'kysely'
import type { CommandContext, CommandEvent } from '../../platform/commands/command.ts'
import { newId } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { readFacts } from './facts.ts'
import { type FoundAlert, findAlerts } from './rules.ts'
import { type AlertSeverity, alertSeverities } from './tables.ts'

const ALERT_LOCK = 7_203_021
/** What the outcome says when nobody had to act any more. */
export const FACTS_ENDED = '原因が解消したため自動で解決しました'

export interface RaiseResult {
  raised: number
  worsened: number
  ended: number
  woken: number
}

/**
 * Reads the facts, applies the rules and brings the alerts in line with them, in one transaction: new findings are raised, worse
 * ones speak again, those whose facts have ended are resolved. Null when another process is at it. Writes nothing when
 * nothing has changed.
 */
export async function raiseAlerts(services: Services): Promise<RaiseResult | null> {
  const { db, executor, clock, permissions } = services
  return db.transaction().execute(async tx => {
    const { rows } = await sql<{
      got: boolean
    }>`select pg_try_advisory_xact_lock(${ALERT_LOCK}) as got`.execute(tx)
    if (!rows[0]?.got) return null
    const context = executor.context(tx, systemActor('schedule', permissions), 'alerts')
    const found = new Map(findAlerts(await readFacts(tx, clock.now())).map(alert => [alert.dedupeKey, alert]))
    const standing = await tx
      .selectFrom('alert')
      .selectAll()
      .where('facts_ended_at', 'is', null)
      .forUpdate()
      .execute()
    const known = new Set(standing.map(alert => alert.dedupe_key))
    const result = { raised: 0, worsened: 0, ended: 0, woken: 0 }
    for (const alert of standing) {
      const now = found.get(alert.dedupe_key)
      if (!now) {
        await endFacts(context, alert)
        result.ended++
      } else if (rank(now.severity) > rank(alert.severity)) {
        await worsen(context, alert, now)
        result.worsened++
      } else if (alert.state === 'snoozed' && (alert.snoozed_until ?? '') <= context.today) {
        await wake(context, alert)
        result.woken++
      }
    }
    for (const alert of found.values())
      if (!known.has(alert.dedupeKey)) {
        await insert(context, alert)
        result.raised++
      }
    return result
  })
}

type Standing = {
  id: string
  row_version: number
  severity: AlertSeverity
  state: string
  party_id: string | null
  subject_kind: string
  subject_id: string
  sentence: string
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

async function insert(context: CommandContext, alert: FoundAlert): Promise<void> {
  const id = newId()
  const row = {
    id,
    kind: alert.kind,
    severity: alert.severity,
    rule_code: alert.ruleCode,
    rule_version: alert.ruleVersion,
    subject_kind: alert.subject.kind,
    subject_id: alert.subject.id,
    party_id: alert.partyId,
    sentence: alert.sentence,
    dedupe_key: alert.dedupeKey,
    raised_at: context.now.toISOString(),
    owner_staff_id: alert.ownerId,
    owner_role: alert.ownerRole,
    due_on: alert.dueOn,
    state: 'open' as const,
  }
  await context.tx.insertInto('alert').values(row).execute()
  await context.record({
    verb: 'alert_raised',
    subjects: subjectsOf(row),
    facts: {
      summary: alert.sentence,
      rule: alert.ruleCode,
      ruleVersion: alert.ruleVersion,
      dueOn: alert.dueOn,
    },
  })
}

async function worsen(context: CommandContext, alert: Standing, now: FoundAlert): Promise<void> {
  await change(
    context,
    alert,
    {
      severity: now.severity,
      sentence: now.sentence,
      due_on: now.dueOn,
      state: 'open',
      snoozed_until: null,
      snoozed_reason: null,
      outcome: null,
      resolved_by: null,
      resolved_at: null,
    },
    { verb: 'alert_worsened', facts: { summary: now.sentence } },
  )
}

async function wake(context: CommandContext, alert: Standing): Promise<void> {
  const open = { state: 'open' as const, snoozed_until: null, snoozed_reason: null }
  await change(context, alert, open, { verb: 'alert_woken', facts: { summary: alert.sentence } })
}

async function endFacts(context: CommandContext, alert: Standing): Promise<void> {
  const at = context.now.toISOString()
  const resolved = {
    state: 'resolved' as const,
    outcome: FACTS_ENDED,
    resolved_by: context.actor.id,
    resolved_at: at,
  }
  await change(
    context,
    alert,
    { facts_ended_at: at, ...(alert.state === 'resolved' ? {} : resolved) },
    { verb: 'alert_facts_ended', facts: { summary: alert.sentence } },
  )
}

async function change(
  { tx, record }: CommandContext,
  alert: Standing,
  set: object,
  event: Omit<CommandEvent, 'subjects'>,
): Promise<void> {
  await tx
    .updateTable('alert')
    .set({ ...set, row_version: alert.row_version + 1 })
    .where('id', '=', alert.id)
    .execute()
  await record({ ...event, subjects: subjectsOf(alert) })
}
