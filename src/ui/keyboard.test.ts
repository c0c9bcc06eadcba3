import { expect, test } from 'vitest'
import { sayDuration } from './actions/duration.ts'
import { endsWithOne, sayBytes } from './actions/file-size.ts'
import { nextIndex, rowAfter, tabAfter } from './keyboard.ts'
import { loadableOf, mapLoadable, type Problem } from './problem.ts'

test('rows stop at both ends, tabs and search hits go round', () => {
  expect([
    rowAfter(0, 3, 'ArrowUp'),
    rowAfter(2, 3, 'ArrowDown'),
    rowAfter(1, 3, 'End'),
    rowAfter(1, 3, 'x'),
  ]).toEqual([0, 2, 2, null])
  expect([
    tabAfter(0, 3, 'ArrowLeft'),
    tabAfter(2, 3, 'ArrowRight'),
    tabAfter(2, 3, 'Home'),
    tabAfter(0, 0, 'End'),
  ]).toEqual([2, 0, 0, null])
  expect([nextIndex(0, 3, 'ArrowUp'), nextIndex(2, 3, 'ArrowDown'), nextIndex(0, 0, 'ArrowDown')]).toEqual([
    2, 0, 0,
  ])
})

test('a time left is rounded up, so that it is kept', () => {
  expect([0.2, 42, 60, 95, 3600, 3700].map(sayDuration)).toEqual([
    '1秒',
    '42秒',
    '1分',
    '2分',
    '1時間',
    '1時間2分',
  ])
})

test('file sizes are said in the unit one reads', () => {
  expect([512, 1536, 10_485_760, 52_428_800].map(sayBytes)).toEqual(['512 B', '1.5 KB', '10 MB', '50 MB'])
})

test('an ending is accepted in any case; SVG is not taken for a picture that was not asked for', () => {
  expect(endsWithOne('請求書.PDF', ['.pdf', '.jpg'])).toBe(true)
  expect(endsWithOne('logo.svg', ['.pdf', '.jpg'])).toBe(false)
})

test('a query with data stays on the screen while it is fetched again; without data it is loading or a problem', () => {
  const problem: Problem = { kind: 'failed', title: '', reasons: [], requestId: 'r1' }
  const query = { data: undefined, error: null, isFetching: true, refetch: () => undefined }
  expect(loadableOf({ ...query, data: 3 }, () => problem)).toEqual({
    state: 'ready',
    value: 3,
    updating: true,
  })
  expect(loadableOf(query, () => problem).state).toBe('loading')
  expect(loadableOf({ ...query, error: new Error('x') }, () => problem)).toMatchObject({
    state: 'problem',
    problem,
  })
  expect(mapLoadable({ state: 'ready', value: 3 }, value => value * 2)).toEqual({ state: 'ready', value: 6 })
})
