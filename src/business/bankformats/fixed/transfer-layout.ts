import { type Layout, layout } from './layout.ts'

/** 総合振込 (種別 21), 120 bytes. Source: JR §2.4. */
export const TRANSFER_LENGTH = 120

export const transferHeader = layout('総合振込ヘッダー', TRANSFER_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['businessType', '種別コード', 'N', 2],
  ['codeKind', 'コード区分', 'N', 1],
  ['consignorCode', '委託者コード', 'N', 10],
  ['consignorName', '委託者名', 'C', 40, 'party_name'],
  ['transferOn', '振込指定日', 'N', 4],
  ['bankCode', '仕向銀行番号', 'N', 4],
  ['bankName', '仕向銀行名', 'C', 15, 'bank_name'],
  ['branchCode', '仕向支店番号', 'N', 3],
  ['branchName', '仕向支店名', 'C', 15, 'bank_name'],
  ['accountType', '預金種目', 'N', 1],
  ['accountNo', '口座番号', 'N', 7],
  ['filler', 'ダミー', 'C', 17],
])

const PAYEE = [
  ['recordType', 'データ区分', 'N', 1],
  ['bankCode', '被仕向銀行番号', 'N', 4],
  ['bankName', '被仕向銀行名', 'C', 15, 'bank_name'],
  ['branchCode', '被仕向支店番号', 'N', 3],
  ['branchName', '被仕向支店名', 'C', 15, 'bank_name'],
  ['clearingHouse', '手形交換所番号', 'N', 4],
  ['accountType', '預金種目', 'N', 1],
  ['accountNo', '口座番号', 'N', 7],
  ['payeeName', '受取人名', 'C', 30, 'party_name'],
  ['amountYen', '振込金額', 'N', 10],
  ['newCode', '新規コード', 'N', 1],
] as const

/** Data with 顧客コード, 識別表示 blank. */
export const transferData = layout('総合振込データ', TRANSFER_LENGTH, [
  ...PAYEE,
  ['customerCode1', '顧客コード1', 'N', 10],
  ['customerCode2', '顧客コード2', 'N', 10],
  ['method', '振込指定区分', 'N', 1],
  ['ediMark', '識別表示', 'C', 1],
  ['filler', 'ダミー', 'C', 7],
])

/** Data with EDI情報 in place of the customer codes, 識別表示 `Y`. */
export const transferDataEdi = layout('総合振込データ', TRANSFER_LENGTH, [
  ...PAYEE,
  ['edi', 'EDI情報', 'C', 20, 'edi'],
  ['method', '振込指定区分', 'N', 1],
  ['ediMark', '識別表示', 'C', 1],
  ['filler', 'ダミー', 'C', 7],
])

export const transferTrailer = layout('総合振込トレーラー', TRANSFER_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['count', '合計件数', 'N', 6],
  ['totalYen', '合計金額', 'N', 12],
  ['filler', 'ダミー', 'C', 101],
])

export const transferEnd = layout('総合振込エンド', TRANSFER_LENGTH, [
  ['recordType', 'データ区分', 'N', 1],
  ['filler', 'ダミー', 'C', 119],
])

/** The layout of a record by its first byte; null for an unknown one. */
export function transferLayoutOf(type: number): Layout | null {
  return { 49: transferHeader, 50: transferData, 56: transferTrailer, 57: transferEnd }[type] ?? null
}
