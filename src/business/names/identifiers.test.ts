import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  corporateCheckDigit,
  looksLikeMyNumber,
  parseCorporateNumber,
  parseInvoiceRegNo,
} from './identifiers.ts'

test.each([
  '7000012050002',
  '7010705000725',
  '7123456789012',
  '8000000000001',
  '9999999999999',
  '3700000000001',
])('corporate number %s is valid', typed => {
  expect(parseCorporateNumber(typed)).toEqual({ typed, value: typed, suggestion: null, issues: [] })
})

test.each(['７１２３４５６７８９０１２', '7123-4567-89012', ' 7123 4567 8901 2', '7123‐4567‐89012'])(
  'corporate number %s is valid after normalising',
  typed => {
    expect(parseCorporateNumber(typed).value).toBe('7123456789012')
  },
)

test.each(['7123456780012', '7123456780912'])('0 and 9 confused in %s cannot be detected', typed => {
  expect(parseCorporateNumber(typed).value).toBe(typed)
})

test.each(['7123456789013', '1234567890123', '5000012090001'])('%s has a wrong check digit', typed => {
  const result = parseCorporateNumber(typed)
  expect(result.value).toBeNull()
  expect(result.issues.map(i => i.rule)).toEqual(['corporate_number_check_digit_must_match'])
})

test('the check digits named in the rules are computed', () => {
  expect(corporateCheckDigit('234567890123')).toBe(9)
  expect(corporateCheckDigit('000012090001')).toBe(4)
})

test.each(['0123456789012', '71234567890', '71234567890123', 'T7123456789012', '', '株式会社'])(
  '%s has the wrong shape',
  typed => {
    const result = parseCorporateNumber(typed)
    expect(result.value).toBeNull()
    expect(result.suggestion).toBeNull()
    expect(result.issues[0]?.rule).toBe('corporate_number_must_have_13_digits')
  },
)

test('twelve digits are offered as 会社法人等番号 with the check digit in front', () => {
  expect(parseCorporateNumber('0107-05-000725').suggestion).toBe('7010705000725')
})

test('a twelve-digit input that is a マイナンバー is named as one', () => {
  expect(parseCorporateNumber('123456789018').issues.map(i => i.rule)).toContain(
    'my_number_must_not_be_stored',
  )
})

test.each(['t7123456789012', 'Ｔ７１２３４５６７８９０１２', 'T7123-4567-8901-2'])(
  'registration number %s is valid after normalising',
  typed => {
    expect(parseInvoiceRegNo(typed)).toMatchObject({ value: 'T7123456789012', issues: [] })
  },
)

test.each(['X7123456789012', 'T712345678901', 'T71234567890123'])(
  'registration number %s is invalid',
  typed => {
    expect(parseInvoiceRegNo(typed).value).toBeNull()
  },
)

test('thirteen bare digits are offered with a T', () => {
  expect(parseInvoiceRegNo('7123456789012')).toMatchObject({ value: null, suggestion: 'T7123456789012' })
})

test('a corporation must use its own corporate number', () => {
  expect(parseInvoiceRegNo('T7123456789012', '7000012050002').issues[0]?.rule).toBe(
    'invoice_reg_no_must_equal_corporate_number',
  )
  expect(parseInvoiceRegNo('T7000012050002', '7000012050002').value).toBe('T7000012050002')
})

test('a failed check is only a warning for a sole proprietor', () => {
  const result = parseInvoiceRegNo('T7123456789013')
  expect(result.value).toBe('T7123456789013')
  expect(result.issues).toMatchObject([{ level: 'warning' }])
})

test('マイナンバー are recognised by their check digit', () => {
  expect(looksLikeMyNumber('123456789018')).toBe(true)
  expect(looksLikeMyNumber('１２３４-５６７８-９０１８')).toBe(true)
  expect(looksLikeMyNumber('123456789019')).toBe(false)
})

test('every base number with its check digit is accepted and any other first digit refused', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{12}$/), fc.integer({ min: 1, max: 9 }), (base, first) => {
      const check = corporateCheckDigit(base)
      expect(parseCorporateNumber(`${check}${base}`).value).toBe(`${check}${base}`)
      if (first !== check) expect(parseCorporateNumber(`${first}${base}`).value).toBeNull()
    }),
  )
})
