import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ReadOptions } from '../statement.ts'
import { goldenB, goldenC } from './golden-statements.ts'
import { readStatementFile } from './read-statement-file.ts'
import { writeStatementFile } from './write-statement.ts'

const options: ReadOptions = { fileName: 'meisai.txt', today: '2026-11-24' }
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function recordHashes(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / 202 }, (_, i) =>
    sha256(bytes.subarray(i * 202, i * 202 + 200)).slice(0, 8),
  )
}

function statementsOf(bytes: Uint8Array, changed: Partial<ReadOptions> = {}) {
  const reading = readStatementFile(bytes, { ...options, ...changed })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.statements
}

test('golden file B is written byte for byte', () => {
  const bytes = writeStatementFile(goldenB)
  expect(recordHashes(bytes)).toEqual(['e5cdba19', '1c069564', '550f0b8e', '6988dfb8', '2f1a385f'])
  expect(bytes.length).toBe(1010)
  expect(sha256(bytes)).toBe('264484ced423e074d771b48811876fbe5309f61c680bdecc96e94d5eae179247')
})

test('golden file C is written byte for byte', () => {
  const bytes = writeStatementFile(goldenC)
  expect(recordHashes(bytes)).toEqual(['c1625a15', '709ba6f2', '0b0050ed', '91794356'])
  expect(bytes.length).toBe(808)
  expect(sha256(bytes)).toBe('cdad3018419115f811c8ad3495198edda959ab807962d45edc1ad15c8a7a7dc7')
})

test('golden file B is read into account, lines and balances, with the bytes of each line kept', () => {
  const bytes = writeStatementFile(goldenB)
  const [statement] = statementsOf(bytes)
  expect(statement!.header).toEqual({
    format: 'zengin_03',
    profile: null,
    bankCode: '0001',
    branchCode: '001',
    accountType: 'ordinary',
    accountNo: '1234567',
    accountName: 'ｶ)ｻﾝﾌﾟﾙﾌｱｸﾀ-',
    createdOn: '2026-11-20',
    from: '2026-11-20',
    to: '2026-11-20',
    openingYen: 5_000_000,
    closingYen: 5_054_560,
  })
  expect(statement!.lines).toHaveLength(2)
  expect(statement!.lines[0]).toEqual({
    lineNo: 2,
    raw: Buffer.from(bytes.subarray(202, 402)).toString('base64'),
    bookedOn: '2026-11-20',
    valueOn: '2026-11-20',
    direction: 'in',
    amountYen: 1_099_560,
    payerKana: 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
    payerBank: 'ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ',
    payerBranch: 'ﾎﾝﾃﾝ',
    edi: 'INV-2026-00120',
    bankSummary: 'ﾌﾘｺﾐ',
    cancelFlag: false,
    cancelsLineNo: null,
    balanceYen: null,
    inquiryNo: '00000001',
    kind: 'transfer',
    unclearedYen: 0,
  })
  expect(statement!.lines[1]).toMatchObject({
    direction: 'out',
    amountYen: 1_045_000,
    payerKana: '',
    bankSummary: 'ﾌﾘｶｴ',
    kind: 'book_transfer',
  })
  expect(statement!.notices).toEqual([])
})

test('separators, a Ctrl-Z and a missing last line end do not matter', () => {
  const expected = statementsOf(writeStatementFile(goldenB))
  const plain = writeStatementFile(goldenB, 'none')
  const crlf = writeStatementFile(goldenB)
  const text = Buffer.from(crlf).toString('latin1')
  expect(statementsOf(plain)).toEqual(expected)
  expect(statementsOf(crlf.subarray(0, -2))).toEqual(expected)
  expect(statementsOf(Buffer.concat([crlf, Uint8Array.of(0x1a)]))).toEqual(expected)
  expect(statementsOf(Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1'))).toEqual(expected)
  expect(statementsOf(Buffer.from(text.replaceAll('\r\n', '\r'), 'latin1'))).toEqual(expected)
})

test('golden file C is read as the same deposit on the same account', () => {
  const [fromB] = statementsOf(writeStatementFile(goldenB))
  const [fromC] = statementsOf(writeStatementFile(goldenC))
  const account = (header: typeof fromB) => ({
    ...header!.header,
    format: '',
    openingYen: null,
    closingYen: null,
  })
  expect(account(fromC)).toEqual(account(fromB))
  expect(fromC!.lines).toHaveLength(1)
  expect(fromC!.lines[0]).toMatchObject({
    bookedOn: '2026-11-20',
    direction: 'in',
    amountYen: 1_099_560,
    payerKana: 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
    edi: 'INV-2026-00120',
    cancelFlag: false,
  })
})
