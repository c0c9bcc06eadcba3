import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { withOwnValues } from '../customization/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import type { Incident } from './commands.ts'
import type { IncidentRow, IncidentShown, listIncidents } from './contract.ts'
import { filingsOf, hindrancesToClose, nextFiling } from './rules/incident.ts'
import type { SubjectRole } from './tables.ts'
import './tables.ts'

const UNKNOWN = '（不明）'

/** Incidents within reach: whoever sees assigned companies only sees those of which one is a subject. */
function inReach(context: QueryContext) {
  const all = context.db.selectFrom('incident as i').selectAll('i')
  if (context.actor.reach === 'all') return all
  return all.where('i.id', 'in', eb =>
    eb
      .selectFrom('incident_subject as s')
      .select('s.incident_id')
      .where('s.party_id', 'in', partiesInReach(context).select('party.id')),
  )
}

export async function list(
  context: QueryContext,
  input: z.output<typeof listIncidents.input>,
): Promise<Seen<{ rows: IncidentRow[]; next: string | null }>> {
  const { actor } = context
  const open = input.state === 'open'
  let asked = inReach(context).limit(input.limit + 1)
  asked = open
    ? asked.where('i.closed_on', 'is', null).orderBy('i.report_due_on').orderBy('i.id')
    : asked.orderBy('i.found_on', 'desc').orderBy('i.id', 'desc')
  if (input.state === 'closed') asked = asked.where('i.closed_on', 'is not', null)
  if (input.kind.length) asked = asked.where('i.kind', 'in', input.kind)
  if (input.mine) asked = asked.where('i.owner_id', '=', actor.id)
  if (input.partyId) {
    const of = input.group
      ? sql<Id>`(select connected_parties(${input.partyId}))`
      : sameCompany(input.partyId)
    asked = asked.where('i.id', 'in', eb =>
      eb.selectFrom('incident_subject as s').select('s.incident_id').where('s.party_id', 'in', of),
    )
  }
  if (input.after) {
    const [day, id] = readMark(input.after, 2)
    asked = asked.where(
      open
        ? sql<boolean>`(i.report_due_on, i.id) > (${day}::date, ${id}::uuid)`
        : sql<boolean>`(i.found_on, i.id) < (${day}::date, ${id}::uuid)`,
    )
  }
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const shown = await toRows(context, page)
  return {
    body: {
      rows: await withOwnValues(context.db, 'incident', shown.rows),
      next:
        rows.length > input.limit && last
          ? markOf([open ? last.report_due_on : last.found_on, last.id])
          : null,
    },
    seen: shown.seen,
  }
}

async function toRows(
  { db, today }: QueryContext,
  rows: readonly Incident[],
): Promise<{ rows: IncidentRow[]; seen: number[] }> {
  const subjects = rows.length
    ? await db
        .selectFrom('incident_subject as s')
        .innerJoin('party as p', 'p.id', 's.party_id')
        .select(['s.incident_id', 's.party_id', 's.subject_role', 'p.party_no', 'p.seen_no'])
        .select(sql<string>`coalesce(p.shown_name, p.legal_name)`.as('name'))
        .where(
          's.incident_id',
          'in',
          rows.map(row => row.id),
        )
        .orderBy('s.party_id')
        .execute()
    : []
  const names = await staffNames(
    db,
    rows.map(row => row.owner_id),
  )
  return {
    rows: rows.map(row => {
      const next = row.closed_on === null ? nextFiling(row) : null
      return {
        id: row.id,
        rowVersion: row.row_version,
        incidentNo: row.incident_no,
        kind: row.kind,
        title: row.title,
        foundOn: row.found_on,
        lossYen: row.loss_yen,
        owner: { id: row.owner_id, name: names.get(row.owner_id) ?? UNKNOWN },
        reportDueOn: row.report_due_on,
        nextDue: next && { filing: next.filing, dueOn: next.dueOn },
        isLate: next !== null && next.dueOn < today,
        closedOn: row.closed_on,
        subjects: subjects
          .filter(one => one.incident_id === row.id)
          .map(one => ({
            partyId: one.party_id,
            partyNo: one.party_no,
            name: one.name,
            role: one.subject_role as SubjectRole,
          })),
      }
    }),
    seen: [...rows.map(row => row.seen_no), ...subjects.map(one => one.seen_no)],
  }
}

export async function open(
  keys: SubjectKeys,
  context: QueryContext,
  incidentId: Id,
): Promise<Seen<IncidentShown>> {
  const { db } = context
  const row = found(await inReach(context).where('i.id', '=', incidentId).executeTakeFirst(), 'incident')
  const shown = await toRows(context, [row])
  const words = (sealed: string | null) => (sealed === null ? null : keys.open(db, sealed))
  const names = await staffNames(db, [row.opened_by, ...(row.closed_by ? [row.closed_by] : [])])
  return {
    body: {
      ...shown.rows[0]!,
      facts: await words(row.facts_sealed),
      cause: await words(row.cause_sealed),
      recurrencePrevention: await words(row.prevention_sealed),
      filingOn: row.filing_on,
      court: row.court,
      courtCaseNo: row.court_case_no,
      claimDeadlineOn: row.claim_deadline_on,
      knownOn: row.known_on,
      personsAffected: row.persons_affected,
      breachGrounds: row.breach_grounds,
      filings: filingsOf(row),
      openedAt: row.opened_at,
      openedBy: names.get(row.opened_by) ?? UNKNOWN,
      closedBy: row.closed_by ? (names.get(row.closed_by) ?? UNKNOWN) : null,
      hindrances: row.closed_on === null ? hindrancesToClose(row) : [],
    },
    seen: shown.seen,
  }
}
