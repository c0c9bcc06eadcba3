import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { formatWareki } from '../../../platform/dates/wareki.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import { type AccountType, accountTypeDigit } from '../account-type.ts'
import { findBank, findBranch } from '../banks.ts'
import type { StatementLine, TransactionKind } from '../statement.ts'
import { data03, end03, header03, trailer03 } from './statement-layout.ts'
import { type RecordToWrite, recordOf, writeStatementFile } from './write-statement.ts'

/** One account of a statement to write; bank and branch names come from the bank table. Kana are half-width. */
export interface AccountStatement {
  createdOn: IsoDate
  from: IsoDate
  to: IsoDate
  bankCode: string
  branchCode: string
  accountType: AccountType
  accountNo: string
  accountName: string
  openingYen: Yen
  lines: readonly TransactionFacts[]
}

/** One line to write. */
export type TransactionFacts = Pick<StatementLine, 'bookedOn' | 'direction' | 'amountYen'> &
  Partial<
    Pick<StatementLine, 'valueOn' | 'payerKana' | 'payerBank' | 'payerBranch' | 'bankSummary' | 'edi'>
  > & {
    kind: TransactionKind
  }

const KIND_CODES: Readonly<Record<TransactionKind, number>> = {
  cash: 10,
  transfer: 11,
  other_bank_cheque: 12,
  clearing: 13,
  book_transfer: 14,
  other: 18,
  correction: 19,
}

/**
 * Writes a 入出金取引明細 (種別 03) as a bank would, with counts, sums and balances, for demo data and tests. Throws when a value does
 * not fit, because no user's input comes here. Source: JR §2.5.
 */
export function writeTransactionsFile(
  accounts: readonly AccountStatement[],
  separator: 'crlf' | 'none' = 'crlf',
): Uint8Array {
  const groups = accounts.flatMap(recordsOf)
  const end = { recordType: 9, recordCount: groups.length + 1, accountCount: accounts.length }
  return writeStatementFile([...groups, recordOf(end03, end)], separator)
}

function recordsOf(account: AccountStatement): RecordToWrite[] {
  const { bankCode, branchCode, lines, openingYen } = account
  const header = recordOf(header03, {
    recordType: 1,
    businessType: 3,
    createdOn: wareki(account.createdOn),
    from: wareki(account.from),
    to: wareki(account.to),
    bankCode,
    bankName: findBank(bankCode)?.fileKana ?? '',
    branchCode,
    branchName: findBranch(bankCode, branchCode)?.fileKana ?? '',
    accountType: accountTypeDigit(account.accountType),
    accountNo: account.accountNo,
    accountName: account.accountName,
    openingSign: sign(openingYen),
    passbook: 1,
    openingYen: Math.abs(openingYen),
  })
  return [header, ...lines.map(dataOf), trailerOf(openingYen, lines)]
}

function dataOf(line: TransactionFacts, index: number): RecordToWrite {
  return recordOf(data03, {
    recordType: 2,
    inquiryNo: index + 1,
    bookedOn: wareki(line.bookedOn),
    valueOn: wareki(line.valueOn ?? line.bookedOn),
    direction: line.direction === 'in' ? 1 : 2,
    kind: KIND_CODES[line.kind],
    amountYen: line.amountYen,
    payerKana: line.payerKana,
    payerBank: line.payerBank,
    payerBranch: line.payerBranch,
    summary: line.bankSummary,
    edi: line.edi,
  })
}

function trailerOf(openingYen: Yen, lines: readonly TransactionFacts[]): RecordToWrite {
  const credits = lines.filter(line => line.direction === 'in')
  const debits = lines.filter(line => line.direction === 'out')
  const sum = (list: readonly TransactionFacts[]) => list.reduce((total, line) => total + line.amountYen, 0)
  const closingYen = openingYen + sum(credits) - sum(debits)
  return recordOf(trailer03, {
    recordType: 8,
    inCount: credits.length,
    inYen: sum(credits),
    outCount: debits.length,
    outYen: sum(debits),
    closingSign: sign(closingYen),
    closingYen: Math.abs(closingYen),
    dataCount: lines.length,
  })
}

/** 貸越区分. */
function sign(yen: Yen): 1 | 2 {
  return yen < 0 ? 2 : 1
}

/** 2026-11-20 → 081120. */
function wareki(date: IsoDate): string {
  return formatWareki(date, 'padded')!.slice(1).replaceAll('.', '')
}
