import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutBytes, normalizeAccountHolder } from './account-holder.ts'

test.each([
  ['株式会社まるまるしょうじ', 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ', 11],
  ['マルマルショウジ株式会社', 'ﾏﾙﾏﾙｼﾖｳｼﾞ(ｶ', 11],
  ['マルマルショウジ株式会社 オオサカ営業所', 'ﾏﾙﾏﾙｼﾖｳｼﾞ(ｶ) ｵｵｻｶ(ｴｲ', 20],
  ['医療法人社団ヤマダクリニック', 'ｲ)ﾔﾏﾀﾞｸﾘﾆﾂｸ', 11],
  ['一般社団法人ニホンサンプル', 'ｼﾔ)ﾆﾎﾝｻﾝﾌﾟﾙ', 11],
  ['特定非営利活動法人ミライ', 'ﾄｸﾋ)ﾐﾗｲ', 7],
  ['合同会社ＡＢＣ', 'ﾄﾞ)ABC', 6],
  ['キャノン', 'ｷﾔﾉﾝ', 4],
  ['ヴィクター', 'ｳﾞｲｸﾀ-', 6],
  ['ﾔﾏﾀﾞｰﾀﾛｳ', 'ﾔﾏﾀﾞ-ﾀﾛｳ', 8],
  ['エー・ビー', 'ｴ- ﾋﾞ-', 6],
])('%s is written %s in a bank file', (typed, value, bytes) => {
  expect(normalizeAccountHolder(typed)).toEqual({ typed, value, bytes, issues: [] })
})

test('the middle dot may become a full stop', () => {
  expect(normalizeAccountHolder('エー・ビー', { middleDot: '.' }).value).toBe('ｴ-.ﾋﾞ-')
})

test.each([
  ['(カ)サンプル', 'ｶ)ｻﾝﾌﾟﾙ'],
  ['サンプル(カ)', 'ｻﾝﾌﾟﾙ(ｶ'],
  ['㈱サンプル', 'ｶ)ｻﾝﾌﾟﾙ'],
  ['（株）サンプル', 'ｶ)ｻﾝﾌﾟﾙ'],
  ['株式会社　サンプル', 'ｶ)ｻﾝﾌﾟﾙ'],
  ['カブシキガイシャサンプル', 'ｶ)ｻﾝﾌﾟﾙ'],
  ['ｻﾝﾌﾟﾙｺﾞｳﾄﾞｳｶﾞｲｼﾔ', 'ｻﾝﾌﾟﾙ(ﾄﾞ'],
  ['カナガワ農業協同組合連合会', 'ｶﾅｶﾞﾜﾉｳｷﾖｳﾚﾝ'],
  ['カトウ', 'ｶﾄｳ'],
])('%s is repaired to %s', (typed, value) => {
  expect(normalizeAccountHolder(typed).value).toBe(value)
})

test('a character outside the class is an error which names it', () => {
  const result = normalizeAccountHolder('サンプル&カンパニー')
  expect(result.value).toBeNull()
  expect(result.issues).toMatchObject([{ rule: 'account_holder_character_must_be_allowed', level: 'error' }])
  expect(result.issues[0]?.message).toContain('&')
})

test('kanji are never guessed', () => {
  expect(normalizeAccountHolder('山田商店').issues.map(i => i.rule)).toEqual(['account_holder_must_be_kana'])
})

test('payroll names take no letters and no symbols', () => {
  expect(normalizeAccountHolder('ABC', { field: 'payroll' }).value).toBeNull()
  expect(normalizeAccountHolder('ヤマダ タロウ', { field: 'payroll' }).value).toBe('ﾔﾏﾀﾞ ﾀﾛｳ')
})

test('a cut never separates a kana from its mark', () => {
  const result = normalizeAccountHolder('ﾏﾙﾏﾙｼﾖｳｼﾞ', { maxBytes: 8 })
  expect(result.value).toBe('ﾏﾙﾏﾙｼﾖｳ')
  expect(result.issues.map(i => i.rule)).toEqual(['account_holder_was_cut'])
})

test('what is written once is written the same again', () => {
  const kana = fc.stringMatching(/^[ァ-ヴーｱ-ﾝ株式会社()・ A-Za-z0-9]{1,20}$/)
  fc.assert(
    fc.property(kana, typed => {
      const once = normalizeAccountHolder(typed).value
      if (once !== null) expect(normalizeAccountHolder(once).value).toBe(once)
    }),
  )
})

test.each([
  ['・(株)', 'ｶ)'],
  ['(ュ', 'ﾕ)'],
  ['カブシキガイシャカブシキガイシャ', 'ｶ)(ｶ'],
])('a name whose legal form shows only when written settles: %s', (typed, written) => {
  expect(normalizeAccountHolder(typed).value).toBe(written)
  expect(normalizeAccountHolder(written).value).toBe(written)
})

test('a cut text is a prefix within the limit', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ｱ-ﾝﾞ ]{0,30}$/), fc.nat(30), (half, max) => {
      const cut = cutBytes(half, max)
      expect(cut.length).toBeLessThanOrEqual(max)
      expect(half.startsWith(cut)).toBe(true)
    }),
  )
})
