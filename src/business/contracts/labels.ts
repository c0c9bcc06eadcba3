import type { ContractState } from './rules/states.ts'
import type { ContractKind, Renewal } from './tables.ts'
import type { ContractTerms, ReceivableKind } from './terms.ts'

export const contractKindLabels: Record<ContractKind, string> = {
  master: '基本契約',
  individual: '個別契約',
  collection_entrustment: '集金事務委託契約',
  assignment: '債権譲渡契約',
  guarantee: '保証契約',
  loan: '金銭消費貸借契約',
  nda: '秘密保持契約',
  debtor_consent: '売掛先の承諾書',
}

export const contractStateLabels: Record<ContractState, string> = {
  drafting: '下書き',
  internal_check: '社内確認中',
  ready: '送付準備済み',
  sent: '送付済み',
  viewed: '閲覧済み',
  partially_signed: '一部署名済み',
  recalled: '引戻し',
  declined: '辞退',
  sign_expired: '署名期限切れ',
  executed: '締結済み（発効前）',
  active: '有効',
  amended: '変更手続中',
  voided: '破棄',
  terminated: '解約',
  completed: '終了',
}

/** What the button for a step says. */
export const stepLabels: Partial<Record<ContractState, string>> = {
  internal_check: '社内確認へ回す',
  drafting: '下書きに戻す',
  ready: '社内確認を完了する',
  sent: '相手方に送付した',
  viewed: '相手方が閲覧した',
  partially_signed: '一部が署名した',
  recalled: '引き戻す',
  declined: '相手方が辞退した',
  voided: '破棄する',
}

export const legalKindLabels: Record<ContractTerms['legalKind'], string> = {
  two_party: '2社間',
  three_party: '3社間',
}

export const routeLabels: Record<ContractTerms['collectionRoute'], string> = {
  client_remits: '利用者が回収して送金',
  dedicated_account: '専用口座',
  debtor_direct: '売掛先から直接',
}

export const transactionKindLabels: Record<ContractTerms['transactionKind'], string> = {
  purchase: '買取',
  credit_guarantee: '保証',
  loan: '貸付',
}

export const receivableKindLabels: Record<ReceivableKind, string> = {
  invoice: '請求書',
  purchase_order: '注文書',
  contract: '契約',
  medical: '診療報酬',
  care: '介護報酬',
  public: '公的機関',
}

export const recourseLabels: Record<ContractTerms['recourse'], string> = {
  none: '償還請求権なし',
  dilution_only: '希薄化・表明保証違反に限る',
  full: '全部（コンプライアンスの承認が必要）',
}

export const retentionLabels: Record<ContractTerms['retentionAbsorbs'], string> = {
  dilution_then_credit: '希薄化、次に信用損失',
  dilution: '希薄化のみ',
}

export const feeMethodLabels: Record<ContractTerms['feeMethod'], string> = {
  flat: '一律',
  per_day: '1日あたり',
  per_period: '期間ごと',
}

export const feeBaseLabels: Record<ContractTerms['feeBase'], string> = {
  purchased: '買取額',
  advance: '前渡額',
}

export const payoutAfterLabels: Record<ContractTerms['payoutAfter'], string> = {
  contract: '契約の締結後',
  notice: '通知の到達後',
  consent: '売掛先の承諾後',
  registration: '譲渡登記後',
}

export const applicationOrderLabels: Record<ContractTerms['applicationOrder'], string> = {
  costs_first: '費用→遅延損害金→違約金→元本',
  principal_first: '元本→費用→遅延損害金→違約金',
}

export const penaltyTriggerLabels: Record<ContractTerms['penalties'][number]['trigger'], string> = {
  false_statement: '虚偽の申告',
  double_assignment: '二重譲渡',
  collections_withheld: '回収金の不送金',
  early_termination: '中途解約',
  other: 'その他',
}

export const renewalLabels = {
  none: '更新しない',
  automatic: '自動更新',
  by_agreement: '合意により更新',
} as const satisfies Record<Renewal, string>

export const eventLabels: Record<string, string> = {
  contract_drafted: '契約を作成',
  contract_draft_changed: '契約案を修正',
  contract_moved: '契約の手続を進めた',
  contract_executed: '契約を締結',
  contract_amended: '契約の条件を変更',
  contract_terminated: '契約を解約',
  contract_signing_recorded: '契約の締結の記録を登録・訂正',
  contract_taken_over: '移行により契約を登録',
  contract_take_over_reverted: '移行による契約の登録を取消',
}
