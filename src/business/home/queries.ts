import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../../platform/database/database.ts'
import { addDays, addMonths } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { applicationFigures } from '../applications/index.ts'
import { partiesInReach } from '../parties/index.ts'
import { toleranceYenOf } from '../receivables/index.ts'
import type { claimsDue, homeFigures, MonthFigure } from './contract.ts'

const MONTHS = 12
const DAYS_AHEAD = 7
const MOST_CLAIMS = 50
const FRESH_MS = 60_000

type Figures = z.output<typeof homeFigures.output>

/** The figures, reckoned at most once a minute for everybody: they are sums over the whole book. */
export function figuresOfTheDay(): (context: QueryContext) => Promise<Seen<Figures>> {
  let kept: { at: number; today: IsoDate; figures: Promise<Figures> } | null = null
  return async ({ db, now, today }) => {
    if (!kept || kept.today !== today || now.getTime() - kept.at >= FRESH_MS)
      kept = { at: now.getTime(), today, figures: reckon(db, now, today) }
    const { figures } = kept
    figures.catch(() => {
      kept = null
    })
    return { body: await figures, seen: [] }
  }
}

async function reckon(db: Db, now: Date, today: IsoDate): Promise<Figures> {
  const thisMonth = today.slice(0, 7)
  const firstDay = addMonths(`${thisMonth}-01`, 1 - MONTHS)
  const tolerance = await toleranceYenOf(db)
  const { rows } = await sql<
    Omit<
      Figures,
      | 'clientMonths'
      | 'purchasedMonths'
      | 'purchasedYen'
      | 'clients'
      | 'applicationsOpen'
      | 'applicationsLate'
    >
  >`select
    (select coalesce(sum(committed_yen + paid_yen), 0) from credit_pair_total)::bigint as "exposureYen",
    (select coalesce(sum(limit_yen), 0) from credit_limit where limit_kind = 'client' and revoked_at is null
      and superseded_at is null and not set_aside and in_force_from <= ${today} and (in_force_to is null or in_force_to >= ${today}))::bigint as "limitYen",
    o.yen::bigint as "overdueYen", o.claims::integer as "overdueClaims"
    from (select coalesce(sum(purchased_yen - collected_yen - diluted_yen), 0) as yen, count(*) as claims from receivable
      where state in ('purchased', 'dunning', 'legal') and ${today}::date - payable_on > grace_days
        and purchased_yen - collected_yen - diluted_yen > ${tolerance}) o`.execute(db)
  const clients = await sql<{ month: string | null; value: number }>`
    select case when registered_at >= ${firstDay}::date at time zone 'Asia/Tokyo'
      then to_char(registered_at at time zone 'Asia/Tokyo', 'YYYY-MM') end as month, count(*)::integer as value
    from party
    where folded_into is null and coalesce(identity_roles, roles) @> array['client'] and coalesce(identity_status, status) <> 'closed'
    group by 1`.execute(db)
  const bought = await sql<{ month: string; value: number }>`
    select to_char(purchased_on, 'YYYY-MM') as month, sum(purchased_yen)::bigint as value from purchase
    where purchased_on >= ${firstDay} group by 1`.execute(db)
  const applications = await applicationFigures(db, now)
  const clientMonths = runningTotals(firstDay, clients.rows)
  const purchasedMonths = everyMonth(firstDay, bought.rows)
  return {
    ...rows[0]!,
    clients: clientMonths.at(-1)?.value ?? 0,
    clientMonths,
    applicationsOpen: applications.open,
    applicationsLate: applications.late,
    purchasedMonths,
    purchasedYen: purchasedMonths.at(-1)?.value ?? 0,
  }
}

/** Twelve months from the first day on, with 0 where nothing was. */
export function everyMonth(
  firstDay: IsoDate,
  rows: readonly { month: string | null; value: number }[],
): MonthFigure[] {
  const values = new Map(rows.map(row => [row.month, row.value]))
  return Array.from({ length: MONTHS }, (_, at) => {
    const month = addMonths(firstDay, at).slice(0, 7)
    return { month, value: values.get(month) ?? 0 }
  })
}

/** The same as a running total; rows without a month lie before the first day. */
export function runningTotals(
  firstDay: IsoDate,
  rows: readonly { month: string | null; value: number }[],
): MonthFigure[] {
  let total = rows.find(row => row.month === null)?.value ?? 0
  return everyMonth(firstDay, rows).map(({ month, value }) => {
    total += value
    return { month, value: total }
  })
}

/** Open claims due within a week, of clients within reach. */
export async function due(context: QueryContext): Promise<Seen<z.output<typeof claimsDue.output>>> {
  const { db, today } = context
  const rows = await db
    .selectFrom('receivable as r')
    .innerJoin('party as c', 'c.id', 'r.client_id')
    .innerJoin('party as d', 'd.id', 'r.debtor_id')
    .select([
      'r.id',
      'r.seen_no',
      'r.receivable_no',
      'r.payable_on',
      'c.legal_name as client',
      'd.legal_name as debtor',
      'c.seen_no as client_seen_no',
      'd.seen_no as debtor_seen_no',
    ])
    .select(sql<number>`r.purchased_yen - r.collected_yen - r.diluted_yen`.as('open_yen'))
    .where('r.state', 'in', ['purchased', 'dunning', 'legal'])
    .where('r.payable_on', '>=', today)
    .where('r.payable_on', '<=', addDays(today, DAYS_AHEAD))
    .where(sql<boolean>`r.purchased_yen - r.collected_yen - r.diluted_yen > 0`)
    .where('r.client_id', 'in', partiesInReach(context).select('party.id'))
    .orderBy('r.payable_on')
    .orderBy('r.id')
    .limit(MOST_CLAIMS)
    .execute()
  return {
    body: {
      rows: rows.map(row => ({
        id: row.id,
        receivableNo: row.receivable_no,
        clientName: row.client,
        debtorName: row.debtor,
        payableOn: row.payable_on,
        openYen: row.open_yen,
      })),
    },
    seen: rows.flatMap(row => [row.seen_no, row.client_seen_no, row.debtor_seen_no]),
  }
}
