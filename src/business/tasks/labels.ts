import type { ImpactOutcome, TaskKind, TaskOrigin, TaskState } from './tables.ts'

export const taskKindLabels: Record<TaskKind, string> = {
  kyc: '本人確認',
  screening: '反社・制裁照合',
  credit: '与信',
  contract: '契約',
  bank: '口座',
  invoice_check: '適格請求書',
  contact: '連絡',
  document: '書類',
  other: 'その他',
}

export const taskOriginLabels: Record<TaskOrigin, string> = {
  hand: '手入力',
  alert: 'アラート',
  change_request: '承認された変更',
  checklist: '申込の書類・確認',
  promise: '支払の約束',
  incident: '事故',
}

export const taskStateLabels: Record<TaskState, string> = {
  open: '未了',
  done: '完了',
  cancelled: '取消',
}

export const impactOutcomeLabels: Record<ImpactOutcome, string> = {
  opened: 'タスクを作成',
  linked: '既にある確認',
  skipped: 'タスクは不要',
}

export const eventLabels: Record<string, string> = {
  task_opened: 'タスクを登録',
  task_taken: 'タスクを引き受け',
  task_handed_over: 'タスクを引き継ぎ',
  task_rescheduled: 'タスクの期限を変更',
  task_done: 'タスクを完了',
  task_cancelled: 'タスクを取消',
  change_impact_followed: '変更の影響を確認',
}
