import type {
  BasisKind,
  BasisSource,
  CollateralKind,
  CreditReviewState,
  GuaranteeJudgement,
  GuaranteeKind,
  ReportProvider,
  ReviewOutcome,
  ScoreOrigin,
  ScoreProvider,
  SubjectRole,
  WatchState,
} from './tables.ts'

export const subjectRoleLabels: Record<SubjectRole, string> = { client: '利用者', debtor: '売掛先' }

export const outcomeLabels: Record<ReviewOutcome, string> = {
  accept: '可',
  conditional: '条件付き可',
  decline: '否',
}

export const creditReviewStateLabels: Record<CreditReviewState, string> = {
  draft: '審査中',
  decided: '決定',
  withdrawn: '取下げ',
}

/** Why nothing of a review changes once it is decided or withdrawn: a limit may rest on it. */
export const reviewStays =
  '決定または取下げされた審査は変更できません。訂正するときは、新しい審査を作成してください。'

export const basisKindLabels: Record<BasisKind, string> = {
  statements: '決算書・試算表',
  tax_arrears: '納税証明（滞納の有無）',
  bank_data: '通帳・入出金明細',
  references: '取引先などへの照会',
  external_report: '信用調査レポート',
  payment_record: '当社での入金実績',
  site_visit: '訪問・面談',
  other: 'その他',
}

export const basisSourceLabels: Record<BasisSource, string> = {
  subject: '本人からの提出・申告',
  tax_office: '税務署・自治体',
  bank: '金融機関',
  tdb: '帝国データバンク',
  tsr: '東京商工リサーチ',
  other_agency: 'その他の調査会社',
  trade_reference: '取引先・同業者',
  registry: '登記・公表情報',
  own_records: '当社の記録',
  own_visit: '当社の訪問・面談',
}

export const scoreOriginLabels: Record<ScoreOrigin, string> = {
  agency: '調査会社の評点',
  own: '当社の採点',
  automatic: '自動採点',
}

export const providerLabels: Record<ScoreProvider, string> = {
  tdb: '帝国データバンク（TDB）',
  tsr: '東京商工リサーチ（TSR）',
  riskmonster: 'リスクモンスター',
  own: '当社',
  other: 'その他',
}

export const reportProviderLabels: Record<ReportProvider, string> = {
  tdb: providerLabels.tdb,
  tsr: providerLabels.tsr,
  riskmonster: providerLabels.riskmonster,
  other: providerLabels.other,
}

export const collateralKindLabels: Record<CollateralKind, string> = {
  claim_assignment: '債権譲渡担保',
  deposit: '保証金・預金',
  real_estate: '不動産',
  movables: '動産',
  securities: '有価証券',
  other: 'その他',
}

export const guaranteeKindLabels: Record<GuaranteeKind, string> = {
  simple: '保証',
  joint: '連帯保証',
  root: '根保証',
  joint_root: '連帯根保証',
}

export const guaranteeJudgementLabels: Record<GuaranteeJudgement, string> = {
  kept: '差し支えない',
  to_end: '解除を求める',
}

export const watchLabels: Record<WatchState, string> = { normal: '正常', watch: '要注意', stop: '取引停止' }

/** What a state does, in one sentence, wherever it is shown or chosen. */
export const watchEffects: Record<WatchState, string> = {
  normal: '買取と支払を制限しません。',
  watch: '買取と支払はできますが、顧客の画面の上に表示して注意を促します。',
  stop: '新しい買取、支払の承認、振込ファイルの作成・送信をすべて断ります。',
}

/** What the transactional checks of purchases and payments say (gate.ts). */
export const watchRefusals = {
  watch_status_must_not_be_stop: '監視区分が「取引停止」のため、買取・支払はできません。',
} as const

export const eventLabels: Record<string, string> = {
  assessment_rules_set: '審査の基準を変更',
  credit_review_drafted: '審査を開始',
  credit_review_revised: '審査の内容を変更',
  credit_review_decided: '審査を決定',
  credit_review_withdrawn: '審査を取下げ',
  credit_score_recorded: '評点を記録',
  credit_score_overridden: '評点を人の判断で変更',
  credit_score_retracted: '評点の記録を取消',
  external_report_recorded: '信用調査レポートを記録',
  external_report_retracted: '信用調査レポートの記録を取消',
  collateral_registered: '担保を登録',
  collateral_revalued: '担保を再評価',
  collateral_ended: '担保を解除',
  guarantee_registered: '保証を登録',
  guarantee_judged: '個人保証を確認（コンプライアンス）',
  guarantee_ended: '保証を解除',
  watch_raised: '監視区分を引上げ',
  watch_lowered: '監視区分を引下げ',
}
