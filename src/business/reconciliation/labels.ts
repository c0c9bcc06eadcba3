import type { TakeBackGround } from './rules/take-back.ts'
import type {
  AllocationKind,
  ClientDebtItem,
  CostKind,
  LiableSide,
  MatchMethod,
  ShortReason,
  WaivableItem,
} from './tables.ts'

export const allocationLabels: Record<AllocationKind, string> = {
  principal: '元本',
  late_damages: '遅延損害金',
  penalty: '違約金',
  cost: '費用',
  fee: '手数料',
  reserve: '留保金',
  client_claim: '利用者への求償',
  client_share: '利用者分',
  recovery: '償却後の回収',
  excess: '超過分',
}

export const clientDebtLabels: Record<ClientDebtItem, string> = {
  principal: '買取債権の元本',
  client_claim: '利用者への求償',
  late_damages: '遅延損害金',
  penalty: '違約金',
  cost: '立替費用',
}

export const waivableLabels: Record<WaivableItem, string> = {
  late_damages: '遅延損害金',
  penalty: '違約金',
  cost: '立替費用',
  debtor_cost: '立替費用（売掛先の負担分）',
  client_claim: '利用者への求償',
  fee: '買取手数料（返金）',
}

export const groundLabels: Record<TakeBackGround, string> = {
  warranty_breach: '表明保証違反',
  dilution: '希薄化（返品・値引き・相殺など）',
  recourse: '償還請求権（契約の定め）',
  false_statement: '虚偽の申告',
  double_assignment: '二重譲渡',
}

export const takeBackKindLabels = { repurchase: '買戻し', rescission: '解除（送金後）' } as const

export const costKindLabels: Record<CostKind, string> = {
  certified_mail: '内容証明郵便',
  court_fee: '裁判所の手数料・予納金',
  registration: '登記費用',
  lawyer: '弁護士・司法書士費用',
  other: 'その他',
}

export const liableLabels: Record<LiableSide, string> = { client: '利用者', debtor: '売掛先' }

/** What the nightly proof of the books says of a difference. */
export const proofRuleLabels: Record<string, string> = {
  claim_sums_must_equal_its_movements: '債権の回収・希薄化の合計と、その明細',
  journal_must_equal_what_is_open: '元帳の買取債権の残高と、債権の未回収額',
  payout_must_equal_what_is_left: '買取代金の支払額と、差引後の送金額',
  journal_must_equal_what_is_left: '元帳の精算残（留保金・求償・損害金など）と、債権の精算残',
  exposure_must_equal_the_claim: '与信残高と、債権の前渡し残',
  sums_must_equal_the_exposure: '顧客・売掛先ごとの与信残高の合計と、その内訳',
  suspense_must_equal_waiting_deposits: '元帳の仮受金と、未消込の入金',
}

export const shortReasonLabels: Record<ShortReason, string> = {
  transfer_fee: '振込手数料',
  tax_difference: '消費税の端数',
  discount: '値引き',
  return: '返品',
  part_payment: '一部入金',
  unknown: '不明',
}

export const methodLabels: Record<MatchMethod, string> = {
  auto: '安全な候補を一括確定',
  proposed: '候補を確定',
  manual: '手動',
}

/** Of a match in its events. */
export const matchStateLabels: Record<string, string> = {
  proposed: '候補',
  applied: '確定',
  undone: '取消',
}

export const eventLabels: Record<string, string> = {
  matches_proposed: '消込候補を作成',
  payment_matched: '入金を消込',
  match_undone: '消込を取消',
  payer_name_disabled: '学習した名義を無効化',
  payer_name_enabled: '学習した名義を有効化',
  dilution_confirmed: '希薄化を確定',
  debtor_insolvency_recorded: '売掛先の支払不能を記録',
  penalty_charged: '違約金を計上',
  debt_waived: '免除を記録',
  debts_set_off: '相殺を記録',
  set_off_undone: '相殺を取消',
  claim_repurchased: '債権の買戻し',
  claim_rescinded: '買取を解除（送金後）',
  repurchase_paid: '買戻代金の受領により終了',
  repurchase_open_again: '買戻代金が再び未払い',
  take_back_undone: '買戻し・解除を取消',
  cost_advanced: '費用を立替',
  cost_undone: '立替費用を取消',
  books_proved: '帳簿を照合',
  books_found_to_differ: '帳簿の不一致を検出',
}
