import type { AlertSeverity, AlertState } from './tables.ts'

export const alertKinds = [
  'limit_use',
  'overdue',
  'approval_waiting',
  'shared_account',
  'trail_unsealed',
  'deposit_unidentified',
  'kyc_due',
  'screening_open',
  'news_due',
  'repayment_waiting',
  'customer_changed',
  'books_differ',
  'credit_file',
  'personal_guarantee',
  'contact_blocked',
  'inquiry_due',
  'incident_due',
  'application_due',
  'limitation',
  'contract_notice',
  'paper_expiring',
  'paper_quarantined',
] as const
export type AlertKind = (typeof alertKinds)[number]

export const alertKindLabels: Record<AlertKind, string> = {
  limit_use: '与信枠',
  overdue: '支払遅延',
  approval_waiting: '承認の滞留',
  shared_account: '口座の重複',
  trail_unsealed: '監査証跡',
  deposit_unidentified: '不明入金',
  kyc_due: '本人確認の期限',
  screening_open: '反社・制裁',
  news_due: '報道・信用情報の検索',
  repayment_waiting: '返還・返金',
  customer_changed: '変更検知',
  books_differ: '帳簿の不一致',
  credit_file: '審査資料の期限',
  personal_guarantee: '個人保証',
  contact_blocked: '規則に反する連絡',
  inquiry_due: '問合せの期限',
  incident_due: '事故の期限',
  application_due: '申込の期限・書類',
  limitation: '時効の完成',
  contract_notice: '契約の申し出期限',
  paper_expiring: '書類の有効期限',
  paper_quarantined: '書類の隔離（マイナンバーの疑い）',
}

export const severityLabels: Record<AlertSeverity, string> = {
  info: '通知',
  warning: '注意',
  critical: '重大',
}

export const alertStateLabels: Record<AlertState, string> = {
  open: '未対応',
  acknowledged: '対応中',
  snoozed: '保留中',
  resolved: '解決済',
}

export const eventLabels: Record<string, string> = {
  alert_raised: 'アラートが発生',
  alert_worsened: 'アラートが重くなった',
  alert_acknowledged: 'アラートを確認',
  alert_taken: 'アラートを引き受け',
  alert_snoozed: 'アラートを保留',
  alert_woken: 'アラートの保留が終了',
  alert_resolved: 'アラートを解決',
  alert_facts_ended: 'アラートの原因が解消',
}
