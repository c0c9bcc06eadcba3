import { expect, it } from 'vitest'
import { dayOfSerial, readWhole } from './read-cells.ts'

it.each([
  ['￥10,000,000', 10_000_000],
  ['\\1,000,000-', 1_000_000],
  ['¥1,000,000.-', 1_000_000],
  ['金参百万円也', null],
  ['金3,000,000円也', 3_000_000],
  ['３００万円', 3_000_000],
  ['1億円', 100_000_000],
  ['△500,000', -500_000],
  ['(1,200)', -1_200],
  ['1,000円', 1_000],
  ['1,000-2', null],
  ['-', null],
])('%s is read as %s yen', (typed, yen) => expect(readWhole(typed)).toBe(yen))

it.each([
  ['45383', '2024-04-01'],
  ['10000', '1927-05-18'],
  ['60000', '2064-04-08'],
  ['９９９９', null],
  ['60001', null],
  ['453831', null],
  ['R6.4.1', null],
])('%s as the serial number of a day is %s', (typed, day) => expect(dayOfSerial(typed)).toBe(day))
