import { corporateNumberFrom } from '../../../../bench/generate/identifiers.ts'
import type { StatementAccount } from '../../../../bench/generate/statement.ts'

/** The finance company whose installation this is. Invented; its number lies beyond those given out. */
export const DEMO_OWN_COMPANY = {
  legalName: '台帳ファクター株式会社',
  legalNameKana: 'ダイチョウファクター',
  legalNameEn: 'Daicho Factor Co., Ltd.',
  corporateNumber: corporateNumberFrom('010001999001'),
  invoiceRegNo: `T${corporateNumberFrom('010001999001')}`,
  postalCode: '1000005',
  address: '東京都千代田区丸の内一丁目9番99号',
  phone: '03-5999-0101',
  /** Purchases only: without a licence number loans are refused. */
  moneyLenderRegNo: null,
  amlRegime: 'voluntary',
  /** 委託者コード at the bank. */
  originatorCode: '1234567890',
  transferFeesYen: [110, 220, 330, 440, 550, 660, 770, 880, 990],
  exportRowLimit: 1000,
  toleranceYen: 0,
} as const

/** Our accounts: the one which pays and collects, and one for collections of three-party deals. */
export const DEMO_OWN_ACCOUNTS: readonly (StatementAccount & {
  usage: 'payout' | 'collection'
  holderName: string
})[] = [
  {
    usage: 'payout',
    bankCode: '0001',
    bankKana: 'ﾐｽﾞﾎ',
    branchCode: '001',
    branchKana: 'ﾄｳｷﾖｳ',
    accountType: '1',
    accountNo: '1234567',
    holderKana: 'ﾀﾞｲﾁﾖｳﾌｱｸﾀ-(ｶ',
    holderName: '台帳ファクター株式会社',
  },
  {
    usage: 'collection',
    bankCode: '0009',
    bankKana: 'ﾐﾂｲｽﾐﾄﾓ',
    branchCode: '001',
    branchKana: 'ﾎﾝﾃﾝ',
    accountType: '1',
    accountNo: '7654321',
    holderKana: 'ﾀﾞｲﾁﾖｳﾌｱｸﾀ-(ｶ',
    holderName: '台帳ファクター株式会社',
  },
]
