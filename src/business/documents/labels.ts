import type { Authenticity, Confidentiality, DocKind, ReceivedVia } from './tables.ts'

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

export const receivedViaLabels: Record<ReceivedVia, string> = {
  paper: '紙（スキャン）',
  email: '電子メール',
  web: '取引先・クラウドのサイトから取得',
  e_contract: '電子契約サービス',
  edi: 'EDI・デジタルインボイス',
  media: 'USBメモリー・ディスク',
  made_here: '自社で作成',
}

export const authenticityLabels: Record<Authenticity, string> = {
  history_system: '訂正・削除の履歴が残るシステム',
  timestamped_by_sender: '送る側のタイムスタンプ',
  timestamped: '受け取った側のタイムスタンプ',
  rules: '事務処理規程',
}

export const confidentialityLabels: Record<Confidentiality, string> = {
  normal: '一般',
  personal: '個人情報',
  special: '要配慮',
  compliance: 'コンプライアンス限り',
}

export const readingStateLabels = { proposed: '未確認', accepted: '採用', refused: '不採用' } as const

export const eventLabels: Record<string, string> = {
  document_added: '書類を追加',
  document_version_added: '書類の新しい版を追加',
  document_corrected: '書類の項目を訂正',
  document_struck: '書類を抹消',
  document_restored: '書類の抹消を取消',
  document_held: '書類の保全を開始',
  document_released: '書類の保全を解除',
  document_readings_proposed: '書類の読み取り結果を登録',
  document_readings_imported: '書類の読み取り結果を取込',
  document_reading_accepted: '読み取り結果を採用',
  document_reading_refused: '読み取り結果を不採用',
  document_time_stamped: '書類のタイムスタンプを登録',
  document_quarantined: '書類を隔離',
  document_quarantine_ended: '書類の隔離を解除',
}
