/** Kinds of ledger entry (DD group 15). */
export const LEDGER_KINDS = [
  'advance',
  'fee',
  'charge',
  'consumption_tax',
  'reserve',
  'reserve_release',
  'collection',
  'client_claim',
  'late_damages',
  'penalty',
  'refund',
  'set_off',
  'repurchase',
  'write_off',
  'recovery',
  'waiver',
  'guarantee_fee',
  'guarantee_paid',
  'loan_principal',
  'loan_interest',
  'opening',
  'reversal',
] as const

export type LedgerKind = (typeof LEDGER_KINDS)[number]

export type AccountNature = 'asset' | 'liability' | 'income' | 'expense'

/** The chart of accounts as data: code, Japanese name, and what a debit balance means. */
export const ACCOUNTS = {
  bank: { code: '1110', name: '普通預金', nature: 'asset' },
  purchasedReceivables: { code: '1210', name: '買取債権', nature: 'asset' },
  clientClaims: { code: '1220', name: '利用者求償債権', nature: 'asset' },
  accruedDamages: { code: '1230', name: '未収遅延損害金', nature: 'asset' },
  accruedPenalties: { code: '1240', name: '未収違約金', nature: 'asset' },
  recoverableCosts: { code: '1250', name: '立替費用', nature: 'asset' },
  guaranteeFeesDue: { code: '1260', name: '未収保証料', nature: 'asset' },
  guaranteeRecourse: { code: '1270', name: '保証履行求償権', nature: 'asset' },
  loans: { code: '1310', name: '貸付金', nature: 'asset' },
  accruedInterest: { code: '1320', name: '未収利息', nature: 'asset' },
  payoutsDue: { code: '2110', name: '送金未払金', nature: 'liability' },
  reserves: { code: '2120', name: '留保金', nature: 'liability' },
  suspense: { code: '2130', name: '仮受金', nature: 'liability' },
  excess: { code: '2140', name: '過入金預り金', nature: 'liability' },
  clientShare: { code: '2150', name: '利用者分預り金', nature: 'liability' },
  outputTax: { code: '2160', name: '仮受消費税', nature: 'liability' },
  passThrough: { code: '2170', name: '実費預り金', nature: 'liability' },
  openingBalance: { code: '2910', name: '移行時開始残高', nature: 'liability' },
  feeIncome: { code: '4110', name: '買取手数料収入', nature: 'income' },
  chargeIncome: { code: '4120', name: '事務手数料収入', nature: 'income' },
  damagesIncome: { code: '4130', name: '遅延損害金収入', nature: 'income' },
  penaltyIncome: { code: '4140', name: '違約金収入', nature: 'income' },
  guaranteeIncome: { code: '4150', name: '保証料収入', nature: 'income' },
  interestIncome: { code: '4160', name: '貸付利息収入', nature: 'income' },
  recoveryIncome: { code: '4170', name: '償却債権取立益', nature: 'income' },
  creditLosses: { code: '5110', name: '貸倒損失', nature: 'expense' },
  waivers: { code: '5120', name: '免除損', nature: 'expense' },
  bankCharges: { code: '5130', name: '支払手数料', nature: 'expense' },
} as const satisfies Record<string, { code: string; name: string; nature: AccountNature }>

export type AccountName = keyof typeof ACCOUNTS
