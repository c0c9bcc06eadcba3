import type { AllocationKind, MatchMethod, ShortReason } from './tables.ts'

export const allocationLabels: Record<AllocationKind, string> = {
  principal: '元本',
  late_damages: '遅延損害金',
  penalty: '違約金',
  cost: '費用',
  fee: '手数料',
  reserve: '留保金',
  client_share: '利用者分',
  recovery: '償却後の回収',
  excess: '超過分',
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
}
