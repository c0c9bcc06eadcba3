import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from './testing/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('every kind of record has a prefix of its own, so that a number says what it numbers', async () => {
  const { rows } = await sql<{ place: string; prefix: string }>`
    select table_name || '.' || column_name as place, (regexp_match(column_default, '''([A-Z]+-)'''))[1] as prefix
    from information_schema.columns
    where table_schema = 'public' and column_default like '%nextval%' and column_default ~ '''[A-Z]+-'''`.execute(
    world.db,
  )
  expect(rows.length).toBeGreaterThan(15)
  // Claims carry their year as well and are numbered by the command that offers them.
  const all = [...rows, { place: 'receivable.receivable_no', prefix: 'R-' }]
  const shared = all.filter(one => all.some(other => other !== one && other.prefix === one.prefix))
  expect(shared).toEqual([])
})
