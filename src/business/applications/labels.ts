import { applicationChannelLabels, applicationFormLabels, planDocumentLabels } from '../plans/labels.ts'
import type { ItemKind, ItemState } from './rules/checklist.ts'
import type { SendingState, SharedItem } from './rules/panel.ts'
import type { ApplicationState } from './rules/states.ts'
import type { ApplicationChannel, QuoteState } from './tables.ts'

export const applicationStateLabels: Record<ApplicationState, string> = {
  draft: '下書き',
  submitted: '受付済み',
  docs_pending: '書類待ち',
  screening: '反社照合中',
  in_review: '審査中',
  quoted: '見積提示中',
  accepted: '承諾済み',
  contracting: '契約手続中',
  ready_to_fund: '実行準備完了',
  funded: '実行済み',
  closed: '完了',
  abandoned: '取りやめ',
  withdrawn: '取下げ',
  expired: '期限切れ',
  rejected: '謝絶',
  declined: '辞退',
  cancelled: '取消し',
}

/** What the button of a step says. */
export const stepLabels: Record<ApplicationState, string> = {
  draft: '下書きに戻す',
  submitted: '申込を受け付ける',
  docs_pending: '書類を待つ',
  screening: '反社照合へ進める',
  in_review: '審査へ進める',
  quoted: '見積を提示する',
  accepted: '承諾を記録する',
  contracting: '契約手続きへ進める',
  ready_to_fund: '実行準備完了にする',
  funded: '実行済み',
  closed: '完了にする',
  abandoned: '取りやめる',
  withdrawn: '取り下げる',
  expired: '期限切れで終える',
  rejected: '謝絶する',
  declined: '辞退を記録する',
  cancelled: '取り消す',
}

/** How an application came; taken over from papers that do not say, it is not known. */
export const channelText = (channel: ApplicationChannel | null): string =>
  channel === null ? '未確認' : applicationChannelLabels[channel]

export { applicationChannelLabels as channelLabels, applicationFormLabels as formLabels }

export const itemKindLabels: Record<ItemKind, string> = {
  ...planDocumentLabels,
  other: 'その他',
}

export const itemStateLabels: Record<ItemState, string> = {
  missing: '未提出',
  received: '受領',
  returned: '差戻し',
  waived: '免除',
}

export const sharedItemLabels: Record<SharedItem, string> = {
  application: '申込の内容',
  client_basics: '利用者の基本情報',
  claims: '債権・売掛先の情報',
  invoices: '請求書',
  bank_statements: '通帳・入出金明細',
  accounts: '決算書・確定申告書',
  identity_papers: '本人確認書類',
}

export const sendingStateLabels: Record<SendingState, string> = {
  waiting: '回答待ち',
  approved: '提示あり',
  declined: '見送り',
  accepted: '利用者が承諾',
  withdrawn: '取下げ',
}

export const quoteStateLabels: Record<QuoteState, string> = {
  offered: '回答待ち',
  accepted: '承諾',
  declined: '辞退',
  expired: '期限切れ',
  withdrawn: '撤回',
}

export const clockLabels = { decision: '審査の回答', funding: '実行' } as const

export const eventLabels: Record<string, string> = {
  application_drafted: '申込を作成',
  application_changed: '申込の内容を変更',
  application_submitted: '申込を受付',
  application_moved: '申込の状態を変更',
  application_assigned: '申込の担当を変更',
  application_claim_linked: '申込に債権を紐づけ',
  application_claim_unlinked: '申込から債権を外す',
  application_taken_over: '申込を移行',
  application_take_over_reverted: '申込の移行を取消',
  application_item_added: '提出書類を追加',
  application_item_recorded: '提出書類を記録',
  application_item_waived: '提出書類を免除',
  panel_sent: '提携買取会社へ申込を送信',
  panel_offered: '提携買取会社の提示を記録',
  panel_declined: '提携買取会社の見送りを記録',
  panel_accepted: '提携買取会社の提示の承諾を記録',
  quote_issued: '見積を提示',
  quote_accepted: '見積の承諾を記録',
  quote_declined: '見積の辞退を記録',
}
