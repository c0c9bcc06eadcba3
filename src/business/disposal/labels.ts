import { retentionBases, retentionLabels } from '../policy/labels.ts'
import type { Hindrance } from './rules/retention.ts'
import type { SubjectKind } from './tables.ts'

export const subjectKindLabels: Record<SubjectKind, string> = {
  party: '顧客・取引先',
  person: '関係者',
  document: '書類',
}

/** What the rule that keeps a record longest is called; the rule of declined applications keeps whoever came to no deal. */
export const ruleLabel = (code: string): string =>
  code === 'rejected' ? '取引に至らなかった相手' : (retentionLabels[code] ?? code)

/** The same with the law it rests on. */
export const ruleWords = (code: string): string => `${ruleLabel(code)}（${retentionBases[code] ?? '－'}）`

/** What stands against it, in a few words for a list. */
export const hindranceLabels: Record<Hindrance, string> = {
  contracts_must_be_ended: '契約が続いている',
  claims_must_be_settled: '未完済の債権がある',
  payments_must_be_finished: '処理中の入出金がある',
  applications_must_be_ended: '進行中の申込がある',
  incidents_must_be_closed: '終了していない事故がある',
  inquiries_must_be_ended: '終わっていない問い合わせがある',
  requests_must_be_decided: '承認待ち・予定の変更がある',
  papers_must_not_be_held: '保全中の書類がある',
  nobody_else_must_need_it: '他の記録が使っている',
}

/** The same as a sentence with the remedy. */
export const hindranceSentences: Record<Hindrance, string> = {
  contracts_must_be_ended:
    '終了していない契約があるため、廃棄できません。契約を終了または無効にしてください。',
  claims_must_be_settled: '完済していない債権があるため、廃棄できません。',
  payments_must_be_finished: '処理が終わっていない入金・出金・返金予定があるため、廃棄できません。',
  applications_must_be_ended: '進行中の申込があるため、廃棄できません。申込を終えてください。',
  incidents_must_be_closed: '終了していない事故があるため、廃棄できません。',
  inquiries_must_be_ended: '終わっていない問い合わせがあるため、廃棄できません。',
  requests_must_be_decided:
    '承認待ちの申請または予定された変更があるため、廃棄できません。先に判断または取り下げてください。',
  papers_must_not_be_held:
    '保全中（リーガルホールド）の書類があるため、廃棄できません。保全を解除してから申請してください。',
  nobody_else_must_need_it:
    '他の生きている記録（別会社の役職・株主・保証人、進行中の取引など）が使っているため、廃棄できません。',
}

export const eventLabels: Record<string, string> = {
  disposal_executed: '廃棄',
  disposal_certified: '廃棄証明書の作成',
}
