import { type Layout, layout } from './layout.ts'

/** 入出金取引明細 and 振込入金通知, 200 bytes. Source: JR §2.5, §2.6. */
export const STATEMENT_LENGTH = 200

export const header03 = layout('入出金取引明細ヘッダー', STATEMENT_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['businessType', '種別コード', 'N', 2],
  ['codeKind', 'コード区分', 'N', 1],
  ['createdOn', '作成日', 'N', 6],
  ['from', '勘定日（自）', 'N', 6],
  ['to', '勘定日（至）', 'N', 6],
  ['bankCode', '銀行番号', 'N', 4],
  ['bankName', '銀行名', 'C', 15],
  ['branchCode', '支店番号', 'N', 3],
  ['branchName', '支店名', 'C', 15],
  ['zeros', 'ダミー', 'N', 3],
  ['accountType', '預金種目', 'N', 1],
  ['accountNo', '口座番号', 'N', 10],
  ['accountName', '口座名', 'C', 40],
  ['openingSign', '貸越区分', 'N', 1],
  ['passbook', '通帳・証書区分', 'N', 1],
  ['openingYen', '取引前残高', 'N', 14],
  ['filler', 'ダミー', 'C', 71],
])

/** For deposit types 1, 2 and 4; time deposits have another layout and are kept raw. */
export const data03 = layout('入出金取引明細データ', STATEMENT_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['inquiryNo', '照会番号', 'N', 8],
  ['bookedOn', '勘定日', 'N', 6],
  ['valueOn', '預入・払出日', 'N', 6],
  ['direction', '入払区分', 'N', 1],
  ['kind', '取引区分', 'N', 2],
  ['amountYen', '取引金額', 'N', 12],
  ['unclearedYen', 'うち他店券金額', 'N', 12],
  ['presentedOn', '交換呈示日', 'N', 6],
  ['dishonouredOn', '不渡返還日', 'N', 6],
  ['paperKind', '手形・小切手区分', 'N', 1],
  ['paperNo', '手形・小切手番号', 'N', 7],
  ['sisterBranch', '僚店番号', 'N', 3],
  ['payerCode', '振込依頼人コード', 'N', 10],
  ['payerKana', '振込依頼人名または契約者番号', 'C', 48],
  ['payerBank', '仕向銀行名', 'C', 15],
  ['payerBranch', '仕向店名', 'C', 15],
  ['summary', '摘要内容', 'C', 20],
  ['edi', 'EDI情報', 'C', 20],
  ['filler', 'ダミー', 'C', 1],
])

export const trailer03 = layout('入出金取引明細トレーラー', STATEMENT_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['inCount', '入金件数', 'N', 6],
  ['inYen', '入金額合計', 'N', 13],
  ['outCount', '出金件数', 'N', 6],
  ['outYen', '出金額合計', 'N', 13],
  ['closingSign', '貸越区分', 'N', 1],
  ['closingYen', '取引後残高', 'N', 14],
  ['dataCount', 'データレコード件数', 'N', 7],
  ['filler', 'ダミー', 'C', 139],
])

export const end03 = layout('入出金取引明細エンド', STATEMENT_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['recordCount', 'レコード総件数', 'N', 10],
  ['accountCount', '口座数', 'N', 5],
  ['filler', 'ダミー', 'C', 184],
])

export const header01 = layout('振込入金通知ヘッダー', STATEMENT_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['businessType', '種別コード', 'N', 2],
  ['codeKind', 'コード区分', 'N', 1],
  ['createdOn', '作成日', 'N', 6],
  ['from', '勘定日（自）', 'N', 6],
  ['to', '勘定日（至）', 'N', 6],
  ['bankCode', '銀行番号', 'N', 4],
  ['bankName', '銀行名', 'C', 15],
  ['branchCode', '支店番号', 'N', 3],
  ['branchName', '支店名', 'C', 15],
  ['accountType', '預金種目', 'N', 1],
  ['accountNo', '口座番号', 'N', 7],
  ['accountName', '口座名', 'C', 40],
  ['filler', 'ダミー', 'C', 93],
])

const NOTICE = [
  ['recordType', 'データ区分', 'N', 1],
  ['inquiryNo', '照会番号', 'N', 6],
  ['bookedOn', '勘定日', 'N', 6],
  ['valueOn', '起算日', 'N', 6],
  ['amountYen', '金額', 'N', 10],
  ['unclearedYen', 'うち他店券金額', 'N', 10],
  ['payerCode', '振込依頼人コード', 'N', 10],
  ['payerKana', '振込依頼人名', 'C', 48],
  ['payerBank', '仕向銀行名', 'C', 15],
  ['payerBranch', '仕向店名', 'C', 15],
  ['cancel', '取消区分', 'N', 1],
] as const

export const data01a = layout('振込入金通知データA', STATEMENT_LENGTH, [
  ...NOTICE,
  ['edi', 'EDI情報', 'C', 20],
  ['filler', 'ダミー', 'C', 52],
])

/** For amounts beyond ten digits; one of the two amounts is all zero. */
export const data01b = layout('振込入金通知データB', STATEMENT_LENGTH, [
  ...NOTICE,
  ['amount2Yen', '金額（2）', 'N', 12],
  ['uncleared2Yen', 'うち他店券金額（2）', 'N', 12],
  ['edi', 'EDI情報', 'C', 20],
  ['filler', 'ダミー', 'C', 28],
])

export const trailer01 = layout('振込入金通知トレーラー', STATEMENT_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['count', '振込合計件数', 'N', 6],
  ['totalYen', '振込合計金額', 'N', 12],
  ['cancelCount', '取消合計件数', 'N', 6],
  ['cancelYen', '取消合計金額', 'N', 12],
  ['filler', 'ダミー', 'C', 163],
])

export const end01 = layout('振込入金通知エンド', STATEMENT_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['filler', 'ダミー', 'C', 199],
])

/** The layout of a record by business type and first byte; null for an unknown one. */
export function statementLayoutOf(businessType: '01' | '03', recordType: number): Layout | null {
  const layouts: Record<number, Layout> =
    businessType === '03'
      ? { 49: header03, 50: data03, 56: trailer03, 57: end03 }
      : { 49: header01, 50: data01a, 56: trailer01, 57: end01 }
  return layouts[recordType] ?? null
}
