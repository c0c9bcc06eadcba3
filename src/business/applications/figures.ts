import { sql } from 'kysely'
import type { z } from 'zod'
import { addMonths } from '../../platform/dates/calendar-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { partiesInReach } from '../parties/index.ts'
import { policyInForce } from '../policy/index.ts'
import type { applicationRates } from './figures-contract.ts'
import { stateSql } from './queries.ts'

type Rates = z.output<typeof applicationRates.output>

const PERMILLE = 1000

/** A share in per cent with one decimal, half up; null where there is nothing to divide by (JR §9). Pure. */
export function percentOf(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : Math.round((numerator * PERMILLE) / denominator) / 10
}

/** 承認率 and 成約率 of a month in Tokyo (JR §9), of applications within reach; the first decision of each counts. */
export async function rates(context: QueryContext, asked: string | undefined): Promise<Seen<Rates>> {
  const { db, today, actor } = context
  const month = asked ?? today.slice(0, 7)
  const from = `${month}-01`
  const to = addMonths(from, 1)
  const within = (at: string) =>
    sql<boolean>`(${sql.ref(at)} >= ${from}::date at time zone 'Asia/Tokyo' and ${sql.ref(at)} < ${to}::date at time zone 'Asia/Tokyo')`
  let query = db
    .selectFrom('application as a')
    .select([
      sql<number>`count(*) filter (where ${within('a.decided_at')} and a.first_decision = 'quoted')::int`.as(
        'quoted',
      ),
      sql<number>`count(*) filter (where ${within('a.decided_at')})::int`.as('decided'),
      sql<number>`count(*) filter (where ${within('a.decided_at')} and a.first_decision = 'quoted'
        and (a.state = 'closed' or ${stateSql} = 'funded'))::int`.as('funded'),
      sql<number>`count(*) filter (where ${within('a.ended_at')} and a.decided_at is null)::int`.as(
        'undecided',
      ),
    ])
    .where(eb => eb.or([within('a.decided_at'), within('a.ended_at')]))
  if (actor.reach !== 'all')
    query = query.where('a.client_id', 'in', partiesInReach(context).select('party.id'))
  const { quoted, decided, funded, undecided } = await query.executeTakeFirstOrThrow()
  const { targets } = await policyInForce(db)
  return {
    body: {
      month,
      approval: {
        percent: percentOf(quoted, decided),
        numerator: quoted,
        denominator: decided,
        target: targets.approval_rate ?? null,
      },
      funding: {
        percent: percentOf(funded, quoted),
        numerator: funded,
        denominator: quoted,
        target: targets.funded_rate ?? null,
      },
      undecided,
    },
    seen: [],
  }
}
