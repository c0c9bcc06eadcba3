import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JP_BANK } from '../../../platform/dates/business-calendar.ts'
import { goldenTransfer } from './golden-a.ts'
import { readTransferFile } from './read-transfer.ts'
import type { TransferFile, TransferItem, TransferRules } from './transfer-file.ts'
import { writeTransferFile } from './write-transfer.ts'

const rules: TransferRules = { createdOn: '2026-11-24', calendar: JP_BANK, separator: 'crlf' }
const payment = goldenTransfer.items[0]!

function problemsOf(change: Partial<TransferFile>) {
  const written = writeTransferFile({ ...goldenTransfer, ...change }, rules)
  return written.ok ? [] : written.problems
}

const withItem = (change: Partial<TransferItem>) => problemsOf({ items: [{ ...payment, ...change }] })

test('golden file A is written byte for byte', () => {
  const crlf = writeTransferFile(goldenTransfer, rules)
  const plain = writeTransferFile(goldenTransfer, { ...rules, separator: 'none' })
  if (!crlf.ok || !plain.ok) throw new Error(JSON.stringify([crlf, plain]))
  expect(crlf.value.recordHashes.map(hash => hash.slice(0, 8))).toEqual([
    '3c33821a',
    '9af04d87',
    '98a38072',
    '26c60945',
    'b76735d1',
  ])
  expect([crlf.value.bytes.length, plain.value.bytes.length]).toEqual([610, 600])
  expect(crlf.value.sha256).toBe('538592698616adecc6927f6f6d9da4d5eab629916557ce25e0c5c94156ae7741')
  expect(plain.value.sha256).toBe('fd0d64a42197e4a5d658526e19ee952be43b1d30a43d5be87b47d3fe30fb8c63')
  expect([crlf.value.count, crlf.value.totalYen]).toEqual([2, 2_000_000])
})

test('golden file A reads back as what was written', () => {
  const written = writeTransferFile(goldenTransfer, rules)
  if (!written.ok) throw new Error('golden file must be writable')
  const reading = readTransferFile(written.value.bytes, '2026-11-24')
  expect(reading).toMatchObject({
    ok: true,
    value: { transferOn: '2026-11-30', consignorName: 'ｶ)ｻﾝﾌﾟﾙﾌｱｸﾀ-' },
  })
  if (!reading.ok) return
  expect(reading.value.from).toMatchObject({ bankName: 'ﾐｽﾞﾎ', branchName: 'ﾄｳｷﾖｳ', accountNo: '1234567' })
  expect(reading.value.items[0]).toMatchObject({
    ...payment,
    customerCode1: '0000000000',
    method: '7',
    newCode: '0',
  })
  expect(reading.value.items[1]).toMatchObject({ edi: 'INV-2026-00123', newCode: '1', amountYen: 955_000 })
})

test('a transfer date without year is the next such day', () => {
  const december = { ...goldenTransfer, transferOn: '2027-01-04' }
  const written = writeTransferFile(december, { ...rules, createdOn: '2026-12-28' })
  if (!written.ok) throw new Error('must be writable')
  expect(readTransferFile(written.value.bytes, '2026-12-28')).toMatchObject({
    value: { transferOn: '2027-01-04' },
  })
})

test.each([
  ['2026-11-23', 'transfer_date_must_not_be_past'],
  ['2026-11-29', 'transfer_date_must_be_business_day'],
  ['2026-12-31', 'transfer_date_must_be_business_day'],
  ['2027-11-24', 'transfer_date_must_be_within_a_year'],
  ['2026-02-30', 'date_must_exist'],
])('a transfer on %s is refused: %s', (transferOn, code) => {
  expect(problemsOf({ transferOn })).toMatchObject([{ record: 1, column: 55, field: '振込指定日', code }])
})

test('a closed day names the reason and the next business day', () => {
  expect(problemsOf({ transferOn: '2026-12-31' })[0]).toMatchObject({
    message: '振込指定日2026-12-31は年末年始で、銀行が休みです。',
    remedy: '翌営業日は2027-01-04です。',
  })
})

test.each<[Partial<TransferItem>, number, string, string]>([
  [{ bankCode: '9999' }, 2, '被仕向銀行番号', 'bank_must_exist'],
  [{ branchCode: '999' }, 21, '被仕向支店番号', 'branch_must_exist'],
  [{ accountType: 'time' }, 43, '預金種目', 'account_type_must_take_transfers'],
  [{ accountNo: '0000000' }, 44, '口座番号', 'account_number_must_be_given'],
  [{ accountNo: '12345678' }, 44, '口座番号', 'value_must_fit_its_field'],
  [{ payeeName: '' }, 51, '受取人名', 'name_must_be_given'],
  [{ payeeName: 'ﾔﾏﾀﾞｰﾀﾛｳ' }, 51, '受取人名', 'character_must_be_allowed'],
  [{ payeeName: '山田商店' }, 51, '受取人名', 'character_must_be_allowed'],
  [{ payeeName: 'ｱ'.repeat(31) }, 51, '受取人名', 'value_must_fit_its_field'],
  [{ amountYen: 0 }, 81, '振込金額', 'amount_must_be_positive_yen'],
  [{ amountYen: -1 }, 81, '振込金額', 'amount_must_be_positive_yen'],
  [{ amountYen: 0.5 }, 81, '振込金額', 'amount_must_be_positive_yen'],
  [{ amountYen: 10_000_000_000 }, 81, '振込金額', 'amount_must_be_positive_yen'],
  [{ edi: 'INV_1' }, 92, 'EDI情報', 'character_must_be_allowed'],
])('a payment with %j is refused at byte %i, %s: %s', (change, column, field, code) => {
  expect(withItem(change)).toContainEqual(expect.objectContaining({ record: 2, column, field, code }))
})

test.each(['', '12345678901', 'ABC'])('the consignor code %j is refused', consignorCode => {
  expect(problemsOf({ consignorCode })).toContainEqual(
    expect.objectContaining({ record: 1, column: 5, code: 'consignor_code_must_be_digits' }),
  )
})

test('a file without payments is refused', () => {
  expect(problemsOf({ items: [] })).toContainEqual(
    expect.objectContaining({ code: 'transfer_must_hold_items' }),
  )
})

test('the same account and amount twice needs the approval of a second person', () => {
  const twice = { ...goldenTransfer, items: [payment, { ...payment, accountNo: '12345' }] }
  expect(problemsOf({ items: twice.items })).toMatchObject([
    { record: 3, column: 81, code: 'repeated_payment_must_be_approved' },
  ])
  expect(writeTransferFile(twice, { ...rules, duplicatesApproved: true })).toMatchObject({
    ok: true,
    value: { totalYen: 2_090_000 },
  })
})

test.each([
  [(bytes: Uint8Array) => (bytes[122 * 3 + 6] = 0x33), 4, 2, '合計件数', 'trailer_must_match'],
  [(bytes: Uint8Array) => (bytes[122 * 3 + 18] = 0x39), 4, 8, '合計金額', 'trailer_must_match'],
  [(bytes: Uint8Array) => (bytes[2] = 0x32), 1, 2, '種別コード', 'business_type_must_match'],
  [(bytes: Uint8Array) => (bytes[3] = 0x31), 1, 4, 'コード区分', 'file_must_be_jis'],
  [(bytes: Uint8Array) => (bytes[54] = 0x39), 1, 55, '振込指定日', 'date_must_exist'],
  [(bytes: Uint8Array) => (bytes[122 + 80] = 0x20), 2, 81, '振込金額', 'number_must_be_digits'],
])('a damaged file (%#) is refused at record %i, byte %i, %s: %s', (damage, record, column, field, code) => {
  const written = writeTransferFile(goldenTransfer, rules)
  if (!written.ok) throw new Error('golden file must be writable')
  damage(written.value.bytes)
  const reading = readTransferFile(written.value.bytes, '2026-11-24')
  expect(reading.ok ? [] : reading.problems).toContainEqual(
    expect.objectContaining({ record, column, field, code }),
  )
})

const items = fc.record({
  bankCode: fc.constantFrom('0001', '0005'),
  branchCode: fc.constant('001'),
  accountType: fc.constantFrom('ordinary' as const, 'current' as const, 'savings' as const, 'other' as const),
  accountNo: fc.integer({ min: 1, max: 9_999_999 }).map(no => String(no).padStart(7, '0')),
  payeeName: fc.stringMatching(/^[ｱ-ﾝA-Z0-9().-]{1,30}$/),
  amountYen: fc.integer({ min: 1, max: 9_999_999_999 }),
  newCode: fc.constantFrom('0' as const, '1' as const, '2' as const),
  method: fc.constantFrom('7' as const, '8' as const, '0' as const),
  edi: fc.stringMatching(/^[ｦ-ﾝA-Z0-9]{1,20}$/).filter(text => !/[ｧ-ｰ]/.test(text)),
})

test('whatever can be written reads back as itself, with and without separators', () => {
  fc.assert(
    fc.property(
      fc.array(items, { minLength: 1, maxLength: 20 }),
      fc.constantFrom('crlf' as const, 'none' as const),
      (list, separator) => {
        const file = { ...goldenTransfer, items: list }
        const written = writeTransferFile(file, { ...rules, separator, duplicatesApproved: true })
        if (!written.ok) throw new Error(JSON.stringify(written.problems[0]))
        const reading = readTransferFile(written.value.bytes, rules.createdOn)
        expect(reading.ok && reading.value.items).toMatchObject(list)
      },
    ),
    { numRuns: 50 },
  )
})
