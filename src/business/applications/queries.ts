import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { withOwnValues } from '../customization/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import { clockOf, hoursOf } from './clock-of.ts'
import type { ApplicationRow, listApplications } from './contract.ts'
import { deadlines, minutesLeft } from './rules/clock.ts'
import type { ApplicationState, StoredState } from './rules/states.ts'
import './tables.ts'

const UNKNOWN = '（不明）'

/** Claims that still count, of one application. */
const standingClaims = sql`application_claim l join receivable r on r.id = l.receivable_id
  where l.application_id = a.id and r.state not in ('rejected', 'withdrawn', 'lapsed', 'rescinded', 'closed')`

/** The state with the claims counted in, as `stateNow` says it; a test proves that both say the same. */
export const stateSql = sql<ApplicationState>`case when a.state = 'ready_to_fund'
    and exists (select 1 from ${standingClaims}) and not exists (select 1 from ${standingClaims} and r.funded_on is null)
  then 'funded' else a.state end`

const owedItems = sql`application_item i where i.application_id = a.id and i.state in ('missing', 'returned')`

/** Applications of clients within reach, with what their row shows. */
export function inReach(context: QueryContext) {
  const all = context.db
    .selectFrom('application as a')
    .innerJoin('party as p', 'p.id', 'a.client_id')
    .leftJoin('plan_version as pv', 'pv.id', 'a.plan_version_id')
    .leftJoin('plan as pl', 'pl.id', 'pv.plan_id')
    .selectAll('a')
    .select(['p.party_no', 'p.party_kind', 'p.seen_no as party_seen_no'])
    .select([
      'pl.id as plan_id',
      'pl.code as plan_code',
      'pl.name as plan_name',
      'pl.seen_no as plan_seen_no',
    ])
    .select(['pv.version as plan_version', 'pv.parameters as plan_parameters'])
    .select([
      sql<string>`coalesce(p.shown_name, p.legal_name)`.as('party_name'),
      stateSql.as('state_now'),
      sql<number>`(select count(*)::int from ${owedItems})`.as('items_owed'),
      sql<number>`(select count(*)::int from application_item i where i.application_id = a.id)`.as(
        'item_count',
      ),
      sql<number>`(select count(*)::int from ${standingClaims})`.as('claim_count'),
      sql<number>`(select coalesce(sum(r.face_yen), 0)::bigint from ${standingClaims})`.as('claims_yen'),
      sql<
        number | null
      >`(select q.net_yen from quote q where q.application_id = a.id and q.state in ('offered', 'accepted'))`.as(
        'net_yen',
      ),
    ])
  return context.actor.reach === 'all'
    ? all
    : all.where('a.client_id', 'in', partiesInReach(context).select('party.id'))
}

export type FoundApplication = Awaited<ReturnType<ReturnType<typeof inReach>['execute']>>[number]

type ListInput = z.output<typeof listApplications.input>

export async function list(
  context: QueryContext,
  input: ListInput,
): Promise<Seen<{ rows: ApplicationRow[]; next: string | null }>> {
  const { now, actor } = context
  // A number, and the claim of one, mean open and ended ones alike.
  const anyState = input.text !== '' || input.receivableId !== undefined
  const byNewest = input.ended || anyState
  let asked = inReach(context).limit(input.limit + 1)
  if (!anyState) asked = asked.where('a.ended_at', input.ended ? 'is not' : 'is', null)
  asked = byNewest
    ? asked.orderBy('a.id', 'desc')
    : asked.orderBy(sql`coalesce(a.next_due, 'infinity')`).orderBy('a.id')
  if (input.mine) asked = asked.where('a.owner_id', '=', actor.id)
  if (input.late)
    asked = asked
      .where('a.next_due', '<', now.toISOString())
      .where('a.paused_since', 'is', null)
      .where(stateSql, '<>', 'funded')
  if (input.owing) asked = asked.where(sql<boolean>`exists (select 1 from ${owedItems})`)
  if (input.state.length) asked = asked.where(stateSql, 'in', input.state)
  if (input.channel.length) asked = asked.where('a.channel', 'in', input.channel)
  if (input.partyId) asked = asked.where('a.client_id', 'in', sameCompany(input.partyId))
  if (input.receivableId)
    asked = asked.where('a.id', 'in', eb =>
      eb
        .selectFrom('application_claim')
        .select('application_id')
        .where('receivable_id', '=', input.receivableId!),
    )
  if (input.text) asked = asked.where(named(input.text))
  if (input.after) {
    const mark = readMark(input.after, byNewest ? 1 : 2)
    asked = asked.where(
      byNewest
        ? sql<boolean>`a.id < ${mark[0]}::uuid`
        : sql<boolean>`(coalesce(a.next_due, 'infinity'), a.id) > (${mark[0]}::timestamptz, ${mark[1]}::uuid)`,
    )
  }
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: await withOwnValues(context.db, 'application', await toRows(context, page)),
      next:
        rows.length > input.limit && last
          ? markOf(byNewest ? [last.id] : [last.next_due ?? 'infinity', last.id])
          : null,
    },
    seen: page.flatMap(seenOf),
  }
}

/** The short numbers of what a row shows. */
export const seenOf = (row: FoundApplication): number[] =>
  [row.seen_no, row.party_seen_no, row.plan_seen_no].filter(no => no !== null)

/** The version an application is made under, as rows show it. */
export function planOfRow(row: FoundApplication): ApplicationRow['plan'] {
  const { plan_version_id, plan_id, plan_code, plan_name, plan_version } = row
  return plan_version_id === null || plan_id === null || plan_version === null
    ? null
    : {
        planVersionId: plan_version_id,
        planId: plan_id,
        code: plan_code ?? '',
        name: plan_name ?? '',
        version: plan_version,
      }
}

/** Numbers as people type them, in any width; else part of the client's name. */
function named(text: string): RawBuilder<boolean> {
  const number = text.normalize('NFKC').toUpperCase()
  if (/^AP-[0-9-]+$/.test(number)) return sql<boolean>`a.application_no like ${`${number}%`}`
  if (/^Q-[0-9-]+$/.test(number))
    return sql<boolean>`exists (select 1 from quote q where q.application_id = a.id and q.quote_no like ${`${number}%`})`
  const part = `%${text.normalize('NFKC').replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  return sql<boolean>`coalesce(p.shown_name, p.legal_name) ilike ${part}`
}

export async function toRows(
  { db, now }: QueryContext,
  rows: readonly FoundApplication[],
): Promise<ApplicationRow[]> {
  const names = await staffNames(
    db,
    rows.map(row => row.owner_id),
  )
  return rows.map(row => ({
    id: row.id,
    rowVersion: row.row_version,
    applicationNo: row.application_no,
    client: { id: row.client_id, partyNo: row.party_no, name: row.party_name },
    state: row.state_now,
    channel: row.channel,
    form: row.form,
    plan: planOfRow(row),
    requestedYen: row.requested_yen,
    neededBy: row.needed_by,
    owner: { id: row.owner_id, name: names.get(row.owner_id) ?? UNKNOWN },
    submittedAt: row.submitted_at,
    clock: clockShown(row, now),
    itemsOwed: row.items_owed,
    items: row.item_count,
    claims: row.claim_count,
    claimsYen: row.claims_yen,
    netYen: row.net_yen,
    draftedAt: row.drafted_at,
  }))
}

function clockShown(row: FoundApplication, now: Date): ApplicationRow['clock'] {
  if (row.next_due === null || row.state_now === 'funded') return null
  const clock = clockOf(row, row.plan_parameters)
  const what = row.decided_at === null ? 'decision' : 'funding'
  const at = new Date(row.next_due)
  const due = { at, byWall: deadlines(clock)[what]?.byWall ?? false }
  const paused = row.paused_since === null ? null : new Date(row.paused_since)
  return {
    what,
    dueAt: row.next_due,
    byWall: due.byWall,
    minutesLeft: minutesLeft(due, now, paused, hoursOf(clock)),
    isPaused: paused !== null,
    isLate: paused === null && at < now,
  }
}

export interface ApplicationDue {
  id: Id
  applicationNo: string
  clientId: Id
  clientName: string
  ownerId: Id
  state: StoredState
  what: 'decision' | 'funding' | 'documents' | 'answer'
  /** The deadline, or since when the client is waited for. */
  at: string
}

/**
 * What is due of open applications, for whoever tells people: clocks that run out before `until`, documents the client has owed since before
 * `waitedSince`, and quotes that run out before `until`. Funded ones are left out.
 */
export async function applicationsDue(
  db: QueryContext['db'],
  until: Date,
  waitedSince: Date,
): Promise<ApplicationDue[]> {
  const { rows } = await sql<{
    id: Id
    application_no: string
    client_id: Id
    name: string
    owner_id: Id
    state: StoredState
    what: ApplicationDue['what']
    at: string
  }>`
    select a.id, a.application_no, a.client_id, coalesce(p.shown_name, p.legal_name) as name, a.owner_id, a.state, d.what, d.at
    from application a join party p on p.id = a.client_id
    cross join lateral (
      select case when a.decided_at is null then 'decision' else 'funding' end as what, a.next_due as at
        where a.paused_since is null and a.next_due < ${until.toISOString()}::timestamptz and ${stateSql} <> 'funded'
      union all select 'documents', a.paused_since where a.state = 'docs_pending' and a.paused_since < ${waitedSince.toISOString()}::timestamptz
      union all select 'answer', q.expires_at from quote q where q.application_id = a.id and q.state = 'offered'
        and q.expires_at < ${until.toISOString()}::timestamptz) d
    where a.ended_at is null
    order by a.id, d.what`.execute(db)
  return rows.map(row => ({
    id: row.id,
    applicationNo: row.application_no,
    clientId: row.client_id,
    clientName: row.name,
    ownerId: row.owner_id,
    state: row.state,
    what: row.what,
    at: row.at,
  }))
}

/** How many applications are open and not funded, and of how many the clock has run out; for the figures of the day. */
export async function applicationFigures(
  db: QueryContext['db'],
  now: Date,
): Promise<{ open: number; late: number }> {
  const { rows } = await sql<{ open: number; late: number }>`
    select count(*)::int as open, count(*) filter (where a.paused_since is null and a.next_due < ${now.toISOString()}::timestamptz)::int as late
    from application a where a.ended_at is null and ${stateSql} <> 'funded'`.execute(db)
  return rows[0] ?? { open: 0, late: 0 }
}
