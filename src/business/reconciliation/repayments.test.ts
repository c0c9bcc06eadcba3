import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { setupCompany } from '../access/index.ts'
import { accountBalanceYen } from '../moneyledger/index.ts'
import { hold, refund, withdrawRefund } from '../payments/commands.ts'
import { listPayments, openPayment } from '../payments/contract.ts'
import { create, send } from '../payouts/batch-commands.ts'
import { approve, bounce, cancel, check, confirm, prepareOnceMore } from '../payouts/commands.ts'
import { listDues, openPayout } from '../payouts/contract.ts'
import { payDues } from '../payouts/due-commands.ts'
import {
  type Desk,
  party,
  readyPair,
  reason,
  screened,
  secondPerson,
  verifiedAccount,
} from '../receivables/testing/deal.ts'
import { claimBalances } from './claim-money.ts'
import { type Book, direct, openBook } from './testing/book.ts'
import { undo } from './undo-match.ts'

let world: World
let desk: Desk
let book: Book
let ownAccountId: string
const day = { transferOn: '2026-07-15' }

beforeAll(async () => {
  world = await createWorld()
  await setupCompany(world.db, world.clock.now(), {
    mode: 'demo',
    company: { legalName: '株式会社自社', originatorCode: '0000012345' },
    staff: [1, 2].map(at => ({
      displayName: `管理 ${at}`,
      email: `administrator-${at}@example.co.jp`,
      roles: [{ role: 'administrator' as const }],
      password: 'correct horse 12',
    })),
  })
  book = await openBook(world)
  desk = book.desk
  ownAccountId = (
    await world.db
      .selectFrom('bank_account')
      .select('id')
      .where('party_id', 'is', null)
      .orderBy('id')
      .executeTakeFirstOrThrow()
  ).id
})
afterAll(() => world.close())

let dayNo = 0
/** Each deposit on a day of its own: two of the same amount on one day would be looked at as twins. */
const bookedOn = () => `2026-07-${String(++dayNo).padStart(2, '0')}`

const terms = { ...direct, advancePpm: 900_000 }

/** A claim bought at 90 % and paid in full by the debtor: its reserve of 10 % waits to be paid to the client. */
async function released(name: string) {
  const pair = await readyPair(world, desk, name, { terms })
  const [receivableId] = (await book.bought(pair, [{ invoiceNo: `RES-${name}`, faceYen: 1_000_000 }]))
    .ids as [string]
  const paymentId = await book.deposited(1_000_000, 'ｳﾘｶｹｻｷ', bookedOn())
  const match = await book.take(paymentId, [receivableId, 1_000_000])
  return { ...pair, receivableId, paymentId, matchId: match.id, due: await dueOf({ receivableId }) }
}

async function dueOf(of: { receivableId?: string; paymentInId?: string }) {
  const { rows } = await world.ask(desk.operations, listDues, of)
  return rows[0]!
}

/** Carries a payment to the bank: checked by accounting, approved by another, in a file, sent, paid. */
async function paid(payoutId: string, approver: Actor = desk.manager) {
  await world.done(desk.accounting, check, { payoutId })
  await secondPerson(world, approver, await world.run(desk.accounting, approve, { payoutId, change: reason }))
  const { id } = await world.done(desk.accounting, create, {
    payoutIds: [payoutId],
    fromAccountId: ownAccountId,
    ...day,
  })
  await world.done(desk.accounting, send, { batchId: id })
  await world.done(desk.accounting, confirm, { payoutIds: [payoutId], confirmedOn: '2026-07-13' })
}

const asked = async (dueId: string) => {
  const { payouts } = await world.done(desk.operations, payDues, { dueIds: [dueId], ...day })
  return payouts[0]!
}

describe('a released reserve', () => {
  it('waits in the list and is paid once, by two people, to the yen', async () => {
    const { clientId, receivableId, due } = await released('ヘンカン')
    expect(due).toMatchObject({ source: 'reserve', leftYen: 100_000, state: 'waiting', partyId: clientId })
    const payout = await asked(due.id)
    expect(payout.amountYen).toBe(100_000)
    const again = world.run(desk.operations, payDues, { dueIds: [due.id], ...day })
    expect(await world.refused(again)).toEqual(['due_must_not_be_paid_twice'])
    expect((await dueOf({ receivableId })).state).toBe('in_payment')
    await paid(payout.id)
    expect(await dueOf({ receivableId })).toMatchObject({ state: 'paid', payout: { id: payout.id } })
    // Of what the client was owed by this claim only the price of the purchase is left to the payout of the purchase.
    expect(await accountBalanceYen(world.db, 'reserves', { receivableId })).toBe(0)
    const shown = await world.ask(desk.accounting, openPayout, { payoutId: payout.id })
    expect(shown).toMatchObject({
      purpose: 'reserve_release',
      dueSource: 'reserve',
      due: { about: { kind: 'receivable', id: receivableId } },
    })
    expect(await world.verbsOf(receivableId)).toEqual(
      expect.arrayContaining(['payout_due_opened', 'payout_prepared', 'payout_approved', 'payout_confirmed']),
    )
  })

  it('is not approved for payment by whoever approved the claim, nor by whoever asked for it', async () => {
    const { due } = await released('シヨクム')
    const both = await world.person('依頼もできる経理', 'operations', 'accounting')
    const { payouts } = await world.done(both, payDues, { dueIds: [due.id], ...day })
    const payoutId = payouts[0]!.id
    await world.done(desk.accounting, check, { payoutId })
    const request = await world.run(desk.accounting, approve, { payoutId, change: reason })
    expect(await world.refused(secondPerson(world, both, request))).toContain('approver_must_be_independent')
    const claimApprover = await world.db
      .selectFrom('payment_out')
      .select('deal_approvers')
      .where('id', '=', payoutId)
      .executeTakeFirstOrThrow()
    expect(claimApprover.deal_approvers).toEqual([desk.approver.id])
    const forced = world.db.transaction().execute(async tx => {
      await tx
        .updateTable('payment_out')
        .set({ approved_by: desk.approver.id })
        .where('id', '=', payoutId)
        .execute()
    })
    await expect(forced).rejects.toMatchObject({ constraint: 'deal_approver_must_not_pay_out' })
  })

  it('is asked for by operations only', async () => {
    const { due } = await released('ケンゲン')
    for (const person of [desk.accounting, desk.sales, desk.manager])
      expect(await world.refused(world.run(person, payDues, { dueIds: [due.id], ...day }))).toEqual([
        'permission_must_be_held',
      ])
  })

  it('ends when its match is undone; not while its payment is under way', async () => {
    const { receivableId, matchId, due } = await released('モドス')
    const payout = await asked(due.id)
    const back = { matchId, reason: '別の取引先の入金だった' }
    expect(await world.refused(world.run(desk.accounting, undo, back))).toEqual([
      'repayment_must_not_be_under_way',
    ])
    await world.done(desk.operations, cancel, { payoutId: payout.id, reason: '消込を取り消すため' })
    await world.done(desk.accounting, undo, back)
    expect(await dueOf({ receivableId })).toMatchObject({ state: 'cancelled' })
    expect(await world.refused(world.run(desk.operations, payDues, { dueIds: [due.id], ...day }))).toEqual([
      'due_must_stand',
    ])
    expect(await accountBalanceYen(world.db, 'reserves', { receivableId })).toBe(100_000)
  })

  it('that was paid before the match was undone is owed back by the client', async () => {
    const { receivableId, paymentId, matchId, due } = await released('ハライズミ')
    await paid((await asked(due.id)).id)
    await world.done(desk.accounting, undo, { matchId, reason: '銀行から取消の連絡があった' })
    expect(await claimBalances(world.db, receivableId)).toMatchObject({
      reserves: 100_000,
      clientClaims: 100_000,
      purchasedReceivables: 1_000_000,
    })
    expect((await dueOf({ receivableId })).state).toBe('paid')
    // Settled again: the reserve is owed once more, and the client still owes what it already has.
    await book.take(paymentId, [receivableId, 1_000_000])
    expect(await claimBalances(world.db, receivableId)).toMatchObject({ reserves: 0, clientClaims: 100_000 })
    expect(await dueOf({ receivableId })).toMatchObject({ state: 'waiting', leftYen: 100_000 })
  })

  it('that came back from the bank (組戻し) waits again and is sent anew', async () => {
    const { receivableId, due } = await released('クミモドシ')
    const payout = await asked(due.id)
    await paid(payout.id)
    await world.done(desk.accounting, bounce, {
      payoutId: payout.id,
      bouncedOn: '2026-07-13',
      reason: '口座解約のため組戻し',
    })
    expect((await dueOf({ receivableId })).state).toBe('in_payment')
    await world.done(desk.operations, prepareOnceMore, { payoutId: payout.id, ...day })
    await paid(payout.id)
    expect((await dueOf({ receivableId })).state).toBe('paid')
  })
})

describe('a refund', () => {
  /** A deposit larger than the claim: 50,000 yen belong to the debtor that paid. */
  async function overpaid(name: string) {
    const pair = await readyPair(world, desk, name, { terms })
    const [receivableId] = (await book.bought(pair, [{ invoiceNo: `REF-${name}`, faceYen: 100_000 }]))
      .ids as [string]
    const paymentId = await book.deposited(150_000, 'ｶｼﾞﾖｳ', bookedOn())
    const match = await book.take(paymentId, [receivableId, 100_000])
    await verifiedAccount(world, desk, pair.debtorId, `${name}ウリカケサキ`)
    return { ...pair, receivableId, paymentId, matchId: match.id }
  }
  const decide = async (paymentId: string, partyId: string, by = desk.approver) =>
    secondPerson(world, by, await world.run(desk.accounting, refund, { paymentId, partyId, change: reason }))

  it('of an excess is decided by two, paid by others, and only then counts as refunded', async () => {
    const { debtorId, paymentId, matchId } = await overpaid('ヘンキン')
    await decide(paymentId, debtorId)
    const due = await dueOf({ paymentInId: paymentId })
    expect(due).toMatchObject({ source: 'excess', leftYen: 50_000, partyId: debtorId, state: 'waiting' })
    const back = world.run(desk.accounting, undo, { matchId, reason: '入金の充当先を訂正する' })
    expect(await world.refused(back)).toEqual(['refund_must_be_taken_back_first'])
    const payout = await asked(due.id)
    await world.done(desk.accounting, check, { payoutId: payout.id })
    const request = await world.run(desk.accounting, approve, { payoutId: payout.id, change: reason })
    expect(await world.refused(secondPerson(world, desk.approver, request))).toContain(
      'approver_must_be_independent',
    )
    await secondPerson(world, desk.manager, request)
    const { id } = await world.done(desk.accounting, create, {
      payoutIds: [payout.id],
      fromAccountId: ownAccountId,
      ...day,
    })
    await world.done(desk.accounting, send, { batchId: id })
    const state = async () => (await world.ask(desk.accounting, openPayment, { paymentId })).state
    expect(await state()).toBe('refund_pending')
    await world.done(desk.accounting, confirm, { payoutIds: [payout.id], confirmedOn: '2026-07-13' })
    expect(await state()).toBe('refunded')
    const { rows } = await world.ask(desk.accounting, listPayments, { state: ['refunded'] })
    expect(rows.map(row => row.id)).toEqual([paymentId])
    expect(await accountBalanceYen(world.db, 'excess', { partyId: debtorId })).toBe(0)
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId: debtorId })).toBe(0)
    await world.done(desk.accounting, bounce, {
      payoutId: payout.id,
      bouncedOn: '2026-07-13',
      reason: '名義相違のため組戻し',
    })
    expect(await state()).toBe('refund_pending')
  })

  it('decided by the manager is paid by the approval of a 決裁, who had no hand in it', async () => {
    const { debtorId, paymentId } = await overpaid('カンリシヨク')
    await decide(paymentId, debtorId, desk.manager)
    const payout = await asked((await dueOf({ paymentInId: paymentId })).id)
    await world.done(desk.accounting, check, { payoutId: payout.id })
    const request = await world.run(desk.accounting, approve, { payoutId: payout.id, change: reason })
    expect(await world.refused(secondPerson(world, desk.manager, request))).toContain(
      'approver_must_be_independent',
    )
    await secondPerson(world, await world.person('別の決裁', 'approver'), request)
    expect((await world.ask(desk.accounting, openPayout, { payoutId: payout.id })).state).toBe('approved')
  })

  it('can be taken back until its payment is under way, and the deposit stands as before', async () => {
    const { debtorId, paymentId, matchId } = await overpaid('テッカイ')
    await decide(paymentId, debtorId)
    const asks = await world.db
      .selectFrom('change_request')
      .select('items')
      .where('object_id', '=', paymentId)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(asks.items)).toContain('50,000円')
    const due = await dueOf({ paymentInId: paymentId })
    const payout = await asked(due.id)
    const take = { paymentId, reason: '次回の請求に充てるとの申出' }
    expect(await world.refused(world.run(desk.accounting, withdrawRefund, take))).toEqual([
      'repayment_must_not_be_under_way',
    ])
    await world.done(desk.operations, cancel, { payoutId: payout.id, reason: '返金しないことになった' })
    await world.done(desk.accounting, withdrawRefund, take)
    const row = await world.ask(desk.accounting, openPayment, { paymentId })
    expect(row).toMatchObject({ state: 'partially_applied', refundYen: 0, appliedYen: 100_000 })
    expect(await accountBalanceYen(world.db, 'excess', { partyId: debtorId })).toBe(50_000)
    await world.done(desk.accounting, undo, { matchId, reason: '入金の充当先を訂正する' })
    expect((await world.ask(desk.accounting, openPayment, { paymentId })).state).toBe('matching')
    expect(await world.refused(world.run(desk.accounting, withdrawRefund, take))).toEqual([
      'refund_must_be_pending',
    ])
  })

  it('goes only to a screened payee with a verified account', async () => {
    const payee = await party(world, desk, 'シラベマエ', 'debtor')
    const paymentId = await book.deposited(70_000, 'ｼﾗﾍﾞﾏｴ', '2026-07-13')
    await world.done(desk.accounting, hold, {
      paymentId,
      reason: '入金元に照会中',
    })
    const attempt = world.run(desk.accounting, refund, { paymentId, partyId: payee, change: reason })
    expect(await world.refused(attempt)).toEqual(['record_must_exist'])
    await verifiedAccount(world, desk, payee, 'シラベマエ')
    await decide(paymentId, payee)
    const payout = await asked((await dueOf({ paymentInId: paymentId })).id)
    await world.done(desk.accounting, check, { payoutId: payout.id })
    const request = world.run(desk.accounting, approve, { payoutId: payout.id, change: reason })
    expect(await world.refused(request)).toEqual(['subject_must_be_screened'])
    await screened(world, desk, [payee])
    expect((await world.run(desk.accounting, approve, { payoutId: payout.id, change: reason })).status).toBe(
      202,
    )
  })
})
