import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { approve as approveRequest } from '../approvals/commands.ts'
import { accountBalanceYen } from '../moneyledger/index.ts'
import { cancel, check, prepare } from '../payouts/commands.ts'
import { netPayout, openPayout } from '../payouts/contract.ts'
import { rescind as rescindPurchase } from '../payouts/rescind.ts'
import { openReceivable } from '../receivables/contract.ts'
import { fundPurchase, purchaseReceivablesCommand, unfundPurchase } from '../receivables/index.ts'
import { approvedClaim, type Desk, readyPair, reason, secondPerson } from '../receivables/testing/deal.ts'
import { debtsOfClaim, debtsOfParty } from './debts-contract.ts'
import { differencesInBooks } from './proof.ts'
import { offset, undoOffset } from './set-off.ts'
import { repurchase, rescind as rescindClaim } from './take-back.ts'
import { type Book, openBook, remits } from './testing/book.ts'

let world: World
let desk: Desk
let book: Book
let serial = 0
const on = '2026-07-13'
const day = { transferOn: '2026-07-14' }

beforeAll(async () => {
  world = await createWorld()
  book = await openBook(world)
  desk = book.desk
})
afterAll(() => world.close())

/** A client that owes 900,000 for a claim it bought back, and sold a further one of 2,000,000: N = 1,700,000. */
async function owingAndSelling() {
  serial += 1
  const pair = await readyPair(world, desk, `サシヒキ${serial}`, {
    terms: { ...remits, advancePpm: 900_000 },
  })
  const [claimId] = (await book.bought(pair, [{ invoiceNo: `DD-${serial}`, faceYen: 1_000_000 }])).ids as [
    string,
  ]
  const request = await world.run(desk.operations, repurchase, {
    receivableId: claimId,
    ground: 'warranty_breach',
    clause: '第9条',
    takenOn: on,
    change: reason,
  })
  await secondPerson(world, desk.manager, request)
  const newId = await approvedClaim(world, desk, {
    clientId: pair.clientId,
    debtorId: pair.debtorId,
    contractId: pair.contractId,
    invoiceNo: `DD-NEW-${serial}`,
    faceYen: 2_000_000,
    dueOn: '2026-08-31',
  })
  const purchase = await world.done(desk.operations, purchaseReceivablesCommand, { receivableIds: [newId] })
  return { ...pair, claimId, newId, purchaseId: purchase.id, netYen: purchase.netYen }
}
type Deal = Awaited<ReturnType<typeof owingAndSelling>>

const deduct = ({ clientId, claimId, purchaseId }: Deal, yen: number) =>
  world.run(desk.accounting, offset, {
    partyId: clientId,
    ours: [{ receivableId: claimId, item: 'client_claim', yen }],
    theirs: [{ purchaseId, yen }],
    setOffOn: on,
    noticeOn: on,
    basis: '民法505条、基本契約第15条',
    change: reason,
  })
const debtOf = async (receivableId: string) =>
  (await world.ask(desk.accounting, debtsOfClaim, { receivableId })).debts.reduce(
    (sum, one) => sum + one.openYen,
    0,
  )
const netOf = (purchaseId: string) => world.ask(desk.operations, netPayout, { purchaseId })
const setOffOf = async (partyId: string) =>
  (
    await world.db
      .selectFrom('set_off')
      .select('id')
      .where('party_id', '=', partyId)
      .where('undone_at', 'is', null)
      .executeTakeFirstOrThrow()
  ).id
const nothingDiffers = async () => expect((await differencesInBooks(world.db)).differences).toEqual([])
const decideNow = (answer: { body: unknown }) =>
  world
    .run(desk.manager, approveRequest, {
      changeRequestId: (answer.body as { changeRequestId: string }).changeRequestId,
    })
    .then(() => 'done')
    .catch(() => 'refused')
const statesOf = async (...answers: { body: unknown }[]) => {
  const rows = await world.db
    .selectFrom('change_request')
    .select('state')
    .where(
      'id',
      'in',
      answers.map(one => (one.body as { changeRequestId: string }).changeRequestId),
    )
    .execute()
  return rows.map(row => row.state).toSorted()
}

describe('a deduction from a new purchase’s payout', () => {
  it('lowers what is paid out and not N, clears the debt to the yen, and is undone until the payment is asked for', async () => {
    const deal = await owingAndSelling()
    // P 2,000,000 = N 1,700,000 + fee 100,000 + R 200,000.
    expect(deal.netYen).toBe(1_700_000)
    expect(await world.ask(desk.accounting, debtsOfParty, { partyId: deal.clientId })).toMatchObject({
      rows: [
        { receivableId: deal.claimId, state: 'repurchased', clientClaimYen: 900_000, totalYen: 900_000 },
      ],
      totalYen: 900_000,
      payouts: [{ leftYen: 1_700_000 }],
    })
    const owed = await accountBalanceYen(world.db, 'payoutsDue', { partyId: deal.clientId })
    await secondPerson(world, desk.manager, await deduct(deal, 400_000))
    expect(await netOf(deal.purchaseId)).toMatchObject({
      netYen: 1_700_000,
      deductedYen: 400_000,
      leftYen: 1_300_000,
      whyNotPay: null,
    })
    expect(await debtOf(deal.claimId)).toBe(500_000)
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId: deal.clientId })).toBe(owed - 400_000)
    await nothingDiffers()
    await world.done(desk.accounting, undoOffset, {
      setOffId: await setOffOf(deal.clientId),
      reason: '通知が届いていなかった',
    })
    expect(await netOf(deal.purchaseId)).toMatchObject({ deductedYen: 0, leftYen: 1_700_000 })
    expect(await debtOf(deal.claimId)).toBe(900_000)
    await secondPerson(world, desk.manager, await deduct(deal, 900_000))
    expect(await debtOf(deal.claimId)).toBe(0)
    const payout = await world.done(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day })
    expect(payout.amountYen).toBe(800_000)
    expect(await world.ask(desk.accounting, openPayout, { payoutId: payout.id })).toMatchObject({
      amountYen: 800_000,
      deductedYen: 900_000,
      hindrances: [],
    })
    const undone = world.run(desk.accounting, undoOffset, {
      setOffId: await setOffOf(deal.clientId),
      reason: '通知が届いていなかった',
    })
    expect(await world.refused(undone)).toEqual(['payout_must_not_be_asked_for'])
    await nothingDiffers()
  })

  it('of the whole payout leaves nothing to pay: the claims count as paid for by it', async () => {
    const deal = await owingAndSelling()
    const small = await approvedClaim(world, desk, {
      clientId: deal.clientId,
      debtorId: deal.debtorId,
      contractId: deal.contractId,
      invoiceNo: `DD-SMALL-${serial}`,
      faceYen: 100_000,
      dueOn: '2026-08-31',
    })
    const bought = await world.done(desk.operations, purchaseReceivablesCommand, { receivableIds: [small] })
    const whole = { ...deal, purchaseId: bought.id }
    await secondPerson(world, desk.manager, await deduct(whole, bought.netYen))
    expect((await world.ask(desk.operations, openReceivable, { receivableId: small })).fundedOn).toBe(on)
    expect(
      await world.refused(world.run(desk.operations, prepare, { purchaseId: bought.id, ...day })),
    ).toEqual(['purchase_must_stand'])
    await nothingDiffers()
    await world.done(desk.accounting, undoOffset, {
      setOffId: await setOffOf(deal.clientId),
      reason: '通知が届いていなかった',
    })
    const paid = await world.done(desk.operations, prepare, { purchaseId: bought.id, ...day })
    expect(paid.amountYen).toBe(bought.netYen)
    await nothingDiffers()
  })

  it('is refused beyond N, once the payment is asked for, and from another company’s purchase', async () => {
    const deal = await owingAndSelling()
    const other = await owingAndSelling()
    expect(await world.refused(deduct({ ...deal, purchaseId: other.purchaseId }, 10))).toEqual([
      'set_off_parties_must_be_the_same',
    ])
    const { id } = await world.done(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day })
    expect(await world.refused(deduct(deal, 10))).toEqual(['payout_must_not_be_asked_for'])
    await world.done(desk.operations, cancel, { payoutId: id, reason: '差引のため取り消す' })
    expect((await deduct(deal, 10)).status).toBe(202)
  })
})

describe('a payout that came back after its claim was rescinded', () => {
  it('is set off against the price the client owes, which neither owes any more', async () => {
    serial += 1
    const pair = await readyPair(world, desk, `サシヒキ${serial}`, {
      terms: { ...remits, advancePpm: 900_000 },
    })
    const { ids, purchase } = await book.bought(pair, [{ invoiceNo: `DD-${serial}`, faceYen: 1_000_000 }])
    const claimId = ids[0]!
    const request = await world.run(desk.operations, rescindClaim, {
      receivableId: claimId,
      ground: 'false_statement',
      clause: '第10条',
      takenOn: on,
      change: reason,
    })
    await secondPerson(world, desk.manager, request)
    await world.db.transaction().execute(async tx => {
      const context = world.executor.context(tx, desk.accounting, 'test')
      await unfundPurchase(context, purchase.id)
      await context.record({ verb: 'test_bounced', subjects: [{ kind: 'purchase', id: purchase.id }] })
    })
    expect(await debtOf(claimId)).toBe(850_000)
    const back = { ...pair, claimId, newId: claimId, purchaseId: purchase.id, netYen: purchase.netYen }
    await secondPerson(world, desk.manager, await deduct(back, 850_000))
    expect(await debtOf(claimId)).toBe(0)
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId: pair.clientId })).toBe(0)
    await nothingDiffers()
  })
})

describe('at the same moment', () => {
  it('no payment is asked for while a deduction waits, and it pays the rest once it is decided', async () => {
    const deal = await owingAndSelling()
    const request = await deduct(deal, 300_000)
    const ask = () => world.run(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day })
    expect(await world.refused(ask())).toEqual(['request_must_be_decided_first'])
    const [, prepared] = await Promise.all([
      decideNow(request),
      ask()
        .then(answer => (answer.body as { amountYen: number }).amountYen)
        .catch(() => 'refused'),
    ])
    expect([1_400_000, 'refused']).toContain(prepared)
    expect(await statesOf(request)).toEqual(['applied'])
    await nothingDiffers()
  })

  it('a deduction asked for together with the payment: either the payment is whole and the deduction refused, or it waits', async () => {
    const deal = await owingAndSelling()
    const [asked, paid] = await Promise.all([
      deduct(deal, 300_000).then(
        answer => answer.status,
        () => 'refused',
      ),
      world.run(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day }).then(
        answer => answer.status,
        () => 'refused',
      ),
    ])
    expect([
      [202, 'refused'],
      ['refused', 200],
    ]).toContainEqual([asked, paid])
    await nothingDiffers()
  })

  it('two deductions of one payout together take no more than it, and no debt twice', async () => {
    const deal = await owingAndSelling()
    const requests = [await deduct(deal, 900_000), await deduct(deal, 900_000)]
    await Promise.all(requests.map(decideNow))
    expect(await statesOf(...requests)).toEqual(['applied', 'stale'])
    expect(await netOf(deal.purchaseId)).toMatchObject({ deductedYen: 900_000, leftYen: 800_000 })
    expect(await debtOf(deal.claimId)).toBe(0)
    await nothingDiffers()
  })

  it('a rescission before the payout and a payment: never a payment of a rescinded purchase', async () => {
    for (const turn of [1, 2]) {
      const deal = await owingAndSelling()
      const change = { ...reason, reasonText: `利用者が取りやめた ${turn}` }
      const payout = await world.done(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day })
      const request = await world.run(desk.operations, rescindPurchase, {
        purchaseId: deal.purchaseId,
        change,
      })
      await Promise.all([
        decideNow(request),
        world
          .run(desk.operations, cancel, { payoutId: payout.id, reason: '取り消してやり直す' })
          .catch(() => null),
        world.run(desk.operations, prepare, { purchaseId: deal.purchaseId, ...day }).catch(() => null),
        world.run(desk.accounting, check, { payoutId: payout.id }).catch(() => null),
      ])
      const { state } = await world.ask(desk.operations, openReceivable, { receivableId: deal.newId })
      const standing = await world.db
        .selectFrom('payment_out')
        .select('state')
        .where('purchase_id', '=', deal.purchaseId)
        .where('state', '<>', 'cancelled')
        .execute()
      if (state === 'rescinded') expect(standing).toEqual([])
      await nothingDiffers()
    }
  })

  it('a set-off stands in the way of a rescission, and money that left does too', async () => {
    const deal = await owingAndSelling()
    await secondPerson(world, desk.manager, await deduct(deal, 300_000))
    const want = () =>
      world.run(desk.operations, rescindPurchase, { purchaseId: deal.purchaseId, change: reason })
    expect(await world.refused(want())).toEqual(['set_off_must_be_reversed_first'])
    await world.db.transaction().execute(async tx => {
      const context = world.executor.context(tx, desk.accounting, 'test')
      await fundPurchase(context, deal.purchaseId, on)
      await context.record({ verb: 'test_funded', subjects: [{ kind: 'purchase', id: deal.purchaseId }] })
    })
    expect(await world.refused(want())).toEqual(['purchase_must_stand'])
  })
})
