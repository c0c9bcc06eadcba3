import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import type { AlertRow, listAlerts } from './contract.ts'
import type { AlertKind } from './labels.ts'
import './tables.ts'

const COUNT_LIMIT = 99

/** Alerts about companies within reach; who reads no companies sees only those about the program itself. */
function alertsInReach(context: QueryContext) {
  const all = context.db.selectFrom('alert')
  if (!mayDo(context.actor, 'parties.read')) return all.where('alert.party_id', 'is', null)
  if (context.actor.reach === 'all') return all
  return all.where('alert.party_id', 'in', partiesInReach(context).select('party.id'))
}

/** Taken by this person, or by nobody and meant for a role this person holds. */
function isMine({ actor }: QueryContext) {
  const roles = [...actor.roles]
  return sql<boolean>`(alert.owner_staff_id = ${actor.id} or (alert.owner_staff_id is null and alert.owner_role = any(${roles}::text[])))`
}

export async function list(
  context: QueryContext,
  input: z.output<typeof listAlerts.input>,
): Promise<Seen<{ rows: AlertRow[]; next: string | null }>> {
  let query = alertsInReach(context)
    .leftJoin('party', 'party.id', 'alert.party_id')
    .selectAll('alert')
    .select(['party.legal_name', 'party.seen_no as party_seen_no'])
    .orderBy('alert.due_on')
    .orderBy('alert.id')
    .limit(input.limit + 1)
  if (input.mine) query = query.where(isMine(context))
  if (input.partyId) query = query.where('alert.party_id', 'in', sameCompany(input.partyId))
  query = input.state.length
    ? query.where('alert.state', 'in', input.state)
    : query.where('alert.state', '<>', 'resolved')
  if (input.kind.length) query = query.where('alert.kind', 'in', input.kind)
  if (input.severity.length) query = query.where('alert.severity', 'in', input.severity)
  if (input.after) {
    const [dueOn, id] = readMark(input.after, 2)
    query = query.where(sql<boolean>`(alert.due_on, alert.id) > (${dueOn}::date, ${id}::uuid)`)
  }
  const found = await query.execute()
  const page = found.slice(0, input.limit)
  const names = await staffNames(
    context.db,
    page.flatMap(row => [row.owner_staff_id, row.resolved_by].filter(id => id !== null)),
  )
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '（不明）' })
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        rowVersion: row.row_version,
        alertNo: row.alert_no,
        kind: row.kind as AlertKind,
        severity: row.severity,
        ruleCode: row.rule_code,
        subject: { kind: row.subject_kind, id: row.subject_id },
        party: row.party_id ? { id: row.party_id, name: row.legal_name ?? '' } : null,
        sentence: row.sentence,
        raisedAt: row.raised_at,
        owner: person(row.owner_staff_id),
        ownerRole: row.owner_role,
        dueOn: row.due_on,
        state: row.state,
        snoozedUntil: row.snoozed_until,
        snoozedReason: row.snoozed_reason,
        outcome: row.outcome,
        resolvedBy: person(row.resolved_by),
        resolvedAt: row.resolved_at,
      })),
      next: found.length > input.limit && last ? markOf([last.due_on, last.id]) : null,
    },
    seen: [
      ...page.flatMap(row => [row.seen_no, row.party_seen_no ?? []].flat()),
      ...(await seenNumbersOf(
        context.db,
        page.map(row => row.subject_id),
      )),
    ],
  }
}

export async function count(context: QueryContext): Promise<Seen<{ count: number }>> {
  const rows = await alertsInReach(context)
    .select('alert.id')
    .where('alert.state', 'in', ['open', 'acknowledged'])
    .where(isMine(context))
    .limit(COUNT_LIMIT)
    .execute()
  return { body: { count: rows.length }, seen: [] }
}
