import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { AccountType } from './account-type.ts'
import type { FormatProblem } from './problem.ts'

/** Where a statement came from: 入出金取引明細, 振込入金通知, or a bank's own CSV. */
export type StatementFormat = 'zengin_03' | 'zengin_01' | 'bank_csv'

/** 取引区分 of JR §2.5; null when the format does not say. */
export type TransactionKind =
  | 'cash'
  | 'transfer'
  | 'other_bank_cheque'
  | 'clearing'
  | 'book_transfer'
  | 'correction'
  | 'other'

/** One line of a bank statement, the same for every format (DD group 9 `bank_line`). Texts are '' when the file has none. */
export interface StatementLine {
  /** Record of a fixed-length file or line of a CSV file, from 1. */
  lineNo: number
  /** The bytes of the line as they stood in the file, base64. */
  raw: string
  /** 勘定日. */
  bookedOn: IsoDate
  /** 起算日・預入払出日; null when the file has none. */
  valueOn: IsoDate | null
  direction: 'in' | 'out'
  /** Always above zero; `direction` tells the way. */
  amountYen: Yen
  /** Who sent the money, as the bank writes it; '' on money going out. */
  payerKana: string
  payerBank: string
  payerBranch: string
  edi: string
  /** 摘要. */
  bankSummary: string
  /** Takes an earlier line back (取消区分 1, 取引区分 19): it must never create a receipt. */
  cancelFlag: boolean
  /** The line taken back, when it stands in the same statement. */
  cancelsLineNo: number | null
  balanceYen: Yen | null
  /** 照会番号; '' when the format has none. */
  inquiryNo: string
  kind: TransactionKind | null
  /** うち他店券: part of the amount that is a cheque not yet cleared. */
  unclearedYen: Yen
}

/** The account and the period of a statement; null is what the file does not say. */
export interface StatementHeader {
  format: StatementFormat
  /** Code of the CSV profile; null for fixed-length files. */
  profile: string | null
  bankCode: string | null
  branchCode: string | null
  accountType: AccountType | null
  /** Seven digits; ten only when the bank really uses more than seven. */
  accountNo: string | null
  /** 口座名 in the file; '' when it has none. */
  accountName: string
  createdOn: IsoDate | null
  from: IsoDate
  to: IsoDate
  openingYen: Yen | null
  closingYen: Yen | null
}

/** A record that is kept but not posted, e.g. of a time deposit (JR §2.5). */
export interface UnpostedRecord {
  lineNo: number
  raw: string
}

/** The lines of one account. `notices` do not stop the import, but a person should see them. */
export interface Statement {
  header: StatementHeader
  lines: StatementLine[]
  unposted: UnpostedRecord[]
  notices: FormatProblem[]
}

/** How the reader understands a file that leaves something open. */
export interface ReadOptions {
  /** For messages only; the format is recognised by content. */
  fileName: string
  today: IsoDate
  /** Creation day of an old file, when its two-digit years are too far from today to be understood. */
  fileDate?: IsoDate
  /** `western` for the few banks whose six-digit dates count western years. Default: wareki (JR §2.5). */
  twoDigitYears?: 'wareki' | 'western'
}

/** All statements of a file, or everything that is wrong with it; a file is never taken in part. */
export type StatementReading =
  | { ok: true; statements: Statement[] }
  | { ok: false; problems: FormatProblem[] }
