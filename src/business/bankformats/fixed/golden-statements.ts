import {
  data01a,
  data03,
  end01,
  end03,
  header01,
  header03,
  trailer01,
  trailer03,
} from './statement-layout.ts'
import { type RecordToWrite, recordOf } from './write-statement.ts'

const DAY = '081120'

const ACCOUNT = {
  recordType: 1,
  codeKind: 0,
  createdOn: DAY,
  from: DAY,
  to: DAY,
  bankCode: '0001',
  bankName: 'ﾐｽﾞﾎ',
  branchCode: '001',
  branchName: 'ﾄｳｷﾖｳ',
  accountType: 1,
  accountNo: '1234567',
  accountName: 'ｶ)ｻﾝﾌﾟﾙﾌｱｸﾀ-',
} as const

const PAYER = {
  recordType: 2,
  bookedOn: DAY,
  valueOn: DAY,
  inquiryNo: 1,
  amountYen: 1_099_560,
  payerKana: 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
  payerBank: 'ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ',
  payerBranch: 'ﾎﾝﾃﾝ',
  edi: 'INV-2026-00120',
} as const

/** Golden file B of JR §2.5 (入出金取引明細), used by tests. */
export const goldenB: readonly RecordToWrite[] = [
  recordOf(header03, { ...ACCOUNT, businessType: 3, openingSign: 1, passbook: 1, openingYen: 5_000_000 }),
  recordOf(data03, { ...PAYER, direction: 1, kind: 11, summary: 'ﾌﾘｺﾐ' }),
  recordOf(data03, {
    recordType: 2,
    inquiryNo: 2,
    bookedOn: DAY,
    valueOn: DAY,
    direction: 2,
    kind: 14,
    amountYen: 1_045_000,
    summary: 'ﾌﾘｶｴ',
  }),
  recordOf(trailer03, {
    recordType: 8,
    inCount: 1,
    inYen: 1_099_560,
    outCount: 1,
    outYen: 1_045_000,
    closingSign: 1,
    closingYen: 5_054_560,
    dataCount: 2,
  }),
  recordOf(end03, { recordType: 9, recordCount: 5, accountCount: 1 }),
]

/** Golden file C of JR §2.6 (振込入金通知), used by tests. */
export const goldenC: readonly RecordToWrite[] = [
  recordOf(header01, { ...ACCOUNT, businessType: 1 }),
  recordOf(data01a, { ...PAYER, cancel: '' }),
  recordOf(trailer01, { recordType: 8, count: 1, totalYen: 1_099_560 }),
  recordOf(end01, { recordType: 9 }),
]
