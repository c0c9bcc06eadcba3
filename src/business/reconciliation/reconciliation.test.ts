import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import { listDues } from '../payouts/contract.ts'
import { type Desk, readyPair, secondPerson } from '../receivables/testing/deal.ts'
import { claimBalances } from './claim-money.ts'
import { accept, acceptSafe, dilute, insolvency, propose, switchName } from './commands.ts'
import { listAliases, listMatches, suggestionOf, workbench } from './contract.ts'
import { type Book, direct, openBook, remits, type Terms } from './testing/book.ts'
import { undo } from './undo-match.ts'

let world: World
let desk: Desk
let bought: Book['bought']
let deposited: Book['deposited']
let take: Book['take']
beforeAll(async () => {
  world = await createWorld()
  ;({ desk, bought, deposited, take } = await openBook(world))
})
afterAll(() => world.close())

const claimRow = (id: string) =>
  world.db.selectFrom('receivable').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** Every balance a match may touch: claims, exposure, deposits, and the journal by account, claim and party. */
async function balances() {
  const { rows: claims } =
    await sql`select id, state, collected_yen, diluted_yen, recovered_yen, left_to_settle_yen
    from receivable order by id`.execute(world.db)
  const { rows: exposure } =
    await sql`select receivable_id, state, amount_yen from credit_exposure order by 1`.execute(world.db)
  const { rows: pairs } = await sql`select * from credit_pair_total order by 1, 2`.execute(world.db)
  const { rows: deposits } =
    await sql`select id, applied_yen, refund_yen, party_id from payment_in order by 1`.execute(world.db)
  const { rows: ledger } = await sql`select account_code, receivable_id, party_id,
      sum(case side when 'debit' then amount_yen else -amount_yen end)::bigint as yen
    from ledger_entry group by 1, 2, 3 having sum(case side when 'debit' then amount_yen else -amount_yen end) <> 0
    order by 1, 2, 3`.execute(world.db)
  return JSON.stringify({ claims, exposure, pairs, deposits, ledger })
}

describe('worked example 1: two_party, late remittance (FF §4.7)', () => {
  it('by default 3,600 yen go to damages first and 3,600 yen of principal stay open', async () => {
    const pair = await readyPair(world, desk, 'レイイチ', { terms: remits })
    const { ids, purchase } = await bought(pair, [{ invoiceNo: 'EX1-1', faceYen: 1_100_000 }])
    const [id] = ids as [string]
    expect(purchase).toMatchObject({
      advanceYen: 1_100_000,
      reserveYen: 0,
      feeYen: 55_000,
      netYen: 1_045_000,
    })
    await take(await deposited(500_000, 'ｶ)ﾚｲｲﾁ', '2026-09-01'), [id, 500_000])
    const last = await deposited(600_000, 'ｶ)ﾚｲｲﾁ', '2026-09-16')
    await take(last, [id, 600_000])
    const row = await claimRow(id)
    expect([row.payable_on, row.collected_yen, (row.purchased_yen ?? 0) - row.collected_yen]).toEqual([
      '2026-09-01',
      1_096_400,
      3_600,
    ])
    expect(await claimBalances(world.db, id)).toMatchObject({
      purchasedReceivables: 3_600,
      accruedDamages: 0,
      damagesIncome: 3_600,
    })
    const { rows } = await world.ask(desk.accounting, listMatches, { paymentId: last })
    expect(rows[0]?.allocations.map(one => [one.kind, one.yen])).toEqual([
      ['late_damages', 3_600],
      ['principal', 596_400],
    ])
  })

  it('principal first: the principal is settled and 3,600 yen are billed', async () => {
    const terms = { ...remits, applicationOrder: 'principal_first' as const }
    const pair = await readyPair(world, desk, 'レイイチモト', { terms })
    const [id] = (await bought(pair, [{ invoiceNo: 'EX1-2', faceYen: 1_100_000 }])).ids as [string]
    await take(await deposited(500_000, 'ｶ)ﾚｲｲﾁﾓﾄ', '2026-09-01', '7654322'), [id, 500_000])
    await take(await deposited(600_000, 'ｶ)ﾚｲｲﾁﾓﾄ', '2026-09-16', '7654322'), [id, 600_000])
    const row = await claimRow(id)
    expect([row.collected_yen, row.left_to_settle_yen]).toEqual([1_100_000, 3_600])
    expect(await claimBalances(world.db, id)).toMatchObject({
      purchasedReceivables: 0,
      accruedDamages: 3_600,
    })
    // The damages are paid: nothing is left, the claim is settled and no limit holds it any more.
    await take(await deposited(3_600, 'ｶ)ﾚｲｲﾁﾓﾄ', '2026-09-30'), [id, 3_600])
    expect((await claimRow(id)).left_to_settle_yen).toBe(0)
    const settlements = await world.db
      .selectFrom('claim_settlement')
      .select('id')
      .where('receivable_id', '=', id)
      .execute()
    expect(settlements).toHaveLength(1)
    const exposure = await world.db
      .selectFrom('credit_exposure')
      .select(['state', 'amount_yen'])
      .where('receivable_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(exposure).toEqual({ state: 'ended', amount_yen: 0 })
  })
})

describe('worked example 2: three_party with reserve and review cut (FF §4.7)', () => {
  it('releases 1,512,340 yen after a dilution of 87,660', async () => {
    const terms: Terms = {
      ...direct,
      advancePpm: 800_000,
      feePpm: 15_000,
      receivableKinds: ['medical'],
      charges: [
        { kind: 'registration_tax', amountYen: 7_500, taxCategory: 'outside', borneBy: 'client' },
        { kind: 'scrivener', amountYen: 50_000, taxCategory: 'taxable_10', borneBy: 'client' },
        { kind: 'transfer_fee', amountYen: 400, taxCategory: 'taxable_10', borneBy: 'client' },
      ],
    }
    const pair = await readyPair(world, desk, 'レイニ', { terms })
    const { ids, purchase } = await bought(pair, [
      { invoiceNo: 'EX2', faceYen: 8_000_000, receivableKind: 'medical' },
    ])
    const [id] = ids as [string]
    expect(purchase).toMatchObject({
      advanceYen: 6_400_000,
      reserveYen: 1_600_000,
      taxYen: 5_040,
      netYen: 6_217_060,
    })
    const before = await balances()
    const payment = await deposited(7_912_340, 'ｶ)ﾚｲﾆｳﾘｶｹｻｷ', '2026-08-31')
    const { settled } = await take(payment, [id, 7_912_340])
    expect(settled).toEqual([])
    const cut = await world.done(desk.accounting, dilute, {
      receivableId: id,
      yen: 87_660,
      confirmedOn: '2026-09-10',
      reason: '審査機関の査定減',
    })
    expect(cut).toMatchObject({
      boughtYen: 87_660,
      fromReserveYen: 87_660,
      clientClaimYen: 0,
      settled: [{ releaseYen: 1_512_340, shortfallYen: 0 }],
    })
    expect(await claimBalances(world.db, id)).toMatchObject({ purchasedReceivables: 0, reserves: 0 })
    expect((await claimRow(id)).left_to_settle_yen).toBe(0)
    expect(before).not.toBe(await balances())
  })
})

describe('worked example 3: bundle, one return, one bankruptcy (FF §4.7)', () => {
  it('collects and releases to the yen; a dividend after bankruptcy carries no damages', async () => {
    const terms: Terms = { ...remits, advancePpm: 900_000, feePpm: 47_500 }
    const pair = await readyPair(world, desk, 'レイサン', { terms })
    const { ids, purchase } = await bought(pair, [
      { invoiceNo: 'EX3-1', faceYen: 333_333 },
      { invoiceNo: 'EX3-2', faceYen: 1_234_567, askedYen: 1_000_000 },
      { invoiceNo: 'EX3-3', faceYen: 770_777 },
    ])
    const [r1, r2, r3] = ids as [string, string, string]
    expect(purchase).toMatchObject({
      purchasedYen: 2_104_110,
      advanceYen: 1_893_698,
      reserveYen: 210_412,
      feeYen: 99_944,
      netYen: 1_793_754,
    })
    // Goods worth 150,000 yen came back: the client's unpurchased 234,567 take all of it.
    const returned = await world.done(desk.accounting, dilute, {
      receivableId: r2,
      yen: 150_000,
      confirmedOn: '2026-08-20',
      reason: '商品の返品による減額',
    })
    expect(returned).toMatchObject({ boughtYen: 0, fromReserveYen: 0, clientClaimYen: 0 })
    const both = await deposited(1_333_333, 'ｶ)ﾚｲｻﾝ', '2026-09-01')
    const { settled } = await take(both, [r1, 333_333], [r2, 1_000_000])
    expect(Object.fromEntries(settled.map(one => [one.receivableId, one.releaseYen]))).toEqual({
      [r1]: 33_334,
      [r2]: 100_000,
    })
    const change = { reasonCode: 'review' as const, reasonText: '破産手続開始の公告', evidence: [EVIDENCE] }
    await secondPerson(
      world,
      desk.manager,
      await world.run(desk.operations, insolvency, { receivableId: r3, sinceOn: '2026-08-25', change }),
    )
    await take(await deposited(61_662, 'ｶ)ﾚｲｻﾝ', '2026-12-20'), [r3, 61_662])
    const row = await claimRow(r3)
    expect([row.collected_yen, (row.purchased_yen ?? 0) - row.collected_yen]).toEqual([61_662, 709_115])
    expect(await claimBalances(world.db, r3)).toMatchObject({ reserves: 77_078, damagesIncome: 0 })
  })

  it('of a debtor that pays us directly, the client’s unpurchased part is the client’s money', async () => {
    const terms: Terms = { ...direct, advancePpm: 900_000, feePpm: 47_500 }
    const pair = await readyPair(world, desk, 'レイサンチョク', { terms })
    const [id] = (await bought(pair, [{ invoiceNo: 'EX3-D', faceYen: 1_234_567, askedYen: 1_000_000 }]))
      .ids as [string]
    const payment = await deposited(1_084_567, 'ｶ)ﾚｲｻﾝﾁﾖｸｳﾘｶｹｻｷ', '2026-08-31')
    const { settled, excessYen } = await take(payment, [id, 1_084_567])
    expect([settled[0]?.releaseYen, excessYen]).toEqual([100_000, 0])
    expect(await claimBalances(world.db, id)).toMatchObject({ clientShare: 0, reserves: 0 })
    expect((await claimRow(id)).left_to_settle_yen).toBe(0)
    // Reserve and share wait together to be paid to the client: FF Ex. 3, r2, "the client keeps 84 567 of its unpurchased part".
    const { rows } = await world.ask(desk.operations, listDues, { receivableId: id })
    expect(rows.map(row => [row.source, row.leftYen, row.state]).sort()).toEqual([
      ['client_share', 84_567, 'waiting'],
      ['reserve', 100_000, 'waiting'],
    ])
  })
})

describe('undoing', () => {
  it('restores every balance byte for byte, after a fee, a reserve release and a learned name', async () => {
    const terms: Terms = { ...direct, advancePpm: 900_000, feePpm: 50_000 }
    const pair = await readyPair(world, desk, 'トリケシ', { terms })
    const [first, second] = (
      await bought(pair, [
        { invoiceNo: 'UNDO-1', faceYen: 300_000 },
        { invoiceNo: 'UNDO-2', faceYen: 500_000 },
      ])
    ).ids as [string, string]
    const paymentId = await deposited(799_560, 'ﾄﾘｹｼ ﾍﾞﾂﾒｲｷﾞ', '2026-08-31')
    const before = await balances()
    const match = await world.done(desk.accounting, accept, {
      paymentId,
      lines: [
        { receivableId: first, yen: 300_000 },
        { receivableId: second, yen: 499_560 },
      ],
      shortReason: 'transfer_fee',
    })
    // 440 yen is a known transfer fee: the reserve bears it and the rest is released.
    expect(match.settled.map(one => [one.shortfallYen, one.releaseYen]).sort()).toEqual([
      [0, 30_000],
      [440, 49_560],
    ])
    expect(await balances()).not.toBe(before)
    await world.done(desk.accounting, undo, { matchId: match.id, reason: '別の取引先の入金だった' })
    expect(await balances()).toBe(before)
    const again = world.run(desk.accounting, undo, { matchId: match.id, reason: '別の取引先の入金だった' })
    expect(await world.refused(again)).toEqual(['match_must_stand'])
    const { rows } = await world.ask(desk.accounting, listAliases, { partyId: pair.debtorId })
    expect(rows.map(row => [row.senderKana, row.confirmedCount])).toEqual([['ﾄﾘｹｼ ﾍﾞﾂﾒｲｷﾞ', 0]])
    await take(paymentId, [first, 300_000], [second, 499_560])
    expect(await world.verbsOf(paymentId)).toContain('match_undone')
  })

  it('goes backwards where damages were divided: the later match first', async () => {
    const pair = await readyPair(world, desk, 'ジュンバン', { terms: remits })
    const [id] = (await bought(pair, [{ invoiceNo: 'LIFO', faceYen: 1_000_000 }])).ids as [string]
    const before = await balances()
    const first = await take(await deposited(400_000, 'ｼﾞﾕﾝﾊﾞﾝ', '2026-09-10'), [id, 400_000])
    const second = await take(await deposited(300_000, 'ｼﾞﾕﾝﾊﾞﾝ', '2026-09-20'), [id, 300_000])
    const reason = '入金の充当先を訂正する'
    expect(await world.refused(world.run(desk.accounting, undo, { matchId: first.id, reason }))).toEqual([
      'later_match_must_be_undone_first',
    ])
    await world.done(desk.accounting, undo, { matchId: second.id, reason })
    await world.done(desk.accounting, undo, { matchId: first.id, reason })
    const parts = (text: string) => JSON.parse(text) as { claims: unknown; exposure: unknown; pairs: unknown }
    const [was, is] = [parts(before), parts(await balances())]
    expect([is.claims, is.exposure, is.pairs]).toEqual([was.claims, was.exposure, was.pairs])
  })
})

describe('the engine’s word', () => {
  it('on five equal amounts of different months is to ask; nothing is confirmed by itself', async () => {
    const pair = await readyPair(world, desk, 'ゴドウガク', { terms: direct })
    const months = ['08-31', '09-30', '10-30', '11-30', '12-28']
    await bought(
      pair,
      months.map((day, at) => ({ invoiceNo: `SAME-${at}`, faceYen: 110_000, dueOn: `2026-${day}` })),
    )
    const payment = await deposited(110_000, 'ｶ)ｺﾞﾄﾞｳｶﾞｸｳﾘｶｹｻｷ', '2026-10-15')
    await world.done(desk.accounting, propose, {})
    const said = await world.ask(desk.accounting, suggestionOf, { paymentId: payment })
    expect(said.status).toBe('proposed')
    expect(said.reasons.map(one => one.rule)).toContain('several_explanations')
    expect(said.claims.filter(claim => claim.suggestedYen > 0)).toHaveLength(1)
    expect(said.claims.length).toBeGreaterThanOrEqual(5)
    await world.done(desk.accounting, acceptSafe, {})
    const { rows } = await world.ask(desk.accounting, workbench, {})
    expect(rows.find(row => row.paymentId === payment)?.state).toBe('proposed')
  })

  it('confirms all safe ones at once, by their reason, and learns nothing from them', async () => {
    const pair = await readyPair(world, desk, 'アンゼン', { terms: direct })
    const [id] = (await bought(pair, [{ invoiceNo: 'SAFE-2026-1', faceYen: 123_456 }])).ids as [string]
    const payment = await deposited(123_016, 'ｶ)ｱﾝｾﾞﾝｳﾘｶｹｻｷ', '2026-08-31')
    await world.done(desk.accounting, propose, {})
    expect((await world.ask(desk.accounting, suggestionOf, { paymentId: payment })).status).toBe('auto')
    await world.done(desk.accounting, acceptSafe, {})
    const { rows } = await world.ask(desk.accounting, listMatches, { receivableId: id })
    expect(rows[0]).toMatchObject({ method: 'auto', paymentId: payment, shortReason: 'transfer_fee' })
    expect((await claimRow(id)).left_to_settle_yen).toBe(0)
    const { rows: learned } = await world.ask(desk.accounting, listAliases, { partyId: pair.debtorId })
    expect(learned).toEqual([])
  })

  it('uses a name a person taught, until it is disabled', async () => {
    const pair = await readyPair(world, desk, 'ガクシュウ', { terms: direct })
    const ids = (
      await bought(pair, [
        { invoiceNo: 'LEARN-1', faceYen: 200_100, dueOn: '2026-08-31' },
        { invoiceNo: 'LEARN-2', faceYen: 310_200, dueOn: '2026-09-30' },
      ])
    ).ids as [string, string]
    await take(await deposited(200_100, 'ﾍﾞﾂｼﾞﾝ ﾀﾛｳ', '2026-08-31'), [ids[0], 200_100])
    const payment = await deposited(310_200, 'ﾍﾞﾂｼﾞﾝ ﾀﾛｳ', '2026-09-30')
    await world.done(desk.accounting, propose, {})
    const said = await world.ask(desk.accounting, suggestionOf, { paymentId: payment })
    expect(said.reasons.map(one => one.rule)).toContain('learned_payer')
    const { rows } = await world.ask(desk.accounting, listAliases, { partyId: pair.debtorId })
    await world.done(desk.accounting, switchName, {
      aliasId: rows[0]!.id,
      enabled: false,
      reason: '代理の送金だった',
    })
    await world.done(desk.accounting, propose, {})
    const then = await world.ask(desk.accounting, suggestionOf, { paymentId: payment })
    expect(then.reasons.map(one => one.rule)).not.toContain('learned_payer')
  })
})

describe('a deposit', () => {
  it('larger than what is owed keeps the excess for the payer, never as income', async () => {
    const pair = await readyPair(world, desk, 'チョウカ', { terms: direct })
    const [id] = (await bought(pair, [{ invoiceNo: 'MORE', faceYen: 100_000 }])).ids as [string]
    const paymentId = await deposited(150_000, 'ﾁﾖｳｶ', '2026-08-31')
    const tooMuch = world.run(desk.accounting, accept, {
      paymentId,
      lines: [{ receivableId: id, yen: 150_000 }],
    })
    expect(await world.refused(tooMuch)).toEqual(['allocation_must_fit_the_claim'])
    const { excessYen } = await take(paymentId, [id, 100_000])
    expect(excessYen).toBe(50_000)
    const row = await world.db
      .selectFrom('payment_in')
      .selectAll()
      .where('id', '=', paymentId)
      .executeTakeFirstOrThrow()
    expect([row.state, row.applied_yen, row.party_id]).toEqual(['partially_applied', 100_000, pair.debtorId])
  })

  it('is matched once, by accounting, and all its yen must go somewhere', async () => {
    const pair = await readyPair(world, desk, 'イチド', { terms: direct })
    const [id] = (await bought(pair, [{ invoiceNo: 'ONCE', faceYen: 100_000 }])).ids as [string]
    const paymentId = await deposited(60_000, 'ｲﾁﾄﾞ', '2026-08-31')
    const lines = [{ receivableId: id, yen: 60_000 }]
    expect(await world.refused(world.run(desk.operations, accept, { paymentId, lines }))).toEqual([
      'permission_must_be_held',
    ])
    expect(await world.refused(world.run(desk.accounting, accept, { paymentId, lines: [] }))).toEqual([
      'excess_must_have_an_owner',
    ])
    const over = [{ receivableId: id, yen: 60_001 }]
    expect(await world.refused(world.run(desk.accounting, accept, { paymentId, lines: over }))).toEqual([
      'allocations_must_fit_the_deposit',
    ])
    const answers = await Promise.allSettled([
      world.run(desk.accounting, accept, { paymentId, lines }),
      world.run(desk.accounting, accept, { paymentId, lines }),
    ])
    expect(answers.filter(answer => answer.status === 'fulfilled')).toHaveLength(1)
    expect((await claimRow(id)).collected_yen).toBe(60_000)
    const { rows } = await world.ask(desk.accounting, listMatches, { paymentId })
    expect(rows).toHaveLength(1)
  })

  it('cannot be allocated but in full: the database refuses', async () => {
    const pair = await readyPair(world, desk, 'ゼンガク', { terms: direct })
    await bought(pair, [{ invoiceNo: 'FULL', faceYen: 100_000 }])
    const paymentId = await deposited(10_000, 'ｾﾞﾝｶﾞｸ', '2026-08-31')
    const attempt = world.db.transaction().execute(async tx => {
      await sql`insert into reconciliation_match (id, payment_id, amount_yen, received_on, method, reasons, confirmed_by, confirmed_at)
        values (gen_random_uuid(), ${paymentId}, 10000, '2026-08-31', 'manual', '[]', ${desk.accounting.id}, now())`.execute(
        tx,
      )
      await world.executor
        .context(tx, desk.accounting, 'test')
        .record({ verb: 'test_broken_match', subjects: [] })
    })
    await expect(attempt).rejects.toThrow('allocates 0 of 10000 yen')
  })
})
