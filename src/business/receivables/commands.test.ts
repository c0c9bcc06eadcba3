import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { block } from '../accounts/commands.ts'
import { suspend } from '../credit/commands.ts'
import { accountBalanceYen } from '../moneyledger/index.ts'
import { openParty } from '../parties/contract.ts'
import { approve, judge } from './commands/approve.ts'
import { outcome, record } from './commands/notice.ts'
import { offer } from './commands/offer.ts'
import { purchase } from './commands/purchase.ts'
import { end, verify } from './commands/verify.ts'
import { likelyDuplicates, listReceivables, openReceivable } from './contract.ts'
import { lockReceivable, moveMoney, setLeftToSettle } from './records.ts'
import {
  approvedClaim,
  type Desk,
  document,
  executedContract,
  limit,
  openDesk,
  party,
  readyPair,
  reason,
  screened,
  secondPerson,
  twoPartyTerms,
  verifiedClaim,
} from './testing/deal.ts'

let world: World
let desk: Desk
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
})
afterAll(() => world.close())

const claim = (
  pair: { clientId: string; debtorId: string; contractId?: string },
  invoiceNo: string,
  faceYen = 550_000,
) => ({
  clientId: pair.clientId,
  debtorId: pair.debtorId,
  ...(pair.contractId ? { contractId: pair.contractId } : {}),
  invoiceNo,
  faceYen,
})

const dates = { issuedOn: '2026-07-01', dueOn: '2027-01-29' }

describe('the worked examples of FF §4.7, bought through the command', () => {
  it('example 1: two-party, no reserve', async () => {
    const terms = { ...twoPartyTerms, advancePpm: 1_000_000, feePpm: 50_000 }
    const pair = await readyPair(world, desk, 'レイイチ', { terms })
    const id = await approvedClaim(world, desk, claim(pair, 'A-1', 1_100_000))
    expect(await world.done(desk.operations, purchase, { receivableIds: [id] })).toMatchObject({
      purchasedYen: 1_100_000,
      advanceYen: 1_100_000,
      reserveYen: 0,
      feeYen: 55_000,
      netYen: 1_045_000,
    })
    const shown = await world.ask(desk.operations, openReceivable, { receivableId: id })
    expect([shown.state, shown.openYen, shown.payableOn]).toEqual(['purchased', 1_100_000, '2027-02-01'])
    const client = await world.ask(desk.sales, openParty, { partyId: pair.clientId })
    expect(client.stage).toBe('active')
  })

  it('example 2: three-party medical claim with reserve, charges and one tax rounding', async () => {
    const terms = {
      ...twoPartyTerms,
      legalKind: 'three_party' as const,
      collectionRoute: 'debtor_direct' as const,
      receivableKinds: ['medical' as const],
      remitRule: null,
      advancePpm: 800_000,
      feePpm: 15_000,
      charges: [
        { kind: '登録免許税', amountYen: 7_500, taxCategory: 'outside' as const, borneBy: 'client' as const },
        {
          kind: '司法書士報酬',
          amountYen: 50_000,
          taxCategory: 'taxable_10' as const,
          borneBy: 'client' as const,
        },
        {
          kind: '振込手数料',
          amountYen: 400,
          taxCategory: 'taxable_10' as const,
          borneBy: 'client' as const,
        },
      ],
    }
    const pair = await readyPair(world, desk, 'レイニ', { terms })
    const id = await approvedClaim(world, desk, {
      ...claim(pair, 'M-2026-07', 8_000_000),
      receivableKind: 'medical',
    })
    const dearer = [{ ...terms.charges[1]!, amountYen: 50_001 }]
    expect(
      await world.refused(world.run(desk.operations, purchase, { receivableIds: [id], charges: dearer })),
    ).toEqual(['charge_must_be_agreed'])
    const answer = await world.done(desk.operations, purchase, { receivableIds: [id] })
    expect(answer).toMatchObject({
      advanceYen: 6_400_000,
      reserveYen: 1_600_000,
      feeYen: 120_000,
      chargesYen: 57_900,
      taxYen: 5_040,
      netYen: 6_217_060,
    })
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId: pair.clientId })).toBe(6_217_060)
    expect(await accountBalanceYen(world.db, 'reserves', { receivableId: id })).toBe(1_600_000)
  })

  it('example 3: a bundle whose fee is floored claim by claim', async () => {
    const pair = await readyPair(world, desk, 'レイサン')
    const ids = [
      await approvedClaim(world, desk, claim(pair, 'R1', 333_333)),
      await approvedClaim(world, desk, { ...claim(pair, 'R2', 1_234_567), askedYen: 1_000_000 }),
      await approvedClaim(world, desk, claim(pair, 'R3', 770_777)),
    ]
    expect(await world.done(desk.operations, purchase, { receivableIds: ids })).toMatchObject({
      purchasedYen: 2_104_110,
      advanceYen: 1_893_698,
      reserveYen: 210_412,
      feeYen: 99_944,
      netYen: 1_793_754,
    })
    expect(await accountBalanceYen(world.db, 'feeIncome', { partyId: pair.clientId })).toBe(99_944)
  })
})

describe('the same claim', () => {
  it('in another spelling by the same client is refused, and the one already there is named', async () => {
    const pair = await readyPair(world, desk, 'ドウイツ')
    const first = await world.done(desk.sales, offer, { ...claim(pair, 'ＩＮＶ－2026／001'), ...dates })
    const attempt = world.run(desk.sales, offer, { ...claim(pair, 'inv 2026-001'), ...dates })
    await expect(attempt).rejects.toMatchObject({
      reasons: [
        {
          code: 'claim_must_not_be_offered_already',
          facts: { receivableNo: first.receivableNo },
        },
      ],
    })
  })

  it('by another client is suspected, explained, and stops everything until two people have judged', async () => {
    const pair = await readyPair(world, desk, 'ベツイチ')
    const other = await readyPair(world, desk, 'ベツニ')
    const first = await world.done(desk.sales, offer, { ...claim(pair, 'INV-77'), ...dates })
    const typed = {
      clientId: other.clientId,
      debtorId: pair.debtorId,
      invoiceNo: 'ＩＮＶ７７',
      faceYen: 550_000,
    }
    const warned = await world.ask(desk.sales, likelyDuplicates, { ...typed, ...dates })
    expect(warned.result).toBe('suspect')
    expect(warned.matches[0]?.receivableNo).toBe(first.receivableNo)
    const documentId = await document(world, desk)
    const second = await world.done(desk.sales, offer, {
      ...typed,
      ...dates,
      contractId: other.contractId,
      documentIds: [documentId],
    })
    expect(second.duplicateResult).toBe('suspect')
    const receivableId = second.id
    const checking = { receivableId, assignmentRestriction: 'none' as const, setOffRisk: 'low' as const }
    expect(await world.refused(world.run(desk.reviewer, verify, checking))).toEqual([
      'duplicate_must_be_judged',
    ])
    const shown = await world.ask(desk.reviewer, openReceivable, { receivableId })
    expect(shown.checks[0]?.matches[0]?.signals.map(signal => signal.rule)).toContain(
      'same_number_other_client',
    )
    const verdict = await world.run(desk.reviewer, judge, {
      receivableId,
      verdict: 'different',
      change: reason,
    })
    expect(await world.refused(secondPerson(world, desk.reviewer, verdict))).toContain(
      'permission_must_be_held',
    )
    await secondPerson(world, desk.compliance, verdict)
    await world.done(desk.reviewer, verify, checking)
    expect(await world.verbsOf(first.id)).toContain('duplicate_judged')
  })

  it('judged the same is rejected', async () => {
    const pair = await readyPair(world, desk, 'サンイチ')
    const other = await party(world, desk, 'サンニ', 'client')
    await world.done(desk.sales, offer, { ...claim(pair, 'S-1'), ...dates })
    const { id } = await world.done(desk.sales, offer, {
      ...claim({ clientId: other, debtorId: pair.debtorId }, 'S1'),
      ...dates,
    })
    const verdict = { receivableId: id, verdict: 'same' as const, change: reason }
    await secondPerson(world, desk.compliance, await world.run(desk.reviewer, judge, verdict))
    const { rows } = await world.ask(desk.sales, listReceivables, { clientId: other, state: ['rejected'] })
    expect(rows.map(row => [row.id, row.duplicateResult])).toEqual([[id, 'judged_same']])
  })

  it('by the same file is found whatever number is written', async () => {
    const pair = await readyPair(world, desk, 'ファイル')
    const other = await party(world, desk, 'ファイルニ', 'client')
    const debtor = await party(world, desk, 'ファイルサン', 'debtor')
    const [first, copy] = [await document(world, desk, 'same'), await document(world, desk, 'same')]
    await world.done(desk.sales, offer, { ...claim(pair, 'F-1'), ...dates, documentIds: [first] })
    const again = await world.done(desk.sales, offer, {
      ...claim({ clientId: other, debtorId: debtor }, 'Z-999', 12_345),
      ...dates,
      documentIds: [copy],
    })
    expect(again.duplicateResult).toBe('suspect')
  })

  it('may be offered again once the first is withdrawn, as a signal', async () => {
    const pair = await readyPair(world, desk, 'トリサゲ')
    const first = await world.done(desk.sales, offer, { ...claim(pair, 'W-1'), ...dates })
    await world.done(desk.reviewer, end, {
      receivableId: first.id,
      to: 'withdrawn',
      reason: '利用者が取り下げた',
    })
    const again = await world.done(desk.sales, offer, { ...claim(pair, 'W-1'), ...dates })
    expect(again.duplicateResult).toBe('suspect')
  })
})

describe('two people', () => {
  it('whoever registered a claim does not approve it', async () => {
    const pair = await readyPair(world, desk, 'ニシャ')
    const both = await world.person('登録もする決裁者', 'sales', 'approver')
    const id = await verifiedClaim(world, { ...desk, sales: both }, claim(pair, 'T-1'))
    expect(await world.refused(world.run(both, approve, { receivableId: id }))).toEqual([
      'registrar_must_not_approve',
    ])
    expect(await world.refused(world.run(desk.sales, approve, { receivableId: id }))).toEqual([
      'permission_must_be_held',
    ])
    expect(await world.done(desk.approver, approve, { receivableId: id })).toMatchObject({
      advanceYen: 495_000,
    })
  })

  it('a debtor of a two-party deal is told only with a trigger and a second person', async () => {
    const pair = await readyPair(world, desk, 'ツウチ')
    const id = await approvedClaim(world, desk, claim(pair, 'N-1'))
    await world.done(desk.operations, purchase, { receivableIds: [id] })
    const letter = {
      receivableId: id,
      noticeKind: 'assignment_notice' as const,
      method: 'content_certified' as const,
      sentTo: '売掛先 経理部',
      sentOn: '2026-11-24',
    }
    await world.done(desk.operations, record, { ...letter, sentOn: null })
    expect(await world.refused(world.run(desk.operations, record, { ...letter, change: reason }))).toEqual([
      'notice_needs_a_trigger',
    ])
    for (const sentOn of ['2026-06-30', '2026-12-26'])
      expect(await world.refused(world.run(desk.operations, record, { ...letter, sentOn }))).toEqual([
        'day_must_lie_in_the_span',
      ])
    const told = await world.run(desk.operations, record, {
      ...letter,
      trigger: '送金期日から10日を過ぎても送金がない',
      change: reason,
    })
    expect(told.status).toBe(202)
    await secondPerson(world, desk.compliance, told)
    const before = await world.ask(desk.operations, openReceivable, { receivableId: id })
    expect([before.perfection, before.state]).toEqual(['notice_held', 'purchased'])
    await world.done(desk.operations, outcome, {
      noticeId: before.notices[0]?.id ?? '',
      outcome: 'delivered',
      on: '2026-11-24',
    })
    const after = await world.ask(desk.operations, openReceivable, { receivableId: id })
    expect([after.perfection, after.state]).toEqual(['notice_sent', 'notified'])
  })
})

describe('a purchase', () => {
  const buy = (ids: string[], key?: string) =>
    world.run(desk.operations, purchase, { receivableIds: ids }, key)

  it('answers a repeated key with the first purchase and buys nothing twice', async () => {
    const pair = await readyPair(world, desk, 'クリカエシ')
    const id = await approvedClaim(world, desk, claim(pair, 'K-1'))
    const first = await buy([id], 'same-key')
    const again = await buy([id], 'same-key')
    expect(again).toEqual({ ...first, replayed: true })
    expect(await world.refused(buy([id]))).toEqual(['transition_must_be_listed'])
    const journals = await world.db
      .selectFrom('ledger_entry')
      .select('journal_id')
      .distinct()
      .where('receivable_id', '=', id)
      .execute()
    expect(journals).toHaveLength(1)
  })

  it('needs an executed contract, a verified account and a limit that stands, all said at once', async () => {
    const pair = await readyPair(world, desk, 'ガード')
    const id = await approvedClaim(world, desk, claim(pair, 'G-1'))
    await world.done(desk.operations, block, { accountId: pair.accountId, reason: '名義人からの連絡' })
    expect(await world.refused(buy([id]))).toEqual(['account_must_not_be_blocked'])
    const bare = await party(world, desk, 'ガードニ', 'client')
    await limit(world, desk, 'client', bare, 1_000_000)
    const contractId = await executedContract(world, desk, bare)
    await screened(world, desk, [bare])
    const other = await approvedClaim(
      world,
      desk,
      claim({ ...pair, clientId: bare, contractId }, 'G-2', 333_000),
    )
    expect(await world.refused(buy([other]))).toEqual(['kyc_must_be_completed', 'account_must_be_registered'])
    expect(await world.refused(buy([id, other]))).toEqual(['claims_must_belong_together'])
  })

  it('is refused from the day after the identity review was due, and while anybody is unscreened', async () => {
    const pair = await readyPair(world, desk, 'キゲン')
    const stranger = await party(world, desk, 'ミショウゴウ', 'debtor')
    await limit(world, desk, 'debtor', stranger, 10_000_000)
    const id = await approvedClaim(world, desk, claim({ ...pair, debtorId: stranger }, 'D-1'))
    expect(await world.refused(buy([id]))).toEqual(['subject_must_be_screened'])
    await screened(world, desk, [stranger])
    world.clock.set(new Date('2027-11-25T10:00:00+09:00'))
    expect(await world.refused(buy([id]))).toContain('kyc_must_be_current')
    world.clock.set(new Date('2026-11-24T10:00:00+09:00'))
    expect((await buy([id])).status).toBe(200)
  })

  it('is refused once a limit is suspended after approval', async () => {
    const pair = await readyPair(world, desk, 'テイシワク')
    const id = await approvedClaim(world, desk, claim(pair, 'L-1'))
    const row = await world.db
      .selectFrom('credit_limit')
      .select('id')
      .where('subject_id', '=', pair.clientId)
      .executeTakeFirstOrThrow()
    await world.done(desk.manager, suspend, { limitId: row.id, reason: '決算の悪化' })
    expect(await world.refused(buy([id]))).toEqual(['limit_must_not_be_suspended'])
  })
})

describe('limits', () => {
  it('are never exceeded by 200 claims approved and bought side by side', { timeout: 240_000 }, async () => {
    const pair = await readyPair(world, desk, 'ヘイコウ', { limitYen: 10_000_000 })
    const claims: string[] = []
    for (let at = 0; at < 200; at++)
      claims.push(
        await verifiedClaim(world, desk, {
          ...claim(pair, `P-${at}X`, 80_000 + at * 400),
          dueOn: `202${7 + (at % 3)}-0${1 + (at % 9)}-1${at % 10}`,
        }),
      )
    const answers = await Promise.allSettled(
      claims.map(receivableId => world.run(desk.approver, approve, { receivableId })),
    )
    const { held } = await world.db
      .selectFrom('credit_exposure')
      .select(eb => eb.fn.sum<string>('amount_yen').as('held'))
      .where('client_id', '=', pair.clientId)
      .executeTakeFirstOrThrow()
    expect(Number(held)).toBeLessThanOrEqual(10_000_000)
    expect(answers.filter(one => one.status === 'fulfilled').length).toBeGreaterThanOrEqual(70)
    const bought = await Promise.allSettled(
      claims.map(id => world.run(desk.operations, purchase, { receivableIds: [id] })),
    )
    expect(bought.filter(one => one.status === 'fulfilled').length).toBe(
      answers.filter(one => one.status === 'fulfilled').length,
    )
  })
})

describe('the state', () => {
  it('says the same in SQL and by the rule, whatever money moved and whatever the day', {
    timeout: 240_000,
  }, async () => {
    const pair = await readyPair(world, desk, 'ジョウタイ')
    const id = await approvedClaim(world, desk, claim(pair, 'ST-1', 1_000_000))
    await world.done(desk.operations, purchase, { receivableIds: [id] })
    const kinds = ['collection', 'confirmed_dilution'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            kind: fc.constantFrom(...kinds),
            yen: fc.constantFrom(1, 100_000, 350_000, 500_000, -100_000),
          }),
          { maxLength: 3 },
        ),
        fc.constantFrom('2026-11-24', '2027-01-31', '2027-02-01', '2027-02-02', '2027-05-01'),
        fc.constantFrom(0, 100_000),
        async (moves, day, left) => {
          await world.db.transaction().execute(async tx => {
            const context = world.executor.context(tx, desk.accounting, 'test')
            await lockReceivable(context, id)
            for (const move of moves)
              await moveMoney(context, { receivableId: id, on: '2026-11-24', journalId: null, ...move })
            await setLeftToSettle(context, id, left)
            await context.record({ verb: 'test_money_moved', subjects: [{ kind: 'receivable', id }] })
          })
          world.clock.set(new Date(`${day}T10:00:00+09:00`))
          const { rows } = await world.ask(desk.accounting, listReceivables, { clientId: pair.clientId })
          const state = rows[0]?.state
          const filtered = await world.ask(desk.accounting, listReceivables, {
            clientId: pair.clientId,
            state: state ? [state] : [],
          })
          expect(filtered.rows).toEqual(rows)
          world.clock.set(new Date('2026-11-24T10:00:00+09:00'))
        },
      ),
      { numRuns: 25 },
    )
  })
})
