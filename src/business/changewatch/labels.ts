import type { ChangeOutcome, ChangeSource, Difference, RegisterState } from './tables.ts'

export const sourceLabels: Readonly<Record<ChangeSource, string>> = {
  registry: '法人番号公表情報',
  registry_document: '登記事項証明書',
  gbiz_representative: 'gBizINFOの代表者',
  returned_mail: '郵便物の返戻',
  payee_mismatch: '請求書の振込先',
  score_drop: '評点の低下',
  yearly_confirmation: '年次確認',
  owners_differ: '実質的支配者の相違',
}

export const outcomeLabels: Readonly<Record<ChangeOutcome, string>> = {
  changed: '変更あり（台帳を変更）',
  unchanged: '変更なし（台帳のまま）',
  exit: '取引を見直す',
}

export const differenceLabels: Readonly<Record<Difference['field'], string>> = {
  legalName: '商号',
  address: '本店所在地',
  status: '登記の状態',
  representative: '代表者',
  owners: '実質的支配者',
  other: '内容',
}

export const registerStateLabels: Readonly<Record<RegisterState, string>> = {
  agrees: '一致',
  differs: '相違あり',
  closed: '登記閉鎖',
  void: '番号が無効',
  unknown: '公表ファイルに番号なし',
}

export const eventLabels = {
  change_review_opened: '変更検知の確認を開始',
  change_review_closed: '変更検知の確認を終了',
} as const
