import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { raiseAlerts } from '../alerts/index.ts'
import { accountBalanceYen } from '../moneyledger/index.ts'
import { listDues } from '../payouts/contract.ts'
import { payDues } from '../payouts/due-commands.ts'
import { type Desk, readyPair, reason, secondPerson } from '../receivables/testing/deal.ts'
import { claimBalances } from './claim-money.ts'
import { accept, dilute } from './commands.ts'
import { debtsOfClaim } from './debts-contract.ts'
import { penalty } from './penalty.ts'
import { differencesInBooks, prove } from './proof.ts'
import { proveOnceANight } from './proof-job.ts'
import { offset, undoOffset } from './set-off.ts'
import { type Book, direct, openBook, remits } from './testing/book.ts'
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

const penalties = [
  { trigger: 'collections_withheld' as const, pricePpm: 33_300, clause: '第12条' },
  { trigger: 'false_statement' as const, amountYen: 200_000, clause: '第13条' },
]

/** A client that remits, in two-party terms, with one claim bought at 100 %. */
async function remitting(faceYen = 1_100_000) {
  serial += 1
  const pair = await readyPair(world, desk, `サイム${serial}`, { terms: { ...remits, penalties } })
  const [claimId] = (await book.bought(pair, [{ invoiceNo: `CD-${serial}`, faceYen }])).ids as [string]
  return { ...pair, claimId }
}

/** A claim the debtor pays to the factor itself, bought at 90 %. */
async function paidByDebtor(faceYen = 1_000_000) {
  serial += 1
  const pair = await readyPair(world, desk, `サイム${serial}`, {
    terms: { ...direct, advancePpm: 900_000, penalties },
  })
  const [claimId] = (await book.bought(pair, [{ invoiceNo: `CD-${serial}`, faceYen }])).ids as [string]
  return { ...pair, claimId }
}

const debts = async (receivableId: string) => {
  const shown = await world.ask(desk.accounting, debtsOfClaim, { receivableId })
  return Object.fromEntries(shown.debts.map(one => [one.item, one.openYen]))
}
const charge = async (
  receivableId: string,
  trigger: 'collections_withheld' | 'false_statement',
  on: string,
) =>
  secondPerson(
    world,
    desk.manager,
    await world.run(desk.operations, penalty, { receivableId, trigger, happenedOn: on, change: reason }),
  )
const forgive = async (
  receivableId: string,
  item: 'late_damages' | 'penalty' | 'fee' | 'client_claim',
  yen: number,
  waivedOn: string,
) =>
  secondPerson(
    world,
    desk.manager,
    await world.run(desk.accounting, waive, { receivableId, item, yen, waivedOn, change: reason }),
  )
const dueFor = async (partyId: string) =>
  (await world.ask(desk.operations, listDues, { partyId })).rows.find(row => row.state !== 'cancelled')!
type Ours = {
  receivableId: string
  item: 'principal' | 'client_claim' | 'late_damages' | 'penalty'
  yen: number
}
const wantOffset = (partyId: string, ours: Ours[], theirs: { dueId: string; yen: number }[], on: string) =>
  world.run(desk.accounting, offset, {
    partyId,
    ours,
    theirs,
    setOffOn: on,
    noticeOn: on,
    basis: '民法505条、基本契約第15条',
    change: reason,
  })

describe('penalty', () => {
  it('is what the contract agrees on the price, each time it happens, by two people', async () => {
    const { claimId } = await remitting(333_333)
    await charge(claimId, 'collections_withheld', '2026-07-13')
    // Price 333,333 − ⌊333,333 · 5 %⌋ = 316,667; ⌊316,667 · 33,300 / 10⁶⌋ = 10,545.
    expect(await debts(claimId)).toMatchObject({ penalty: 10_545, client_claim: 0 })
    expect((await claimBalances(world.db, claimId)).accruedPenalties).toBe(10_545)
    expect(await world.verbsOf(claimId)).toContain('penalty_charged')
    await charge(claimId, 'false_statement', '2026-07-12')
    expect((await debts(claimId)).penalty).toBe(210_545)
    const again = await world.run(desk.operations, penalty, {
      receivableId: claimId,
      trigger: 'false_statement',
      happenedOn: '2026-07-12',
      change: reason,
    })
    expect(await world.refused(secondPerson(world, desk.manager, again))).toEqual(['penalty_must_stand_once'])
  })

  it('is refused without a clause, for a day ahead, and never approved by whoever asked', async () => {
    const { claimId } = await remitting()
    const ask = (trigger: 'double_assignment' | 'false_statement', happenedOn: string) =>
      world.run(desk.operations, penalty, { receivableId: claimId, trigger, happenedOn, change: reason })
    expect(await world.refused(ask('double_assignment', '2026-07-13'))).toEqual(['penalty_must_be_agreed'])
    expect(await world.refused(ask('false_statement', '2026-07-14'))).toEqual(['day_must_not_lie_ahead'])
    const both = await world.person('兼務', 'operations')
    const request = await world.run(both, penalty, {
      receivableId: claimId,
      trigger: 'false_statement',
      happenedOn: '2026-07-13',
      change: reason,
    })
    expect((await world.refused(secondPerson(world, both, request))).length).toBeGreaterThan(0)
  })
})

describe('a deposit of the client', () => {
  it('pays damages and penalty before the claim, and its own claim after it', async () => {
    const { claimId } = await remitting()
    await charge(claimId, 'false_statement', '2026-07-13')
    world.clock.set(new Date('2026-09-16T10:00:00+09:00'))
    const paymentId = await book.deposited(1_306_600, 'ｻｲﾑ', '2026-09-16')
    // 1,100,000 · 15 days · 14.6 % = 6,600; 200,000 penalty; 1,100,000 principal.
    await book.take(paymentId, [claimId, 1_306_600])
    const balances = await claimBalances(world.db, claimId)
    expect(balances).toMatchObject({ accruedDamages: 0, accruedPenalties: 0, purchasedReceivables: 0 })
    expect(Object.values(await debts(claimId)).every(yen => yen === 0)).toBe(true)
  })

  it('pays a claim on the client that a dilution left, also where the debtor pays the claim itself', async () => {
    const { claimId } = await paidByDebtor()
    await world.done(desk.accounting, dilute, {
      receivableId: claimId,
      yen: 130_000,
      confirmedOn: '2026-07-13',
      reason: '返品が確定したため',
    })
    expect(await debts(claimId)).toMatchObject({ client_claim: 30_000, principal: 0 })
    await charge(claimId, 'false_statement', '2026-07-13')
    // The debtor's money pays the claim and nothing the client owes.
    const fromDebtor = await book.deposited(870_000, 'ｳﾘｶｹｻｷ', '2026-07-13')
    await book.take(fromDebtor, [claimId, 870_000])
    expect(await debts(claimId)).toMatchObject({ client_claim: 30_000, penalty: 200_000 })
    const fromClient = await book.deposited(230_000, 'ﾘﾖｳｼﾔ', '2026-07-13')
    const match = await world.done(desk.accounting, accept, {
      paymentId: fromClient,
      lines: [{ receivableId: claimId, yen: 230_000, paidByClient: true }],
    })
    expect(await claimBalances(world.db, claimId)).toMatchObject({
      clientClaims: 0,
      accruedPenalties: 0,
      purchasedReceivables: 0,
      reserves: 0,
    })
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の債権への入金だった' })
    expect(await debts(claimId)).toMatchObject({ client_claim: 30_000, penalty: 200_000 })
  })
})

describe('waiver', () => {
  it('gives up damages by two people; what was forgiven is not billed again', async () => {
    const { claimId } = await remitting()
    world.clock.set(new Date('2026-09-16T10:00:00+09:00'))
    expect((await debts(claimId)).late_damages).toBe(6_600)
    await forgive(claimId, 'late_damages', 6_600, '2026-09-16')
    expect((await debts(claimId)).late_damages).toBe(0)
    world.clock.set(new Date('2026-09-17T10:00:00+09:00'))
    expect((await debts(claimId)).late_damages).toBe(440)
    const tooMuch = world.run(desk.accounting, waive, {
      receivableId: claimId,
      item: 'late_damages',
      yen: 441,
      waivedOn: '2026-09-17',
      change: reason,
    })
    expect(await world.refused(tooMuch)).toEqual(['waiver_must_fit_what_is_owed'])
  })

  it('of a fee is owed back to the client once, never more than the fee', async () => {
    const { claimId, clientId } = await remitting()
    await forgive(claimId, 'fee', 50_000, '2026-07-13')
    expect(await dueFor(clientId)).toMatchObject({ source: 'fee_waived', leftYen: 50_000, state: 'waiting' })
    const rest = world.run(desk.accounting, waive, {
      receivableId: claimId,
      item: 'fee',
      yen: 5_001,
      waivedOn: '2026-07-13',
      change: reason,
    })
    expect(await world.refused(rest)).toEqual(['waiver_must_fit_what_is_owed'])
  })

  it('stays true when the deposit whose damages it forgave is taken back', async () => {
    const { claimId } = await remitting()
    world.clock.set(new Date('2026-09-16T10:00:00+09:00'))
    const paymentId = await book.deposited(1_000, 'ｻｲﾑ', '2026-09-16')
    const match = await book.take(paymentId, [claimId, 1_000])
    await forgive(claimId, 'late_damages', 5_600, '2026-09-16')
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の会社の入金だった' })
    expect((await debts(claimId)).late_damages).toBe(1_000)
    expect((await claimBalances(world.db, claimId)).accruedDamages).toBe(1_000)
  })
})

describe('set-off', () => {
  /** A client with a released reserve of 100,000 and a late claim of 1,100,000 it must remit. */
  async function owing() {
    const { clientId, claimId, contractId, debtorId, accountId } = await remitting()
    await forgive(claimId, 'fee', 55_000, '2026-07-13')
    return { clientId, claimId, contractId, debtorId, accountId, due: await dueFor(clientId) }
  }

  it('takes a debt of ours against the client’s, equal on both sides, and is undone to the yen', async () => {
    const { clientId, claimId, due } = await owing()
    world.clock.set(new Date('2026-09-16T10:00:00+09:00'))
    const before = await claimBalances(world.db, claimId)
    const owedBefore = await accountBalanceYen(world.db, 'payoutsDue', { partyId: clientId })
    const ours: Ours[] = [
      { receivableId: claimId, item: 'late_damages', yen: 6_600 },
      { receivableId: claimId, item: 'principal', yen: 48_400 },
    ]
    const request = await wantOffset(clientId, ours, [{ dueId: due.id, yen: 55_000 }], '2026-09-16')
    await secondPerson(world, desk.manager, request)
    expect(await debts(claimId)).toMatchObject({ late_damages: 0, principal: 1_051_600 })
    expect(await dueFor(clientId)).toMatchObject({ state: 'set_off', leftYen: 0 })
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId: clientId })).toBe(owedBefore - 55_000)
    expect(await accountBalanceYen(world.db, 'suspense', { partyId: clientId })).toBe(0)
    expect((await differencesInBooks(world.db)).differences).toEqual([])
    const pay = world.run(desk.operations, payDues, { dueIds: [due.id], transferOn: '2026-09-17' })
    expect(await world.refused(pay)).toEqual(['due_must_have_money_left'])
    const { id } = await world.db
      .selectFrom('set_off')
      .select('id')
      .where('party_id', '=', clientId)
      .executeTakeFirstOrThrow()
    await world.done(desk.accounting, undoOffset, { setOffId: id, reason: '通知が届いていなかった' })
    const after = await claimBalances(world.db, claimId)
    // The damages of 6,600 stay billed; everything else is as before.
    expect(after).toEqual({ ...before, accruedDamages: 6_600, damagesIncome: 6_600 })
    expect(await dueFor(clientId)).toMatchObject({ state: 'waiting', leftYen: 55_000 })
    expect((await differencesInBooks(world.db)).differences).toEqual([])
  })

  it('is refused when unequal, beyond what is owed, with another party’s debt, or while the debt is being paid', async () => {
    const { clientId, claimId, due } = await owing()
    const other = await owing()
    const on = '2026-07-13'
    const principal = (yen: number): Ours[] => [{ receivableId: claimId, item: 'principal', yen }]
    expect(await world.refused(wantOffset(clientId, principal(10), [{ dueId: due.id, yen: 9 }], on))).toEqual(
      ['set_off_must_be_equal'],
    )
    expect(
      await world.refused(wantOffset(clientId, principal(55_001), [{ dueId: due.id, yen: 55_001 }], on)),
    ).toEqual(['set_off_must_fit_the_due'])
    expect(
      await world.refused(wantOffset(clientId, principal(10), [{ dueId: other.due.id, yen: 10 }], on)),
    ).toEqual(['set_off_parties_must_be_the_same'])
    const penaltyToo: Ours[] = [{ receivableId: claimId, item: 'penalty', yen: 10 }]
    expect(await world.refused(wantOffset(clientId, penaltyToo, [{ dueId: due.id, yen: 10 }], on))).toEqual([
      'set_off_must_fit_what_is_owed',
    ])
    const debtorPays = await paidByDebtor()
    expect(
      await world.refused(
        wantOffset(
          debtorPays.clientId,
          [{ receivableId: debtorPays.claimId, item: 'principal', yen: 10 }],
          [{ dueId: due.id, yen: 10 }],
          on,
        ),
      ),
    ).toEqual(['set_off_item_must_be_owed_by_the_client'])
    await world.done(desk.operations, payDues, { dueIds: [due.id], transferOn: '2026-07-14' })
    expect(
      await world.refused(wantOffset(clientId, principal(10), [{ dueId: due.id, yen: 10 }], on)),
    ).toEqual(['due_must_be_waiting'])
  })

  it('waits for a second person and is stale once the claim moved', async () => {
    const { clientId, claimId, due } = await owing()
    const request = await wantOffset(
      clientId,
      [{ receivableId: claimId, item: 'principal', yen: 1_000 }],
      [{ dueId: due.id, yen: 1_000 }],
      '2026-07-13',
    )
    expect(request.status).toBe(202)
    const paymentId = await book.deposited(500_000, 'ｻｲﾑ', '2026-07-13', '7654322')
    await book.take(paymentId, [claimId, 500_000])
    await secondPerson(world, desk.manager, request)
    const { changeRequestId } = request.body as { changeRequestId: string }
    const { state } = await world.db
      .selectFrom('change_request')
      .select('state')
      .where('id', '=', changeRequestId)
      .executeTakeFirstOrThrow()
    expect(state).toBe('stale')
    expect(await dueFor(clientId)).toMatchObject({ state: 'waiting', leftYen: 55_000 })
  })
})

describe('the proof of the books', () => {
  it('finds nothing after all of the above, runs once a night, and speaks when a sum was changed', async () => {
    world.clock.set(new Date('2026-10-01T01:59:00+09:00'))
    expect(await proveOnceANight(world)).toBe(false)
    world.clock.set(new Date('2026-10-01T02:10:00+09:00'))
    expect(await proveOnceANight(world)).toBe(true)
    expect(await proveOnceANight(world)).toBe(false)
    const first = await world.done(desk.accounting, prove, {})
    expect(first.differences).toBe(0)
    expect(first.claimsChecked).toBeGreaterThan(5)
    const { claimId } = await remitting()
    await world.db.transaction().execute(async tx => {
      await tx.updateTable('receivable').set({ collected_yen: 1 }).where('id', '=', claimId).execute()
      const context = world.executor.context(tx, desk.accounting, 'test')
      await context.record({ verb: 'test_sum_changed', subjects: [{ kind: 'receivable', id: claimId }] })
    })
    const second = await world.done(desk.accounting, prove, {})
    expect(second.differences).toBe(3)
    const { differences } = await differencesInBooks(world.db)
    expect(differences.map(one => one.rule)).toEqual([
      'claim_sums_must_equal_its_movements',
      'exposure_must_equal_the_claim',
      'journal_must_equal_what_is_open',
    ])
    await raiseAlerts(world)
    const alert = await world.db
      .selectFrom('alert')
      .selectAll()
      .where('kind', '=', 'books_differ')
      .executeTakeFirstOrThrow()
    expect(alert).toMatchObject({ severity: 'critical', state: 'open', owner_role: 'accounting' })
    await world.db.transaction().execute(async tx => {
      await tx.updateTable('receivable').set({ collected_yen: 0 }).where('id', '=', claimId).execute()
      const context = world.executor.context(tx, desk.accounting, 'test')
      await context.record({ verb: 'test_sum_changed', subjects: [{ kind: 'receivable', id: claimId }] })
    })
    await world.done(desk.accounting, prove, {})
    await raiseAlerts(world)
    const ended = await world.db
      .selectFrom('alert')
      .select('facts_ended_at')
      .where('id', '=', alert.id)
      .executeTakeFirstOrThrow()
    expect(ended.facts_ended_at).not.toBeNull()
  })
})
