import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { newId } from '../ids/uuid.ts'
import { SubjectKeys } from './subject-keys.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('a key made in a transaction that was rolled back seals nothing afterwards', async () => {
  const { keys, db } = world
  const subject = newId()
  const undone = new Error('undone')
  await expect(
    db.transaction().execute(async tx => {
      const first = await keys.seal(tx, subject, '一')
      await keys.seal(tx, subject, '二')
      expect(await keys.open(tx, first)).toBe('一')
      throw undone
    }),
  ).rejects.toBe(undone)
  const sealed = await db.transaction().execute(tx => keys.seal(tx, subject, '三'))
  // As after a restart: nothing is in memory.
  expect(await new SubjectKeys(world.master).open(db, sealed)).toBe('三')
})

it('a key made before a savepoint that was rolled back to is made anew', async () => {
  const { keys, db } = world
  const subject = newId()
  const sealed = await db.transaction().execute(async tx => {
    await sql`savepoint row`.execute(tx)
    await keys.seal(tx, subject, '一')
    await keys.seal(tx, subject, '二')
    await sql`rollback to savepoint row`.execute(tx)
    return keys.seal(tx, subject, '三')
  })
  // As after a restart: nothing is in memory.
  expect(await new SubjectKeys(world.master).open(db, sealed)).toBe('三')
})
