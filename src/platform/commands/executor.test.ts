import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createWorld, type World } from '../../app/testing/world.ts'
import { approve } from '../../business/approvals/commands.ts'
import { register } from '../../business/parties/commands/register-party.ts'
import { rename } from '../../business/parties/commands/rename-party.ts'
import { command } from '../http/contract.ts'
import type { Actor } from './actor.ts'
import { defineCommand } from './command.ts'

let world: World
let sales: Actor
beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業', 'sales')
})
afterAll(() => world.close())

const input = (legalName: string) => ({ partyKind: 'corporation' as const, legalName })
const partiesCalled = async (legalName: string) =>
  (await world.db.selectFrom('party').select('id').where('legal_name', '=', legalName).execute()).length

describe('an idempotency key', () => {
  it('gives the first answer again and does nothing twice', async () => {
    const first = await world.run(sales, register, input('再送株式会社'), 'key-1')
    const second = await world.run(sales, register, input('再送株式会社'), 'key-1')
    expect(second).toEqual({ ...first, replayed: true })
    expect(await partiesCalled('再送株式会社')).toBe(1)
  })

  it('refuses another input under the same key', async () => {
    await world.run(sales, register, input('同じ鍵株式会社'), 'key-2')
    expect(await world.refused(world.run(sales, register, input('別の内容株式会社'), 'key-2'))).toEqual([
      'idempotency_key_must_be_fresh',
    ])
    expect(await partiesCalled('別の内容株式会社')).toBe(0)
  })

  it('makes twins at the same moment one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => world.run(sales, register, input('双子株式会社'), 'key-3')),
    )
    expect(new Set(answers.map(answer => JSON.stringify(answer.body))).size).toBe(1)
    expect(answers.filter(answer => !answer.replayed).length).toBe(1)
    expect(await partiesCalled('双子株式会社')).toBe(1)
  })

  it('belongs to the person: two people may choose the same', async () => {
    const other = await world.person('別の営業', 'sales')
    await world.run(sales, register, input('鍵甲株式会社'), 'key-4')
    const answer = await world.run(other, register, input('鍵乙株式会社'), 'key-4')
    expect(answer.replayed).toBe(false)
  })

  it('is free again after a refusal, which is not stored', async () => {
    const wrong = { ...input('直し株式会社'), corporateNumber: '1234567890123' }
    expect(await world.refused(world.run(sales, register, wrong, 'key-5'))).toContain(
      'corporate_number_must_be_valid',
    )
    expect((await world.run(sales, register, input('直し株式会社'), 'key-5')).status).toBe(200)
  })

  it('stores the answer of a change that waits, too', async () => {
    const { id } = await world.done(sales, register, input('待ち株式会社'))
    const change = { reasonCode: 'correction' as const, reasonText: '誤りの訂正のため', evidence: [] }
    const asked = {
      partyId: id,
      rowVersion: 1,
      legalName: '待ち後株式会社',
      effectiveOn: '2026-11-01',
      change,
    }
    const [first, second] = [
      await world.run(sales, rename, asked, 'key-6'),
      await world.run(sales, rename, asked, 'key-6'),
    ]
    expect([first.status, second.status, second.replayed]).toEqual([202, 202, true])
    expect(second.body).toEqual(first.body)
  })
})

describe('a dry run', () => {
  it('answers as the real run would, and leaves nothing behind', async () => {
    const before = await counts()
    const answer = await world.executor.execute(register, sales, input('試し株式会社'), {
      key: 'dry-1',
      requestId: 'test',
      dryRun: true,
    })
    expect(answer.body).toMatchObject({ partyNo: expect.stringMatching(/^C-/) })
    expect(await counts()).toEqual(before)
  })

  async function counts() {
    const count = async (table: 'party' | 'audit_event' | 'command_run' | 'party_search_key') =>
      (
        await world.db
          .selectFrom(table)
          .select(eb => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n
    return [
      await count('party'),
      await count('audit_event'),
      await count('command_run'),
      await count('party_search_key'),
    ]
  }
})

describe('a command', () => {
  const silent = defineCommand(
    command({
      name: 'test.silent',
      path: '/api/test',
      summary: 'Forgets to say what it did.',
      permission: 'parties.register',
      input: z.object({}),
      output: z.object({}),
      refusals: {},
    }),
    { run: async () => ({}) },
  )

  it('which records no event is our bug and commits nothing', async () => {
    await expect(world.run(sales, silent, {})).rejects.toThrow('recorded no event')
  })

  it('names every field of a wrong shape at once, in Japanese, and is not recorded', async () => {
    const before = await world.db.selectFrom('audit_event').select('id').execute()
    const attempt = world.executor.execute(
      register,
      sales,
      { partyKind: '会社', legalName: '' },
      { key: 'shape', requestId: 'test' },
    )
    await expect(attempt).rejects.toMatchObject({
      kind: 'invalid',
      reasons: [{ field: 'partyKind' }, { field: 'legalName' }],
    })
    const after = await world.db.selectFrom('audit_event').select('id').execute()
    expect(after.length).toBe(before.length)
  })

  it('approved by a person who has lost the right since is refused', async () => {
    const { id } = await world.done(sales, register, input('失権株式会社'))
    const change = { reasonCode: 'correction' as const, reasonText: '誤りの訂正のため', evidence: [] }
    const maker = await world.person('退職予定', 'sales')
    const asked = await world.run(maker, rename, {
      partyId: id,
      rowVersion: 1,
      legalName: '失権後株式会社',
      effectiveOn: '2026-11-01',
      change,
    })
    if (asked.status !== 202) throw new Error('must wait')
    await world.db.transaction().execute(async tx => {
      await tx
        .updateTable('role_grant')
        .set({ revoked_at: world.clock.now().toISOString(), revoked_by: sales.id })
        .where('staff_id', '=', maker.id)
        .execute()
      await world.executor.context(tx, sales, 'test').record({ verb: 'test_revoked', subjects: [] })
    })
    const approver = await world.person('決裁', 'approver')
    expect(
      await world.refused(world.run(approver, approve, { changeRequestId: asked.body.changeRequestId })),
    ).toEqual(['maker_must_still_be_allowed'])
  })

  it('never decided by a part of the program', async () => {
    const { id } = await world.done(sales, register, input('自動承認株式会社'))
    const change = { reasonCode: 'correction' as const, reasonText: '誤りの訂正のため', evidence: [] }
    const asked = await world.run(sales, rename, {
      partyId: id,
      rowVersion: 1,
      legalName: '自動承認後株式会社',
      effectiveOn: '2026-11-01',
      change,
    })
    if (asked.status !== 202) throw new Error('must wait')
    const system = await world.loadActor('00000000-0000-7000-8000-000000000001')
    const refused = await world.refused(
      world.run(system!, approve, { changeRequestId: asked.body.changeRequestId }),
    )
    expect(refused).toEqual(['permission_must_be_held'])
  })
})
