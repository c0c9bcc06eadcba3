import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FormatProblem } from '../problem.ts'
import type { ReadOptions, Statement } from '../statement.ts'
import { goldenB, goldenC } from './golden-statements.ts'
import { readStatementFile } from './read-statement-file.ts'
import { data01a, data01b, data03, end03, header03, trailer01, trailer03 } from './statement-layout.ts'
import { type RecordToWrite, recordOf, writeStatementFile } from './write-statement.ts'

const options: ReadOptions = { fileName: 'meisai.txt', today: '2026-11-24' }

function problemsOf(bytes: Uint8Array, changed: Partial<ReadOptions> = {}): FormatProblem[] {
  const reading = readStatementFile(bytes, { ...options, ...changed })
  return reading.ok ? [] : reading.problems
}

function statementOf(records: readonly RecordToWrite[], changed: Partial<ReadOptions> = {}): Statement {
  const reading = readStatementFile(writeStatementFile(records), { ...options, ...changed })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.statements[0]!
}

/** Golden B with bytes of one record overwritten; record and byte count from 1. */
function damaged(record: number, column: number, text: string): Uint8Array {
  const bytes = writeStatementFile(goldenB)
  bytes.set(Buffer.from(text, 'latin1'), (record - 1) * 202 + column - 1)
  return bytes
}

test.each([
  ['trailer count of credits', 4, 2, '000002', '入金件数', 'trailer_must_match'],
  ['trailer sum of credits', 4, 8, '0000001099561', '入金額合計', 'trailer_must_match'],
  ['trailer sum of debits', 4, 27, '0000001045001', '出金額合計', 'trailer_must_match'],
  ['trailer number of lines', 4, 55, '0000003', 'データレコード件数', 'trailer_must_match'],
  ['closing balance', 4, 41, '00000005054561', '取引後残高', 'closing_balance_must_match'],
  ['sign of the closing balance', 4, 40, '2', '取引後残高', 'closing_balance_must_match'],
  ['number of records', 5, 2, '0000000006', 'レコード総件数', 'record_count_must_match'],
  ['number of accounts', 5, 12, '00002', '口座数', 'account_count_must_match'],
  ['business type', 1, 2, '21', '種別コード', 'business_type_must_match'],
  ['character code EBCDIC', 1, 4, '1', 'コード区分', 'file_must_be_jis'],
  ['character code unknown', 1, 4, '7', 'コード区分', 'code_kind_must_be_known'],
  ['creation day', 1, 5, '081131', '作成日', 'date_must_exist'],
  ['creation day far away', 1, 5, '201120', '作成日', 'era_must_be_given'],
  ['booking day', 2, 10, '080230', '勘定日', 'date_must_exist'],
  ['booking day missing', 2, 10, '000000', '勘定日', 'date_must_be_given'],
  ['booking day blank', 2, 10, '      ', '勘定日', 'date_must_be_given'],
  ['value day', 3, 16, '089999', '預入・払出日', 'date_must_exist'],
  ['direction', 2, 22, '3', '入払区分', 'direction_must_be_known'],
  ['deposit type', 1, 63, '3', '預金種目', 'account_type_must_be_known'],
  ['record type', 3, 1, '5', 'データ区分', 'record_type_must_be_known'],
  ['order of records', 3, 1, '9', 'データ区分', 'records_must_follow_their_order'],
  ['digits', 2, 30, 'X', '取引金額', 'number_must_be_digits'],
  ['half blank number', 2, 25, '    ', '取引金額', 'number_must_be_digits'],
  ['minus sign', 2, 25, '-00000000001', '取引金額', 'number_must_be_digits'],
  ['zero amount', 3, 25, '000000000000', '取引金額', 'amount_must_be_positive'],
  ['double-byte text', 2, 90, '\x8e\x52', '振込依頼人名または契約者番号', 'text_must_be_single_byte'],
  ['control byte', 2, 180, '\x00', 'EDI情報', 'text_must_not_hold_control_bytes'],
])('a wrong %s is refused with its place', (_what, record, column, text, field, code) => {
  const found = problemsOf(damaged(record, column, text)).find(one => one.code === code)
  expect(found).toMatchObject({ record, field })
  expect(found!.column).toBeGreaterThan(0)
  expect(found!.message).not.toBe('')
  expect(found!.remedy).not.toBe('')
})

test('a double-byte character is shown at its own byte', () => {
  expect(problemsOf(damaged(2, 90, '\x8e\x52'))).toEqual([
    {
      record: 2,
      column: 90,
      field: '振込依頼人名または契約者番号',
      code: 'text_must_be_single_byte',
      message: '2件目の振込依頼人名または契約者番号に全角（2バイト）の文字があります。',
      remedy: '半角文字だけのファイルを銀行から取得し直してください。',
    },
  ])
})

test('a truncated record names record, byte and the field it breaks off in', () => {
  const bytes = writeStatementFile(goldenB).subarray(0, 202 + 30)
  expect(problemsOf(bytes)).toEqual([
    {
      record: 2,
      column: 31,
      field: '取引金額',
      code: 'record_length_must_match',
      message: '2件目のレコードは30バイトです（200バイト必要）。',
      remedy:
        '途中で切れているか、表計算やエディタで保存し直されています。銀行から取得したままのファイルを使ってください。',
    },
  ])
  const plain = writeStatementFile(goldenB, 'none').subarray(0, 230)
  expect(problemsOf(plain)).toMatchObject([{ record: 2, column: 31, code: 'record_length_must_match' }])
})

test('a file cut between two records is incomplete', () => {
  const bytes = writeStatementFile(goldenB)
  expect(problemsOf(bytes.subarray(0, 202 * 3))).toMatchObject([
    { record: 4, column: 1, code: 'file_must_be_complete' },
  ])
  expect(problemsOf(bytes.subarray(202))).toMatchObject([
    { record: 1, column: 1, code: 'records_must_follow_their_order' },
  ])
})

test('a file saved anew as UTF-8 is named as such', () => {
  const text = Buffer.from(writeStatementFile(goldenB)).toString('latin1')
  const utf8 = Buffer.from(
    text.replace(/[\xa1-\xdf]/g, c => String.fromCharCode(c.charCodeAt(0) + 0xfec0)),
    'utf8',
  )
  expect(problemsOf(utf8)[0]).toMatchObject({ code: 'record_length_must_match', record: 1 })
  expect(problemsOf(utf8)[0]!.remedy).toContain('UTF-8')
})

test('an EBCDIC file is refused by name', () => {
  expect(problemsOf(Uint8Array.of(0xf1, 0xf0, 0xf3))).toMatchObject([
    { column: 4, field: 'コード区分', code: 'file_must_be_jis' },
  ])
})

test('an empty file and a file of line ends are refused', () => {
  expect(problemsOf(new Uint8Array())).toMatchObject([{ code: 'file_must_not_be_empty' }])
  expect(problemsOf(Buffer.from('\r\n\r\n'))).toMatchObject([{ code: 'file_must_not_be_empty' }])
})

test('a second file behind the end record is refused', () => {
  const twice = Buffer.concat([writeStatementFile(goldenB), writeStatementFile(goldenB)])
  expect(problemsOf(twice)).toContainEqual(
    expect.objectContaining({ record: 6, code: 'nothing_may_follow_the_end' }),
  )
})

test('thousands of wrong records give a short list', () => {
  const bad = recordOf(data03, { recordType: 2, bookedOn: '089999', direction: 3 })
  const records = [goldenB[0]!, ...Array.from({ length: 5000 }, () => bad), goldenB[3]!, goldenB[4]!]
  const found = problemsOf(writeStatementFile(records))
  expect(found).toHaveLength(50)
  expect(found.at(-1)!.code).toBe('too_many_problems')
})

test('an old file is read once its creation day is given', () => {
  const old = damaged(1, 5, '281120281120281120')
  for (const record of [2, 3]) old.set(Buffer.from('281120281120'), (record - 1) * 202 + 9)
  expect(problemsOf(old)[0]).toMatchObject({ code: 'era_must_be_given' })
  const reading = readStatementFile(old, { ...options, fileDate: '2016-11-21' })
  expect(reading).toMatchObject({ ok: true, statements: [{ header: { createdOn: '2016-11-20' } }] })
})

test('a bank which counts western years is read when told so', () => {
  const western = damaged(1, 5, '261120261120261120')
  for (const record of [2, 3]) western.set(Buffer.from('261120261120'), (record - 1) * 202 + 9)
  expect(problemsOf(western)[0]).toMatchObject({ code: 'era_must_be_given' })
  expect(readStatementFile(western, { ...options, twoDigitYears: 'western' })).toMatchObject({
    ok: true,
    statements: [{ header: { from: '2026-11-20' } }],
  })
})

test('several accounts in one file become several statements', () => {
  const group = goldenB.slice(0, 4)
  const end = recordOf(end03, { recordType: 9, recordCount: 9, accountCount: 2 })
  const reading = readStatementFile(writeStatementFile([...group, ...group, end]), options)
  expect(reading.ok && reading.statements.map(one => one.lines.length)).toEqual([2, 2])
})

test('an overdrawn account has a negative balance', () => {
  const header = recordOf(header03, { ...goldenB[0]!.values, openingSign: 2, openingYen: 100_000 })
  const trailer = recordOf(trailer03, { ...goldenB[3]!.values, closingSign: 2, closingYen: 45_440 })
  expect(statementOf([header, goldenB[1]!, goldenB[2]!, trailer, goldenB[4]!]).header).toMatchObject({
    openingYen: -100_000,
    closingYen: -45_440,
  })
})

test('records of a time deposit are kept raw and not posted', () => {
  const header = recordOf(header03, { ...goldenB[0]!.values, accountType: 6 })
  const statement = statementOf([header, ...goldenB.slice(1)])
  expect(statement.lines).toEqual([])
  expect(statement.unposted.map(record => record.lineNo)).toEqual([2, 3])
})

test('a correction finds the line it takes back', () => {
  const correction = recordOf(data03, {
    ...goldenB[1]!.values,
    inquiryNo: 3,
    direction: 2,
    kind: 19,
    payerKana: '',
  })
  const trailer = recordOf(trailer03, {
    ...goldenB[3]!.values,
    outCount: 2,
    outYen: 2_144_560,
    closingYen: 3_955_000,
    dataCount: 3,
  })
  const end = recordOf(end03, { recordType: 9, recordCount: 6, accountCount: 1 })
  const statement = statementOf([...goldenB.slice(0, 3), correction, trailer, end])
  expect(statement.lines[2]).toMatchObject({ cancelFlag: true, cancelsLineNo: 2, kind: 'correction' })
  expect(statement.notices).toEqual([])
})

test('a cancelled notice is money out, tied to its deposit, and never a receipt', () => {
  const cancel = recordOf(data01a, { ...goldenC[1]!.values, cancel: 1 })
  const trailer = recordOf(trailer01, { ...goldenC[2]!.values, cancelCount: 1, cancelYen: 1_099_560 })
  const statement = statementOf([goldenC[0]!, goldenC[1]!, cancel, trailer, goldenC[3]!])
  expect(statement.lines[1]).toMatchObject({ direction: 'out', cancelFlag: true, cancelsLineNo: 2 })
  const alone = statementOf([
    goldenC[0]!,
    cancel,
    recordOf(trailer01, { recordType: 8, cancelCount: 1, cancelYen: 1_099_560 }),
    goldenC[3]!,
  ])
  expect(alone.lines[0]).toMatchObject({ direction: 'out', cancelsLineNo: null })
  expect(alone.notices).toMatchObject([{ record: 2, code: 'cancellation_should_pair' }])
})

test('data B carries the amount in the second field', () => {
  const values = { ...goldenC[1]!.values, amountYen: 0, amount2Yen: 12_345_678_901, uncleared2Yen: 1 }
  const trailer = recordOf(trailer01, { recordType: 8, count: 1, totalYen: 12_345_678_901 })
  const statement = statementOf([goldenC[0]!, recordOf(data01b, values), trailer, goldenC[3]!])
  expect(statement.lines[0]).toMatchObject({
    amountYen: 12_345_678_901,
    unclearedYen: 1,
    edi: 'INV-2026-00120',
  })
  const both = [goldenC[0]!, recordOf(data01b, { ...values, amountYen: 1 }), trailer, goldenC[3]!]
  expect(problemsOf(writeStatementFile(both))).toContainEqual(
    expect.objectContaining({ record: 2, column: 129, code: 'one_amount_must_be_zero' }),
  )
})

test('a file cut or damaged anywhere never crashes and always names a place', () => {
  const files = [
    writeStatementFile(goldenB),
    writeStatementFile(goldenC),
    writeStatementFile(goldenB, 'none'),
  ]
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.nat(1009), fc.nat(1009), fc.nat(255), (file, cut, at, byte) => {
      // Without its last line end a file is still whole, so the cut goes deeper.
      const bytes = Uint8Array.from(file.subarray(0, cut % (file.length - 2)))
      if (bytes.length > 0) bytes[at % bytes.length] = byte
      const found = problemsOf(bytes)
      expect(found.length).toBeGreaterThan(0)
      for (const one of found)
        expect(one.code === 'file_must_not_be_empty' || one.record !== undefined).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('a million short lines are refused after the first fifty', () => {
  expect(problemsOf(Buffer.alloc(2_000_000, '1\n'))).toHaveLength(50)
})

test('random bytes never crash the reader', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 900 }), bytes => problemsOf(bytes).length > 0))
})
