import { expect, test } from 'vitest'
import { foldOldForms, foldVariants } from './variants.ts'

test.each([
  ['國澤壽', '国沢寿'],
  ['髙橋', '高橋'],
  ['山﨑', '山崎'],
  ['𠮷野家', '吉野家'],
  ['濵田', '浜田'],
  ['渡邉', '渡辺'],
  ['渡邊', '渡辺'],
  ['齋藤', '斎藤'],
  ['德川', '徳川'],
  ['栁沢', '柳沢'],
])('%s folds to %s by the official tables', (text, folded) => {
  expect(foldOldForms(text)).toBe(folded)
})

test('斎 and 斉 stay apart until the loose fold', () => {
  expect(foldOldForms('斉藤')).toBe('斉藤')
  expect(foldVariants('斉藤')).toBe(foldVariants('斎藤'))
  expect(foldVariants('齊藤')).toBe(foldVariants('齋藤'))
})

test.each(['朢', '功'])('%s has two equally good targets and is left alone', char => {
  expect(foldVariants(char)).toBe(char)
})

test('㐂志商店 is found as 喜志商店', () => {
  expect(foldVariants('㐂志商店')).toBe('喜志商店')
})

test.each(['國', '㐂', '龍', '曾', '渕', '舘', '靏', '塚', '工', '東京'])(
  'folding %s twice changes nothing',
  char => {
    expect(foldVariants(foldVariants(char))).toBe(foldVariants(char))
    expect(foldOldForms(foldOldForms(char))).toBe(foldOldForms(char))
  },
)
