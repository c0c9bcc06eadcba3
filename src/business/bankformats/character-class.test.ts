import { expect, test } from 'vitest'
import { bankTextBytes, checkBankText } from './character-class.ts'

test.each([
  ['bank_name', 'ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ', []],
  ['bank_name', 'ｶ)ﾏﾙ', [2]],
  ['party_name', 'ｶ)ﾏﾙﾏﾙ.A-1 (ｴｲ', []],
  ['party_name', 'ﾔﾏﾀﾞｰﾀﾛｳ', [5]],
  ['party_name', 'ｷｬﾉﾝ', [2]],
  ['party_name', 'ｦ,a', [1, 2, 3]],
  ['party_name', 'INV/1', [4]],
  ['payroll_name', 'ﾔﾏﾀﾞ ﾀﾛｳ 2', []],
  ['payroll_name', 'ABC', [1, 2, 3]],
  ['edi', '\\｢ｦ｣(1)-2/3.', []],
  ['edi', '山A', [1]],
] as const)('%s takes %s except at %j', (kind, text, columns) => {
  expect(checkBankText(text, kind, '名前').map(found => found.column)).toEqual(columns)
})

test('a refused character says what to write instead', () => {
  expect(checkBankText('ｰｮｦ', 'party_name', '受取人名').map(found => found.remedy)).toEqual([
    '長音は半角ハイフン「-」にしてください。',
    '小さいカナは大きいカナにしてください（ｮ→ﾖ）。',
    '「ｦ」は「ｵ」にしてください。',
  ])
})

test('a voiced mark is a byte of its own', () => {
  expect(bankTextBytes('ｼﾞ')).toBe(2)
})
