import { expect, test } from 'vitest'
import { kanaHint, toFullKana } from './kana-hint.ts'

test('half-width kana are warned about and offered in full width', () => {
  expect(kanaHint('ﾀｶﾊｼﾃﾞﾝｾﾂ', 'full')).toEqual({
    level: 'warning',
    sentence: '半角カナが混じっています',
    suggestion: { shown: 'タカハシデンセツ', value: 'タカハシデンセツ' },
  })
})

test('hiragana are warned about, twice in a row alike', () => {
  for (const _ of [1, 2]) expect(kanaHint('たかはし', 'full')?.sentence).toBe('ひらがなが混じっています')
})

test('a reading in full-width kana, spaces and Latin letters included, raises nothing', () => {
  expect(kanaHint('エヌ・ケイ　システム　ＮＫ', 'full')).toBeNull()
})

test('kanji in a reading are warned about without a suggestion', () => {
  expect(kanaHint('髙橋', 'full')).toEqual({ level: 'warning', sentence: '全角カナで入力してください' })
})

test('where half-width is wanted, full-width kana are warned about', () => {
  expect(kanaHint('ｶ)ﾀｶﾊｼ', 'half')).toBeNull()
  expect(kanaHint('タカハシ', 'half')?.level).toBe('warning')
})

test('voiced marks join their letters', () => {
  expect(toFullKana('ｶﾞｷﾞﾊﾟ NK-1')).toBe('ガギパ　ＮＫ－１')
})
