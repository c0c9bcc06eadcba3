import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reconcile } from './reconcile.ts'
import { DEFAULT_SETTINGS, type Deposit, type OpenReceivable } from './types.ts'

/** Small books of one payer with hostile amounts: round, equal, and apart by exactly a fee. */
const amount = fc.oneof(
  fc.constantFrom(100_000, 100_440, 200_000, 300_000, 300_440, 99_560),
  fc.integer({ min: 1, max: 12 }).map(step => step * 11_000),
  fc.integer({ min: 90_000, max: 90_600 }),
)
const dueOn = fc.constantFrom('2026-08-31', '2026-09-30')
const book = fc.array(fc.record({ amount, dueOn }), { minLength: 1, maxLength: 7 })

function receivablesOf(rows: { amount: number; dueOn: string }[]): OpenReceivable[] {
  return rows.map((row, index) => ({
    receivableId: `R${index}`,
    payerId: 'P1',
    payerNameKana: 'マルマルショウジ',
    payerVirtualAccount: '',
    invoiceNumber: '',
    issuedOn: '2026-07-31',
    ...row,
  }))
}

function depositOf(yen: number): Deposit {
  const rest = { bankCode: '', branchCode: '', virtualAccount: '', edi: '' }
  return { depositId: 'D1', depositedOn: '2026-08-31', amount: yen, senderKana: 'ﾏﾙﾏﾙｼﾖｳｼﾞ', ...rest }
}

/**
 * Every set of claims that is the amount, or the amount plus one fee; equal claims of one day are one. By
 * counting, not by search.
 */
function explanationsOf(receivables: OpenReceivable[], yen: number): Set<string> {
  const found = new Set<string>()
  for (let mask = 1; mask < 2 ** receivables.length; mask++) {
    const chosen = receivables.filter((_, index) => mask & (2 ** index))
    const short = chosen.reduce((sum, one) => sum + one.amount, 0) - yen
    if (short !== 0 && !DEFAULT_SETTINGS.transferFeesYen.includes(short)) continue
    found.add(
      chosen
        .map(one => `${one.amount}@${one.dueOn}`)
        .sort()
        .join(),
    )
  }
  return found
}

describe('automatic means exactly one explanation', () => {
  test('whatever is posted unseen has one reading among all sets of claims and all fees', () => {
    let automatic = 0
    fc.assert(
      fc.property(
        book,
        fc.integer({ min: 1, max: 127 }),
        fc.constantFrom(0, 0, 110, 440),
        (rows, mask, fee) => {
          const receivables = receivablesOf(rows)
          const paid = receivables
            .filter((_, index) => mask & (2 ** index))
            .reduce((sum, one) => sum + one.amount, 0)
          if (paid <= fee) return
          const [match] = reconcile({ receivables, payers: [], deposits: [depositOf(paid - fee)] }).matches
          const readings = explanationsOf(receivables, paid - fee)
          expect(match).toBeDefined()
          if (match!.status !== 'auto') return
          automatic++
          expect(readings.size).toBe(1)
          const taken = match!.allocations.map(
            ({ receivableId }) => receivables.find(one => one.receivableId === receivableId)!,
          )
          expect([...readings]).toEqual([
            taken
              .map(one => `${one.amount}@${one.dueOn}`)
              .sort()
              .join(),
          ])
        },
      ),
      { numRuns: 3_000, seed: 1 },
    )
    expect(automatic).toBeGreaterThan(300)
  })

  test('one exact claim with no other reading is always posted', () => {
    fc.assert(
      fc.property(book, fc.nat(6), (rows, pick) => {
        const receivables = receivablesOf(rows)
        const { amount: yen } = receivables[pick % receivables.length]!
        const [match] = reconcile({ receivables, payers: [], deposits: [depositOf(yen)] }).matches
        expect(match!.status).toBe(explanationsOf(receivables, yen).size === 1 ? 'auto' : 'proposed')
      }),
      { numRuns: 1_000, seed: 2 },
    )
  })

  test('the first reading offered to a person is one that fits, whenever any does', () => {
    fc.assert(
      fc.property(book, fc.integer({ min: 1, max: 127 }), (rows, mask) => {
        const receivables = receivablesOf(rows)
        const yen = receivables
          .filter((_, index) => mask & (2 ** index))
          .reduce((sum, one) => sum + one.amount, 0)
        if (yen === 0) return
        const [match] = reconcile({ receivables, payers: [], deposits: [depositOf(yen)] }).matches
        expect(match!.unallocatedYen).toBe(0)
        expect(match!.allocations.reduce((sum, one) => sum + one.amount, 0)).toBe(yen)
        const open = match!.allocations.reduce(
          (sum, one) =>
            sum + receivables.find(({ receivableId }) => receivableId === one.receivableId)!.amount,
          0,
        )
        expect(open).toBe(yen)
      }),
      { numRuns: 1_000, seed: 3 },
    )
  })
})
