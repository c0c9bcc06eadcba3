import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { openChangeRequest } from '../approvals/contract.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { record } from './commands.ts'
import { exclusionsOfParty, ownershipOfParty } from './contract.ts'
import { endOfExclusion, exclude } from './exclusions.ts'

let world: World
let operations: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  approver = await world.person('決裁', 'approver')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '医師の診断書で確認した', evidence: [EVIDENCE] }

const somebody = async (
  partyId: string,
  familyName: string,
  role: 'contact' | 'representative' = 'contact',
) =>
  (
    await world.done(operations, addPersonCommand, {
      partyId,
      role,
      person: { familyName, givenName: '一', birthDate: '1950-01-01' },
    })
  ).personId

/** A company held 60 % by one person and 40 % by another. */
async function held() {
  const partyId = (
    await world.done(operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '株式会社除外',
    })
  ).id
  const [first, second] = [await somebody(partyId, '会長'), await somebody(partyId, '専務')]
  for (const [holderPersonId, share] of [
    [first, 60],
    [second, 40],
  ] as const)
    await world.done(operations, record, { partyId, holderPersonId, sharePpm: share * 10_000, change })
  return { partyId, first, second }
}

async function byTwo(answer: { status: number; body: unknown }) {
  expect(answer.status).toBe(202)
  const { changeRequestId } = answer.body as { changeRequestId: string }
  const { items } = await world.ask(approver, openChangeRequest, { changeRequestId })
  await world.done(approver, approve, { changeRequestId })
  return items.map(item => [item.label, item.old, item.new])
}

const owners = async (partyId: string, asOf?: string, known: 'then' | 'now' = 'now') =>
  (await world.ask(operations, ownershipOfParty, { partyId, known, ...(asOf ? { asOf } : {}) })).owners

describe('somebody clearly unable to control (JR §3.6, 規則11条: exclude someone clearly lacking will or ability)', () => {
  it('is no owner from then on, by two people with evidence; the next by the rule is, and both are kept', async () => {
    const { partyId, first, second } = await held()
    expect((await owners(partyId)).rows.map(row => row.id)).toEqual([first])
    const input = { partyId, personId: first, ground: 'incapacity' as const, judgedOn: '2026-11-20', change }
    expect(
      await world.refused(world.run(operations, exclude, { ...input, change: { ...change, evidence: [] } })),
    ).toEqual(['evidence_must_be_attached'])
    expect(await byTwo(await world.run(operations, exclude, input))).toEqual([
      [expect.stringMatching(/^除く理由（H-\d+）$/), null, '支配する能力がない（長期の療養・後見など）'],
      ['判断の日', null, '2026-11-20'],
      ['実質的支配者（計算）　株式会社除外', '会長 一', '専務 一'],
    ])
    const after = await owners(partyId)
    expect(after.rows).toMatchObject([{ id: second, basis: 'votes_over_25' }])
    expect(after.explanations.map(one => one.code)).toContain('unable_must_be_excluded')
    const kept = await world.db
      .selectFrom('computed_owner')
      .select('holder_id')
      .where('company_id', '=', partyId)
      .execute()
    expect(kept).toEqual([{ holder_id: second }])
    expect((await owners(partyId, '2026-11-19')).rows.map(row => row.id)).toEqual([first])
    expect(await world.refused(world.run(operations, exclude, input))).toEqual([
      'exclusion_must_not_stand_already',
    ])
    const shown = await world.ask(operations, exclusionsOfParty, { partyId })
    expect(shown.rows).toMatchObject([
      {
        personId: first,
        from: '2026-11-20',
        to: null,
        ended: null,
        began: { reason: change.reasonText, by: '事務', approvedBy: '決裁', evidence: [EVIDENCE] },
      },
    ])
    expect(shown.candidates.map(one => one.personId)).toEqual([second])
  })

  it('counts again once the judgement is ended, by two people; a past report keeps what was known then', async () => {
    const { partyId, first, second } = await held()
    await byTwo(
      await world.run(operations, exclude, {
        partyId,
        personId: first,
        ground: 'nominal_holder',
        judgedOn: '2026-11-01',
        change,
      }),
    )
    const [row] = (await world.ask(operations, exclusionsOfParty, { partyId })).rows
    const ending = (endedOn: string) =>
      world.run(operations, endOfExclusion, { exclusionId: row!.id, endedOn, change })
    expect(await world.refused(ending('2026-10-31'))).toEqual(['judgement_must_not_end_before_it_began'])
    expect(await world.refused(ending('2099-01-01'))).toEqual(['judgement_must_not_lie_ahead'])
    world.clock.set(new Date('2026-12-10T10:00:00+09:00'))
    expect((await byTwo(await ending('2026-11-15'))).at(-1)).toEqual([
      '実質的支配者（計算）　株式会社除外',
      '専務 一',
      '会長 一',
    ])
    expect((await owners(partyId)).rows.map(one => one.id)).toEqual([first])
    // Back-dated: now we know the person counted on the 20th, on the 1st of December we did not.
    expect((await owners(partyId, '2026-11-20')).rows.map(one => one.id)).toEqual([first])
    expect((await owners(partyId, '2026-12-01', 'then')).rows.map(one => one.id)).toEqual([second])
    const [ended] = (await world.ask(operations, exclusionsOfParty, { partyId })).rows
    expect(ended).toMatchObject({ to: '2026-11-15', ended: { by: '事務', approvedBy: '決裁' } })
    expect(await world.refused(ending('2026-11-15'))).toEqual(['exclusion_must_be_in_force'])
    world.clock.set(TEST_NOW)
  })

  it('must be somebody who could be the owner: a contact without shares is not', async () => {
    const { partyId } = await held()
    const clerk = await somebody(partyId, '経理')
    const boss = await somebody(partyId, '代表', 'representative')
    const attempt = (personId: string, judgedOn = '2026-11-20') =>
      world.run(operations, exclude, { partyId, personId, ground: 'no_will', judgedOn, change })
    expect(await world.refused(attempt(clerk))).toEqual(['excluded_person_must_count'])
    expect(await world.refused(attempt(boss, '2099-01-01'))).toEqual(['judgement_must_not_lie_ahead'])
    expect((await attempt(boss)).status).toBe(202)
  })
})
