import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizeCompanyName } from './company-name.ts'
import { normalizePersonName } from './person-name.ts'
import { normalizeReading } from './reading.ts'

test.each([
  ['株式会社山田商店', 'kabushiki', 'before', '山田商店'],
  ['山田商店株式会社', 'kabushiki', 'after', '山田商店'],
  ['㈱山田商店', 'kabushiki', 'before', '山田商店'],
  ['山田商店㈱', 'kabushiki', 'after', '山田商店'],
  ['（株）山田商店', 'kabushiki', 'before', '山田商店'],
  ['(株)　山田　商店', 'kabushiki', 'before', '山田商店'],
  ['㍿山田商店', 'kabushiki', 'before', '山田商店'],
  ['株式會社山田商店', 'kabushiki', 'before', '山田商店'],
  ['㈲髙橋塗装', 'yugen', 'before', '高橋塗装'],
  ['合同会社ＡＢＣ', 'godo', 'before', 'ABC'],
  ['社会医療法人社団さくら会', 'iryo_shakai', 'before', 'さくら会'],
  ['医療法人社団さくら会', 'iryo', 'before', 'さくら会'],
  ['特定非営利活動法人ミライ', 'npo', 'before', 'ミライ'],
  ['ｶ)ﾔﾏﾀﾞｼﾖｳﾃﾝ', 'kabushiki', 'before', 'ヤマダシヨウテン'],
  ['ﾔﾏﾀﾞｼﾖｳﾃﾝ(ｶ', 'kabushiki', 'after', 'ヤマダシヨウテン'],
  ['カブシキガイシャヤマダ', 'kabushiki', 'before', 'ヤマダ'],
  ['Shimotsuki Suisan Co., Ltd.', 'CoLtd', 'after', 'SHIMOTSUKISUISAN'],
  ['SHIMOTSUKI SUISAN CO.,LTD', 'CoLtd', 'after', 'SHIMOTSUKISUISAN'],
  ['WDI Corporation.', 'Corp', 'after', 'WDI'],
  ['Yamada Shoten K.K.', 'KK', 'after', 'YAMADASHOTEN'],
  ['K.K. Yamada Shoten', 'KK', 'before', 'YAMADASHOTEN'],
  ['11420 CORP.', 'Corp', 'after', '11420'],
  ['株式会社ＡＯＩ　Ｐｒｏ．', 'kabushiki', 'before', 'AOIPRO'],
  ['山田商店', null, null, '山田商店'],
])('%s is %s, %s, core %s', (typed, form, formPosition, core) => {
  expect(normalizeCompanyName(typed)).toMatchObject({ display: typed, form, formPosition, core })
})

test.each([
  ['株式会社山田商店 大阪支店', '山田商店', '大阪支店'],
  ['山田商店株式会社大阪支店', '山田商店', '大阪支店'],
  ['株式会社山田商店大阪支店', '山田商店', '大阪支店'],
  ['(株)山田製作所　第二工場', '山田製作所', '第二工場'],
  ['株式会社山田製作所', '山田製作所', null],
  ['株式会社本店', '本店', null],
])('%s has the branch %s', (typed, core, branch) => {
  expect(normalizeCompanyName(typed)).toMatchObject({ core, branch })
})

test('a name which is only a legal form keeps itself as core and is reported', () => {
  const result = normalizeCompanyName('株式会社')
  expect(result.core).toBe('株式会社')
  expect(result.issues.map(i => i.rule)).toEqual(['name_is_only_a_legal_form'])
})

test('a missing long mark, small kana and hiragana meet in the loose key only', () => {
  const a = normalizeCompanyName('株式会社キャノンサーバー')
  const b = normalizeCompanyName('株式会社キヤノンさーば')
  expect(a.core).not.toBe(b.core)
  expect(a.foldedCore).toBe(b.foldedCore)
})

test('no input makes it throw, lose the display form, or return an empty core', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), typed => {
      const result = normalizeCompanyName(typed)
      expect(result.display).toBe(typed)
      if (result.name !== '') expect(result.core).not.toBe('')
    }),
  )
})

test('a core is its own core', () => {
  const part = fc.constantFrom('株式会社', '山田', '髙﨑', 'ABC ', 'コーヒー', '(株)', '大阪支店', ' ', '12')
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), parts => {
      const { core, form } = normalizeCompanyName(parts.join(''))
      const again = normalizeCompanyName(core)
      if (form !== null && again.form === null && again.branch === null) expect(again.core).toBe(core)
    }),
  )
})

test.each([
  ['カブシキガイシャヤマダ', 'ヤマダ', 'kabushiki'],
  ['ﾔﾏﾀﾞｼﾖｳﾃﾝ(ｶ', 'ヤマダシヨウテン', 'kabushiki'],
  ['ガブシキカイシャユニグニ', 'ユニグニ', 'kabushiki'],
  ['ゴウドウガイシヤＡＢＣ', 'ABC', 'godo'],
  ['トクヒ)ミライ', 'ミライ', 'npo'],
  ['やまだしょうてん', 'ヤマダショウテン', null],
  ['カトウ', 'カトウ', null],
])('the reading of %s is %s', (typed, reading, form) => {
  expect(normalizeReading(typed)).toMatchObject({ reading, form })
})

test('readings of a bank file and of a form have the same key', () => {
  expect(normalizeReading('ﾔﾏﾀﾞｼﾖｳﾃﾝ(ｶ').key).toBe(normalizeReading('ヤマダショウテン').key)
  expect(normalizeReading('ヴィクタ－').key).toBe(normalizeReading('ｳﾞｲｸﾀ-').key)
})

test('a person is split where a space was typed', () => {
  expect(normalizePersonName('代表取締役　渡邉　太郎')).toMatchObject({
    family: '渡邉',
    given: '太郎',
    core: '渡辺太郎',
  })
  expect(normalizePersonName('髙﨑花子様')).toMatchObject({ family: null, core: '高崎花子' })
  expect(normalizePersonName('斉藤一').foldedCore).toBe(normalizePersonName('齋藤 一').foldedCore)
})
