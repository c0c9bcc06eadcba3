import { expect, test } from 'vitest'
import { isLineKind, LINE_KINDS, normalizeLine } from './normalize-line.ts'

test('every kind answers a plain object which survives JSON', () => {
  const lines = {
    company: '㈱山田',
    person: '山田 太郎',
    address: '港区芝浦1-2-3',
    'account-holder': 'ヤマダ',
    phone: '0312345678',
  }
  for (const kind of LINE_KINDS) {
    const result = normalizeLine(kind, lines[kind])
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    expect(result.issues).toEqual([])
  }
})

test.each(LINE_KINDS)('an empty %s line is an error which names its rule', kind => {
  expect(normalizeLine(kind, '').issues).toMatchObject([{ level: 'error' }])
})

test('an unknown kind is told apart', () => {
  expect(isLineKind('company')).toBe(true)
  expect(isLineKind('vessel')).toBe(false)
})
