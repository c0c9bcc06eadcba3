import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { approve } from '../approvals/commands.ts'
import { grant, revoke, suspend } from '../credit/commands.ts'
import { headroomOfDeal, limitsOfParty, listLimits } from '../credit/contract.ts'
import { commitExposure, headroomFor } from '../credit/index.ts'
import { recordHoldingCommand as recordSharesCommand } from '../ownership/index.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { merge, unmerge } from './commands.ts'
import { compareParties, previewUnmerge } from './contract.ts'

let world: World
let operations: Actor
let reviewer: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務 三郎', 'operations')
  reviewer = await world.person('審査 次郎', 'reviewer')
  approver = await world.person('決裁 太郎', 'approver')
})
afterAll(() => world.close())

const change = { reasonCode: 'merge' as const, reasonText: '登記と電話で同一と確認', evidence: [] }

async function party(legalName: string): Promise<string> {
  const { id } = await world.done(operations, registerPartyCommand, {
    partyKind: 'corporation',
    legalName,
    roles: ['client', 'debtor'],
  })
  return id
}

async function decided(answer: { status: number; body: unknown }): Promise<{ id: string }> {
  if (answer.status === 200) return answer.body as { id: string }
  const { changeRequestId } = answer.body as { changeRequestId: string }
  const approved = await world.done(approver, approve, { changeRequestId, comment: '' })
  expect(approved.state).toBe('applied')
  return approved.answer as { id: string }
}

async function limit(subjectId: string, limitYen: number, more: object = {}): Promise<string> {
  const answer = await world.run(reviewer, grant, {
    limitKind: 'client',
    subjectId,
    limitYen,
    inForceFrom: '2026-11-01',
    reviewDueOn: '2027-10-31',
    assessedOn: '2026-10-30',
    grounds: '決算書2期と入金実績による',
    change,
    ...more,
  })
  return (await decided(answer)).id
}

const merged = async (partyIds: string[], limitChoices: Record<string, string> = {}) =>
  (await decided(await world.run(operations, merge, { partyIds, limitChoices, change }))).id
const unmerged = async (mergeId: string) => decided(await world.run(operations, unmerge, { mergeId, change }))

const commit = (clientId: string, debtorId: string, amountYen: number) =>
  world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, operations, 'test')
    await commitExposure(context, { receivableId: newId(), clientId, debtorId, amountYen })
    await context.record({ verb: 'test_committed', subjects: [] })
  })

/** Limits of the company as [yen, state], newest first. */
async function limitsOf(partyId: string) {
  const { limits } = await world.ask(reviewer, limitsOfParty, { partyId })
  return limits.map(one => [one.limitYen, one.state])
}

async function limitRows() {
  const { rows } = await sql`select l.*, l.xmin is null as never from credit_limit l order by id`.execute(
    world.db,
  )
  return JSON.stringify(rows)
}

async function pairWithLimits(name: string) {
  const [first, second] = [await party(`株式会社${name}`), await party(`（株）${name}`)]
  const low = await limit(first, 10_000_000)
  const high = await limit(second, 30_000_000)
  return { first, second, low, high }
}

describe('two limits in force for one company', () => {
  it('must be resolved inside the merge request, and unmerging gives both back exactly', async () => {
    const { first, second, low, high } = await pairWithLimits('枠二重商会')
    const debtor = await party('枠二重の売掛先株式会社')
    await limit(debtor, 90_000_000, { limitKind: 'debtor' })
    await commit(first, debtor, 4_000_000)
    await commit(second, debtor, 5_000_000)
    const compared = await world.ask(reviewer, compareParties, { partyIds: [first, second] })
    expect(compared.limits).toMatchObject([
      {
        key: 'client',
        exposureYen: 9_000_000,
        limits: [
          { limitId: low, limitYen: 10_000_000, exposureYen: 4_000_000 },
          { limitId: high, limitYen: 30_000_000, exposureYen: 5_000_000 },
        ],
      },
    ])
    const input = { partyIds: [first, second], change }
    expect(await world.refused(world.run(operations, merge, input))).toEqual(['limits_must_be_chosen'])
    expect(
      await world.refused(world.run(operations, merge, { ...input, limitChoices: { client: newId() } })),
    ).toEqual(['chosen_limit_must_be_one_of_them'])
    const before = await limitRows()
    const mergeId = await merged([first, second], { client: low })
    const preview = await world.ask(reviewer, previewUnmerge, { mergeId })
    expect(
      preview.limits!.map(one => [
        one.companyId,
        one.limitYen,
        one.inForceNow,
        one.inForceAfter,
        one.exposureNowYen,
        one.exposureAfterYen,
      ]),
    ).toEqual([
      [first, 10_000_000, true, true, 9_000_000, 4_000_000],
      [second, 30_000_000, false, true, null, 5_000_000],
    ])
    expect(await limitsOf(second)).toEqual([
      [10_000_000, 'in_force'],
      [30_000_000, 'set_aside'],
    ])
    const { limits } = await world.ask(reviewer, limitsOfParty, { partyId: second })
    expect(limits[0]!.exposureYen).toBe(9_000_000)
    await expect(commit(second, debtor, 1_000_001)).rejects.toThrow('limit_must_cover_the_purchase')
    await commit(second, debtor, 1_000_000)
    await unmerged(mergeId)
    expect(await limitRows()).toBe(before)
    await commit(second, debtor, 20_000_000)
  })

  it('takes the lower one when asked to', async () => {
    const { first, second } = await pairWithLimits('枠低位商会')
    await merged([first, second], { client: 'lower' })
    expect(await limitsOf(first)).toEqual([
      [10_000_000, 'in_force'],
      [30_000_000, 'set_aside'],
    ])
  })

  it('makes the request stale when a limit has moved since', async () => {
    const { first, second, high } = await pairWithLimits('枠変動商会')
    const answer = await world.run(operations, merge, {
      partyIds: [first, second],
      limitChoices: { client: high },
      change,
    })
    await world.done(reviewer, suspend, { limitId: high, reason: '決算の赤字を受けて停止' })
    const { changeRequestId } = answer.body as { changeRequestId: string }
    expect((await world.done(approver, approve, { changeRequestId, comment: '' })).state).toBe('stale')
  })

  it('a merge lifts no suspension: a suspended limit that was set aside still stops purchases', async () => {
    const { first, second, low, high } = await pairWithLimits('枠停止商会')
    await world.done(reviewer, suspend, { limitId: low, reason: '支払遅延を受けて停止' })
    await merged([first, second], { client: high })
    const debtor = await party('枠停止の売掛先')
    await limit(debtor, 90_000_000, { limitKind: 'debtor' })
    await expect(commit(second, debtor, 1)).rejects.toThrow('limit_must_not_be_suspended')
  })

  it('a limit granted later takes the place of the one in force, and unmerging leaves it on its record', async () => {
    const { first, second, low } = await pairWithLimits('枠改定商会')
    const mergeId = await merged([first, second], { client: low })
    await limit(second, 15_000_000)
    expect(await limitsOf(first)).toEqual([
      [15_000_000, 'in_force'],
      [10_000_000, 'set_aside'],
      [30_000_000, 'superseded'],
    ])
    await unmerged(mergeId)
    expect(await limitsOf(first)).toEqual([[10_000_000, 'in_force']])
    expect(await limitsOf(second)).toEqual([
      [15_000_000, 'in_force'],
      [30_000_000, 'superseded'],
    ])
  })

  it('revoking the limit in force brings no other record’s limit back', async () => {
    const { first, second, low } = await pairWithLimits('枠取消商会')
    const third = await party('株式会社枠取消商会')
    const mergeId = await merged([first, second], { client: low })
    await world.done(reviewer, revoke, { limitId: low, reason: '取引を終了するため取消' })
    const states = [
      [30_000_000, 'set_aside'],
      [10_000_000, 'revoked'],
    ]
    expect(await limitsOf(first)).toEqual(states)
    const more = await merged([second, third])
    expect(await limitsOf(third)).toEqual(states)
    await unmerged(more)
    await unmerged(mergeId)
    expect(await limitsOf(second)).toEqual([[30_000_000, 'in_force']])
  })

  it('the database keeps two permanent limits from being in force for one company', async () => {
    const { first, second, low } = await pairWithLimits('枠制約商会')
    await merged([first, second], { client: low })
    await expect(
      world.db.transaction().execute(async tx => {
        await sql`update credit_limit set set_aside = false where company_id = ${first}`.execute(tx)
        await world.executor.context(tx, operations, 'test').record({ verb: 'test', subjects: [] })
      }),
    ).rejects.toThrow('credit_limit_one_per_company')
  })

  it('200 parallel commitments through both records never exceed the one limit', async () => {
    const { first, second, low } = await pairWithLimits('枠並行商会')
    await merged([first, second], { client: low })
    const debtor = await party('枠並行の売掛先')
    await limit(debtor, 90_000_000, { limitKind: 'debtor' })
    const tries = await Promise.allSettled(
      Array.from({ length: 200 }, (_, at) => commit(at % 2 ? first : second, debtor, 300_000)),
    )
    expect(tries.filter(one => one.status === 'fulfilled')).toHaveLength(33)
  })
})

describe('one exposure everywhere', () => {
  it('lists, tabs and commitments agree: companies and groups count all their records', async () => {
    const [parent, child, spelling] = [
      await party('株式会社連結親'),
      await party('株式会社連結子'),
      await party('（株）連結子'),
    ]
    const debtor = await party('連結の売掛先')
    await world.done(operations, recordSharesCommand, {
      partyId: child,
      holderPartyId: parent,
      sharePpm: 800_000,
      change,
    })
    for (const id of [parent, child, spelling]) await limit(id, 20_000_000)
    await limit(debtor, 80_000_000, { limitKind: 'debtor' })
    await limit(parent, 50_000_000, { limitKind: 'group' })
    await limit(spelling, 9_000_000, { limitKind: 'pair', secondSubjectId: debtor })
    await commit(parent, debtor, 1_000_000)
    await commit(child, debtor, 2_000_000)
    await commit(spelling, debtor, 4_000_000)
    await merged([child, spelling], { client: 'lower' })
    const room = await world.ask(reviewer, headroomOfDeal, { clientId: child, debtorId: debtor })
    const exposure = Object.fromEntries(room.lines.map(line => [line.limitKind, line.exposureYen]))
    expect(exposure).toMatchObject({
      client: 6_000_000,
      group: 7_000_000,
      debtor: 7_000_000,
      pair: 6_000_000,
    })
    const { rows } = await world.ask(reviewer, listLimits, { limit: 200 })
    const listed = (kind: string, name: string) =>
      rows.find(row => row.limitKind === kind && row.subject.name === name)?.exposureYen
    expect(listed('client', '株式会社連結子')).toBe(6_000_000)
    expect(listed('group', '株式会社連結親')).toBe(7_000_000)
    expect(listed('pair', '株式会社連結子')).toBe(6_000_000)
    expect(listed('debtor', '連結の売掛先')).toBe(7_000_000)
    const other = await headroomFor(world.db, '2026-11-24', spelling, debtor)
    expect(other.headroomYen).toBe(room.headroomYen)
  })
})
