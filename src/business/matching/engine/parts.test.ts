import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countsPerRow, rowsByKey } from './blocking.ts'
import { joinStores, neighbourOrder, packFeatures, textOf } from './feature-store.ts'
import { rowFeatures } from './features.ts'
import { learnWeights } from './learn.ts'
import { LEDGER_COLUMNS, ledgerRow } from './ledger-row.ts'
import { FIELDS, LEVELS, levelOf, packed } from './levels.ts'
import { matchLedger } from './match-ledger.ts'
import { trailingWord } from './name-words.ts'
import { dirtyLedger } from './testing/dirty-ledger.ts'
import { pairQuality } from './testing/measure.ts'
import { boundedDistance } from './text-distance.ts'
import { typedDateKey } from './typed-date.ts'
import { FIXED_WEIGHTS, sameNameBits } from './weights.ts'

const units = (text: string) => Uint16Array.from(text, char => char.charCodeAt(0))
const distance = (a: string, b: string, limit: number) =>
  boundedDistance(units(a), 0, a.length, units(b), 0, b.length, limit)

test.each([
  ['山田商店', '山田商店', 0],
  ['山田商店', '山田商点', 1],
  ['山田商店', '田山商店', 1],
  ['山田商店', '山商店', 1],
  ['山田商店', '山田の商店', 1],
  ['ABCD', 'BADC', 2],
])('from %s to %s it is %i steps', (a, b, steps) => {
  expect(distance(a, b, 5)).toBe(steps)
})

test('the distance is symmetric, zero only for equal texts, and never above limit + 1', () => {
  const text = fc.stringMatching(/^[abc]{0,12}$/)
  fc.assert(
    fc.property(text, text, fc.nat(4), (a, b, limit) => {
      const found = distance(a, b, limit)
      expect(found).toBe(distance(b, a, limit))
      expect(found).toBeLessThanOrEqual(limit + 1)
      expect(found === 0).toBe(a === b)
    }),
  )
})

test('every level of every field survives packing beside the others', () => {
  for (const field of FIELDS) {
    LEVELS[field].forEach((_, level) => {
      let all = 0
      for (const other of FIELDS) all |= packed(other, other === field ? level : LEVELS[other].length - 1)
      expect(levelOf(all, field)).toBe(level)
    })
  }
})

test('rows are ordered by key and blanks are left out', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 })), keys => {
      const column = Uint32Array.from(keys)
      const expected = keys.map((key, row) => ({ key, row })).filter(each => each.key !== 0)
      expected.sort((a, b) => a.key - b.key || a.row - b.row)
      expect(Array.from(rowsByKey(column))).toEqual(expected.map(each => each.row))
    }),
  )
  expect(Array.from(countsPerRow(Uint32Array.from([5, 0, 7, 5])))).toEqual([2, 0, 1, 2])
})

test('joining stores in another order keeps every row whole', () => {
  const rows = dirtyLedger(60, 3).map(row => rowFeatures(row))
  const parts = () => [packFeatures(rows.slice(0, 25)), packFeatures(rows.slice(25))]
  const order = neighbourOrder(parts())
  const joined = joinStores(parts(), order)
  expect(Array.from(order).sort((a, b) => a - b)).toEqual(rows.map((_, k) => k))
  for (let k = 0; k < joined.rows; k++) {
    const row = rows[order[k]!]!
    expect(joined.core[k]).toBe(row.core)
    expect(joined.phone[k]).toBe(row.phone)
    expect(textOf(joined.readingText, k)).toBe(row.readingText)
    expect(textOf(joined.repText, k)).toBe(row.repText)
  }
})

test.each([
  ['1984-05-01', 19840501],
  ['１９８４/5/1', 19840501],
  ['昭和59年5月1日', 19840501],
  ['S59.5.1', 19840501],
  ['令和元年5月', 20190500],
  ['19840501', 19840501],
  ['1984年', 0],
  ['不明', 0],
])('the date %s is read as %i', (typed, key) => {
  expect(typedDateKey(typed)).toBe(key)
})

test('the trade word at the end is found, and never the whole name', () => {
  expect(trailingWord('山田工業')?.word).toBe('工業')
  expect(trailingWord('三菱UFJ信託銀行')?.word).toBe('信託銀行')
  expect(trailingWord('工業')).toBeNull()
  expect(trailingWord('山田')).toBeNull()
})

test('a rare name is strong and a common one weak', () => {
  expect(sameNameBits(0.01, 2)).toBeGreaterThan(6)
  expect(sameNameBits(0.01, 300)).toBeLessThan(0)
})

test('a number that was typed with a check error is kept for slips only', () => {
  const broken = rowFeatures(ledgerRow({ name: '株式会社甲', corporate_number: '7010705000726' }))
  expect([broken.number, broken.numberState]).toEqual([7010705000726, 2])
  const twelve = rowFeatures(ledgerRow({ name: '株式会社甲', corporate_number: '0107-05-000725' }))
  expect([twelve.number, twelve.numberState]).toEqual([7010705000725, 3])
})

test('learning is repeatable, and a small file keeps the shipped table', () => {
  const store = packFeatures(dirtyLedger(2500, 21).map(rowFeatures))
  expect(learnWeights(store, { seed: 1 })).toEqual(learnWeights(store, { seed: 1 }))
  expect(learnWeights(packFeatures(dirtyLedger(50, 21).map(rowFeatures)), { seed: 1 })).toBe(FIXED_WEIGHTS)
})

test('pair quality counts pairs, not rows', () => {
  expect(pairQuality(['x', 'x', 'x', 'y'], [1, 1, 2, 2])).toMatchObject({
    truePairs: 2,
    foundPairs: 3,
    correctPairs: 1,
    precision: 1 / 3,
    recall: 1 / 2,
  })
})

test('whatever stands in a ledger row, its features are numbers in their columns and short texts', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.stringMatching(/^[0-9A-Za-zァ-ン株式会社支店-]{0,20}$/),
  )
  const row = fc.record(Object.fromEntries(LEDGER_COLUMNS.map(column => [column, anything])))
  fc.assert(
    fc.property(row, row, (a, b) => {
      const { clusters } = matchLedger([
        { ...a, id: 'a' },
        { ...b, id: 'b' },
      ])
      expect(clusters.map(each => each.id)).toEqual(['a', 'b'])
      const store = packFeatures([rowFeatures(ledgerRow(a))])
      expect(store.coreText.ends[0]).toBeLessThanOrEqual(48)
    }),
    { numRuns: 200 },
  )
})
