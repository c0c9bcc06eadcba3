import type { CustomKind, CustomType, MarkColour, MarkKind } from './tables.ts'

export const kindLabels: Record<CustomKind, string> = {
  party: '顧客・売掛先',
  person: '関係者',
  bank_account: '口座',
  credit_review: '与信審査',
  contract: '契約',
  receivable: '債権',
  application: '申込',
  inquiry: '問合せ・苦情',
  incident: '事故',
}

export const typeLabels: Record<CustomType, string> = {
  text: '文字',
  number: '数値',
  yen: '円',
  date: '日付',
  choice: '選択',
  multiChoice: '複数選択',
  staff: '社員',
  file: 'ファイル（書類）',
}

export const markKindLabels: Record<MarkKind, string> = { status: '状態', tag: 'タグ' }

export const colourLabels: Record<MarkColour, string> = {
  red: '赤',
  orange: '橙',
  yellow: '黄',
  green: '緑',
  teal: '青緑',
  blue: '青',
  indigo: '藍',
  purple: '紫',
  pink: '桃',
  grey: '灰',
}

export const eventLabels: Record<string, string> = {
  custom_field_defined: '追加項目を定義',
  custom_field_changed: '追加項目の定義を変更',
  custom_field_retired: '追加項目を廃止',
  custom_field_restored: '追加項目を再開',
  custom_fields_ordered: '追加項目の並びを変更',
  custom_values_changed: '追加項目の値を変更',
  custom_values_reverted: '取込による追加項目の値を取り消し',
  mark_defined: '状態・タグを定義',
  mark_changed: '状態・タグの定義を変更',
  mark_retired: '状態・タグを廃止',
  mark_restored: '状態・タグを再開',
  marks_ordered: '状態・タグの並びを変更',
  record_marks_changed: '状態・タグを変更',
  form_layout_changed: '入力欄の並びを変更',
  form_layout_reset: '入力欄の並びを標準に戻す',
}
