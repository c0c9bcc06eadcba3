import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import type { Yen } from '../../src/platform/money/yen.ts'
import type { BookDeposit, BookPurchase } from './book-types.ts'
import { cutBankKana } from './kana.ts'

/** One line of a bank statement as plain data (JR §2.5); the bytes of the 200-byte file are made elsewhere. */
export type StatementLine = {
  /** 照会番号, from 1. */
  lineNo: number
  bookedOn: IsoDate
  valueOn: IsoDate
  direction: 'in' | 'out'
  /** 取引区分: 11 振込, 14 振替. */
  kind: '11' | '14'
  amountYen: Yen
  /** Half-width, ≤ 48 bytes; empty on lines out. */
  payerKana: string
  payerBankKana: string
  payerBranchKana: string
  /** 摘要, half-width, ≤ 20 bytes. */
  summaryKana: string
  edi: string
}

export type StatementAccount = {
  bankCode: string
  bankKana: string
  branchCode: string
  branchKana: string
  accountType: '1' | '2'
  accountNo: string
  holderKana: string
}

export type StatementData = StatementAccount & {
  createdOn: IsoDate
  fromOn: IsoDate
  toOn: IsoDate
  openingYen: Yen
  closingYen: Yen
  lines: StatementLine[]
}

/** The statement of one own account from a day to a day: deposits in, payouts out, in the order of their days. */
export function statementOf(
  account: StatementAccount,
  deposits: readonly BookDeposit[],
  purchases: readonly Pick<BookPurchase, 'purchaseNo' | 'purchasedOn' | 'netYen'>[],
  days: { fromOn: IsoDate; toOn: IsoDate; openingYen: Yen },
): StatementData {
  const within = (date: IsoDate) => date >= days.fromOn && date <= days.toOn
  const lines = [
    ...deposits.filter(deposit => within(deposit.depositedOn)).map(lineIn),
    ...purchases.filter(purchase => within(purchase.purchasedOn)).map(lineOut),
  ]
  lines.sort((a, b) => (a.bookedOn < b.bookedOn ? -1 : a.bookedOn > b.bookedOn ? 1 : 0))
  const numbered = lines.map((line, at) => ({ ...line, lineNo: at + 1 }))
  const moved = numbered.reduce(
    (sum, line) => sum + (line.direction === 'in' ? line.amountYen : -line.amountYen),
    0,
  )
  return {
    ...account,
    createdOn: days.toOn,
    fromOn: days.fromOn,
    toOn: days.toOn,
    openingYen: days.openingYen,
    closingYen: days.openingYen + moved,
    lines: numbered,
  }
}

function lineIn(deposit: BookDeposit): StatementLine {
  return {
    lineNo: 0,
    bookedOn: deposit.depositedOn,
    valueOn: deposit.depositedOn,
    direction: 'in',
    kind: '11',
    amountYen: deposit.amountYen,
    payerKana: cutBankKana(deposit.senderKana, 48),
    payerBankKana: cutBankKana(deposit.bankKana, 15),
    payerBranchKana: cutBankKana(deposit.branchKana, 15),
    summaryKana: 'ﾌﾘｺﾐ',
    edi: deposit.edi,
  }
}

function lineOut(purchase: Pick<BookPurchase, 'purchaseNo' | 'purchasedOn' | 'netYen'>): StatementLine {
  return {
    lineNo: 0,
    bookedOn: purchase.purchasedOn,
    valueOn: purchase.purchasedOn,
    direction: 'out',
    kind: '14',
    amountYen: purchase.netYen,
    payerKana: '',
    payerBankKana: '',
    payerBranchKana: '',
    summaryKana: 'ｿｳｺﾞｳﾌﾘｺﾐ',
    edi: '',
  }
}
