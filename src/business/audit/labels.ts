export const viewKindLabels: Record<string, string> = {
  open: '開いた',
  list: '一覧に表示',
  search: '検索結果に表示',
  export: '出力した',
  download: 'ダウンロードした',
  unmask: '秘匿項目を表示',
}

export const eventLabels: Record<string, string> = {
  attempt_refused: '操作が拒否された',
  demo_filled: '体験版のデータを作成',
}
