import { expect, test } from 'vitest'
import { convertYucho } from './yucho.ts'

test.each([
  ['10170', '12345671', '018', 'ordinary', '1234567'],
  ['11940', '1234561', '198', 'ordinary', '0123456'],
  ['10530', '12345671', '058', 'ordinary', '1234567'],
  ['00530', '123456', '059', 'current', '0123456'],
  ['01940-1', '123456', '199', 'current', '0123456'],
  ['１０１７０', '１２３４５６７１', '018', 'ordinary', '1234567'],
])('symbol %s number %s is branch %s', (symbol, number, branchCode, accountType, accountNo) => {
  expect(convertYucho(symbol, number)).toEqual({
    ok: true,
    value: { bankCode: '9900', branchCode, accountType, accountNo },
  })
})

test.each([
  ['20170', '12345671', '記号', 'yucho_symbol_must_be_5_digits'],
  ['1017', '12345671', '記号', 'yucho_symbol_must_be_5_digits'],
  ['', '', '記号', 'yucho_symbol_must_be_5_digits'],
  ['10170', '12345678', '番号', 'yucho_number_must_end_in_1'],
  ['10170', '123456781', '番号', 'yucho_number_must_fit'],
  ['01940', '1234567', '番号', 'yucho_number_must_fit'],
  ['10170', '00000000', '番号', 'yucho_number_must_be_digits'],
  ['10170', '12A45671', '番号', 'yucho_number_must_be_digits'],
])('symbol %s number %s is refused at %s: %s', (symbol, number, field, code) => {
  const result = convertYucho(symbol, number)
  expect(result).toMatchObject({ ok: false, problems: [{ field, code }] })
})
