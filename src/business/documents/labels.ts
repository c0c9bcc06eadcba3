import type { DocKind } from './tables.ts'

export const docKindLabels: Record<DocKind, string> = {
  invoice: '請求書',
  order: '注文書',
  delivery: '納品書・検収書',
  contract: '契約書',
  consent: '同意書',
  id: '本人確認書類',
  registry: '登記事項証明書',
  statement: '入出金明細・通帳写し',
  tax: '決算書・税務書類',
  certificate: '証明書',
  letter: '書簡',
  notice: '通知書',
  set_off_notice: '相殺通知書',
  screening_evidence: '反社・制裁照合の証跡',
  approval_memo: '稟議書',
  incident_report: '事故報告書',
  other: 'その他',
}

export const eventLabels: Record<string, string> = {
  document_added: '書類を追加',
  document_version_added: '書類の新しい版を追加',
}
