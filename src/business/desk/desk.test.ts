import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { keepOnDesk, readDesk } from './contract.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('a desk holds five hundred things of a person and no more; what lies there may still be changed and removed', async () => {
  const one = await world.person('外部', 'contractor')
  await sql`insert into desk_item (staff_id, kind, key, content, kept_at)
    select ${one.id}, 'layout', 'list-' || n, '{}', now() from generate_series(1, 500) n`.execute(world.db)
  const keep = (key: string, content: unknown) => world.ask(one, keepOnDesk, { kind: 'layout', key, content })
  expect(await world.refused(keep('one-more', {}))).toEqual(['input_must_have_the_right_shape'])
  await keep('list-7', { columns: ['a'] })
  expect((await world.ask(one, readDesk, { kind: 'layout', key: 'list-7' })).content).toEqual({
    columns: ['a'],
  })
  await keep('list-8', null)
  await keep('one-more', {})
  const other = await world.person('別の人', 'sales')
  expect((await world.ask(other, readDesk, { kind: 'layout', key: 'list-7' })).content).toBeNull()
})
