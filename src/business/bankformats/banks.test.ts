import { expect, test } from 'vitest'
import { bankTable, bankTableVersion, findBank, findBranch, searchBanks, searchBranches } from './banks.ts'
import { checkBankText } from './character-class.ts'

test('a bank and a branch are found by code', () => {
  expect(findBank('0005')).toEqual({
    code: '0005',
    name: '三菱ＵＦＪ',
    kana: 'ミツビシユ－エフジエイ',
    fileKana: 'ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ',
  })
  expect(findBranch('0001', '001')).toMatchObject({ name: '東京営業部', fileKana: 'ﾄｳｷﾖｳ' })
  expect(findBranch('9900', '018')).toMatchObject({ name: '〇一八', fileKana: 'ｾﾞﾛｲﾁﾊﾁ' })
})

test.each(['', '9999', '5', '__proto__', 'constructor'])('no bank has the code %j', code => {
  expect(findBank(code)).toBeNull()
  expect(findBranch(code, '001')).toBeNull()
  expect(findBranch('0001', code)).toBeNull()
})

test.each([
  'みつびし',
  'ミツビシユ',
  'ﾐﾂﾋﾞｼ',
  'ミツビシユーエフジェイ',
  '三菱',
  '三菱UFJ銀行',
  '三菱ＵＦＪ',
  '0005',
])('%s finds 三菱ＵＦＪ', typed => {
  expect(searchBanks(typed).map(bank => bank.code)).toContain('0005')
})

test('banks come in the order of their codes, 0001 before 1000, and no more than asked for', () => {
  expect(searchBanks('み', 3).map(bank => bank.code)).toEqual(
    [...searchBanks('み', 3).map(bank => bank.code)].sort(),
  )
  expect(searchBanks('0', 2).map(bank => bank.code)).toEqual(['0001', '0005'])
  expect(searchBanks('  ')).toEqual([])
})

test('a branch is found by its name inside its bank', () => {
  expect(searchBranches('0001', '東京営業部').map(branch => branch.code)).toContain('001')
  expect(searchBranches('0001', 'まるのうち').map(branch => branch.code)).toContain('004')
  expect(searchBranches('0000', '東京')).toEqual([])
})

test('the table holds 1,146 institutions and 28,944 branches, and every name can be written to a bank file', () => {
  let banks = 0
  let branches = 0
  const unwritable: string[] = []
  for (const row of bankTable()) {
    banks++
    branches += row.branches.length
    for (const one of [row.bank, ...row.branches])
      if (checkBankText(one.fileKana, 'bank_name', '名称').length > 0) unwritable.push(one.fileKana)
  }
  expect([banks, branches]).toEqual([1146, 28944])
  expect(new Set(unwritable)).toEqual(new Set())
  expect(bankTableVersion()).toBe('1.0.0-p20260824')
})
