import type { ContactRule } from './rules/contact-rules.ts'
import type {
  Category,
  Channel,
  Direction,
  LinkKind,
  PolicyCheck,
  Priority,
  RecordingKind,
  Scope,
} from './tables.ts'

export const channelLabels: Record<Channel, string> = {
  phone: '電話',
  email: 'メール',
  visit: '訪問',
  web: 'Web',
  chat: 'チャット',
  sms: 'SMS',
  post: '郵便',
  fax: 'FAX',
  other: 'その他',
}

export const directionLabels: Record<Direction, string> = { out: '発信', in: '受信' }

export const categoryLabels: Record<Category, string> = {
  payment: '支払・入金',
  existing_deal: '既存取引',
  new_deal: '新規取引',
  document: '書類',
  complaint: '苦情',
  consultation: '相談',
  other: 'その他',
}

export const priorityLabels: Record<Priority, string> = { low: '低', normal: '通常', high: '高' }

export const scopeLabels: Record<Scope, string> = {
  all: '全員',
  compliance_only: 'コンプライアンスのみ',
}

export const policyLabels: Record<PolicyCheck, string> = {
  allowed: '規則どおり',
  blocked: '規則に反する',
  not_checked: '取込のため未判定',
}

export const linkKindLabels: Record<LinkKind, string> = {
  receivable: '債権',
  contract: '契約',
  collection_case: '回収案件',
  alert: 'アラート',
  inquiry: '問合せ',
  incident: '事故',
  document: '書類',
}

/** Why a contact may not be made, as people read it. */
export const contactRuleLabels: Record<ContactRule, string> = {
  contact_must_not_be_at_night: '午後9時から午前8時までの連絡はできません。',
  contact_must_be_within_company_hours: '会社が定めた、連絡してよい日時の外です（会社設定）。',
  person_must_not_be_contacted: 'この人は「連絡しない」と登録されています。',
  contact_must_be_within_window: '登録された連絡可能な時間帯の外です。',
  debtor_must_not_be_contacted_yet: '2社間の売掛先です。債権譲渡の通知などが記録されるまで連絡できません。',
  promise_must_be_waited_for: '支払約束の期日までは督促できません。',
}

export const recordingKindLabels: Record<RecordingKind, string> = {
  recording: '録音',
  transcript: '文字起こし',
}

export const eventLabels: Record<string, string> = {
  communication_recorded: '接触を記録',
  communication_recording_added: '録音・文字起こしを追加',
  communication_corrected: '接触の記録を訂正',
  communication_taken_over: '接触履歴を移行',
  communication_take_over_reverted: '接触履歴の移行を取消',
  contact_planned: '連絡の予定を登録',
  contact_plan_cancelled: '連絡の予定を取消',
  payment_promised: '支払約束を記録',
  promise_kept: '支払約束が守られた',
  promise_broken: '支払約束が破られた',
}
