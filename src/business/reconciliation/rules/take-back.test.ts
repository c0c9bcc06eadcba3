import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCOUNTS, type AccountName } from '../../moneyledger/rules/accounts.ts'
import { balanceYen, imbalanceYen, reversalOf } from '../../moneyledger/rules/journal.ts'
import { journalFor } from '../../moneyledger/rules/journal-for.ts'
import {
  goesToCompliance,
  hindrancesTo,
  repurchaseAmounts,
  repurchaseRules,
  rescissionAmounts,
  rescissionRules,
  type TakeBackFacts,
} from './take-back.ts'

const facts: TakeBackFacts = {
  state: 'due',
  paidOut: true,
  recourse: 'dilution_only',
  debtorInsolventSince: null,
  today: '2026-11-27',
  complianceReason: null,
}
const codes = (more: Partial<TakeBackFacts>, ground: 'warranty_breach' | 'dilution' | 'recourse') =>
  hindrancesTo(repurchaseRules, { ...facts, ...more }, ground).map(one => one.code)

describe('a repurchase', () => {
  it('is for warranty breach or dilution, and for recourse only where the contract has it', () => {
    expect(codes({}, 'warranty_breach')).toEqual([])
    expect(codes({}, 'dilution')).toEqual([])
    expect(codes({ complianceReason: '契約審査済みのため' }, 'recourse')).toEqual(['recourse_must_be_agreed'])
    expect(codes({ recourse: 'full', complianceReason: '契約審査済みのため' }, 'recourse')).toEqual([])
  })

  it('never moves a debtor’s insolvency to the client of a non-recourse deal', () => {
    const insolvent = { debtorInsolventSince: '2026-11-01' }
    expect(codes(insolvent, 'dilution')).toEqual(['insolvency_must_stay_ours'])
    expect(codes(insolvent, 'warranty_breach')).toEqual([])
    expect(codes({ ...insolvent, recourse: 'full' }, 'dilution')).toEqual([])
    expect(codes({ debtorInsolventSince: '2026-11-28' }, 'dilution')).toEqual([])
  })

  it('of a claim in dunning or legal steps needs a compliance reason, of any other does not', () => {
    for (const state of ['dunning', 'legal']) {
      expect(codes({ state }, 'warranty_breach')).toEqual(['compliance_reason_must_be_given'])
      expect(codes({ state, complianceReason: '虚偽の請求書による' }, 'warranty_breach')).toEqual([])
      expect(goesToCompliance({ state }, 'dilution')).toBe(true)
    }
    expect(codes({ state: 'overdue' }, 'warranty_breach')).toEqual([])
  })

  it('is only of a bought, paid-out claim that is still open', () => {
    for (const state of [
      'approved',
      'collected',
      'settled',
      'written_off',
      'repurchased',
      'rescinded',
      'closed',
    ])
      expect(codes({ state }, 'warranty_breach')).toEqual(['claim_must_be_repurchasable'])
    expect(codes({ paidOut: false }, 'warranty_breach')).toEqual(['payout_must_be_confirmed'])
  })
})

it('a rescission comes before the claim is overdue and after its payout', () => {
  const of = (more: Partial<TakeBackFacts>) =>
    hindrancesTo(rescissionRules, { ...facts, ...more }, 'false_statement').map(one => one.code)
  expect(of({})).toEqual([])
  expect(of({ state: 'overdue' })).toEqual(['claim_must_be_rescindable'])
  expect(of({ paidOut: false })).toEqual(['payout_must_be_confirmed'])
})

interface Life {
  purchased: number
  advance: number
  reserve: number
  fee: number
  collected: number
  diluted: number
  fromReserve: number
}

describe('no yen is made or lost', () => {
  /** A bought claim somewhere in its life: P = A + R, a fee, part of it collected, part of it diluted out of the reserve. */
  const claims = fc
    .record({
      purchased: fc.integer({ min: 1_000, max: 9_000_000_000_000 }),
      advancePpm: fc.integer({ min: 1, max: 1_000_000 }),
      feePpm: fc.integer({ min: 0, max: 200_000 }),
      collectedPpm: fc.integer({ min: 0, max: 999_999 }),
      dilutedPpm: fc.integer({ min: 0, max: 999_999 }),
    })
    .map(({ purchased, advancePpm, feePpm, collectedPpm, dilutedPpm }) => {
      const part = (yen: number, ppm: number) => Number((BigInt(yen) * BigInt(ppm)) / 1_000_000n)
      const advance = Math.max(1, part(purchased, advancePpm))
      const reserve = purchased - advance
      const fee = Math.min(advance - 1, part(purchased, feePpm))
      const collected = part(purchased, collectedPpm)
      const diluted = part(purchased - collected, dilutedPpm)
      const fromReserve = Math.min(reserve, diluted)
      return { purchased, advance, reserve, fee, collected, diluted, fromReserve }
    })
  const refs = { receivableId: 'r', partyId: 'c' }
  const lived = ({ advance, reserve, fee, collected, diluted, fromReserve }: Life) => [
    ...journalFor({
      kind: 'claims_purchased',
      refs: { partyId: 'c' },
      claims: [{ receivableId: 'r', advanceYen: advance, reserveYen: reserve, feeYen: fee }],
      charges: [],
      taxYen: 0,
    }),
    ...journalFor({ kind: 'deposit_received', refs, yen: collected }),
    ...journalFor({ kind: 'deposit_applied', items: [{ item: 'principal', yen: collected, ...refs }] }),
    ...journalFor({ kind: 'dilution_confirmed', refs, yen: diluted, fromReserveYen: fromReserve }),
  ]
  it('a repurchase empties the claim and the reserve; the client ends up owing A − K, or is owed K − A', () => {
    fc.assert(
      fc.property(claims, life => {
        const open = life.purchased - life.collected - life.diluted
        const reserve = life.reserve - life.fromReserve
        const taken = repurchaseAmounts(open, reserve)
        const entries = [
          ...lived(life),
          ...journalFor({ kind: 'repurchased', refs, openYen: open, reserveYen: taken.fromReserveYen }),
          ...journalFor({ kind: 'reserve_released', refs, yen: taken.refundYen }),
        ]
        expect(imbalanceYen(entries)).toBe(0)
        expect(balanceYen(entries, 'purchasedReceivables')).toBe(0)
        expect(balanceYen(entries, 'reserves')).toBe(0)
        // What the client owes, dilution claims included, less what it gets: A − K to the yen.
        expect(balanceYen(entries, 'clientClaims') - taken.refundYen).toBe(life.advance - life.collected)
      }),
    )
  })

  it('a rescission leaves the client owing the price it was paid less what was collected, and no fee earned', () => {
    fc.assert(
      fc.property(claims, life => {
        const open = life.purchased - life.collected - life.diluted
        const taken = rescissionAmounts(open, life.reserve - life.fromReserve, life.fee)
        const entries = [
          ...lived(life),
          ...journalFor({
            kind: 'rescinded',
            refs,
            openYen: open,
            reserveYen: taken.fromReserveYen,
            feeYen: taken.feeYen,
          }),
        ]
        expect(imbalanceYen(entries)).toBe(0)
        for (const account of ['purchasedReceivables', 'reserves', 'feeIncome'] as const)
          expect(balanceYen(entries, account)).toBe(0)
        expect(balanceYen(entries, 'excess')).toBe(taken.refundYen)
        expect(balanceYen(entries, 'clientClaims') - taken.refundYen).toBe(
          life.advance - life.fee - life.collected,
        )
      }),
    )
  })

  it('taken back, a repurchase and a rescission leave every account as it was, whatever was carried over in between', () => {
    const accounts = Object.keys(ACCOUNTS) as AccountName[]
    fc.assert(
      fc.property(
        claims,
        fc.boolean(),
        fc.integer({ min: 0, max: 999_999 }),
        (life, byRescission, carriedPpm) => {
          const open = life.purchased - life.collected - life.diluted
          const reserve = life.reserve - life.fromReserve
          const before = lived(life)
          const taken = byRescission
            ? rescissionAmounts(open, reserve, life.fee)
            : repurchaseAmounts(open, reserve)
          const { openYen, fromReserveYen, feeYen, refundYen } = taken
          // A collection undone meanwhile is open again and was carried to the client's debt.
          const carried = Number((BigInt(life.collected) * BigInt(carriedPpm)) / 1_000_000n)
          const undone = reversalOf(
            journalFor({ kind: 'deposit_applied', items: [{ item: 'principal', yen: carried, ...refs }] }),
          )
          const acts = byRescission
            ? [
                journalFor({ kind: 'rescinded', refs, openYen, reserveYen: fromReserveYen, feeYen }),
                journalFor({ kind: 'refund_decided', refs, from: 'excess', yen: refundYen }),
                journalFor({ kind: 'rescinded', refs, openYen: carried, reserveYen: 0, feeYen: 0 }),
              ]
            : [
                journalFor({ kind: 'repurchased', refs, openYen, reserveYen: fromReserveYen }),
                journalFor({ kind: 'reserve_released', refs, yen: refundYen }),
                journalFor({ kind: 'repurchased', refs, openYen: carried, reserveYen: 0 }),
              ]
          const after = [
            ...before,
            ...undone,
            ...acts.flat(),
            ...acts.flatMap(entries => reversalOf(entries)),
          ]
          expect(imbalanceYen(after)).toBe(0)
          for (const account of accounts)
            expect(balanceYen(after, account)).toBe(balanceYen([...before, ...undone], account))
          // P − K − D is open again, and the reserve is whole: the identity of FF §4.4 goes on.
          expect(balanceYen(after, 'purchasedReceivables')).toBe(open + carried)
          expect(balanceYen(after, 'reserves')).toBe(reserve)
        },
      ),
    )
  })
})
