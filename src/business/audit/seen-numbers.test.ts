import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { seenNumbersOf } from './seen-numbers.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

/** Holds a table, so that whoever asks it waits; the returned function lets them go on. */
async function hold(table: string): Promise<() => Promise<void>> {
  const session = await world.db.startTransaction().execute()
  await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(session)
  return async () => {
    await session.rollback().execute()
  }
}

async function untilSomebodyWaitsFor(table: string): Promise<void> {
  for (;;) {
    const { rows } =
      await sql`select from pg_locks where relation = ${table}::regclass and not granted`.execute(world.db)
    if (rows.length > 0) return
    await sleep(10)
  }
}

it('misses no table which another question learns to be usual meanwhile', async () => {
  await world.person('佐々木 美咲', 'sales')
  await world.person('高橋 健一', 'reviewer')
  const [first, second] = await world.db.selectFrom('staff_member').select(['id', 'seen_no']).execute()
  const letStaffGo = await hold('staff_member')
  const one = seenNumbersOf(world.db, [first!.id])
  await untilSomebodyWaitsFor('staff_member')
  const letPartiesGo = await hold('party')
  const other = seenNumbersOf(world.db, [second!.id])
  await untilSomebodyWaitsFor('party')
  await letStaffGo()
  expect(await one).toEqual([first!.seen_no])
  await letPartiesGo()
  expect(await other).toEqual([second!.seen_no])
})

it('has none for what is no record', async () => {
  expect(await seenNumbersOf(world.db, [newId()])).toEqual([])
})
