import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochDay, fromEpochDay } from '../../../platform/dates/calendar-date.ts'
import { readStatement } from '../read-statement.ts'
import { readTransferFile } from './read-transfer.ts'
import { type AccountStatement, type TransactionFacts, writeTransactionsFile } from './write-transactions.ts'

const TODAY = '2026-11-24'
const kana = (max: number) => fc.stringMatching(new RegExp(`^[ｱ-ﾝA-Z0-9().-]{0,${max}}$`))
const days = fc.integer({ min: epochDay('2024-01-01'), max: epochDay(TODAY) }).map(fromEpochDay)

const line: fc.Arbitrary<TransactionFacts> = fc.record({
  bookedOn: days,
  valueOn: days,
  direction: fc.constantFrom('in', 'out'),
  kind: fc.constantFrom('cash', 'transfer', 'clearing', 'book_transfer', 'other'),
  amountYen: fc.integer({ min: 1, max: 999_999_999_999 }),
  payerKana: kana(48),
  payerBank: kana(15),
  payerBranch: kana(15),
  bankSummary: kana(20),
  edi: kana(20),
})

const account: fc.Arbitrary<AccountStatement> = fc.record({
  createdOn: fc.constant(TODAY),
  from: days,
  to: fc.constant(TODAY),
  bankCode: fc.constantFrom('0001', '0005', '9900'),
  branchCode: fc.constantFrom('001', '018'),
  accountType: fc.constantFrom('ordinary', 'current', 'savings'),
  accountNo: fc.integer({ min: 1, max: 9_999_999 }).map(no => String(no).padStart(7, '0')),
  accountName: kana(40),
  openingYen: fc.integer({ min: -9_999_999, max: 9_999_999_999_999 }),
  lines: fc.array(line, { maxLength: 6 }),
})

test('whatever statement can be written reads back as itself, with and without separators', () => {
  fc.assert(
    fc.property(
      fc.array(account, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('crlf' as const, 'none' as const),
      (accounts, separator) => {
        const reading = readStatement(writeTransactionsFile(accounts, separator), {
          fileName: 'meisai',
          today: TODAY,
        })
        if (!reading.ok) throw new Error(JSON.stringify(reading.problems[0]))
        expect(reading.statements).toHaveLength(accounts.length)
        reading.statements.forEach((statement, i) => {
          const { lines, createdOn, from, to, bankCode, branchCode, accountType, accountNo, openingYen } =
            accounts[i]!
          expect(statement.header).toMatchObject({
            createdOn,
            from,
            to,
            bankCode,
            branchCode,
            accountType,
            accountNo,
            openingYen,
          })
          expect(statement.lines).toMatchObject(
            lines.map(one => (one.direction === 'in' ? one : { ...one, payerKana: '' })),
          )
        })
      },
    ),
    { numRuns: 60 },
  )
})

test('a written statement cut anywhere is refused with a record and a byte', () => {
  fc.assert(
    fc.property(
      account,
      fc.constantFrom('crlf' as const, 'none' as const),
      fc.nat(),
      (one, separator, pick) => {
        const bytes = writeTransactionsFile([one], separator)
        // Past its first fifteen bytes the file is known as a fixed-length file; without its last line end it is whole.
        const cut = 15 + (pick % (bytes.length - 17))
        const reading = readStatement(bytes.subarray(0, cut), { fileName: 'meisai', today: TODAY })
        const [found] = reading.ok ? [] : reading.problems
        const whole = separator === 'crlf' ? Math.floor((cut + 2) / 202) : Math.floor(cut / 200)
        expect(found?.record).toBe(whole + 1)
        expect(found!.column).toBeGreaterThan(0)
        expect(found!.field).not.toBe('')
      },
    ),
    { numRuns: 200 },
  )
})

test('random bytes never crash any reader', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), bytes => {
      expect(readStatement(bytes, { fileName: 'x', today: TODAY }).ok).toBe(false)
      expect(readTransferFile(bytes, TODAY).ok).toBe(false)
    }),
  )
})
