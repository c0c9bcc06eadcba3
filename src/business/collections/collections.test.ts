import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { registerAccountCommand } from '../accounts/index.ts'
import { approve } from '../approvals/commands.ts'
import { writeTransactionsFile } from '../bankformats/index.ts'
import { listCommunications } from '../communications/contract.ts'
import { accountBalanceYen } from '../moneyledger/index.ts'
import { importStatementCommand } from '../payments/index.ts'
import { fundPurchase, purchaseReceivablesCommand } from '../receivables/index.ts'
import { approvedClaim, type Desk, openDesk, readyPair } from '../receivables/testing/deal.ts'
import { acceptMatchCommand, proposeMatchesCommand, undoMatchCommand } from '../reconciliation/index.ts'
import { contact, dispute, move, nextAction, promise, writeOffClaim } from './commands.ts'
import { ageing, listOverdue, openCase } from './contract.ts'
import { followUp } from './follow-up.ts'

let world: World
let desk: Desk
let collector: Actor
const on = (day: string) => world.clock.set(new Date(`${day}T10:00:00+09:00`))
const change = { reasonCode: 'review' as const, reasonText: '経緯を確認した', evidence: [EVIDENCE] }

beforeAll(async () => {
  world = await createWorld()
  on('2026-07-13')
  desk = await openDesk(world)
  collector = await world.person('回収', 'collector')
  await world.done(desk.accounting, registerAccountCommand, {
    partyId: null,
    usage: 'collection',
    bankCode: '0001',
    branchCode: '001',
    accountType: '1',
    accountNo: '7654321',
    holderKana: 'カ）ジシャ',
    holderName: '株式会社自社',
  })
})
afterAll(() => world.close())

/** A claim bought on 2026-07-13, due 2026-08-31, to be remitted by 2026-09-01. */
async function claimOf(name: string, faceYen: number, advancePpm = 1_000_000): Promise<string> {
  on('2026-07-13')
  const pair = await readyPair(world, desk, name, {
    terms: {
      legalKind: 'two_party',
      collectionRoute: 'client_remits',
      advancePpm,
      feePpm: 47_500,
      remitRule: { kind: 'days_after_due', days: 1, unit: 'business', holidayRoll: 'following' },
    },
  })
  const id = await approvedClaim(world, desk, {
    clientId: pair.clientId,
    debtorId: pair.debtorId,
    contractId: pair.contractId,
    invoiceNo: `LATE-${name}`,
    dueOn: '2026-08-31',
    faceYen,
  })
  const purchase = await world.done(desk.operations, purchaseReceivablesCommand, { receivableIds: [id] })
  await world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, desk.accounting, 'test')
    await fundPurchase(context, purchase.id, '2026-07-13')
    await context.record({ verb: 'test_funded', subjects: [{ kind: 'purchase', id: purchase.id }] })
  })
  return id
}

async function deposited(amountYen: number, payerKana: string, bookedOn: string): Promise<string> {
  const line = { bookedOn, direction: 'in' as const, kind: 'transfer' as const, amountYen, payerKana }
  const content = writeTransactionsFile([
    {
      createdOn: bookedOn,
      from: bookedOn,
      to: bookedOn,
      bankCode: '0001',
      branchCode: '001',
      accountType: 'ordinary',
      accountNo: '7654321',
      accountName: 'ｶ)ｼﾞｼﾔ',
      openingYen: amountYen,
      lines: [line],
    },
  ])
  const { fileId } = await world.done(desk.accounting, importStatementCommand, {
    fileName: 'meisai.txt',
    contentBase64: Buffer.from(content).toString('base64'),
  })
  const row = await world.db
    .selectFrom('payment_in as p')
    .innerJoin('bank_line as l', 'l.id', 'p.line_id')
    .select('p.id')
    .where('l.file_id', '=', fileId)
    .executeTakeFirstOrThrow()
  return row.id
}

async function caseOf(receivableId: string) {
  const shown = await world.ask(collector, openCase, { receivableId })
  return { ...shown, caseId: shown.claim.case?.id ?? '' }
}

const call = (caseId: string, contactedAt: string, reached = true) => ({
  caseId,
  channel: 'phone' as const,
  contactedAt,
  reached,
  note: '代表者に電話した',
  nextActionOn: '2026-09-30',
})

describe('an overdue claim', () => {
  it('is listed by days past due with damages to the yen, as of any day', async () => {
    const id = await claimOf('エンタイ', 1_100_000)
    on('2026-10-05')
    const one = async (asOf: string) =>
      (await world.ask(collector, listOverdue, { receivableId: id, asOf })).rows[0]
    // 1,100,000 yen × 15 days at 14.6 % = 6,600 yen.
    expect(await one('2026-09-16')).toMatchObject({ daysPastDue: 15, bucket: '1-30', damagesYen: 6_600 })
    expect(await one('2026-09-01')).toMatchObject({ daysPastDue: 0, bucket: 'current', damagesYen: 0 })
    expect(await one('2026-10-02')).toMatchObject({ daysPastDue: 31, bucket: '31-60' })
    const sums = await world.ask(collector, ageing, { asOf: '2026-09-16' })
    expect(sums.buckets.find(row => row.bucket === '1-30')).toEqual({
      bucket: '1-30',
      count: 1,
      openYen: 1_100_000,
    })
    const payment = await deposited(500_000, 'ｴﾝﾀｲ', '2026-09-11')
    await world.done(desk.accounting, acceptMatchCommand, {
      paymentId: payment,
      lines: [{ receivableId: id, yen: 500_000 }],
    })
    // 4,400 yen of the 500,000 went to damages: 604,400 stay open, and a report of the days before does not change.
    expect(await one('2026-09-16')).toMatchObject({ openYen: 604_400 })
    expect(await one('2026-09-10')).toMatchObject({ openYen: 1_100_000, daysPastDue: 9 })
  })

  it('opens one case by itself, whose first contact puts the claim into dunning', async () => {
    const id = await claimOf('アンケン', 200_000)
    on('2026-09-01')
    await world.done(collector, followUp, {})
    expect((await caseOf(id)).claim.case).toBeNull()
    on('2026-09-02')
    await world.done(collector, followUp, {})
    await world.done(collector, followUp, {})
    const { caseId, nextStates } = await caseOf(id)
    expect(nextStates).toEqual(['reminding', 'closed'])
    await world.done(collector, contact, call(caseId, '2026-09-02T09:30:00+09:00'))
    const row = await world.db
      .selectFrom('receivable')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row.state).toBe('dunning')
    const after = await caseOf(id)
    expect(after.claim.case?.state).toBe('contacted')
    for (const nextActionOn of ['2026-09-01', '2027-09-03'])
      expect(
        await world.refused(world.run(collector, nextAction, { caseId, nextActionOn, nextAction: '再架電' })),
      ).toEqual(['day_must_lie_in_the_span'])
    expect(after.contacts.map(one => [one.note, one.contactedBy])).toEqual([['代表者に電話した', '回収']])
    const kept = await world.db.selectFrom('communication').select('summary_sealed').execute()
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.some(one => one.summary_sealed.includes('代表者'))).toBe(false)
    // What has happened is recorded, also against the rule, which is named.
    const late = await world.done(collector, contact, call(caseId, '2026-09-01T22:00:00+09:00'))
    expect(late.brokenRules).toEqual(['午後9時から午前8時までの連絡はできません。'])
    const all = await caseOf(id)
    expect(all.contacts.map(one => one.brokenRules.length)).toEqual([0, 1])
    const client = all.claim.client.id
    const listed = await world.ask(collector, listCommunications, { partyId: client })
    expect(listed.rows.map(row => [row.policyCheck, row.summary])).toEqual([
      ['allowed', '代表者に電話した'],
      ['blocked', '代表者に電話した'],
    ])
    expect(await world.refused(world.run(desk.accounting, followUp, {}))).toEqual(['permission_must_be_held'])
  })
})

describe('a promise', () => {
  it('is kept by payments and broken by dates, never by hand, and stops reminders until its day', async () => {
    const id = await claimOf('ヤクソク', 300_000)
    on('2026-09-10')
    await world.done(collector, followUp, {})
    const { caseId } = await caseOf(id)
    await world.done(collector, contact, call(caseId, '2026-09-10T09:00:00+09:00'))
    await world.done(collector, contact, call(caseId, '2026-09-10T09:10:00+09:00'))
    await world.done(collector, promise, { caseId, dueOn: '2026-09-20', amountYen: 300_000 })
    const early = await world.done(collector, contact, call(caseId, '2026-09-10T09:20:00+09:00'))
    expect(early.brokenRules).toEqual(['支払約束の期日までは督促できません。'])
    expect(await world.refused(world.run(collector, move, { caseId, to: 'reminding', change }))).toEqual([
      'transition_must_be_listed',
    ])
    expect(await world.refused(world.run(collector, move, { caseId, to: 'kept', change }))).toEqual([
      'transition_must_follow_from_events',
    ])
    on('2026-09-20')
    await world.done(collector, followUp, {})
    expect((await caseOf(id)).claim.case?.state).toBe('promised')
    on('2026-09-21')
    await world.done(collector, followUp, {})
    const after = await caseOf(id)
    expect(after.claim.case?.state).toBe('broken')
    expect(after.promises.map(one => one.outcome)).toEqual(['broken'])
    expect(await world.verbsOf(caseId)).toContain('promise_broken')
  })
})

describe('a collector', () => {
  it('is shown a deposit that is proposed and not confirmed, and the case ends when it is', async () => {
    const id = await claimOf('ミカクテイ', 150_000)
    on('2026-09-05')
    await world.done(collector, followUp, {})
    const { caseId } = await caseOf(id)
    const payment = await deposited(150_000, 'ｶ)ﾐｶｸﾃｲ', '2026-09-04')
    await world.done(desk.accounting, proposeMatchesCommand, {})
    expect((await caseOf(id)).claim.proposals).toMatchObject([{ paymentId: payment, yen: 150_000 }])
    // 3 days × 14.6 % of 150,000 = 180 yen of damages come first, by the contract.
    await world.done(desk.accounting, acceptMatchCommand, {
      paymentId: payment,
      lines: [{ receivableId: id, yen: 150_000 }],
    })
    const rest = await deposited(180, 'ｶ)ﾐｶｸﾃｲ', '2026-09-04')
    await world.done(desk.accounting, acceptMatchCommand, {
      paymentId: rest,
      lines: [{ receivableId: id, yen: 180 }],
    })
    await world.done(collector, followUp, {})
    expect(await world.verbsOf(caseId)).toContain('collection_case_resolved')
  })

  it('notes a dispute about a part, never about more than is open', async () => {
    const id = await claimOf('アラソイ', 90_000)
    on('2026-09-05')
    await world.done(collector, followUp, {})
    const { caseId } = await caseOf(id)
    const reason = '検収不合格との主張'
    expect(
      await world.refused(world.run(collector, dispute, { caseId, disputedYen: 90_001, reason })),
    ).toEqual(['dispute_must_fit_the_claim'])
    await world.done(collector, dispute, { caseId, disputedYen: 40_000, reason })
    expect((await caseOf(id)).claim.case?.disputedYen).toBe(40_000)
    await world.done(collector, dispute, { caseId, disputedYen: null, reason })
    expect(await world.refused(world.run(collector, dispute, { caseId, disputedYen: null, reason }))).toEqual(
      ['dispute_must_be_open'],
    )
  })
})

describe('a write-off', () => {
  it('takes two people; the reserve bears its part, the rest is a loss (worked example 3, r3)', async () => {
    const id = await claimOf('カシダオレ', 770_777, 900_000)
    on('2026-12-25')
    const early = world.run(collector, writeOffClaim, { receivableId: id, change })
    expect(await world.refused(early)).toEqual(['claim_must_be_dunned'])
    const paymentId = await deposited(61_662, 'ｶｼﾀﾞｵﾚ', '2026-09-01')
    const lines = [{ receivableId: id, yen: 61_662 }]
    const dividend = await world.done(desk.accounting, acceptMatchCommand, { paymentId, lines })
    await world.done(collector, followUp, {})
    const { caseId } = await caseOf(id)
    await world.done(collector, move, { caseId, to: 'reminding', change })
    const answer = await world.run(collector, writeOffClaim, { receivableId: id, change })
    const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
    expect(answer.status).toBe(202)
    expect(await world.refused(world.run(collector, approve, { changeRequestId }))).not.toEqual([])
    await world.done(desk.manager, approve, { changeRequestId })
    const of = { receivableId: id }
    expect(await accountBalanceYen(world.db, 'creditLosses', of)).toBe(632_037)
    expect(await accountBalanceYen(world.db, 'reserves', of)).toBe(0)
    expect(await accountBalanceYen(world.db, 'purchasedReceivables', of)).toBe(0)
    const row = await world.db
      .selectFrom('receivable')
      .select(['state', 'left_to_settle_yen'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ state: 'written_off', left_to_settle_yen: 0 })
    // Nothing is at risk any more (FF §4.8), and the case can still be read.
    const atRisk = () =>
      world.db
        .selectFrom('credit_exposure')
        .select(['state', 'amount_yen'])
        .where('receivable_id', '=', id)
        .executeTakeFirstOrThrow()
    expect(await atRisk()).toEqual({ state: 'ended', amount_yen: 0 })
    expect((await world.ask(collector, openCase, { receivableId: id })).claim).toMatchObject({ openYen: 0 })
    // A dividend taken back later is a loss as well: the claim has ended and stands open nowhere.
    const undone = { matchId: dividend.id, reason: '別の会社の入金だった' }
    await world.done(desk.accounting, undoMatchCommand, undone)
    expect(await accountBalanceYen(world.db, 'creditLosses', of)).toBe(632_037 + 61_662)
    expect(await accountBalanceYen(world.db, 'purchasedReceivables', of)).toBe(0)
    expect(await atRisk()).toEqual({ state: 'ended', amount_yen: 0 })
  })
})
