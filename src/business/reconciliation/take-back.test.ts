import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { approve as approveRequest } from '../approvals/commands.ts'
import { accountBalanceYen } from '../moneyledger/index.ts'
import { listDues } from '../payouts/contract.ts'
import { openReceivable } from '../receivables/contract.ts'
import { lockReceivable, stepReceivable } from '../receivables/index.ts'
import { type Desk, readyPair, reason, secondPerson } from '../receivables/testing/deal.ts'
import { advance } from './advance-cost.ts'
import { claimBalances } from './claim-money.ts'
import { accept, dilute } from './commands.ts'
import { debtsOfClaim } from './debts-contract.ts'
import { differencesInBooks } from './proof.ts'
import type { RepurchaseGround } from './rules/take-back.ts'
import { repurchase, rescind } from './take-back.ts'
import { takeBackOfClaim } from './take-back-contract.ts'
import { type Book, direct, openBook, remits, type Terms } from './testing/book.ts'
import { undo } from './undo-match.ts'
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

/** One claim of 1,000,000, bought at 90 % with a fee of 5 % and paid out: A 900,000, R 100,000, fee 50,000. */
async function bought(terms: Terms = remits) {
  serial += 1
  const pair = await readyPair(world, desk, `カイモドシ${serial}`, {
    terms: { ...terms, advancePpm: 900_000, penalties },
  })
  const [claimId] = (await book.bought(pair, [{ invoiceNo: `TB-${serial}`, faceYen: 1_000_000 }])).ids as [
    string,
  ]
  return { ...pair, claimId }
}

const wantRepurchase = (
  receivableId: string,
  more: { ground?: RepurchaseGround; takenOn?: string; dueOn?: string; complianceReason?: string } = {},
) =>
  world.run(desk.operations, repurchase, {
    receivableId,
    ground: 'warranty_breach',
    clause: '第9条',
    takenOn: '2026-07-13',
    change: reason,
    ...more,
  })
const wantRescission = (receivableId: string, withPenalty = false) =>
  world.run(desk.operations, rescind, {
    receivableId,
    ground: 'false_statement',
    clause: '第10条',
    takenOn: '2026-07-13',
    dueOn: '2026-07-31',
    withPenalty,
    change: reason,
  })
const debts = async (receivableId: string) => {
  const shown = await world.ask(desk.accounting, debtsOfClaim, { receivableId })
  return Object.fromEntries(shown.debts.filter(one => one.openYen > 0).map(one => [one.item, one.openYen]))
}
const stateOf = async (receivableId: string) =>
  (await world.ask(desk.operations, openReceivable, { receivableId })).state
const exposureOf = (receivableId: string) =>
  world.db
    .selectFrom('credit_exposure')
    .select(['state', 'amount_yen'])
    .where('receivable_id', '=', receivableId)
    .executeTakeFirstOrThrow()
const requestState = async (answer: { body: unknown }) =>
  (
    await world.db
      .selectFrom('change_request')
      .select('state')
      .where('id', '=', (answer.body as { changeRequestId: string }).changeRequestId)
      .executeTakeFirstOrThrow()
  ).state
const nothingDiffers = async () => expect((await differencesInBooks(world.db)).differences).toEqual([])
const dunned = (receivableId: string) =>
  world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, desk.accounting, 'test')
    await stepReceivable(context, await lockReceivable(context, receivableId), {
      to: 'dunning',
      from: 'overdue',
    })
    await context.record({ verb: 'test_dunned', subjects: [{ kind: 'receivable', id: receivableId }] })
  })
/** Both at once, each told apart from a refusal. */
const together = (...attempts: Promise<unknown>[]) =>
  Promise.all(attempts.map(attempt => attempt.then(() => 'done' as const).catch(() => 'refused' as const)))
const decideNow = (answer: { body: unknown }, person = desk.manager) =>
  world.run(person, approveRequest, {
    changeRequestId: (answer.body as { changeRequestId: string }).changeRequestId,
  })

describe('a repurchase', () => {
  it('takes the reserve first, makes the rest the client’s debt, ends the exposure, and closes once it is paid', async () => {
    const { claimId, clientId } = await bought()
    const shown = await world.ask(desk.operations, takeBackOfClaim, { receivableId: claimId })
    expect(shown.repurchase?.amounts).toMatchObject({
      openYen: 1_000_000,
      fromReserveYen: 100_000,
      owedYen: 900_000,
    })
    const request = await wantRepurchase(claimId)
    expect(request.status).toBe(202)
    await secondPerson(world, desk.manager, request)
    expect(await stateOf(claimId)).toBe('repurchased')
    expect(await debts(claimId)).toEqual({ client_claim: 900_000 })
    expect(await claimBalances(world.db, claimId)).toMatchObject({
      purchasedReceivables: 0,
      reserves: 0,
      clientClaims: 900_000,
    })
    expect(await exposureOf(claimId)).toEqual({ state: 'ended', amount_yen: 0 })
    await nothingDiffers()
    const paymentId = await book.deposited(900_000, 'ｶｲﾓﾄﾞｼ', '2026-07-13')
    const match = await book.take(paymentId, [claimId, 900_000])
    expect(await stateOf(claimId)).toBe('closed')
    await nothingDiffers()
    // A payment taken back opens it again, to the yen.
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の会社の入金だった' })
    expect(await stateOf(claimId)).toBe('repurchased')
    expect(await debts(claimId)).toEqual({ client_claim: 900_000 })
    expect(await accountBalanceYen(world.db, 'clientClaims', { partyId: clientId })).toBe(900_000)
    await nothingDiffers()
    expect(await world.verbsOf(claimId)).toEqual(
      expect.arrayContaining(['claim_repurchased', 'repurchase_paid', 'repurchase_open_again']),
    )
  })

  it('bills damages until its day; a claim the debtor was to pay is then the client’s', async () => {
    const late = await bought()
    world.clock.set(new Date('2026-09-16T10:00:00+09:00'))
    const agreed = { takenOn: '2026-09-16', dueOn: '2026-10-16' }
    await secondPerson(world, desk.manager, await wantRepurchase(late.claimId, agreed))
    // 1,000,000 · 15 days · 14.6 % = 6,000.
    expect(await debts(late.claimId)).toEqual({ client_claim: 900_000, late_damages: 6_000 })
    world.clock.set(new Date('2026-10-16T10:00:00+09:00'))
    expect(await debts(late.claimId)).toEqual({ client_claim: 900_000, late_damages: 6_000 })
    const three = await bought(direct)
    await secondPerson(world, desk.manager, await wantRepurchase(three.claimId, { takenOn: '2026-10-16' }))
    const paymentId = await book.deposited(400_000, 'ｶｲﾓﾄﾞｼ', '2026-10-16')
    await book.take(paymentId, [three.claimId, 400_000])
    expect(await debts(three.claimId)).toEqual({ client_claim: 500_000 })
    await nothingDiffers()
  })

  it('gives back what is left of the reserve when more than the advance was collected', async () => {
    const { claimId, clientId } = await bought()
    await book.take(await book.deposited(950_000, 'ｶｲﾓﾄﾞｼ', '2026-07-13', '7654322'), [claimId, 950_000])
    await secondPerson(world, desk.manager, await wantRepurchase(claimId, { ground: 'dilution' }))
    expect(await stateOf(claimId)).toBe('closed')
    const dues = (await world.ask(desk.operations, listDues, { partyId: clientId })).rows
    expect(dues).toMatchObject([{ source: 'reserve', leftYen: 50_000, state: 'waiting' }])
    await nothingDiffers()
  })

  it('of a claim in dunning is decided by compliance, with the reason why it is no loan', async () => {
    const { claimId } = await bought()
    world.clock.set(new Date('2026-09-16T10:00:00+09:00'))
    await dunned(claimId)
    const on = { takenOn: '2026-09-16' }
    expect(await world.refused(wantRepurchase(claimId, on))).toEqual(['compliance_reason_must_be_given'])
    const request = await wantRepurchase(claimId, { ...on, complianceReason: '虚偽の請求書のため' })
    expect(await world.refused(secondPerson(world, desk.manager, request))).toEqual([
      'approver_must_hold_permission',
    ])
    await secondPerson(world, desk.compliance, request)
    expect(await stateOf(claimId)).toBe('repurchased')
    await nothingDiffers()
  })

  it('is refused for recourse the contract does not have, before the payout, twice, and by whoever asked', async () => {
    const { claimId } = await bought()
    const recourse = { ground: 'recourse' as const, complianceReason: '契約の定めによる' }
    expect(await world.refused(wantRepurchase(claimId, recourse))).toEqual(['recourse_must_be_agreed'])
    expect(await world.refused(wantRepurchase(claimId, { takenOn: '2026-07-14' }))).toEqual([
      'day_must_not_lie_ahead',
    ])
    const both = await world.person('兼務', 'operations', 'manager')
    const own = await world.run(both, repurchase, {
      receivableId: claimId,
      ground: 'warranty_breach',
      clause: '第9条',
      takenOn: '2026-07-13',
      change: reason,
    })
    expect((await world.refused(secondPerson(world, both, own))).length).toBeGreaterThan(0)
    await secondPerson(world, desk.manager, own)
    expect(await world.refused(wantRepurchase(claimId))).toEqual(['claim_must_be_repurchasable'])
  })
})

describe('a rescission after the payout', () => {
  it('asks back the price paid less what came in, gives the fee up, and charges the agreed penalty with it', async () => {
    const { claimId, clientId } = await bought()
    await book.take(await book.deposited(200_000, 'ｶｲﾓﾄﾞｼ', '2026-07-13'), [claimId, 200_000])
    await secondPerson(world, desk.manager, await wantRescission(claimId, true))
    expect(await stateOf(claimId)).toBe('rescinded')
    // A 900,000 − fee 50,000 − collected 200,000; penalty ⌊950,000 · 33,300 / 10⁶⌋.
    expect(await debts(claimId)).toEqual({ client_claim: 650_000, penalty: 31_635 })
    expect(await accountBalanceYen(world.db, 'feeIncome', { partyId: clientId })).toBe(0)
    expect(await exposureOf(claimId)).toEqual({ state: 'ended', amount_yen: 0 })
    await nothingDiffers()
    await book.take(await book.deposited(681_635, 'ｶｲﾓﾄﾞｼ', '2026-07-14'), [claimId, 681_635])
    expect(await debts(claimId)).toEqual({})
    await nothingDiffers()
  })

  it('owes the client what was collected beyond the price, as a debt to pay', async () => {
    const { claimId, clientId } = await bought()
    await book.take(await book.deposited(870_000, 'ｶｲﾓﾄﾞｼ', '2026-07-13', '7654322'), [claimId, 870_000])
    await secondPerson(world, desk.manager, await wantRescission(claimId))
    const dues = (await world.ask(desk.operations, listDues, { partyId: clientId })).rows
    expect(dues).toMatchObject([{ source: 'rescission', leftYen: 20_000 }])
    expect(await debts(claimId)).toEqual({})
    await nothingDiffers()
  })

  it('carries a collection that is taken back over to the client’s debt', async () => {
    const { claimId } = await bought()
    const match = await book.take(await book.deposited(100_000, 'ｶｲﾓﾄﾞｼ', '2026-07-13'), [claimId, 100_000])
    await secondPerson(world, desk.manager, await wantRescission(claimId))
    expect(await debts(claimId)).toEqual({ client_claim: 750_000 })
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の会社の入金だった' })
    expect(await debts(claimId)).toEqual({ client_claim: 850_000 })
    expect(await exposureOf(claimId)).toEqual({ state: 'ended', amount_yen: 0 })
    await nothingDiffers()
  })
})

describe('an advanced cost', () => {
  const wantCost = (receivableId: string, liable: 'client' | 'debtor', yen: number, on = '2026-07-13') =>
    world.run(desk.accounting, advance, {
      receivableId,
      costKind: 'certified_mail',
      liable,
      payee: '日本郵便株式会社',
      yen,
      paidOn: on,
      change: reason,
    })

  it('is paid before damages and principal, by the money of who owes it', async () => {
    const { claimId } = await bought()
    world.clock.set(new Date('2026-09-16T10:00:00+09:00'))
    await secondPerson(world, desk.manager, await wantCost(claimId, 'client', 1_540, '2026-09-10'))
    expect(await debts(claimId)).toEqual({ principal: 1_000_000, late_damages: 6_000, cost: 1_540 })
    const match = await book.take(await book.deposited(10_000, 'ｶｲﾓﾄﾞｼ', '2026-09-16'), [claimId, 10_000])
    const parts = await world.db
      .selectFrom('allocation')
      .select(['kind', 'yen'])
      .where('match_id', '=', match.id)
      .orderBy('line_no')
      .execute()
    expect(parts).toEqual([
      { kind: 'cost', yen: 1_540 },
      { kind: 'late_damages', yen: 6_000 },
      { kind: 'principal', yen: 2_460 },
    ])
    await nothingDiffers()
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の会社の入金だった' })
    expect(await debts(claimId)).toEqual({ principal: 1_000_000, late_damages: 6_000, cost: 1_540 })
  })

  it('of the debtor is paid by the debtor’s money only, and given up apart', async () => {
    const { claimId } = await bought(direct)
    await secondPerson(world, desk.manager, await wantCost(claimId, 'debtor', 3_000))
    await secondPerson(world, desk.manager, await wantCost(claimId, 'client', 500))
    const fromClient = await book.deposited(500, 'ｶｲﾓﾄﾞｼ', '2026-07-13')
    await world.done(desk.accounting, accept, {
      paymentId: fromClient,
      lines: [{ receivableId: claimId, yen: 500, paidByClient: true }],
    })
    expect(await claimBalances(world.db, claimId)).toMatchObject({
      recoverableCosts: 3_000,
      debtorCosts: 3_000,
    })
    await book.take(await book.deposited(2_000, 'ｳﾘｶｹｻｷ', '2026-07-13', '7654322'), [claimId, 2_000])
    expect(await claimBalances(world.db, claimId)).toMatchObject({
      debtorCosts: 1_000,
      purchasedReceivables: 1_000_000,
    })
    const forgiven = await world.run(desk.accounting, waive, {
      receivableId: claimId,
      item: 'debtor_cost',
      yen: 1_000,
      waivedOn: '2026-07-13',
      change: reason,
    })
    await secondPerson(world, desk.manager, forgiven)
    expect(await claimBalances(world.db, claimId)).toMatchObject({ recoverableCosts: 0, debtorCosts: 0 })
    await nothingDiffers()
  })

  it('is not the debtor’s where the client remits, not of a day ahead, and never booked by one person', async () => {
    const { claimId } = await bought()
    expect(await world.refused(wantCost(claimId, 'debtor', 10))).toEqual(['cost_must_be_owed_by_who_pays'])
    expect(await world.refused(wantCost(claimId, 'client', 10, '2026-07-14'))).toEqual([
      'day_must_not_lie_ahead',
    ])
    const request = await wantCost(claimId, 'client', 10)
    expect((await world.refused(secondPerson(world, desk.accounting, request))).length).toBeGreaterThan(0)
    expect(await debts(claimId)).toEqual({ principal: 1_000_000 })
  })
})

describe('at the same moment', () => {
  it('a request approved twice runs once', async () => {
    const { claimId } = await bought()
    const request = await wantRepurchase(claimId)
    const second = await world.person('部長2', 'manager')
    const outcomes = await together(decideNow(request), decideNow(request, second), decideNow(request))
    expect(outcomes.filter(one => one === 'done')).toHaveLength(1)
    expect(await debts(claimId)).toEqual({ client_claim: 900_000 })
    await nothingDiffers()
  })

  it('a repurchase and a rescission of one claim: one of them, and the other is stale', async () => {
    const { claimId } = await bought()
    const [one, other] = [await wantRepurchase(claimId), await wantRescission(claimId)]
    await together(decideNow(one), decideNow(other))
    expect([await requestState(one), await requestState(other)].toSorted()).toEqual(['applied', 'stale'])
    expect([900_000, 850_000]).toContain((await debts(claimId)).client_claim)
    await nothingDiffers()
  })

  it('a receipt and a repurchase: the repurchase is stale, or the receipt pays the debt it made', async () => {
    for (const turn of [1, 2]) {
      const { claimId } = await bought()
      const request = await wantRepurchase(claimId)
      const paymentId = await book.deposited(300_000 + turn, 'ｶｲﾓﾄﾞｼ', '2026-07-13')
      const [, taken] = await together(decideNow(request), book.take(paymentId, [claimId, 300_000 + turn]))
      expect(taken).toBe('done')
      const { purchasedReceivables, clientClaims } = await claimBalances(world.db, claimId)
      if ((await requestState(request)) === 'stale')
        expect([purchasedReceivables, clientClaims]).toEqual([700_000 - turn, 0])
      else expect([purchasedReceivables, clientClaims]).toEqual([0, 600_000 - turn])
      await nothingDiffers()
    }
  })

  it('a dilution confirmed while a rescission waits makes it stale', async () => {
    const { claimId } = await bought()
    const request = await wantRescission(claimId)
    await world.done(desk.accounting, dilute, {
      receivableId: claimId,
      yen: 10_000,
      confirmedOn: '2026-07-13',
      reason: '返品が確定したため',
    })
    await secondPerson(world, desk.manager, request)
    expect(await requestState(request)).toBe('stale')
    expect(await stateOf(claimId)).not.toBe('rescinded')
    await nothingDiffers()
  })
})
