import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readYen } from './yen-text.ts'

test.each([
  ['1099560', 1_099_560],
  ['1,099,560', 1_099_560],
  ['¥1,099,560', 1_099_560],
  ['￥1,099,560', 1_099_560],
  ['\\1,099,560', 1_099_560],
  ['１，０９９，５６０円', 1_099_560],
  [' 1,000 ', 1000],
  ['1,000.00', 1000],
  ['+500', 500],
  ['-1,000', -1000],
  ['△1,000', -1000],
  ['▲1,000', -1000],
  ['－１，０００', -1000],
  ['−1000', -1000],
  ['¥-1,000', -1000],
  ['-¥1,000', -1000],
  ['0', 0],
  ['△0', 0],
  ['9000000000000000', 9_000_000_000_000_000],
  ['', null],
  ['　', null],
])('%s is %s yen', (text, yen) => {
  expect(readYen(text)).toEqual({ ok: true, yen })
})

test.each([
  ['1,00', 'commas_must_stand_every_three_digits'],
  ['10,0000', 'commas_must_stand_every_three_digits'],
  [',100', 'commas_must_stand_every_three_digits'],
  ['100.5', 'amount_must_be_whole_yen'],
  ['1e9', 'amount_must_be_readable'],
  ['=1+1', 'amount_must_be_readable'],
  ['--1', 'amount_must_be_readable'],
  ['-¥-1', 'amount_must_be_readable'],
  ['百万', 'amount_must_be_readable'],
  ['*****', 'amount_must_be_readable'],
  ['9000000000000001', 'amount_must_be_in_range'],
  ['99999999999999999999', 'amount_must_be_in_range'],
])('%s is refused: %s', (text, code) => {
  expect(readYen(text)).toMatchObject({ ok: false, code })
})

test('every amount written in Japanese style reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), yen => {
      expect(readYen(yen.toLocaleString('ja-JP'))).toEqual({ ok: true, yen })
    }),
  )
})
