import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { approve as approveRequest } from '../approvals/commands.ts'
import { openReceivable } from '../receivables/contract.ts'
import { lockReceivable, stepReceivable } from '../receivables/index.ts'
import { type Desk, readyPair, reason, secondPerson } from '../receivables/testing/deal.ts'
import { advance } from './advance-cost.ts'
import { claimBalances } from './claim-money.ts'
import { debtsOfClaim, debtsOfParty } from './debts-contract.ts'
import { differencesInBooks } from './proof.ts'
import { repurchase, rescind } from './take-back.ts'
import { takeBackOfClaim } from './take-back-contract.ts'
import { type Book, direct, openBook, remits, type Terms } from './testing/book.ts'
import { undoOfCost } from './undo-cost.ts'
import { undo } from './undo-match.ts'
import { undoOfTakeBack } from './undo-take-back.ts'
import { waive } from './waive.ts'

let world: World
let desk: Desk
let book: Book
let serial = 0

beforeAll(async () => {
  world = await createWorld()
  book = await openBook(world)
  desk = book.desk
})
beforeEach(() => world.clock.set(new Date('2026-07-13T10:00:00+09:00')))
afterAll(() => world.close())

const penalties = [{ trigger: 'false_statement' as const, pricePpm: 33_300, clause: '第13条' }]

/** One claim of 1,000,000, bought at 90 % with a fee of 5 % and paid out: A 900,000, R 100,000, fee 50,000; payable 2026-09-01. */
async function bought(terms: Terms = remits) {
  serial += 1
  const pair = await readyPair(world, desk, `トリケシ${serial}`, {
    terms: { ...terms, advancePpm: 900_000, penalties },
  })
  const [claimId] = (await book.bought(pair, [{ invoiceNo: `UD-${serial}`, faceYen: 1_000_000 }])).ids as [
    string,
  ]
  return { ...pair, claimId }
}

async function repurchased(receivableId: string, on = '2026-07-13', dueOn?: string): Promise<string> {
  const request = await world.run(desk.operations, repurchase, {
    receivableId,
    ground: 'warranty_breach',
    clause: '第9条',
    takenOn: on,
    ...(dueOn ? { dueOn } : {}),
    change: reason,
  })
  await secondPerson(world, desk.manager, request)
  return standing(receivableId)
}
const standing = async (receivableId: string) =>
  (await world.ask(desk.operations, takeBackOfClaim, { receivableId })).done!.id
const wantUndo = (takeBackId: string) =>
  world.run(desk.operations, undoOfTakeBack, { takeBackId, change: reason })
const undone = async (takeBackId: string) => secondPerson(world, desk.manager, await wantUndo(takeBackId))
const debts = async (receivableId: string) => {
  const shown = await world.ask(desk.accounting, debtsOfClaim, { receivableId })
  return Object.fromEntries(shown.debts.filter(one => one.openYen > 0).map(one => [one.item, one.openYen]))
}
const exposureOf = (receivableId: string) =>
  world.db
    .selectFrom('credit_exposure')
    .select(['state', 'amount_yen'])
    .where('receivable_id', '=', receivableId)
    .executeTakeFirstOrThrow()
/** Everything that tells where a claim stands: state, exposure, and the journal. */
const standingOf = async (receivableId: string) => ({
  state: (await world.ask(desk.operations, openReceivable, { receivableId })).state,
  exposure: await exposureOf(receivableId),
  balances: await claimBalances(world.db, receivableId),
})
const nothingDiffers = async () => expect((await differencesInBooks(world.db)).differences).toEqual([])
const deposit = (yen: number, on = '2026-07-13') => book.deposited(yen, 'ﾄﾘｹｼ', on)

describe('a repurchase that is undone', () => {
  it('leaves state, exposure and every balance as before, and the claim is collected and settled as ever', async () => {
    const { claimId } = await bought()
    await book.take(await deposit(200_000), [claimId, 200_000])
    const before = await standingOf(claimId)
    const id = await repurchased(claimId)
    expect(await exposureOf(claimId)).toEqual({ state: 'ended', amount_yen: 0 })
    const own = await wantUndo(id)
    expect(await world.refused(secondPerson(world, desk.operations, own))).not.toEqual([])
    await secondPerson(world, desk.manager, own)
    expect(await standingOf(claimId)).toEqual(before)
    expect(before.exposure).toEqual({ state: 'paid', amount_yen: 700_000 })
    await nothingDiffers()
    expect(await world.refused(wantUndo(id))).toEqual(['act_must_stand'])
    const history = (await world.ask(desk.accounting, debtsOfClaim, { receivableId: claimId })).history
    expect(history).toMatchObject([{ kind: 'take_back', undoneReason: reason.reasonText }])
    expect(await world.verbsOf(claimId)).toContain('take_back_undone')
    // N + fee + R = P and K = P: the reserve is released in full.
    const match = await book.take(await deposit(800_000), [claimId, 800_000])
    expect(match.settled).toMatchObject([{ releaseYen: 100_000, shortfallYen: 0 }])
    await nothingDiffers()
  })

  it('brings back a claim in dunning to dunning, one that closed for nothing owed too, and can be done again', async () => {
    const { claimId } = await bought()
    await book.take(await deposit(950_000), [claimId, 950_000])
    const before = await standingOf(claimId)
    const id = await repurchased(claimId)
    expect((await standingOf(claimId)).state).toBe('closed')
    await undone(id)
    expect(await standingOf(claimId)).toEqual(before)
    await repurchased(claimId)
    await nothingDiffers()
    const late = await bought()
    world.clock.set(new Date('2026-09-16T10:00:00+09:00'))
    await world.db.transaction().execute(async tx => {
      const context = world.executor.context(tx, desk.accounting, 'test')
      const claim = await lockReceivable(context, late.claimId)
      await stepReceivable(context, claim, { to: 'dunning', from: 'overdue' })
      await context.record({ verb: 'test_dunned', subjects: [{ kind: 'receivable', id: late.claimId }] })
    })
    const request = await world.run(desk.operations, repurchase, {
      receivableId: late.claimId,
      ground: 'warranty_breach',
      clause: '第9条',
      takenOn: '2026-09-16',
      complianceReason: '虚偽の請求書のため',
      change: reason,
    })
    await secondPerson(world, desk.compliance, request)
    const asked = await wantUndo(await standing(late.claimId))
    expect(await world.refused(secondPerson(world, desk.manager, asked))).toEqual([
      'approver_must_hold_permission',
    ])
    await secondPerson(world, desk.compliance, asked)
    expect((await standingOf(late.claimId)).state).toBe('dunning')
    expect(await debts(late.claimId)).toEqual({ principal: 1_000_000, late_damages: 6_000 })
    await nothingDiffers()
  })

  it('is refused while later money depends on it, each reason by its number', async () => {
    const { claimId, clientId } = await bought()
    const id = await repurchased(claimId)
    const match = await book.take(await deposit(300_000), [claimId, 300_000])
    await expect(wantUndo(id)).rejects.toMatchObject({
      reasons: [
        { code: 'later_match_must_be_undone_first', message: expect.stringContaining(match.matchNo) },
      ],
    })
    const shown = await world.ask(desk.operations, takeBackOfClaim, { receivableId: claimId })
    expect(shown.done?.undoHindrances.map(one => one.code)).toEqual(['later_match_must_be_undone_first'])
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の会社の入金だった' })
    await secondPerson(
      world,
      desk.manager,
      await world.run(desk.accounting, waive, {
        receivableId: claimId,
        item: 'client_claim',
        yen: 1,
        waivedOn: '2026-07-13',
        change: reason,
      }),
    )
    expect(await world.refused(wantUndo(id))).toEqual(['later_waiver_must_not_depend_on_it'])
    expect((await world.ask(desk.accounting, debtsOfParty, { partyId: clientId })).totalYen).toBe(899_999)
  })

  it('carries back a collection that was taken back in between', async () => {
    const { claimId } = await bought()
    const match = await book.take(await deposit(100_000), [claimId, 100_000])
    const id = await repurchased(claimId)
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の会社の入金だった' })
    expect(await debts(claimId)).toEqual({ client_claim: 900_000 })
    await undone(id)
    expect(await claimBalances(world.db, claimId)).toMatchObject({
      purchasedReceivables: 1_000_000,
      reserves: 100_000,
      clientClaims: 0,
    })
    expect(await exposureOf(claimId)).toEqual({ state: 'paid', amount_yen: 900_000 })
    await nothingDiffers()
  })

  it('by two at the same moment is undone once; a receipt beside it makes it stale or waits for the claim', async () => {
    const { claimId } = await bought()
    const id = await repurchased(claimId)
    const [one, other] = [await wantUndo(id), await wantUndo(id)]
    const decide = (answer: { body: unknown }) =>
      world
        .run(desk.manager, approveRequest, {
          changeRequestId: (answer.body as { changeRequestId: string }).changeRequestId,
        })
        .then(() => 'done')
        .catch(() => 'refused')
    await Promise.all([decide(one), decide(other)])
    expect((await standingOf(claimId)).balances).toMatchObject({
      purchasedReceivables: 1_000_000,
      clientClaims: 0,
    })
    const next = await repurchased(claimId)
    const request = await wantUndo(next)
    const paymentId = await deposit(250_000)
    await Promise.all([decide(request), book.take(paymentId, [claimId, 250_000])])
    const { purchasedReceivables, clientClaims } = await claimBalances(world.db, claimId)
    expect([
      [0, 650_000],
      [750_000, 0],
    ]).toContainEqual([purchasedReceivables, clientClaims])
    await nothingDiffers()
  })
})

describe('a rescission that is undone', () => {
  it('gives the fee back to income and ends the penalty charged with it, which may be charged again', async () => {
    const { claimId, clientId } = await bought()
    await book.take(await deposit(210_000), [claimId, 210_000])
    const before = await standingOf(claimId)
    const rescinded = async () => {
      const request = await world.run(desk.operations, rescind, {
        receivableId: claimId,
        ground: 'false_statement',
        clause: '第10条',
        takenOn: '2026-07-13',
        withPenalty: true,
        change: reason,
      })
      await secondPerson(world, desk.manager, request)
    }
    await rescinded()
    expect(await debts(claimId)).toEqual({ client_claim: 640_000, penalty: 31_635 })
    await undone(await standing(claimId))
    expect(await standingOf(claimId)).toEqual(before)
    const shown = await world.ask(desk.accounting, debtsOfClaim, { receivableId: claimId })
    expect(shown.feeYen).toBe(50_000)
    expect(shown.history.every(one => one.undoneReason !== null)).toBe(true)
    await nothingDiffers()
    await rescinded()
    expect(await debts(claimId)).toEqual({ client_claim: 640_000, penalty: 31_635 })
    expect((await world.ask(desk.accounting, debtsOfParty, { partyId: clientId })).totalYen).toBe(671_635)
    await nothingDiffers()
  })
})

describe('late damages on what a client owes for a claim it took back (FF §4.5)', () => {
  it('run from its due day at the contract’s rate, are collected first, and the claim closes only with them', async () => {
    const { claimId, clientId } = await bought(direct)
    await repurchased(claimId, '2026-07-13', '2026-07-31')
    world.clock.set(new Date('2026-07-31T10:00:00+09:00'))
    expect(await debts(claimId)).toEqual({ client_claim: 900_000 })
    world.clock.set(new Date('2026-08-30T10:00:00+09:00'))
    // 900,000 · 30 days · 14.6 % = 10,800.
    expect(await debts(claimId)).toEqual({ client_claim: 900_000, late_damages: 10_800 })
    const { done } = await world.ask(desk.operations, takeBackOfClaim, { receivableId: claimId })
    expect(done?.late).toMatchObject({ dueOn: '2026-07-31', ratePpm: 146_000, damagesYen: 10_800 })
    const ofParty = await world.ask(desk.accounting, debtsOfParty, { partyId: clientId })
    expect(ofParty.rows).toMatchObject([{ payableOn: '2026-07-31', damagesYen: 10_800, totalYen: 910_800 }])
    const match = await book.take(await deposit(410_800, '2026-08-30'), [claimId, 410_800])
    expect(await debts(claimId)).toEqual({ client_claim: 500_000 })
    await nothingDiffers()
    world.clock.set(new Date('2026-09-19T10:00:00+09:00'))
    // 500,000 · 20 days · 14.6 % = 4,000.
    expect(await debts(claimId)).toEqual({ client_claim: 500_000, late_damages: 4_000 })
    const forgiven = await world.run(desk.accounting, waive, {
      receivableId: claimId,
      item: 'client_claim',
      yen: 500_000,
      waivedOn: '2026-09-19',
      change: reason,
    })
    await secondPerson(world, desk.manager, forgiven)
    expect(await debts(claimId)).toEqual({ late_damages: 4_000 })
    expect((await standingOf(claimId)).state).toBe('repurchased')
    await book.take(await deposit(4_000, '2026-09-19'), [claimId, 4_000])
    expect((await standingOf(claimId)).state).toBe('closed')
    await nothingDiffers()
    expect(match.settled).toEqual([])
  })

  it('end with the repurchase when it is undone: only what the claim itself owes is left', async () => {
    const { claimId } = await bought()
    const id = await repurchased(claimId)
    world.clock.set(new Date('2026-08-12T10:00:00+09:00'))
    const match = await book.take(await deposit(10_000, '2026-08-12'), [claimId, 10_000])
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の会社の入金だった' })
    expect((await debts(claimId)).late_damages).toBe(10_800)
    await undone(id)
    expect(await debts(claimId)).toEqual({ principal: 1_000_000 })
    expect((await claimBalances(world.db, claimId)).damagesIncome).toBe(0)
    await nothingDiffers()
  })

  it('is refused for a due day before the claim goes back', async () => {
    const { claimId } = await bought()
    expect(
      await world.refused(
        world.run(desk.operations, repurchase, {
          receivableId: claimId,
          ground: 'warranty_breach',
          clause: '第9条',
          takenOn: '2026-07-13',
          dueOn: '2026-07-12',
          change: reason,
        }),
      ),
    ).toEqual(['due_day_must_not_come_before_it_goes_back'])
  })
})

describe('a cost that is undone', () => {
  const booked = async (receivableId: string, yen: number) => {
    const request = await world.run(desk.accounting, advance, {
      receivableId,
      costKind: 'court_fee',
      liable: 'client',
      payee: '東京地方裁判所',
      yen,
      paidOn: '2026-07-13',
      change: reason,
    })
    await secondPerson(world, desk.manager, request)
    const { id } = await world.db
      .selectFrom('advanced_cost')
      .select('id')
      .where('receivable_id', '=', receivableId)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    return id
  }
  const want = (costId: string) => world.run(desk.accounting, undoOfCost, { costId, change: reason })

  it('is owed no more, by two people, and only while nothing of it was paid', async () => {
    const { claimId } = await bought()
    const [first, second] = [await booked(claimId, 2_000), await booked(claimId, 3_000)]
    const own = await want(first)
    expect(await world.refused(secondPerson(world, desk.accounting, own))).not.toEqual([])
    await secondPerson(world, desk.manager, own)
    expect(await debts(claimId)).toEqual({ principal: 1_000_000, cost: 3_000 })
    await nothingDiffers()
    expect(await world.refused(want(first))).toEqual(['act_must_stand'])
    const match = await book.take(await deposit(1_000), [claimId, 1_000])
    await expect(want(second)).rejects.toMatchObject({
      reasons: [
        { code: 'later_match_must_be_undone_first', message: expect.stringContaining(match.matchNo) },
      ],
    })
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の会社の入金だった' })
    await secondPerson(world, desk.manager, await want(second))
    expect(await debts(claimId)).toEqual({ principal: 1_000_000 })
    expect((await claimBalances(world.db, claimId)).recoverableCosts).toBe(0)
    await nothingDiffers()
  })
})
