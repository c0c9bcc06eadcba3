import type {
  AccountUsage,
  CallbackNumber,
  CallbackResult,
  HolderMatch,
  VerificationMethod,
} from './tables.ts'

export const usageLabels: Record<AccountUsage, string> = {
  payout: '支払先',
  remit_from: '入金元',
  collection: '回収',
  virtual: 'バーチャル口座',
  fee: '手数料引落',
}

/** What an account of the own company is for. */
export const ownUsageLabels: Partial<Record<AccountUsage, string>> = {
  remit_from: '支払用（振込の出金元）',
  collection: '入金・回収用',
  fee: '手数料引落',
  virtual: 'バーチャル口座',
}

export const accountTypeLabels: Record<string, string> = {
  '1': '普通',
  '2': '当座',
  '4': '貯蓄',
  '9': 'その他',
}

export const verificationLabels: Record<VerificationMethod, string> = {
  document: '通帳・残高証明などの書類',
  small_deposit_test: '小額入金テスト',
  bank_api: '金融機関の回答',
}

export const holderMatchLabels: Record<HolderMatch, string> = {
  equal: '名義一致',
  equal_normalised: '表記ゆれを除き一致',
  different: '名義不一致',
  unknown: 'フリガナ未登録のため未照合',
}

export const resultLabels: Record<string, string> = {
  pending: '未確認',
  confirmed: '確認済',
  failed: '確認できず',
  returned: '返送・組戻し',
}

export const numberOfLabels: Record<CallbackNumber, string> = {
  company: '会社の電話',
  phone: '本人の電話',
  mobile: '本人の携帯電話',
}

export const callbackResultLabels: Record<CallbackResult, string> = {
  confirmed: '変更に間違いない',
  denied: '変更していない',
  not_reached: 'つながらない',
}

export const eventLabels: Record<string, string> = {
  account_registered: '口座を登録',
  account_replaced: '口座を変更',
  account_import_matched: '取込と照合（変更なし）',
  account_take_over_reverted: '移行による口座の登録を取消',
  account_verified: '口座を確認済みにした',
  account_verification_failed: '口座の確認に失敗',
  account_called_back: '口座変更の折り返し確認',
  virtual_account_released: 'バーチャル口座を返却',
  account_blocked: '口座を使用停止',
  deposit_test_sent: '小額入金テストを送金',
  deposit_test_answered: '小額入金テストの回答',
}
