import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { setupCompany } from '../access/index.ts'
import { block as blockAccount, register as registerAccount } from '../accounts/commands.ts'
import { readTransferFile } from '../bankformats/index.ts'
import { accountBalanceYen } from '../moneyledger/index.ts'
import { judge } from '../receivables/commands/approve.ts'
import { offer } from '../receivables/commands/offer.ts'
import { purchase } from '../receivables/commands/purchase.ts'
import { openReceivable } from '../receivables/contract.ts'
import {
  approvedClaim,
  type Desk,
  openDesk,
  party,
  readyPair,
  reason,
  secondPerson,
  twoPartyTerms,
} from '../receivables/testing/deal.ts'
import { create, send } from './batch-commands.ts'
import {
  approve,
  bounce,
  cancel,
  check,
  confirm,
  giveBack,
  prepare,
  prepareOnceMore,
  report,
} from './commands.ts'
import { listBatches, openPayout, transferDay } from './contract.ts'
import { download } from './queries.ts'
import { rescind } from './rescind.ts'

let world: World
let desk: Desk
let ownAccountId: string
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  await makeCompany()
  const own = await world.done(desk.accounting, registerAccount, {
    partyId: null,
    usage: 'collection',
    bankCode: '0005',
    branchCode: '001',
    accountType: '1',
    accountNo: '7654321',
    holderKana: 'カ）ミナトフアイナンス',
    holderName: '株式会社みなとファイナンス',
  })
  ownAccountId = own.id
})
afterAll(() => world.close())

/** The own company with its 委託者コード, as set-up writes it. */
async function makeCompany() {
  await setupCompany(world.db, world.clock.now(), {
    mode: 'demo',
    company: { legalName: '株式会社みなとファイナンス', originatorCode: '0000012345' },
    staff: [1, 2].map(at => ({
      displayName: `管理 ${at}`,
      email: `administrator-${at}@example.co.jp`,
      roles: [{ role: 'administrator' as const }],
      password: 'correct horse 12',
    })),
  })
}

async function bought(name: string, invoiceNo: string, terms = twoPartyTerms) {
  const pair = await readyPair(world, desk, name, { terms })
  const receivableId = await approvedClaim(world, desk, { ...pair, invoiceNo, faceYen: 1_000_000 })
  const { id: purchaseId, netYen } = await world.done(desk.operations, purchase, {
    receivableIds: [receivableId],
  })
  return { ...pair, receivableId, purchaseId, netYen }
}

const day = { transferOn: '2026-11-26' }

async function checked(purchaseId: string) {
  const { id } = await world.done(desk.operations, prepare, { purchaseId, ...day })
  await world.done(desk.accounting, check, { payoutId: id })
  return id
}

const ask = (payoutId: string, person = desk.accounting) =>
  world.run(person, approve, { payoutId, change: reason })

describe('a payout', () => {
  it('goes from request to the bank and funds the claim, to the yen', async () => {
    const deal = await bought('シハライ', 'PAY-1')
    expect(deal.netYen).toBe(900_000 - 47_500)
    const payoutId = await checked(deal.purchaseId)
    await secondPerson(world, desk.manager, await ask(payoutId))
    const file = (transferOn: string) => ({ payoutIds: [payoutId], fromAccountId: ownAccountId, transferOn })
    // After the bank's cut-off a file for today would be carried out tomorrow, whatever everybody was told.
    const before = world.clock.now()
    world.clock.set(new Date('2026-11-24T15:00:00+09:00'))
    expect(await world.ask(desk.accounting, transferDay, {})).toEqual({
      earliestOn: '2026-11-25',
      cutOff: '15:00',
    })
    expect(await world.refused(world.run(desk.accounting, create, file('2026-11-24')))).toEqual([
      'transfer_day_must_be_within_reach',
    ])
    world.clock.set(before)
    expect((await world.ask(desk.accounting, transferDay, {})).earliestOn).toBe('2026-11-24')
    const batch = await world.done(desk.accounting, create, file(day.transferOn))
    expect(batch).toMatchObject({ count: 1, totalYen: 852_500 })
    const context = {
      db: world.db,
      actor: desk.accounting,
      now: world.clock.now(),
      today: '2026-11-24',
      requestId: 't',
    }
    const { file: fetched, seen } = await download(world.keys, context, batch.id)
    const read = readTransferFile(new Uint8Array(fetched.content as Buffer), '2026-11-24')
    expect(JSON.stringify(read)).toContain('852500')
    // The file, the payment in it and the payee.
    expect(seen).toHaveLength(3)
    await world.done(desk.accounting, send, { batchId: batch.id })
    expect(await world.refused(world.run(desk.accounting, send, { batchId: batch.id }))).toEqual([
      'file_must_not_be_sent_twice',
    ])
    await world.done(desk.accounting, confirm, {
      payoutIds: [payoutId],
      confirmedOn: '2026-11-24',
      transferFeeYen: 330,
    })
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId: deal.clientId })).toBe(0)
    expect(await accountBalanceYen(world.db, 'bank', { partyId: deal.clientId })).toBe(-852_830)
    const shown = await world.ask(desk.operations, openReceivable, { receivableId: deal.receivableId })
    expect([shown.fundedOn, shown.purchase?.netYen]).toEqual(['2026-11-24', 852_500])
    const exposure = await world.db
      .selectFrom('credit_exposure')
      .select(['state', 'amount_yen'])
      .where('receivable_id', '=', deal.receivableId)
      .executeTakeFirstOrThrow()
    expect(exposure).toEqual({ state: 'paid', amount_yen: 900_000 })
    const { rows } = await world.ask(desk.accounting, listBatches, {})
    expect(rows[0]?.fileHash).toBe(batch.fileHash)
  })

  it('has days on which it can have happened: asked for ahead, confirmed and come back afterwards', async () => {
    const deal = await bought('ヒヅケ', 'PAY-DAYS')
    for (const transferOn of ['2026-11-23', '2027-11-25'])
      expect(
        await world.refused(world.run(desk.operations, prepare, { purchaseId: deal.purchaseId, transferOn })),
      ).toEqual(['day_must_lie_in_the_span'])
    const payoutId = await checked(deal.purchaseId)
    await secondPerson(world, desk.manager, await ask(payoutId))
    const { id: batchId } = await world.done(desk.accounting, create, {
      payoutIds: [payoutId],
      fromAccountId: ownAccountId,
      ...day,
    })
    await world.done(desk.accounting, send, { batchId })
    const paid = (confirmedOn: string) =>
      world.run(desk.accounting, confirm, { payoutIds: [payoutId], confirmedOn })
    for (const confirmedOn of ['1926-11-24', '2026-11-23', '2026-11-25'])
      expect(await world.refused(paid(confirmedOn))).toEqual(['day_must_lie_in_the_span'])
    await paid('2026-11-24')
    const back = (bouncedOn: string) =>
      world.run(desk.accounting, bounce, { payoutId, bouncedOn, reason: '名義相違のため組戻し' })
    for (const bouncedOn of ['2026-11-23', '2026-11-25'])
      expect(await world.refused(back(bouncedOn))).toEqual(['day_must_lie_in_the_span'])
    expect((await back('2026-11-24')).status).toBe(200)
  })

  it('is asked for once a purchase', async () => {
    const deal = await bought('イチド', 'PAY-2')
    await world.done(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day })
    expect(
      await world.refused(world.run(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day })),
    ).toEqual(['purchase_must_not_be_paid_twice'])
  })

  it('is never approved by whoever prepared it, checked for it alone, or approved the deal', async () => {
    const deal = await bought('フタリ', 'PAY-3')
    const both = await world.person('依頼も承認もできる人', 'operations', 'accounting')
    const { id } = await world.done(both, prepare, { purchaseId: deal.purchaseId, ...day })
    expect(await world.refused(world.run(both, check, { payoutId: id }))).toEqual([
      'checker_must_not_have_prepared',
    ])
    await world.done(desk.accounting, check, { payoutId: id })
    const request = await ask(id)
    expect(await world.refused(secondPerson(world, desk.accounting, request))).toContain(
      'maker_must_not_approve',
    )
    expect((await world.refused(secondPerson(world, both, request))).length).toBeGreaterThan(0)
    await secondPerson(world, desk.manager, request)
    const row = await world.db
      .selectFrom('payment_out')
      .select(['prepared_by', 'approved_by', 'deal_approvers'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({
      prepared_by: both.id,
      approved_by: desk.manager.id,
      deal_approvers: [desk.approver.id],
    })
    const forced = world.db.transaction().execute(async tx => {
      await tx
        .updateTable('payment_out')
        .set({ approved_by: desk.approver.id })
        .where('id', '=', id)
        .execute()
    })
    await expect(forced).rejects.toMatchObject({ constraint: 'deal_approver_must_not_pay_out' })
  })

  it('waits for the notice where the contract says so', async () => {
    const deal = await bought('ジョウケン', 'PAY-4', { ...twoPartyTerms, payoutAfter: 'notice' })
    const payoutId = await checked(deal.purchaseId)
    expect(await world.refused(ask(payoutId))).toEqual(['payout_condition_must_be_met'])
    const shown = await world.ask(desk.accounting, openPayout, { payoutId })
    expect(shown.transactionRecordUntil).toBe(null)
    expect(shown.hindrances.map(one => one.code)).toEqual(['payout_condition_must_be_met'])
  })

  it('stops when the same claim turns up after the purchase, until two people have judged', async () => {
    const deal = await bought('アトカラ', 'PAY-5')
    const other = await party(world, desk, 'アトカラニ', 'client')
    const later = await world.done(desk.sales, offer, {
      clientId: other,
      debtorId: deal.debtorId,
      invoiceNo: 'ＰＡＹ／５',
      faceYen: 1_000_000,
      issuedOn: '2026-07-01',
      dueOn: '2027-01-29',
    })
    expect(later.duplicateResult).toBe('suspect')
    const payoutId = await checked(deal.purchaseId)
    expect(await world.refused(ask(payoutId))).toEqual(['duplicate_must_be_judged'])
    const verdict = { receivableId: later.id, verdict: 'same' as const, change: reason }
    await secondPerson(world, desk.compliance, await world.run(desk.reviewer, judge, verdict))
    await world.done(desk.accounting, giveBack, { payoutId, reason: '照合をやり直すため' })
    await world.done(desk.operations, prepareOnceMore, { payoutId, ...day })
    expect(await world.done(desk.accounting, check, { payoutId })).toMatchObject({ suspicious: 0 })
    expect((await ask(payoutId)).status).toBe(202)
  })

  it('stands in no file once its account was blocked after the approval, and nothing else of that file is written', async () => {
    const approved = async (name: string, invoiceNo: string) => {
      const deal = await bought(name, invoiceNo)
      const payoutId = await checked(deal.purchaseId)
      await secondPerson(world, desk.manager, await ask(payoutId))
      return { ...deal, payoutId }
    }
    const write = (payoutIds: string[]) =>
      world.run(desk.accounting, create, { payoutIds, fromAccountId: ownAccountId, ...day })
    const [blockedOne, good] = [await approved('ジココウザ', 'PAY-61'), await approved('ブジ', 'PAY-62')]
    const account = await world.db
      .selectFrom('payment_out')
      .select('account_id')
      .where('id', '=', blockedOne.payoutId)
      .executeTakeFirstOrThrow()
    await world.done(desk.operations, blockAccount, {
      accountId: account.account_id,
      reason: '名義人が死亡したため',
    })
    expect(await world.refused(write([good.payoutId, blockedOne.payoutId]))).toEqual([
      'account_must_not_be_blocked',
    ])
    const { payoutId } = blockedOne
    expect((await world.ask(desk.accounting, openPayout, { payoutId })).state).toBe('approved')
    await world.done(desk.accounting, cancel, { payoutId, reason: '口座が使えないため' })
    expect((await write([good.payoutId])).body).toMatchObject({ count: 1 })
  })

  it('with an unknown result is not sent again; one that came back is booked back', async () => {
    const deal = await bought('フメイ', 'PAY-6')
    const payoutId = await checked(deal.purchaseId)
    await secondPerson(world, desk.manager, await ask(payoutId))
    const batch = await world.done(desk.accounting, create, {
      payoutIds: [payoutId],
      fromAccountId: ownAccountId,
      ...day,
    })
    await world.done(desk.accounting, send, { batchId: batch.id })
    await world.done(desk.accounting, report, { payoutId, outcome: 'unknown', reason: '銀行の回答がない' })
    expect(await world.refused(world.run(desk.operations, prepareOnceMore, { payoutId, ...day }))).toEqual([
      'transition_must_be_listed',
    ])
    await world.done(desk.accounting, confirm, { payoutIds: [payoutId], confirmedOn: '2026-11-24' })
    expect(await world.ask(desk.accounting, openPayout, { payoutId })).toMatchObject({
      transactionRecordUntil: '2033-11-24',
      transactionRecordYears: 7,
    })
    await world.done(desk.accounting, bounce, {
      payoutId,
      bouncedOn: '2026-11-24',
      reason: '口座解約のため組戻し',
    })
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId: deal.clientId })).toBe(852_500)
    await world.done(desk.operations, prepareOnceMore, { payoutId, ...day })
    expect(await world.verbsOf(payoutId)).toContain('payout_bounced')
  })

  it('ends with its purchase, rescinded by two people: the limit is given back and the purchase booked back', async () => {
    const deal = await bought('トリケシ', 'PAY-7')
    const { id } = await world.done(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day })
    const asked = await world.run(desk.operations, rescind, { purchaseId: deal.purchaseId, change: reason })
    expect(asked.status).toBe(202)
    // While it waits, nobody prepares, checks out or sends the money.
    expect((await world.ask(desk.accounting, openPayout, { payoutId: id })).hindrances).toMatchObject([
      { code: 'request_must_be_decided_first' },
    ])
    await secondPerson(world, desk.manager, asked)
    expect((await world.ask(desk.accounting, openPayout, { payoutId: id })).state).toBe('cancelled')
    expect(
      await world.refused(world.run(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day })),
    ).toEqual(['purchase_must_stand'])
    const shown = await world.ask(desk.operations, openReceivable, { receivableId: deal.receivableId })
    expect(shown.state).toBe('rescinded')
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId: deal.clientId })).toBe(0)
    const exposure = await world.db
      .selectFrom('credit_exposure')
      .select('state')
      .where('receivable_id', '=', deal.receivableId)
      .executeTakeFirstOrThrow()
    expect(exposure.state).toBe('ended')
  })
})
