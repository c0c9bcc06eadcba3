import type { DueSource, DueState, PayoutPurpose, PayoutState } from './tables.ts'

export const payoutStateLabels: Record<PayoutState, string> = {
  prepared: '依頼',
  checked: '確認済み',
  returned: '差戻し',
  approved: '承認済み',
  batched: 'ファイル作成済み',
  sent: '送信済み',
  confirmed: '送金完了',
  failed: '送金不能',
  unknown: '結果不明',
  bounced: '組戻し',
  cancelled: '取消',
}

export const purposeLabels: Record<PayoutPurpose, string> = {
  advance: '買取代金',
  reserve_release: '留保金',
  refund: '返金',
  guarantee_paid: '保証履行',
  loan_principal: '貸付金',
}

export const dueSourceLabels: Record<DueSource, string> = {
  reserve: '留保金の返還',
  excess: '過入金の返金',
  unidentified: '入金元不明分の返金',
  client_share: '利用者分の引渡し',
  fee_waived: '免除した手数料の返金',
  rescission: '解除による返金',
}

export const dueStateLabels: Record<DueState, string> = {
  waiting: '支払待ち',
  in_payment: '支払手続中',
  paid: '支払済',
  set_off: '相殺済',
  cancelled: '取消',
}

export const eventLabels: Record<string, string> = {
  payout_prepared: '支払を依頼',
  payout_checked: '支払を確認',
  payout_returned: '支払を差戻し',
  payout_approved: '支払を承認',
  payout_batch_written: '振込ファイルを作成',
  payout_batch_sent: '振込ファイルを銀行へ送信',
  payout_confirmed: '送金完了を記録',
  payout_failed: '送金不能を記録',
  payout_unknown: '送金結果が不明',
  payout_bounced: '組戻しを記録',
  payout_cancelled: '支払を取消',
  payout_due_opened: '返還・返金が確定',
  payout_due_cancelled: '返還・返金を取消',
}
