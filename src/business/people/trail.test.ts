import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import { approve } from '../approvals/commands.ts'
import { openChangeRequest } from '../approvals/contract.ts'
import { register } from '../parties/commands/register-party.ts'
import { raiseStage } from '../parties/index.ts'
import { add, end } from './commands.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const change = { reasonCode: 'registry_change' as const, reasonText: '登記で確認した', evidence: [EVIDENCE] }

/** Everything append-only or stored as an answer; disposal can blank a row, but never this. */
async function keptForEver(): Promise<string> {
  const { rows } = await sql<{ text: string }>`select canonical_text as text from audit_event
    union all select canonical_text from view_event union all select answer from command_run`.execute(
    world.db,
  )
  return rows.map(row => row.text).join('\n')
}

test('names, birth dates and telephones of natural persons stand neither in the trail nor in stored answers', async () => {
  const operations = await world.person('事務', 'operations')
  const approver = await world.person('決裁', 'approver')
  const { id: partyId } = await world.done(operations, register, {
    partyKind: 'corporation',
    legalName: '株式会社痕跡',
  })
  const person = {
    familyName: '毛利',
    givenName: '蘭之介',
    birthDate: '1971-02-03',
    phone: '090-1234-5678',
    homeAddress: '東京都千代田区一番町1-1',
  }
  const first = await world.done(operations, add, { partyId, role: 'representative', person })
  await world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, operations, 'test')
    await raiseStage(context, partyId, 'applied')
    const subjects = [{ kind: 'party', id: partyId }]
    await context.record({ verb: 'test_applied', subjects })
  })
  const second = await world.run(operations, add, {
    partyId,
    role: 'representative',
    person: { ...person, givenName: '小五郎' },
    change,
  })
  const { changeRequestId } = second.body as { changeRequestId: string }
  const shown = await world.ask(approver, openChangeRequest, { changeRequestId })
  expect(shown.items.find(item => item.field === 'role')?.new).toBe('毛利 蘭之介、毛利 小五郎')
  await world.done(approver, approve, { changeRequestId })
  await world.run(operations, end, { partyPersonId: first.id, endedOn: '2026-11-24', change })
  const text = await keptForEver()
  expect(text).toContain('株式会社痕跡')
  for (const secret of ['毛利', '蘭之介', '小五郎', '1971-02-03', '5678', '一番町'])
    expect(text.includes(secret), secret).toBe(false)
})
