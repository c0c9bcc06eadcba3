import type { PaymentState } from './rules.ts'

export const paymentStateLabels: Record<PaymentState, string> = {
  received: '重複の確認待ち',
  duplicate: '重複',
  matching: '照合中',
  auto_applied: '自動消込',
  proposed: '候補あり',
  unidentified: '入金元不明',
  applied: '消込済',
  partially_applied: '超過分あり',
  held: '保留',
  refund_pending: '返金手続中',
  refunded: '返金済',
  reversed: '取消済',
  voided: '銀行取消',
  closed: '完了',
}

export const formatLabels: Record<string, string> = {
  zengin_03: '入出金取引明細（全銀）',
  zengin_01: '振込入金通知（全銀）',
  bank_csv: '銀行CSV',
}

export const eventLabels: Record<string, string> = {
  statement_imported: '入出金明細を取り込み',
  statement_uploaded_again: '取込済みの明細を再度アップロード',
  payment_received: '入金を記帳',
  payment_waits_as_twin: '同じ入金の可能性あり（記帳待ち）',
  payment_taken_back_by_bank: '銀行が入金を取消',
  payment_told_apart: '別の入金と確認',
  payment_dropped_as_duplicate: '重複と確認',
  payment_held: '入金を保留',
  payment_released: '保留を解除',
  payment_refund_decided: '返金を決定',
  payment_refund_taken_back: '返金の決定を取消',
}
