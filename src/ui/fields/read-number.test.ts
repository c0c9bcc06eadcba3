import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupDigits, percentOfPpm, readNumber, readRate, readYen } from './read-number.ts'

describe('yen as people write them', () => {
  test.each<[string, number]>([
    ['1,200,000', 1_200_000],
    ['１，２００，０００円', 1_200_000],
    ['¥1,200,000-', 1_200_000],
    ['￥500', 500],
    ['120万', 1_200_000],
    ['1.5億', 150_000_000],
    ['3億2000万', 320_000_000],
    ['2千', 2_000],
    ['△300', -300],
    ['▲1,000', -1_000],
    ['(300)', -300],
    ['-300', -300],
    ['0', 0],
  ])('%s is %d yen', (typed, yen) => {
    expect(readYen(typed)).toEqual({ state: 'number', value: yen })
  })

  test.each(['12.5', '0.00001万', '万', '1万2億', 'abc', '1-2', '--3', '9007199254740993'])(
    '%s is refused',
    typed => {
      expect(readYen(typed)).toEqual({ state: 'unreadable' })
    },
  )

  test.each(['', '　', '円', '¥'])('"%s" is empty', typed => {
    expect(readYen(typed)).toEqual({ state: 'empty' })
  })

  test('every whole amount put into thousands is read back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_000_000_000_000_000, max: 9_000_000_000_000_000 }), yen => {
        expect(readYen(groupDigits(yen))).toEqual({ state: 'number', value: yen })
      }),
    )
  })
})

test('percent is held in parts per million, at most four decimals', () => {
  expect(readRate('3.8%')).toEqual({ state: 'number', value: 38_000 })
  expect(readRate('１０')).toEqual({ state: 'number', value: 100_000 })
  expect(readRate('0.00001')).toEqual({ state: 'unreadable' })
})

test('every rate shown in percent is read back as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), ppm => {
      expect(readRate(percentOfPpm(ppm))).toEqual({ state: 'number', value: ppm })
    }),
  )
})

test('a number with a unit word is refused rather than guessed', () => {
  expect(readNumber('30')).toEqual({ state: 'number', value: 30 })
  expect(readNumber('30日')).toEqual({ state: 'unreadable' })
})
