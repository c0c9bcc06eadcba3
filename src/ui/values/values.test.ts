import { describe, expect, test } from 'vitest'
import { japaneseYear, parsePlainDate, tokyoMinute } from './date-words.ts'
import { gaugeState } from './gauge-state.ts'
import { percentText, roughYen, yenText } from './money-words.ts'
import { byDay } from './timeline-days.ts'
import { waterfallBars } from './waterfall-bars.ts'

describe('money in words', () => {
  test('yen carry thousands and, when negative, a sign before the mark', () => {
    expect([yenText(1_234_567), yenText(0), yenText(-500), yenText(-500, 'triangle')]).toEqual([
      '¥1,234,567',
      '¥0',
      '−¥500',
      '△¥500',
    ])
  })

  test('rough amounts are cut to whole 万, towards zero', () => {
    expect([9_999, 10_000, 1_239_999, 842_109_999, 100_000_000, -25_000].map(roughYen)).toEqual([
      '9,999円',
      '1万円',
      '123万円',
      '8億4,210万円',
      '1億円',
      '−2万円',
    ])
  })

  test('parts per million are shown in percent', () => {
    expect([percentText(38_000), percentText(38_000, 2), percentText(1)]).toEqual([
      '3.8%',
      '3.80%',
      '0.0001%',
    ])
  })
})

describe('dates in words', () => {
  test.each([
    ['2026-11-23', '令和8年11月23日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2019-04-30', '平成31年4月30日'],
    ['いつか', 'いつか'],
  ])('%s is %s', (date, said) => {
    expect(japaneseYear(date)).toBe(said)
  })

  test.each([
    ['2026/11/3', '2026-11-03'],
    ['20261123', '2026-11-23'],
    ['２０２６年１１月２３日', '2026-11-23'],
    ['R8.11.23', '2026-11-23'],
    ['令和元年5月1日', '2019-05-01'],
    ['S63-1-2', '1988-01-02'],
    ['2026-02-29', null],
    ['2026-13-01', null],
    ['11/23', null],
    ['', null],
  ])('%s is read as %s', (typed, date) => {
    expect(parsePlainDate(typed)).toBe(date)
  })

  test('an instant is shown in Tokyo, past midnight included', () => {
    expect(tokyoMinute('2026-11-22T15:04:59Z')).toBe('2026-11-23 00:04')
  })
})

test('a gauge warns from 80 %, is full at 100 % and over above; a limit of nothing is full or over', () => {
  expect([79, 80, 99, 100, 101].map(used => gaugeState(used, 100))).toEqual([
    'room',
    'near',
    'near',
    'full',
    'over',
  ])
  expect([gaugeState(0, 0), gaugeState(1, 0)]).toEqual(['full', 'over'])
})

test('each bar of a waterfall starts where the last ended, a level starts at zero', () => {
  const step = (key: string, value: number, kind: 'level' | 'change') => ({ key, label: key, value, kind })
  expect(
    waterfallBars([
      step('face', 100, 'level'),
      step('fee', -10, 'change'),
      step('back', 5, 'change'),
      step('pay', 95, 'level'),
    ]),
  ).toEqual([
    { from: 0, to: 100 },
    { from: 100, to: 90 },
    { from: 90, to: 95 },
    { from: 0, to: 95 },
  ])
})

test('events are put under their day in Tokyo, their order kept', () => {
  const events = [
    { at: '2026-11-23T00:00:00Z' },
    { at: '2026-11-22T15:00:00Z' },
    { at: '2026-11-22T14:59:00Z' },
  ]
  expect(byDay(events).map(([day, list]) => [day, list.length])).toEqual([
    ['2026-11-23', 2],
    ['2026-11-22', 1],
  ])
})
