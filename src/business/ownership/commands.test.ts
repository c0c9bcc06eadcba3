import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { approve } from '../approvals/commands.ts'
import { openChangeRequest } from '../approvals/contract.ts'
import { carryOutDueChanges } from '../changes/jobs.ts'
import { raiseStage, registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { merge, unmerge } from '../resolution/commands.ts'
import { end, record } from './commands.ts'
import { holdingHistory, holdingsOfParty, ownershipOfParty } from './contract.ts'
import { groupMemberIds } from './index.ts'
import { followTrail } from './jobs.ts'

let world: World
let operations: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  approver = await world.person('決裁', 'approver')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '株主名簿で確認した', evidence: [EVIDENCE] }
const standOn = (day: string) => world.clock.set(new Date(`${day}T10:00:00+09:00`))

const company = async (legalName: string, more: object = {}) =>
  (await world.done(operations, registerPartyCommand, { partyKind: 'corporation', legalName, ...more })).id

async function somebody(partyId: string, familyName: string, role: 'contact' | 'representative' = 'contact') {
  const person = { familyName, givenName: '一', birthDate: '1970-01-01' }
  return (await world.done(operations, addPersonCommand, { partyId, role, person })).personId
}

const holds = (partyId: string, holder: object, share: object) =>
  world.done(operations, record, { partyId, ...holder, ...share, change })
const percent = (share: number) => ({ sharePpm: share * 10_000 })

async function running(partyId: string): Promise<void> {
  await world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, operations, 'test')
    await raiseStage(context, partyId, 'applied')
    await context.record({ verb: 'test_applied', subjects: [{ kind: 'party', id: partyId }] })
  })
}

const sharesOf = async (partyId: string, asOf?: string, known?: 'then' | 'now') =>
  (
    await world.ask(operations, holdingsOfParty, {
      partyId,
      ...(asOf ? { asOf } : {}),
      ...(known ? { known } : {}),
    })
  ).holders.map(held => `${held.holderName} ${held.share}`)

const ownersOf = async (partyId: string, asOf?: string) =>
  (await world.ask(operations, ownershipOfParty, { partyId, known: 'now', ...(asOf ? { asOf } : {}) })).owners

const kept = (companyId: string) =>
  world.db.selectFrom('computed_owner').selectAll().where('company_id', '=', companyId).execute()

describe('a holding', () => {
  it('is refused when more than the whole would be held on any later day, and says which', async () => {
    const target = await company('株式会社満杯')
    const [first, second] = [await company('株式会社満杯一'), await company('株式会社満杯二')]
    await holds(target, { holderPartyId: first }, { ...percent(30), validFrom: '2020-04-01' })
    await holds(target, { holderPartyId: first }, { ...percent(60), validFrom: '2024-04-01' })
    const attempt = (share: object) =>
      world.run(operations, record, { partyId: target, holderPartyId: second, ...share, change })
    await expect(attempt({ ...percent(50), validFrom: '2021-01-01' })).rejects.toMatchObject({
      reasons: [
        {
          code: 'shares_must_not_exceed_the_whole',
          message: '2024-04-01に持分の合計が110%になり、100%を超えます（他の株主の合計 60%）。',
        },
      ],
    })
    await attempt({ ...percent(40), validFrom: '2021-01-01' })
    // Rights to profit are another whole.
    await attempt({ ...percent(100), right: 'profit' })
  })

  it('must be by another, with one share that fits its total', async () => {
    const target = await company('株式会社拒否')
    const other = await company('株式会社相手')
    const attempt = (input: object) =>
      world.refused(world.run(operations, record, { partyId: target, change, ...input }))
    expect(await attempt({ holderPartyId: target, ...percent(10) })).toEqual(['holder_must_be_another'])
    expect(await attempt(percent(10))).toEqual(['holder_must_be_another'])
    expect(await attempt({ holderPartyId: other })).toEqual(['share_must_be_given'])
    expect(await attempt({ holderPartyId: other, ...percent(10), shareVotes: 1, shareTotal: 10 })).toEqual([
      'share_must_be_given',
    ])
    expect(await attempt({ holderPartyId: other, shareVotes: 11, shareTotal: 10 })).toEqual([
      'votes_must_be_within_the_total',
    ])
    await holds(target, { holderPartyId: other }, percent(10))
    expect(await attempt({ holderPartyId: other, ...percent(10) })).toEqual(['something_must_change'])
  })

  it('is exact: one vote above half makes a group, half does not', async () => {
    const [parent, child] = [await company('株式会社一票親'), await company('株式会社一票子')]
    const votes = (shareVotes: number) => ({ shareVotes, shareTotal: 10_000_000 })
    await holds(child, { holderPartyId: parent }, votes(5_000_000))
    expect(await groupMemberIds(world.db, child)).toEqual([child])
    await holds(child, { holderPartyId: parent }, votes(5_000_001))
    expect((await groupMemberIds(world.db, child)).sort()).toEqual([parent, child].sort())
    const [held] = (await world.ask(operations, holdingsOfParty, { partyId: child })).holders
    expect(held).toMatchObject({ votes: 5_000_001, total: 10_000_000, sharePpm: 500_000, share: '約50%' })
  })

  it('keeps its history: back-dated, dated ahead, corrected and ended, as known then and as known now', async () => {
    const target = await company('株式会社履歴')
    const holder = { holderPartyId: await company('株式会社履歴親') }
    const { id } = await holds(target, holder, {
      ...percent(20),
      validFrom: '2020-04-01',
      source: 'articles',
    })
    standOn('2026-12-01')
    await holds(target, holder, { ...percent(40), validFrom: '2024-04-01', source: 'shareholder_register' })
    const planned = await holds(target, holder, { ...percent(80), validFrom: '2027-04-01' })
    expect(planned.planned).toMatchObject({ effectiveOn: '2027-04-01' })
    expect(await sharesOf(target)).toEqual(['株式会社履歴親 40%'])
    expect(await sharesOf(target, '2020-03-31', 'now')).toEqual([])
    expect(await sharesOf(target, '2024-03-31', 'now')).toEqual(['株式会社履歴親 20%'])
    expect(await sharesOf(target, '2025-01-01', 'now')).toEqual(['株式会社履歴親 40%'])
    // A report of the day before knows only what had been recorded by then.
    expect(await sharesOf(target, '2026-11-30', 'then')).toEqual(['株式会社履歴親 20%'])
    standOn('2027-04-02')
    expect(await carryOutDueChanges(world)).toBe(1)
    expect(await sharesOf(target)).toEqual(['株式会社履歴親 80%'])
    const row = await world.db
      .selectFrom('shareholding')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await world.done(operations, end, {
      holdingId: id,
      rowVersion: row.row_version,
      endedOn: '2027-04-02',
      change,
    })
    expect(await sharesOf(target)).toEqual([])
    expect(await sharesOf(target, '2027-04-01', 'now')).toEqual(['株式会社履歴親 80%'])
    await holds(target, holder, { ...percent(5), validFrom: '2027-04-02' })
    const { rows } = await world.ask(operations, holdingHistory, { holdingId: id })
    expect(rows.map(one => [one.share, one.validFrom])).toEqual([
      ['5%', '2027-04-02'],
      [null, '2027-04-02'],
      ['80%', '2027-04-01'],
      ['40%', '2024-04-01'],
      ['20%', '2020-04-01'],
      [null, null],
    ])
    expect(rows[0]).toMatchObject({
      reasonText: '株主名簿で確認した',
      recordedBy: '事務',
      evidence: [EVIDENCE],
    })
    world.clock.set(TEST_NOW)
  })
})

describe('beneficial owners', () => {
  it('follow from holdings at once, below the company too, and each change leaves an event without names', async () => {
    const [top, middle, low] = [
      await company('株式会社上'),
      await company('株式会社中'),
      await company('株式会社下'),
    ]
    const owner = await somebody(top, '真壁')
    await holds(low, { holderPartyId: middle }, percent(60))
    await holds(middle, { holderPartyId: top }, percent(60))
    expect(await kept(low)).toEqual([])
    await holds(top, { holderPersonId: owner }, percent(60))
    expect(await kept(low)).toMatchObject([
      { holder_kind: 'person', holder_id: owner, basis: 'votes_over_50' },
    ])
    expect((await ownersOf(low)).rows[0]?.explanation.sentence).toBe(
      '真壁 一は議決権の60%を持ち、50%を超えます（株式会社中（60%を支配）を通じて60%）。',
    )
    expect((await world.verbsOf(low)).filter(verb => verb === 'ownership_computed').length).toBe(3)
    const { rows } = await sql<{ text: string }>`select canonical_text as text from audit_event`.execute(
      world.db,
    )
    expect(rows.some(row => row.text.includes('真壁'))).toBe(false)
    expect((await ownersOf(low, '2026-11-23')).outcome).toBe('by_share')
    await holds(low, { holderPartyId: middle }, { ...percent(40), validFrom: '2026-11-20' })
    expect((await ownersOf(low, '2026-11-23')).rows[0]?.basis).toBe('votes_over_25')
    expect((await ownersOf(low, '2026-11-19')).rows[0]?.basis).toBe('votes_over_50')
  })

  it('of a running relation change by two people only, with evidence; first values do not wait', async () => {
    const target = await company('株式会社四つの目')
    const [old, next] = [await somebody(target, '旧主'), await somebody(target, '新主')]
    await running(target)
    await holds(target, { holderPersonId: old }, percent(60))
    // 5 % more or less for somebody else changes no owner.
    const small = await somebody(target, '少数')
    await holds(target, { holderPersonId: small }, percent(5))
    const input = { partyId: target, holderPersonId: old, ...percent(20), change }
    const bare = { ...input, change: { ...change, evidence: [] } }
    expect(await world.refused(world.run(operations, record, bare))).toEqual(['evidence_must_be_attached'])
    const asked = await world.run(operations, record, input)
    expect(asked.status).toBe(202)
    const { changeRequestId } = asked.body as { changeRequestId: string }
    const { items } = await world.ask(approver, openChangeRequest, { changeRequestId })
    expect(items.map(item => [item.label, item.old, item.new])).toEqual([
      ['持分（旧主 一）', '60%', '20%'],
      ['実質的支配者（計算）　株式会社四つの目', '旧主 一', 'なし'],
    ])
    expect((await ownersOf(target)).rows.map(row => row.id)).toEqual([old])
    await world.done(approver, approve, { changeRequestId })
    expect((await ownersOf(target)).rows).toEqual([])
    // The new holder over half is a change of owners again.
    const taken = await world.run(operations, record, {
      partyId: target,
      holderPersonId: next,
      ...percent(70),
      change,
    })
    expect(taken.status).toBe(202)
  })

  it('come to the representative when nobody is found, once holders are complete, and change with the listing', async () => {
    const target = await company('株式会社代表帰着')
    const boss = await somebody(target, '社長', 'representative')
    for (const name of ['甲', '乙', '丙', '丁'])
      await holds(target, { holderPersonId: await somebody(target, name) }, percent(25))
    const owners = await ownersOf(target)
    expect(owners).toMatchObject({ outcome: 'by_representative', certain: true })
    expect(owners.rows).toMatchObject([{ id: boss, basis: 'representative', declared: false }])
  })

  it('stop at a listed company, which counts as a natural person', async () => {
    const [listed, target] = [
      await company('上場商事株式会社', { listing: 'listed' }),
      await company('株式会社上場の子'),
    ]
    await holds(listed, { holderPersonId: await somebody(listed, '創業') }, percent(80))
    await holds(target, { holderPartyId: listed }, percent(70))
    expect((await ownersOf(target)).rows).toMatchObject([{ id: listed, deemed: true }])
    expect((await ownersOf(listed)).outcome).toBe('not_needed')
  })
})

describe('a merge', () => {
  it('lets holdings of all records count for the company, and unmerging gives each back', async () => {
    const [first, second, parent] = [
      await company('株式会社二枚看板'),
      await company('（株）二枚看板'),
      await company('株式会社看板親'),
    ]
    const owner = await somebody(parent, '看板')
    await holds(parent, { holderPersonId: owner }, percent(100))
    await holds(first, { holderPartyId: parent }, percent(40))
    await holds(second, { holderPartyId: parent }, percent(45))
    await holds(second, { holderPersonId: await somebody(second, '他人') }, percent(20))
    const follow = async () => {
      while (await sealOnce(world.db, world.master, world.clock.now()));
      while (await followTrail(world));
    }
    const answer = await world.run(operations, merge, {
      partyIds: [first, second],
      limitChoices: {},
      change: { ...change, reasonCode: 'merge' },
    })
    const { changeRequestId } = answer.body as { changeRequestId: string }
    const approved = await world.done(approver, approve, { changeRequestId, comment: '' })
    await follow()
    // The share recorded last counts for the same holder; it is not added twice.
    expect(await sharesOf(first)).toEqual(['株式会社看板親 45%', '他人 一 20%'])
    expect(await kept(first)).toMatchObject([
      { holder_id: owner, basis: 'votes_over_25', share_ppm: 450_000 },
    ])
    expect(await kept(second)).toEqual([])
    const mergeId = (approved.answer as { id: string }).id
    const undone = await world.run(operations, unmerge, { mergeId, change })
    if (undone.status === 202)
      await world.done(approver, approve, {
        changeRequestId: (undone.body as { changeRequestId: string }).changeRequestId,
      })
    await follow()
    expect(await sharesOf(first)).toEqual(['株式会社看板親 40%'])
    expect(await sharesOf(second)).toEqual(['株式会社看板親 45%', '他人 一 20%'])
    expect((await kept(second)).map(row => row.share_ppm)).toEqual([450_000])
  })
})
