import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { take } from './commands.ts'
import { raiseAlerts } from './raise.ts'

const MANY = 1_200

let world: World
let owner: pg.Client
beforeAll(async () => {
  world = await createWorld()
  owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
  // Deposits as a take-over would leave them; only the alerts are looked at here, so what they refer to is left out.
  await owner.query('set session_replication_role = replica')
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

/** Alerts and their transactions by state, each with one event of this verb. */
async function written(verb: string) {
  const { rows } = await sql<{ alerts: number; transactions: number; most: number; told: number }>`
    with one as (select a.id, a.xmin::text as xact from alert a where a.kind = 'deposit_unidentified'
      and exists (select from audit_event_subject s join audit_event e on e.id = s.event_id where s.subject_id = a.id and e.verb = ${verb}))
    select count(*)::int as alerts, count(distinct xact)::int as transactions,
      (select max(n)::int from (select count(*) as n from one group by xact) by_xact) as most,
      (select count(*)::int from audit_event where verb = ${verb}) as told from one`.execute(world.db)
  return rows[0]
}

it('writes a great change in transactions of 500, and reads without locking what people work on', async () => {
  await owner.query(
    `insert into payment_in (id, line_id, account_id, received_on, amount_yen, state, journal_id, received_at)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '2026-11-20', 1000 + n, 'unidentified', gen_random_uuid(), now()
      from generate_series(1, $1) n`,
    [MANY],
  )
  expect(await raiseAlerts(world)).toEqual({ raised: MANY, worsened: 0, ended: 0, woken: 0 })
  expect(await written('alert_raised')).toEqual({ alerts: MANY, transactions: 3, most: 500, told: MANY })
  expect(await raiseAlerts(world)).toEqual({ raised: 0, worsened: 0, ended: 0, woken: 0 })

  const accounting = await world.person('経理 花子', 'accounting')
  const one = await world.db
    .selectFrom('alert')
    .select(['id', 'row_version'])
    .limit(1)
    .executeTakeFirstOrThrow()
  await world.done(accounting, take, { alertId: one.id, rowVersion: one.row_version })
  await owner.query("update payment_in set state = 'applied'")
  expect(await raiseAlerts(world)).toEqual({ raised: 0, worsened: 0, ended: MANY, woken: 0 })
  expect(await written('alert_facts_ended')).toEqual({ alerts: MANY, transactions: 3, most: 500, told: MANY })
})

it('does not wait for an alert somebody works on while its facts stand', async () => {
  await owner.query(
    "update payment_in set state = 'unidentified' where id in (select id from payment_in limit 2)",
  )
  expect(await raiseAlerts(world)).toMatchObject({ raised: 2 })
  await owner.query('begin')
  try {
    await owner.query('select id from alert for update')
    await owner.query(
      "insert into payment_in (id, line_id, account_id, received_on, amount_yen, state, journal_id, received_at) values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '2026-11-20', 5, 'unidentified', gen_random_uuid(), now())",
    )
    expect(await raiseAlerts(world)).toEqual({ raised: 0, worsened: 0, ended: 0, woken: 0 })
  } finally {
    await owner.query('commit')
  }
  expect(await raiseAlerts(world)).toMatchObject({ raised: 1 })
})
