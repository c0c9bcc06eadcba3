import { expect, it } from 'vitest'
import { fill, type LetterFacts, missingFor, unknownPlaceholders } from './words.ts'

const facts: LetterFacts = {
  partyName: '株式会社甲',
  personName: null,
  companyName: '台帳ファクター株式会社',
  today: '2026-11-24',
  senderName: '回収 太郎',
  claims: [
    { invoiceNo: 'A-1', dueOn: '2026-11-10', openYen: 1_100_000 },
    { invoiceNo: 'A-2', dueOn: '2026-10-31', openYen: 550_000 },
  ],
}

it('fills in what is known, in Japanese', () => {
  expect(
    fill('{宛名} 御中 {日付}\n{債権一覧}\n合計 {未回収合計}（{支払期日}）{会社名} {作成者}', facts),
  ).toBe(
    '株式会社甲 御中 2026年11月24日\n請求書 A-1　支払期日 2026年11月10日　1,100,000円\n請求書 A-2　支払期日 2026年10月31日　550,000円\n' +
      '合計 1,650,000円（2026年10月31日）台帳ファクター株式会社 回収 太郎',
  )
})

it('fills a value in once: braces in a name are not read again', () => {
  expect(fill('{宛名}', { ...facts, partyName: '{会社名}' })).toBe('{会社名}')
})

it.each([
  ['{宛名} 御中', []],
  ['{あてな} {toString} {}', ['あてな', 'toString', '']],
])('of %s nothing stands for %j', (words, unknown) => {
  expect(unknownPlaceholders(words)).toEqual(unknown)
})

it.each([
  ['{宛名}', facts, []],
  ['{担当者名} 様', facts, ['person']],
  ['{担当者名} 様', { ...facts, personName: '山田 花子' }, []],
  ['{支払期日}まで', { ...facts, claims: [] }, ['claims']],
])('%s asks for what nobody chose', (words, given, missing) => {
  expect(missingFor(words, given)).toEqual(missing)
})
