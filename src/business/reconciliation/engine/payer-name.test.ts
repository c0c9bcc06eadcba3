import { describe, expect, test } from 'vitest'
import { formsContradict, isCutOf, looseCore, readPayerName } from './payer-name.ts'

const core = (typed: string) => readPayerName(typed, true).core

describe('the name of a payer', () => {
  test('is the same whatever form and width it is written in', () => {
    const spellings = [
      'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
      'ﾏﾙﾏﾙｼﾖｳｼﾞ(ｶ',
      '(ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
      'ﾏﾙﾏﾙ ｼﾖｳｼﾞ(ｶ)',
      'カ）マルマルショウジ',
      'カブシキガイシャマルマルショウジ',
      'ｶﾌﾞｼｷｶｲｼﾔ ﾏﾙﾏﾙｼﾖｳｼﾞ',
      '株式会社マルマルショウジ',
      'ﾏﾙﾏﾙｼﾖｳｼﾞ(ｶ) ｵｵｻｶ(ｴｲ',
    ]
    expect(new Set(spellings.map(core))).toEqual(new Set(['ﾏﾙﾏﾙｼﾖｳｼﾞ']))
  })

  test('loses neither its last letter nor everything to a legal form', () => {
    expect(core('ｶ)')).toBe('ｶ')
    expect(core('ｶﾌﾞｼｷｶﾞｲｼﾔ')).toBe('ｶﾌﾞｼｷｶﾞｲｼﾔ')
    expect(core('ｶﾜｻｷ ｼﾝｼﾞ')).toBe('ｶﾜｻｷｼﾝｼﾞ')
  })

  test('long marks, dots and blanks make no difference, voiced marks do', () => {
    expect(core('ｴ-.ﾋﾞ-')).toBe(core('エー・ビー'))
    expect(core('ﾊﾝﾀﾞ')).not.toBe(core('ﾊﾝﾀ'))
    expect(looseCore(readPayerName('ﾊﾝﾀﾞ', true))).toBe(core('ﾊﾝﾀ'))
  })

  test('a sender number in front is taken off, digits of the name are not', () => {
    expect(readPayerName('0012345678 ｶ)ﾔﾏﾀﾞ', true)).toMatchObject({ senderNumber: '0012345678', core: 'ﾔﾏﾀﾞ' })
    expect(readPayerName('1234ｶﾝﾊﾟﾆ-', true)).toMatchObject({ senderNumber: '', core: '1234ｶﾝﾊﾟﾆ' })
  })

  test('known forms that differ in kind or place contradict, an unknown one does not', () => {
    const name = (typed: string) => readPayerName(typed, true)
    expect(formsContradict(name('ｶ)ﾔﾏﾀﾞ'), name('ﾕ)ﾔﾏﾀﾞ'))).toBe(true)
    expect(formsContradict(name('ｶ)ﾔﾏﾀﾞ'), name('ﾔﾏﾀﾞ(ｶ'))).toBe(true)
    expect(formsContradict(name('ｶ)ﾔﾏﾀﾞ'), name('ﾔﾏﾀﾞ'))).toBe(false)
    expect(formsContradict(name('ﾔﾏﾀﾞ(ｶ'), name('ﾔﾏﾀﾞ(ｶ) ﾅｺﾞﾔ'))).toBe(false)
  })
})

describe('a cut name', () => {
  const long = readPayerName('ミナミアオヤマデジタルクリエイティブパートナーズ', false)
  const cut = (bytes: number) => readPayerName('ﾐﾅﾐｱｵﾔﾏﾃﾞｼﾞﾀﾙｸﾘｴｲﾃｲﾌﾞﾊﾟ-ﾄﾅ-ｽﾞ'.slice(0, bytes), true)

  test('is the start of the long one, at the lengths banks keep', () => {
    expect(isCutOf(cut(26), long)).toBe(true)
    expect(isCutOf(cut(25), long)).toBe(true)
    expect(isCutOf(cut(20), long)).toBe(false)
    expect(isCutOf(long, long)).toBe(false)
  })

  test('a spelled-out form that lost its end is still a form', () => {
    const typed = 'ﾏﾙﾏﾙｼﾖｳｼﾞｼﾖｳｶｲｺｳｻﾝｶﾌﾞｼｷｶﾞｲ'
    expect(typed.length).toBe(26)
    expect(readPayerName(typed, true)).toMatchObject({
      core: 'ﾏﾙﾏﾙｼﾖｳｼﾞｼﾖｳｶｲｺｳｻﾝ',
      form: 'ｶ',
      formPlace: 'after',
    })
  })
})
