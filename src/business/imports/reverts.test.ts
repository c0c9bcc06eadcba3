import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { factsOf } from '../changes/index.ts'
import { Drive } from './testing/drive.ts'

let world: World
let operations: Actor
let drive: Drive

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
})
afterAll(() => world.close())

async function alertAbout(partyId: string, state: 'open' | 'acknowledged') {
  const id = newId()
  const at = world.clock.now().toISOString()
  await world.db.transaction().execute(async tx => {
    await tx
      .insertInto('alert')
      .values({
        id,
        kind: 'customer_changed',
        severity: 'warning',
        rule_code: 'test',
        rule_version: 1,
        subject_kind: 'party',
        subject_id: partyId,
        party_id: partyId,
        sentence: '登記と異なります。',
        dedupe_key: id,
        raised_at: at,
        owner_role: 'sales',
        due_on: '2026-12-01',
        state,
        acknowledged_by: state === 'open' ? null : operations.id,
        acknowledged_at: state === 'open' ? null : at,
      } as never)
      .execute()
    const context = world.executor.context(tx, operations, 'test')
    await context.record({ verb: 'alert_raised', subjects: [{ kind: 'alert', id }] })
  })
  return id
}

it('a revert ends alerts about its customers that nobody has taken, and keeps a company whose alert somebody works on', async () => {
  const id = await drive.taken('管理番号,法人名\nA1,株式会社警報甲\nA2,株式会社警報乙\n', {}, 'customers')
  const [first, second] = await drive.rows(id)
  const ended = await alertAbout(first!.recordId!, 'open')
  const kept = await alertAbout(second!.recordId!, 'acknowledged')
  // What is derived from the record goes with it.
  await world.db
    .insertInto('quality_item')
    .values({
      party_id: first!.recordId!,
      check_code: 'item:address',
      found_on: '2026-11-24',
      due_on: '2026-12-24',
      solved_on: null,
    } as never)
    .execute()
  expect((await drive.reverted(id)).map(row => row.state)).toEqual(['reverted', 'kept'])
  const alerts = await world.db
    .selectFrom('alert')
    .select(['id', 'state', 'outcome', 'party_id'])
    .where('id', 'in', [ended, kept])
    .orderBy('state')
    .execute()
  expect(alerts).toEqual([
    { id: kept, state: 'acknowledged', outcome: null, party_id: second!.recordId },
    { id: ended, state: 'resolved', outcome: '登録の取消により終了', party_id: null },
  ])
  expect(await world.verbsOf(ended)).toEqual(['alert_raised', 'alert_resolved'])
})

it('what an import fills in on a person who was known stands in the timeline, sealed, and ends with the revert', async () => {
  await drive.taken('管理番号,法人名,代表者\nH1,株式会社履歴,履歴 太郎\n', {}, 'customers')
  const id = await drive.taken(
    '顧客番号,氏名,役割,生年月日,メール\nH1,履歴 太郎,代表者,昭和45年5月6日,taro@example.jp\n',
    {},
    'people',
  )
  const personId = (await drive.rows(id))[0]!.recordId!
  const said = async () => {
    const facts = await factsOf(world.db, personId, { keys: world.keys })
    return Object.fromEntries(
      [...facts].map(([field, values]) => [field, values.map(one => [one.validFrom, one.value])]),
    )
  }
  expect(await said()).toEqual({
    birthDate: [
      [null, null],
      ['2026-11-24', '1970-05-06'],
    ],
    email: [
      [null, null],
      ['2026-11-24', 'taro@example.jp'],
    ],
  })
  const plain = await world.db
    .selectFrom('field_value' as never)
    .select(['value' as never])
    .where('record_id' as never, '=', personId as never)
    .execute()
  expect(JSON.stringify(plain)).not.toContain('1970')
  expect((await drive.reverted(id)).map(row => row.state)).toEqual(['reverted'])
  expect((await said()).birthDate!.at(-1)).toEqual(['2026-11-24', null])
})
