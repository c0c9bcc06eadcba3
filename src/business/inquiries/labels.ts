import type { InquiryState } from './rules/states.ts'

export const inquiryStateLabels: Record<InquiryState, string> = {
  new: '受付',
  triaged: '分類済',
  assigned: '対応中',
  waiting_client: '先方の回答待ち',
  waiting_internal: '社内確認中',
  answered: '回答済',
  reopened: '再開',
  lapsed: '回答なし',
  closed: '完了',
  converted: '申込へ',
  spam: '迷惑',
  merged: '統合',
}

export const moveLabels: Partial<Record<InquiryState, string>> = {
  waiting_client: '先方の回答を待つ',
  waiting_internal: '社内に確認する',
  lapsed: '回答なしとする',
  reopened: '再開する',
  closed: '完了する',
  converted: '申込になった',
  spam: '迷惑として閉じる',
}

export const eventLabels: Record<string, string> = {
  inquiry_opened: '問合せを受付',
  inquiry_triaged: '問合せを分類',
  inquiry_assigned: '問合せの担当を決定',
  inquiry_transferred: '問合せの担当を交代',
  inquiry_moved: '問合せの状態を変更',
  inquiry_answered: '問合せに回答',
  inquiry_merged: '問合せを統合',
  inquiry_identified: '問合せの相手を特定',
}
