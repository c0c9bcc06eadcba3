import type { BusinessCalendar } from '../../../platform/dates/business-calendar.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import type { AccountType } from '../account-type.ts'
import type { BankEntry } from '../banks.ts'

/** A bank account as a bank file names it. Kana names left out are taken from the bank table. */
export interface FileAccount {
  bankCode: string
  bankName?: string
  branchCode: string
  branchName?: string
  accountType: AccountType
  /** Up to seven digits. */
  accountNo: string
}

/** One payment. With a non-empty `edi` the file carries EDI情報 in place of the customer codes. */
export interface TransferItem extends FileAccount {
  /** Half-width kana, at most 30 bytes. */
  payeeName: string
  amountYen: Yen
  /** 0 other, 1 first payment to the account, 2 changed account. */
  newCode?: '0' | '1' | '2'
  customerCode1?: string
  customerCode2?: string
  edi?: string
  /** 振込指定区分: 7 テレ, 8 文書, 0; what a bank wants is its profile. */
  method?: '7' | '8' | '0'
}

/** A 総合振込 file: who pays, from where, when, and the payments. Source: JR §2.4. */
export interface TransferFile {
  consignorCode: string
  /** Half-width kana, at most 40 bytes. */
  consignorName: string
  transferOn: IsoDate
  from: FileAccount
  items: readonly TransferItem[]
}

/** What the writer checks against. */
export interface TransferRules {
  createdOn: IsoDate
  calendar: BusinessCalendar
  separator: 'crlf' | 'none'
  /** Set only when a second person has approved the repeated payments of this file. */
  duplicatesApproved?: boolean
  /** Bank codes in force; the zengin table when left out. */
  directory?: BankDirectory
}

/** Where bank and branch codes are looked up. */
export interface BankDirectory {
  findBank(bankCode: string): BankEntry | null
  findBranch(bankCode: string, branchCode: string): BankEntry | null
}

/** A written file and what identifies it. */
export interface WrittenTransferFile {
  bytes: Uint8Array
  /** Hex, of the whole file. */
  sha256: string
  /** Hex, of each record without separator, to find where two files differ. */
  recordHashes: string[]
  count: number
  totalYen: Yen
}
