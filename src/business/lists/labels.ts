import type { ExportState } from './tables.ts'

export const stateLabels: Record<ExportState, string> = {
  waiting: '作成中',
  ready: '受取可',
  failed: '失敗',
  expired: '削除済み',
}

export const formatLabels = { xlsx: 'Excel（.xlsx）', csv: 'CSV（UTF-8）', zip: '原本と索引（ZIP）' } as const

export const eventLabels: Record<string, string> = {
  list_export_requested: '一覧の出力を依頼',
  list_exported: '一覧を出力',
  list_export_failed: '一覧の出力に失敗',
  list_export_discarded: '出力したファイルを削除',
  list_export_expired: '出力したファイルが期限切れ',
  list_view_kept: '一覧の表示を保存',
  list_view_shared: '一覧の表示を共有',
  list_view_removed: '一覧の表示を削除',
}
