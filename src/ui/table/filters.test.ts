import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Filter, filtersFromParams, filtersToParams, saysFilter, withFilter } from './filters.ts'

const status: Filter = {
  key: 'status',
  label: '状態',
  type: 'multi',
  options: ['取引中', '停止', '見込み'].map((label, at) => ({ value: `s${at}`, label })),
}
const due: Filter = { key: 'due', label: '期限', type: 'dateRange' }
const limit: Filter = { key: 'limit', label: '与信枠', type: 'yenRange' }
const memo: Filter = { key: 'memo', label: 'メモ', type: 'text' }

describe('what a chip says', () => {
  test.each<[Filter, string[], string]>([
    [status, [], 'すべて'],
    [status, ['s0', 's1'], '取引中、停止'],
    [status, ['s0', 's1', 's2'], '取引中 ほか2'],
    [due, ['2026-01-01', ''], '2026-01-01 から'],
    [due, ['', '2026-12-31'], '2026-12-31 まで'],
    [due, ['2026-01-01', '2026-12-31'], '2026-01-01 – 2026-12-31'],
    [limit, ['1000000', '250000000'], '100万円 – 2億5,000万円'],
    [memo, ['登記, 更新'], '「登記, 更新」'],
  ])('%o with %o: %s', (filter, value, said) => {
    expect(saysFilter(filter, value)).toBe(said)
  })
})

test('a condition emptied leaves the URL', () => {
  expect(withFilter({ status: ['s0'], memo: ['x'] }, 'memo', [''])).toEqual({ status: ['s0'] })
})

test('conditions survive the way through the URL, commas in free text included', () => {
  const known = [status, due, memo]
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.subarray(['s0', 's1', 's2'], { minLength: 1 }),
      (text, chosen) => {
        const values = { status: chosen, memo: [text], due: ['', '2026-12-31'] }
        expect(filtersFromParams(known, filtersToParams(values))).toEqual(values)
      },
    ),
  )
})

test('parameters which belong to somebody else are left alone', () => {
  expect(filtersFromParams([status], { tab: 'basic', status: 's1', cursor: 'abc' })).toEqual({
    status: ['s1'],
  })
})
