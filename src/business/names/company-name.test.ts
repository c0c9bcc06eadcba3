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
  ['広瀬土木カブシキガイシャ', 'kabushiki', 'after', '広瀬土木'],
  ['ユウゲンガイシャさくら工業', 'yugen', 'before', 'さくら工業'],
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

test.each([
  ['株式会杜山田', '山田', 'kabushiki'],
  ['山田商店株式社会', '山田商店', 'kabushiki'],
  ['株式会東山', '東山', 'kabushiki'],
  ['株式会友社栄建設', '友栄建設', 'kabushiki'],
  ['K.K.霜月水産', '霜月水産', 'kabushiki'],
  ['霜月水産K.K.', '霜月水産', 'kabushiki'],
  ['合同会計事務所', '合同会計事務所', null],
  ['会社四季報', '会社四季報', null],
])('a slip in the legal form of %s is still the legal form', (typed, name, form) => {
  expect(normalizeCompanyName(typed)).toMatchObject({ name, form })
})

test.each([
  ['普賢空調株式会社（本社）', '普賢空調', '本社'],
  ['山田商店（東京営業所）', '山田商店', '東京営業所'],
  ['株式会社　ＡＢＣ　コーポレーション東京支社', 'ABC コーポレーション', '東京支社'],
  ['三ツ輪　グループ本社株式会社', '三ツ輪 グループ本社', null],
  ['★山田工業㈱※', '山田工業', null],
  ['山田工業㈱（旧社名：山田鉄工）', '山田工業', null],
])('what stands around the name of %s is told apart', (typed, name, branch) => {
  expect(normalizeCompanyName(typed)).toMatchObject({ name, branch })
})

test.each([
  ['リ一ス大進', 'リース大進'],
  ['ヴェルデ', 'ベルデ'],
  ['テレフォンサービス', 'テレホンサービス'],
  ['アク卜レイ', 'アクトレイ'],
])('%s and %s have one loose key', (left, right) => {
  expect(normalizeCompanyName(left).foldedCore).toBe(normalizeCompanyName(right).foldedCore)
})
