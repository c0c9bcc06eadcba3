import fc from 'fast-check'
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

test.each(LINE_KINDS)('no %s line makes it throw, whatever was pasted', kind => {
  const mixed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.stringMatching(
      /^[ァ-ンｦ-ﾟ一-鿿0-9０-９a-zA-Z()（）㈱㈲〒\-－ー一二三四五丁目番地号市区町村都道府県 　・]{0,30}$/,
    ),
  )
  fc.assert(
    fc.property(mixed, line => {
      const result = normalizeLine(kind, line)
      expect(Array.isArray(result.issues)).toBe(true)
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    }),
    { numRuns: 300 },
  )
})
