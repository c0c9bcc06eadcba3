/** Bank formats slice: payment terms, bank facts and the files banks send and take. Pure; server door. */

export { type AccountType, accountTypeDigit, accountTypeLabel, accountTypeOfDigit } from './account-type.ts'
export { bankKana, isBankKana, payerKey } from './bank-kana.ts'
export {
  type BankEntry,
  bankTable,
  bankTableVersion,
  findBank,
  findBranch,
  searchBanks,
  searchBranches,
} from './banks.ts'
export { bankTextBytes, type CharacterClass, checkBankText } from './character-class.ts'
export { CSV_PROFILES, type CsvProfile } from './csv/profiles.ts'
export type { CsvOptions } from './csv/read-csv.ts'
export {
  decodeOrNull,
  detectEncoding,
  encodeCp932,
  strictDecoder,
  type TextEncoding,
} from './csv/text-encoding.ts'
export { accountKey, dedupeKeys, looseKeys } from './dedupe.ts'
export { readTransferFile } from './fixed/read-transfer.ts'
export type {
  BankDirectory,
  FileAccount,
  TransferFile,
  TransferItem,
  TransferRules,
  WrittenTransferFile,
} from './fixed/transfer-file.ts'
export {
  type AccountStatement,
  type TransactionFacts,
  writeTransactionsFile,
} from './fixed/write-transactions.ts'
export { writeTransferFile } from './fixed/write-transfer.ts'
export {
  checkPaymentTerm,
  closingOf,
  formatPaymentTerm,
  MONTH_END,
  type PaymentDue,
  type PaymentTerm,
  parsePaymentTerm,
  paymentDueOf,
} from './payment-term.ts'
export type { Checked, FormatProblem, ProblemPlace } from './problem.ts'
export { readStatement } from './read-statement.ts'
export type {
  ReadOptions,
  Statement,
  StatementFormat,
  StatementHeader,
  StatementLine,
  StatementReading,
  TransactionKind,
  UnpostedRecord,
} from './statement.ts'
export { convertYucho, YUCHO_BANK_CODE, type YuchoAccount } from './yucho.ts'
