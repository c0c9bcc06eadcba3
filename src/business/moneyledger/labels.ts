/** What happened to the money, as a journal's heading says it. */
export const moneyEventLabels: Record<string, string> = {
  claims_purchased: '債権の買取',
  payout_confirmed: '送金の完了',
  deposit_received: '入金',
  deposit_applied: '消込',
  shortfall_accepted: '不足額の処理',
  dilution_confirmed: '希薄化の確定',
  reserve_released: '留保金の支払決定',
  damages_accrued: '遅延損害金の計上',
  penalty_charged: '違約金の計上',
  cost_advanced: '費用の立替',
  pass_through_paid: '実費の支払',
  waived: '免除',
  refund_decided: '返金の決定',
  set_off: '相殺',
  repurchased: '買戻し',
  rescinded: '買取の解除',
  written_off: '貸倒れ',
  guarantee_fee_charged: '保証料の計上',
  guarantee_paid: '保証履行',
  loan_granted: '貸付の実行',
  interest_accrued: '利息の計上',
  balances_taken_over: '移行時残高の計上',
}

export const natureLabels = { asset: '資産', liability: '負債', income: '収益', expense: '費用' } as const
