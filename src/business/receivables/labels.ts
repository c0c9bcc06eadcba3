import type { ReceivableState } from './rules/states.ts'
import type { limitationKinds, noticeKinds, noticeMethods, Perfection } from './tables.ts'

export const receivableStateLabels: Record<ReceivableState, string> = {
  offered: '申込',
  verifying: '確認中',
  verified: '確認済み',
  approved: '承認済み',
  purchased: '買取済み',
  notified: '対抗要件具備',
  partially_collected: '一部回収',
  due: '期日到来',
  overdue: '延滞',
  dunning: '督促中',
  legal: '法的手続',
  collected: '回収済み',
  settled: '精算済み',
  written_off: '貸倒れ',
  recovered: '償却後回収',
  repurchased: '買戻し',
  rejected: '謝絶',
  withdrawn: '取下げ',
  lapsed: '失効',
  rescinded: '解除',
  closed: '終了',
}

export const duplicateLabels = {
  clear: '重複なし',
  suspect: '二重譲渡の疑い',
  confirmed: '重複',
  judged_different: '別の債権と判断済み',
  judged_same: '二重の申込と判断済み',
} as const

export const perfectionLabels: Record<Perfection, string> = {
  none: 'なし',
  notice_held: '通知書を留保',
  notice_sent: '通知到達',
  consent_received: '承諾',
  registered: '譲渡登記',
}

export const noticeKindLabels: Record<(typeof noticeKinds)[number], string> = {
  assignment_notice: '債権譲渡通知',
  consent_request: '承諾依頼',
  registration: '債権譲渡登記',
}

export const noticeMethodLabels: Record<(typeof noticeMethods)[number], string> = {
  plain_mail: '普通郵便',
  content_certified: '内容証明郵便',
  e_content_certified: '電子内容証明',
  hand_delivery: '持参',
  electronic: '電子通知',
}

export const restrictionLabels = { none: 'なし', exists: 'あり', unknown: '未確認' } as const
export const setOffLabels = { none: 'なし', low: '低い', high: '高い', unknown: '未確認' } as const
export const limitationKindLabels = {
  demand: '催告',
  negotiation_agreed: '協議の合意（書面）',
  acknowledgement: '債務の承認',
  judgment: '確定判決など',
} as const satisfies Record<(typeof limitationKinds)[number], string>
export const bucketLabels = {
  current: '期日内',
  '1-30': '1〜30日',
  '31-60': '31〜60日',
  '61-90': '61〜90日',
  '91+': '91日以上',
} as const

export const eventLabels: Record<string, string> = {
  receivable_offered: '債権の申込を登録',
  receivable_taken_over: '移行により債権を登録',
  receivable_take_over_reverted: '移行による債権の登録を取消',
  receivable_verified: '債権を確認',
  receivable_approved: '債権を承認',
  receivable_rejected: '債権を謝絶',
  receivable_withdrawn: '債権を取下げ',
  receivable_lapsed: '債権が失効',
  duplicate_judged: '二重譲渡の疑いを判断',
  receivables_purchased: '債権を買取',
  purchase_rescinded: '買取を解除',
  notice_recorded: '通知・承諾・登記を記録',
  notice_delivered: '通知の到達を記録',
  notice_returned: '通知の返送を記録',
  registration_recorded: '債権譲渡登記を記録',
  registration_corrected: '債権譲渡登記の記録を訂正',
  particulars_recorded: '請求書・納品の明細を記録',
  limitation_event_recorded: '時効の猶予・更新を記録',
  limitation_event_withdrawn: '時効の猶予・更新の記録を取消',
}

/** What a comparison of the invoice's particulars is called (rules/particulars.ts). */
export const particularsRuleLabels: Record<string, string> = {
  tax_rounded_once_per_rate: '消費税額',
  rates_add_up_to_the_face: '額面との一致',
  issuer_number_checks: '登録番号の検査用数字',
  issuer_is_the_client: '登録番号の名義',
  issuer_number_is_printed: '登録番号の記載',
  acceptance_is_known: '検収',
  due_within_60_days: '取適法の支払期限',
}

/** What a signal of the duplicate check is called (rules/duplicates.ts). */
export const duplicateRuleLabels: Record<string, string> = {
  same_document: '同じ証憑ファイル',
  same_number_same_client: '同じ顧客の同じ番号',
  same_number_other_client: '別の顧客の同じ番号',
  number_in_other_spelling: '番号の表記だけの違い',
  number_nearly_same: 'よく似た番号',
  same_amount_and_due: '同じ金額と支払期日',
  same_amount_and_due_near: '同じ金額・近い支払期日',
  amount_near: '近い金額と支払期日',
  same_issue_date: '同じ発行日',
  same_number_other_debtor: '別の売掛先の同じ番号',
}
