import { describe, expect, it } from 'vitest'
import { readWhole, yenUnder } from '../kinds/read-cells.ts'
import { guessMapping, headingsInUnit } from '../mapping.ts'
import { headingsAt, mostKnown, repeatedHeading } from './headings.ts'
import { unitOfTitle } from './units.ts'

const rows = (...lines: string[]) =>
  lines.map((line, at) => ({ line: at + 1, cells: line.split(','), unusable: [] }))
const known = new Set(['顧客番号', '会社名', '金額', '日付', '残高'])
const isKnown = (heading: string) => known.has(heading)

describe('headings', () => {
  it.each([
    ['one row', ['台帳,,', '顧客番号,会社名,残高', '1,甲,5'], 1, ['顧客番号', '会社名', '残高']],
    [
      'two rows whose merged cells keep their value in the upper one only',
      ['顧客番号,請求,,買取,', ',日付,金額,日付,金額', '1,2026/1/1,5,2026/2/1,4'],
      1,
      ['顧客番号', '請求 日付', '請求 金額', '買取 日付', '買取 金額'],
    ],
    [
      'two rows whose merged cells are filled down',
      ['顧客番号,会社名,残高', '顧客番号,会社名,残高', '1,甲,5'],
      0,
      ['顧客番号', '会社名', '残高'],
    ],
    [
      'headings that stand twice and belong to no group',
      ['会社名,備考,金額,備考', '甲,a,1,b'],
      0,
      ['会社名', '備考（1）', '金額', '備考（2）'],
    ],
  ])('of %s', (_what, lines, at, header) => {
    expect(mostKnown(rows(...lines), isKnown).at).toBe(at)
    expect(headingsAt(rows(...lines), at)).toEqual(header)
  })

  it('are not taken from a title that stands above them, nor from a row further up', () => {
    expect(headingsAt(rows('取引先一覧', '会社名,,残高'), 1)).toEqual(['会社名', '', '残高'])
    const [title, heading] = rows('請求,買取', '会社名,,残高')
    expect(headingsAt([title!, { ...heading!, line: 9 }], 1)).toEqual(['会社名', '', '残高'])
  })

  it('that an import reads must stand once, unless their groups tell them apart', () => {
    expect(repeatedHeading(rows('会社名,備考,金額,備考'), 0, isKnown)).toBeNull()
    expect(repeatedHeading(rows('会社名,備考,金額,備考,会社名'), 0, isKnown)).toEqual({
      heading: '会社名',
      first: 1,
      second: 5,
    })
    expect(repeatedHeading(rows('請求,,買取,', '日付,金額,日付,金額'), 1, isKnown)).toBeNull()
  })

  it('that stand twice are guessed for nothing: which of two amounts is meant is for a person to say', () => {
    expect(guessMapping('balances', ['科目', '残高（1）', '残高（2）'])).toEqual(['account', null, null])
  })
})

describe('amounts in another unit', () => {
  it('are told by the heading or by a title above the table, and never by a heading of something else', () => {
    expect(unitOfTitle(['残高一覧', '（単位：千円）'])).toBe('千円')
    expect(unitOfTitle(['単位 ： 百万円'])).toBe('百万円')
    expect(unitOfTitle(['千円札の枚数'])).toBeNull()
    expect(headingsInUnit(['会社名', '資本金', '残高（百万円）', '従業員数'], '千円')).toEqual([
      '会社名',
      '資本金（千円）',
      '残高（百万円）',
      '従業員数',
    ])
    expect(guessMapping('customers', ['会社名', '資本金(単位:千円)'])).toEqual(['legalName', 'capitalYen'])
  })

  it.each([
    ['残高', '1,234', 1_234],
    ['残高（千円）', '1,234', 1_234_000],
    ['残高（千円）', '▲1,234', -1_234_000],
    ['残高（千円）', '(0.5)', -500],
    ['残高（百万円）', '12.5', 12_500_000],
    ['残高（百万円）', '１２', 12_000_000],
    ['残高（千円）', '1,234円', 1_234],
    ['残高（千円）', '3万', 30_000],
    ['残高（千円）', '1.2345', null],
    ['残高（千円）', '約5', null],
    ['残高', '1.5', null],
  ])('%s %s is %s yen', (heading, typed, yen) => expect(yenUnder(heading, typed)).toBe(yen))

  it('are read as before where no unit is named', () =>
    expect(yenUnder('残高', '¥1,000-')).toBe(readWhole('¥1,000-')))
})
