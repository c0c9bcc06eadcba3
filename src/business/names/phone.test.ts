import { expect, test } from 'vitest'
import { parsePhone, parsePostalCode } from './phone.ts'

test.each([
  ['03-1234-5678', 'fixed', '+81312345678', '03-1234-5678'],
  ['0422-12-3456', 'fixed', '+81422123456', '0422-12-3456'],
  ['（０３）１２３４－５６７８', 'fixed', '+81312345678', '03-1234-5678'],
  ['0312345678', 'fixed', '+81312345678', '03-1234-5678'],
  ['0451234567', 'fixed', '+81451234567', '045-123-4567'],
  ['+81 3 1234 5678', 'fixed', '+81312345678', '03-1234-5678'],
  ['+81-(0)90-1234-5678', 'mobile', '+819012345678', '090-1234-5678'],
  ['09012345678', 'mobile', '+819012345678', '090-1234-5678'],
  ['060-1234-5678', 'mobile', '+816012345678', '060-1234-5678'],
  ['050 1234 5678', 'ip', '+815012345678', '050-1234-5678'],
  ['0120-123-456', 'toll_free', null, '0120-123-456'],
  ['0800-123-4567', 'toll_free', null, '0800-123-4567'],
  ['0570012345', 'navi', null, '0570-012-345'],
])('%s is a %s number', (typed, kind, e164, display) => {
  expect(parsePhone(typed)).toMatchObject({ kind, e164, display, issues: [] })
})

test.each([
  '031234567',
  '031234567890',
  '03-123-4567',
  '010-1234-5678',
  '0000000000',
  '',
  'なし',
  '03-1234-567X',
])('%s is no Japanese number', typed => {
  const result = parsePhone(typed)
  expect(result.e164).toBeNull()
  expect(result.issues.map(i => i.rule)).toEqual(['phone_must_be_a_japanese_number'])
})

test.each(['03-1234-5678(代)', '☎03-1234-5678', '電話番号：03-1234-5678', '81-3-1234-5678'])(
  'labels around %s are no part of the number',
  typed => {
    expect(parsePhone(typed)).toMatchObject({ national: '0312345678', issues: [] })
  },
)

test.each([
  '03-1234-5678 / 090-1111-2222',
  '03-1234-5678 内線12',
  '03-1234-5678・5679',
  '(03)1234-5678 FAX 03-1234-5679',
])('the first number of %s is read and the rest is reported', typed => {
  const result = parsePhone(typed)
  expect(result.national).toBe('0312345678')
  expect(result.issues.map(i => [i.rule, i.level])).toEqual([['phone_should_be_one_number', 'warning']])
})

test.each(['100-0001', '〒１００－０００１', '1000001'])('postal code %s', typed => {
  expect(parsePostalCode(typed)).toMatchObject({ value: '1000001', display: '100-0001', issues: [] })
})

test('a postal code of six digits is refused', () => {
  expect(parsePostalCode('100-001').value).toBeNull()
})
