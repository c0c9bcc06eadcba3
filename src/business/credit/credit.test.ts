import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { approve } from '../approvals/commands.ts'
import { record as recordShares } from '../ownership/commands.ts'
import { register } from '../parties/commands/register-party.ts'
import { accept } from './breach.ts'
import { grant, lift, revoke, suspend } from './commands.ts'
import { commitExposure, recheckExposure, settleExposure } from './commit.ts'
import { headroomOfDeal, limitsOfParty } from './contract.ts'

let world: World
let reviewer: Actor
let approver: Actor
let operations: Actor
beforeAll(async () => {
  world = await createWorld()
  reviewer = await world.person('審査', 'reviewer')
  approver = await world.person('決裁', 'approver')
  operations = await world.person('事務', 'operations')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '年次の見直し', evidence: [] }
const dates = {
  inForceFrom: '2026-11-01',
  reviewDueOn: '2027-10-31',
  assessedOn: '2026-10-30',
  grounds: '決算書2期と入金実績による',
}

async function party(legalName: string) {
  return (
    await world.done(operations, register, {
      partyKind: 'corporation',
      legalName,
      roles: ['client', 'debtor'],
    })
  ).id
}

async function limit(
  limitKind: 'client' | 'debtor' | 'group' | 'pair',
  subjectId: string,
  limitYen: number,
  more: object = {},
) {
  const answer = await world.run(reviewer, grant, {
    limitKind,
    subjectId,
    limitYen,
    ...dates,
    change,
    ...more,
  })
  if (answer.status === 200) return answer.body.id
  const applied = await world.done(approver, approve, { changeRequestId: answer.body.changeRequestId })
  return (applied.answer as { id: string }).id
}

async function commit(clientId: string, debtorId: string, amountYen: number, receivableId = newId()) {
  await world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, operations, 'test')
    await commitExposure(context, { receivableId, clientId, debtorId, amountYen })
    await context.record({ verb: 'test_committed', subjects: [] })
  })
  return receivableId
}

async function inContext(work: (context: Parameters<typeof recheckExposure>[0]) => Promise<unknown>) {
  await world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, operations, 'test')
    await work(context)
    await context.record({ verb: 'test_settled', subjects: [] })
  })
}

describe('setting a limit', () => {
  it('waits for a second person to grant and to raise, and lowers at once', async () => {
    const id = await party('枠設定株式会社')
    const first = await world.run(reviewer, grant, {
      limitKind: 'client',
      subjectId: id,
      limitYen: 5_000_000,
      ...dates,
      change,
    })
    expect(first.status).toBe(202)
    if (first.status !== 202) return
    expect(
      await world.refused(world.run(reviewer, approve, { changeRequestId: first.body.changeRequestId })),
    ).toContain('permission_must_be_held')
    await world.done(approver, approve, { changeRequestId: first.body.changeRequestId })
    const raised = await world.run(reviewer, grant, {
      limitKind: 'client',
      subjectId: id,
      limitYen: 6_000_000,
      ...dates,
      change,
    })
    expect(raised.status).toBe(202)
    const lowered = await world.run(reviewer, grant, {
      limitKind: 'client',
      subjectId: id,
      limitYen: 3_000_000,
      ...dates,
      change,
    })
    expect(lowered.status).toBe(200)
    const { limits } = await world.ask(reviewer, limitsOfParty, { partyId: id })
    expect(limits.map(one => [one.limitYen, one.state])).toEqual([
      [3_000_000, 'in_force'],
      [5_000_000, 'superseded'],
    ])
    // The raise was asked on a limit that no longer stands.
    if (raised.status !== 202) return
    expect(
      (await world.done(approver, approve, { changeRequestId: raised.body.changeRequestId })).state,
    ).toBe('stale')
  })

  it('names every wrong term at once', async () => {
    const id = await party('枠誤記株式会社')
    const attempt = world.run(reviewer, grant, {
      limitKind: 'pair',
      subjectId: id,
      limitPpm: 100_000,
      term: 'temporary',
      ...dates,
      reviewDueOn: '2026-11-24',
      assessedOn: '2026-12-01',
      change,
    })
    expect(await world.refused(attempt)).toEqual([
      'amount_must_fit_the_kind',
      'pair_must_name_both',
      'temporary_limit_must_end',
      'review_must_be_ahead',
      'assessment_must_not_be_in_the_future',
    ])
  })

  it('is refused to sales', async () => {
    const sales = await world.person('営業', 'sales')
    const id = await party('営業枠株式会社')
    const attempt = world.run(sales, grant, {
      limitKind: 'client',
      subjectId: id,
      limitYen: 1,
      ...dates,
      change,
    })
    expect(await world.refused(attempt)).toEqual(['permission_must_be_held'])
  })
})

describe('exposure above a limit', () => {
  it('is answered for by two people until a day, shown with the limit, and lets nothing more be bought', async () => {
    const [client, debtor] = [await party('超過利用者株式会社'), await party('超過売掛先株式会社')]
    const limitId = await limit('client', client, 5_000_000)
    await limit('debtor', debtor, 5_000_000)
    const asked = { limitId, cause: '与信枠の引下げ', until: '2027-01-31', change }
    expect(await world.refused(world.run(reviewer, accept, asked))).toEqual(['limit_must_be_exceeded'])
    await commit(client, debtor, 4_000_000)
    const lowered = await limit('client', client, 3_000_000)
    const input = { ...asked, limitId: lowered }
    for (const until of ['2026-11-24', '2027-02-23'])
      expect(await world.refused(world.run(reviewer, accept, { ...input, until }))).toEqual([
        'breach_must_end_in_time',
      ])
    expect(await world.refused(world.run(operations, accept, input))).toEqual(['permission_must_be_held'])
    expect(await world.refused(world.run(reviewer, accept, asked))).toEqual(['limit_must_stand'])
    const shown = async () =>
      (await world.ask(operations, limitsOfParty, { partyId: client })).limits.find(one => one.id === lowered)
    expect(await shown()).toMatchObject({ exceededYen: 1_000_000, breaches: [] })
    for (const until of ['2027-01-31', '2027-02-10']) {
      const answer = await world.run(reviewer, accept, { ...input, until })
      if (answer.status !== 202) throw new Error('expected to wait for a second person')
      await world.done(approver, approve, { changeRequestId: answer.body.changeRequestId })
    }
    const breach = { amountYen: 1_000_000, cause: '与信枠の引下げ', requestedBy: '審査', approvedBy: '決裁' }
    const { breaches } = (await shown())!
    expect(breaches).toHaveLength(2)
    expect(breaches).toContainEqual(
      expect.objectContaining({ ...breach, acceptedUntil: '2027-02-10', replacedOn: null }),
    )
    expect(breaches).toContainEqual(
      expect.objectContaining({ ...breach, acceptedUntil: '2027-01-31', replacedOn: '2026-11-24' }),
    )
    const room = await world.ask(operations, headroomOfDeal, { clientId: client, debtorId: debtor })
    expect(room.headroomYen).toBeLessThanOrEqual(0)
  })

  it('that grew after it was asked for is not accepted as something smaller', async () => {
    const [client, debtor] = [await party('増加利用者株式会社'), await party('増加売掛先株式会社')]
    await limit('client', client, 9_000_000)
    await limit('debtor', debtor, 9_000_000)
    await commit(client, debtor, 4_000_000)
    const limitId = await limit('client', client, 3_000_000)
    const asked = { limitId, cause: '与信枠の引下げ', until: '2027-01-31', change }
    const answer = await world.run(reviewer, accept, asked)
    if (answer.status !== 202) throw new Error('expected to wait for a second person')
    const { changeRequestId } = answer.body
    const yes = () => world.run(approver, approve, { changeRequestId })
    // A receipt taken back puts the exposure up again.
    const grow = (by: number) =>
      inContext(({ tx }) =>
        sql`update credit_pair_total set committed_yen = committed_yen + ${by} where client_id = ${client}`.execute(
          tx,
        ),
      )
    await grow(500_000)
    expect(await world.refused(yes())).toEqual(['breach_must_not_have_grown'])
    await grow(-600_000)
    expect((await world.done(approver, approve, { changeRequestId })).answer).toMatchObject({
      overYen: 900_000,
    })
  })
})

describe('holding a limit', () => {
  it('refuses without limits on both sides, naming each', async () => {
    const [client, debtor] = [await party('無枠利用者'), await party('無枠売掛先')]
    expect(await world.refused(commit(client, debtor, 1))).toEqual([
      'limit_must_be_in_force',
      'limit_must_be_in_force',
    ])
  })

  it('holds the smallest room of client, debtor, pair and group, and gives back what ends', async () => {
    const [client, debtor] = [await party('利用者甲'), await party('売掛先乙')]
    await limit('client', client, 10_000_000)
    await limit('debtor', debtor, 8_000_000)
    await limit('pair', client, 5_000_000, { secondSubjectId: debtor })
    const first = await commit(client, debtor, 3_000_000)
    expect(await world.refused(commit(client, debtor, 2_000_001))).toEqual(['limit_must_cover_the_purchase'])
    const room = await world.ask(reviewer, headroomOfDeal, { clientId: client, debtorId: debtor })
    expect(room.lines.find(line => line.binding)).toMatchObject({
      limitKind: 'pair',
      headroomYen: 2_000_000,
      exposureYen: 3_000_000,
    })
    await inContext(context =>
      recheckExposure(context, [{ receivableId: first, clientId: client, debtorId: debtor }]),
    )
    await inContext(context => settleExposure(context, first, { state: 'paid', amountYen: 3_000_000 }))
    await inContext(context => settleExposure(context, first, { state: 'paid', amountYen: 1_000_000 }))
    await commit(client, debtor, 4_000_000)
    await inContext(context => settleExposure(context, first, { state: 'ended', amountYen: 0 }))
    expect(
      (await world.ask(reviewer, headroomOfDeal, { clientId: client, debtorId: debtor })).headroomYen,
    ).toBe(1_000_000)
  })

  it('counts a whole group under the limit of its head', async () => {
    const [head, child, debtor] = [
      await party('持株会社'),
      await party('事業子会社'),
      await party('共通売掛先'),
    ]
    await world.done(operations, recordShares, {
      partyId: child,
      holderPartyId: head,
      sharePpm: 600_000,
      change,
    })
    for (const id of [head, child]) await limit('client', id, 10_000_000)
    await limit('debtor', debtor, 100_000_000)
    await limit('group', head, 12_000_000)
    await commit(head, debtor, 9_000_000)
    expect(await world.refused(commit(child, debtor, 3_000_001))).toEqual(['limit_must_cover_the_purchase'])
    await commit(child, debtor, 3_000_000)
  })

  it('gives nothing while suspended; lifting takes two people, suspending one', async () => {
    const [client, debtor] = [await party('停止利用者'), await party('停止売掛先')]
    const clientLimit = await limit('client', client, 1_000_000)
    await limit('debtor', debtor, 1_000_000)
    await world.done(reviewer, suspend, { limitId: clientLimit, reason: '信用不安の情報' })
    expect(await world.refused(commit(client, debtor, 1))).toEqual(['limit_must_not_be_suspended'])
    const answer = await world.run(reviewer, lift, { limitId: clientLimit, change })
    if (answer.status !== 202) throw new Error('lifting must wait')
    await world.done(approver, approve, { changeRequestId: answer.body.changeRequestId })
    await commit(client, debtor, 1_000_000)
    await world.done(reviewer, revoke, { limitId: clientLimit, reason: '取引終了のため' })
    expect(await world.refused(commit(client, debtor, 1))).toContain('limit_must_be_in_force')
  })

  it('is never exceeded by 200 purchases at once, whatever their sizes', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 900_000 }), { minLength: 200, maxLength: 200 }),
        async amounts => {
          const [client, debtors] = [
            await party('並列利用者'),
            [await party('並列先一'), await party('並列先二')],
          ]
          await limit('client', client, 10_000_000)
          for (const debtor of debtors) await limit('debtor', debtor, 6_000_000)
          const outcomes = await Promise.all(
            amounts.map((amount, at) =>
              commit(client, debtors[at % 2]!, amount).then(
                () => amount,
                error => {
                  if (error instanceof Refusal) return 0
                  throw error
                },
              ),
            ),
          )
          const held = outcomes.reduce((sum, amount) => sum + amount, 0)
          const { rows } = await sql<{ client: number; most: number }>`
          select sum(committed_yen)::bigint as client, max(committed_yen) as most from credit_pair_total where client_id = ${client}`.execute(
            world.db,
          )
          expect(rows[0]?.client).toBe(held)
          expect(held).toBeLessThanOrEqual(10_000_000)
          expect(rows[0]?.most).toBeLessThanOrEqual(6_000_000)
          expect(held).toBeGreaterThan(9_000_000)
        },
      ),
      { numRuns: 2 },
    )
  })
})
