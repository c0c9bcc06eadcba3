import type { Impact } from './impact.ts'
import type { ChangeRequestState } from './tables.ts'

export const stateLabels: Record<ChangeRequestState, string> = {
  draft: '下書き',
  pending: '承認待ち',
  returned: '差し戻し',
  stale: '要再申請',
  approved: '承認済（適用待ち）',
  applied: '適用済',
  rejected: '却下',
  withdrawn: '取下げ',
  expired: '期限切れ',
  reverted: '取消済',
}

/** What must be looked at again once the change is in force. */
export const impactLabels: Record<Impact, string> = {
  kyc: '本人確認',
  screening: '反社・制裁照合',
  credit: '与信・与信枠',
  contract: '契約',
  bank: '口座',
  invoice_check: '適格請求書の登録',
}

export const reasonLabels: Record<string, string> = {
  registry_change: '登記の変更',
  customer_request: '顧客からの申し出',
  correction: '誤りの訂正',
  merge: '重複の統合',
  review: '見直し',
  system: 'システム',
}
