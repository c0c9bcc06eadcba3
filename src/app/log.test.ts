import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logText } from './program.ts'
import { createWorld, type World } from './testing/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

describe('a line of the log', () => {
  it('says what kind of error it was, and not the values which the database quotes', async () => {
    const wrong = await sql`select ${'山田太郎 1960-04-09'}::date`.execute(world.db).catch(error => error)
    expect(String(wrong)).toContain('山田太郎')
    const line = logText('a job failed', { error: wrong, batchId: 'b-1' })
    expect(line).not.toContain('山田太郎')
    expect(JSON.parse(line)).toMatchObject({
      message: 'a job failed',
      batchId: 'b-1',
      error: { message: 'SQLSTATE 22007' },
    })
  })

  it('of an error of our own keeps its words and where it was', () => {
    const said = JSON.parse(logText('a job failed', { error: new Error('no such list') }))
    expect(said.error).toMatchObject({ type: 'Error', message: 'no such list' })
    expect(said.error.stack).toContain('log.test.ts')
  })
})
