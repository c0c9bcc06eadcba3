import type {
  ApplicationChannel,
  ApplicationForm,
  ClientType,
  ClockEvent,
  ceilingScopes,
  clockUnits,
  duplicateScopes,
  notices,
  PlanDocument,
  registrations,
  securities,
} from './parameters.ts'
import type { ShownState } from './rules/versions.ts'
import type { PlanStatus } from './tables.ts'

export const planStatusLabels: Record<PlanStatus, string> = {
  draft: '準備中',
  active: '取扱中',
  retired: '取扱終了',
}

export const versionStateLabels: Record<ShownState, string> = {
  draft: '下書き',
  waiting: '適用待ち',
  in_force: '適用中',
  past: '旧版',
  discarded: '取り下げ',
}

export const clientTypeLabels: Record<ClientType, string> = { corp: '法人', sole: '個人事業主' }

export const applicationChannelLabels: Record<ApplicationChannel, string> = {
  web: 'ウェブ',
  photo: '写真送付',
  phone: '電話',
  online_meeting: 'オンライン面談',
  visit: '来店・訪問',
  api: 'API',
  panel: '一括見積',
}

export const applicationFormLabels: Record<ApplicationForm, string> = { full: '通常', short: '簡易' }

export const planDocumentLabels: Record<PlanDocument, string> = {
  invoice: '請求書',
  bank_statement: '通帳・入出金明細',
  identity: '代表者の本人確認書類',
  deal_evidence: '取引の裏付け（契約書・注文書・納品書）',
  registry: '登記事項証明書',
  accounts: '決算書',
  tax_return: '確定申告書・開業届',
  debtor_consent: '売掛先の承諾書',
}

export const clockUnitLabels: Record<(typeof clockUnits)[number], string> = {
  min: '分',
  business_min: '営業分',
  business_day: '営業日',
  same_day: '当日中',
}

/** What a clock is counted from. */
export const clockEventLabels: Record<ClockEvent, string> = {
  submitted: '申込の受付',
  docs_complete: '書類がそろった時',
  signed: '契約の締結',
}

export const ceilingScopeLabels: Record<(typeof ceilingScopes)[number], string> = {
  plan: 'この商品だけ',
  operator: '同じ運営会社の全商品で共有',
}

export const registrationLabels: Record<(typeof registrations)[number], string> = {
  none: '不要',
  optional: '任意',
  optional_improves_rate: '任意（登記すると手数料を優遇）',
  required: '必要',
  reserved: '留保（必要なときに登記）',
}

export const noticeLabels: Record<(typeof notices)[number], string> = {
  none: '通知しない',
  held: '通知書を預かり、送らない',
  sent: '通知を送る',
  consent: '承諾を得る',
}

export const duplicateScopeLabels: Record<(typeof duplicateScopes)[number], string> = {
  own_book: '自社の債権',
  assignment_registry: '債権譲渡登記',
  shared_registry: '共同の照会先',
}

export const securityLabels: Record<(typeof securities)[number], string> = {
  none: '不要',
  optional: '任意',
  required: '必要',
}

export const eventLabels: Record<string, string> = {
  plan_drafted: '商品を作成',
  plan_changed: '商品の名称・運営会社を変更',
  plan_version_drafted: '商品の新しい版を作成',
  plan_version_changed: '商品の版の下書きを変更',
  plan_version_discarded: '商品の版の下書きを取り下げ',
  plan_version_activated: '商品の版を適用',
  plan_retired: '商品の取扱いを終了',
}
