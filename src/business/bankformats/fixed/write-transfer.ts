import { createHash } from 'node:crypto'
import type { Yen } from '../../../platform/money/yen.ts'
import { accountTypeDigit } from '../account-type.ts'
import { findBank, findBranch } from '../banks.ts'
import type { Checked, FormatProblem } from '../problem.ts'
import { checkTransfer } from './check-transfer.ts'
import type {
  BankDirectory,
  FileAccount,
  TransferFile,
  TransferItem,
  TransferRules,
  WrittenTransferFile,
} from './transfer-file.ts'
import {
  transferData,
  transferDataEdi,
  transferEnd,
  transferHeader,
  transferTrailer,
} from './transfer-layout.ts'
import { writeRecord } from './write-record.ts'

const CRLF = Uint8Array.of(0x0d, 0x0a)

/**
 * Writes a 総合振込 file, or says everything that is wrong with it; nothing is cut or replaced silently. A file whose result at the
 * bank is unknown is never sent again: keep `sha256`. Source: JR §2.4.
 */
export function writeTransferFile(file: TransferFile, rules: TransferRules): Checked<WrittenTransferFile> {
  const directory = rules.directory ?? { findBank, findBranch }
  const totalYen = file.items.reduce((sum, item) => sum + item.amountYen, 0)
  const problems = checkTransfer(file, rules, directory)
  const records = [
    headerRecord(file, directory, problems),
    ...file.items.map((item, index) => itemRecord(item, index + 2, directory, problems)),
    trailerRecord(file.items.length, totalYen, problems),
    writeRecord(transferEnd, { recordType: 9 }, file.items.length + 3, problems),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const bytes = join(records, rules.separator)
  const value = {
    bytes,
    sha256: sha256(bytes),
    recordHashes: records.map(sha256),
    count: file.items.length,
    totalYen,
  }
  return { ok: true, value }
}

function headerRecord(file: TransferFile, directory: BankDirectory, problems: FormatProblem[]): Uint8Array {
  const values = {
    ...accountValues(file.from, directory),
    recordType: 1,
    businessType: 21,
    codeKind: 0,
    consignorCode: file.consignorCode,
    consignorName: file.consignorName,
    transferOn: file.transferOn.slice(5, 7) + file.transferOn.slice(8, 10),
  }
  return writeRecord(transferHeader, values, 1, problems)
}

function itemRecord(
  item: TransferItem,
  record: number,
  directory: BankDirectory,
  problems: FormatProblem[],
): Uint8Array {
  const values = {
    ...accountValues(item, directory),
    recordType: 2,
    clearingHouse: 0,
    payeeName: item.payeeName,
    amountYen: item.amountYen,
    newCode: item.newCode ?? '0',
    method: item.method ?? '7',
  }
  if (item.edi)
    return writeRecord(transferDataEdi, { ...values, edi: item.edi, ediMark: 'Y' }, record, problems)
  const codes = { customerCode1: item.customerCode1, customerCode2: item.customerCode2 }
  return writeRecord(transferData, { ...values, ...codes }, record, problems)
}

function trailerRecord(count: number, totalYen: Yen, problems: FormatProblem[]): Uint8Array {
  return writeRecord(transferTrailer, { recordType: 8, count, totalYen }, count + 2, problems)
}

function accountValues(account: FileAccount, directory: BankDirectory) {
  return {
    bankCode: account.bankCode,
    bankName: account.bankName ?? directory.findBank(account.bankCode)?.fileKana ?? '',
    branchCode: account.branchCode,
    branchName:
      account.branchName ?? directory.findBranch(account.bankCode, account.branchCode)?.fileKana ?? '',
    accountType: accountTypeDigit(account.accountType),
    accountNo: account.accountNo,
  }
}

function join(records: readonly Uint8Array[], separator: 'crlf' | 'none'): Uint8Array {
  return separator === 'none'
    ? Buffer.concat(records)
    : Buffer.concat(records.flatMap(record => [record, CRLF]))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
