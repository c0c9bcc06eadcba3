import type { MediaScope } from './media-rules.ts'
import type { NewsState } from './news-rules.ts'
import type { CaseState, Judgement, ScreeningTrigger, SubjectKind } from './tables.ts'

export { pastResultLabels, pastVerdictLabels } from './past-labels.ts'

export const stateLabels: Record<CaseState, string> = {
  hit_review: '照合待ち',
  cleared: '該当なし',
  conditional: '条件付き',
  escalated: '上申中',
  rejected: '該当（取引不可）',
}

export const mediaScopeLabels: Record<MediaScope, string> = {
  adverse_media: '報道（不芳情報）',
  credit_event: '信用情報（倒産・差押等）',
}

export const newsStateLabels: Record<NewsState, string> = {
  never: '未検索',
  overdue: '期日超過',
  due_soon: '期日間近',
  current: '期日内',
}

export const judgementLabels: Record<Judgement, string> = {
  same: '同一',
  different: '別人・別法人',
  unclear: '判断できない',
}

export const triggerLabels: Record<ScreeningTrigger, string> = {
  created: '新規登録',
  changed: '情報の変更',
  list_change: 'リスト更新',
  periodic: '定期',
  manual: '再照合の指示',
}

export const subjectKindLabels: Record<SubjectKind, string> = { party: '会社・事業者', person: '個人' }

export const relationLabels: Record<string, string> = {
  self: '本体',
  representative: '代表者',
  director: '取締役・理事',
  auditor: '監査役・監事',
  beneficial_owner: '実質的支配者',
  agent: '取引担当者・代理人',
  guarantor: '保証人',
  shareholder: '主要株主',
  computed_owner: '実質的支配者（計算）',
}

export const bandLabels: Record<'hit' | 'review', string> = { hit: '強い一致', review: '要確認' }

export const problemLabels: Record<string, string> = {
  no_primary_entry: '主となる行がない',
  birth_not_understood: '生年月日を読めない',
  unknown_column: '使われない列',
  repeated_entry: '重複した行',
  no_name: '氏名・名称がない',
  date_not_understood: '日付を読めない',
}

/** Refusals of this slice, and the sentences the gate gives to others. */
export const screeningRefusals = {
  subject_must_be_screened: '反社・制裁の照合が済んでいません。',
  screening_must_not_be_stale: '反社・制裁の再照合の期日を過ぎています。',
  screening_must_not_be_open: '反社・制裁の照合で該当候補の判断が終わっていません。',
  subject_must_not_be_rejected: '反社・制裁の照合で取引不可と判断されています。',
  conditions_must_be_in_force: '条件付き承認の期限を過ぎています。',
  case_must_be_open: 'この照合は既に判断が終わっています。',
  case_must_be_current: 'この照合は新しい照合に置き換わっています。',
  every_hit_must_be_judged: '判断していない該当候補があります。',
  clear_needs_all_hits_different: '該当なしとするには、すべての候補が別人・別法人でなければなりません。',
  rejection_needs_a_same_hit: '取引不可とするには、同一と判断した候補が必要です。',
  conditions_must_be_given: '条件付きとする場合は、条件と期限を入力してください。',
  conditions_must_end_in_time: '条件の期限は明日から180日以内で入力してください。',
  list_file_must_be_readable: 'リストファイルを読み取れません。',
  list_must_be_new: 'このファイルは、現在有効な版と同じ内容です。',
  file_name_must_be_plain: 'ファイル名に使えない文字があります。',
  media_search_must_know_the_newest:
    '申請の後に、同じ対象の新しい検索が記録されました。差し戻しを受け、新しい検索を確かめてから再申請してください。',
  media_search_must_not_be_open: '報道・信用情報の検索で、上申中・取引不可・条件の期限切れの結果があります。',
  news_must_be_searched: '報道・信用情報の検索が記録されていません。',
  news_search_must_not_be_stale: '報道・信用情報の再検索の期日を過ぎています。',
  media_subject_must_be_in_scope: 'この顧客の照合の対象から選んでください。',
  findings_must_be_among_the_results: '確認した記事が、検索結果の件数より多くなっています。',
  results_must_be_judged: '検索結果があるときは、確認した記事を1件以上、判断と理由とともに入力してください。',
  nothing_found_must_be_clear: '検索結果が0件のときの判断は「該当なし」です。',
  date_must_not_be_in_the_future: '将来の日時は入力できません。',
  subject_must_be_in_scope: 'この顧客には照合の対象がありません。',
} as const

export const eventLabels: Record<string, string> = {
  screening_cases_ended: '登録の取消により照合を終了',
  screening_past_result_taken_over: '過去の反社・制裁確認の記録を取込',
  screening_past_result_reverted: '過去の反社・制裁確認の記録の取込を取り消し',
  watch_list_loaded: '照合リストを読み込み',
  watch_list_compared: 'リスト差分を照合',
  subject_screened: '反社・制裁を照合',
  hit_judged: '該当候補を判断',
  screening_decided: '照合結果を決定',
  media_searched: '報道・信用情報を検索',
  rescreening_asked: '再照合を指示',
}

const listNames: Readonly<Record<string, string>> = { 'OFAC-SDN': 'OFAC SDN', UN: '国連安保理' }

/** A list as people call it; a list of the house bears its own name behind the mark. */
export const listName = (listId: string): string =>
  listNames[listId] ?? (listId.startsWith('HOUSE:') ? `社内リスト「${listId.slice(6)}」` : listId)
