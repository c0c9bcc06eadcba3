import type { StoredLimitKind } from './tables.ts'

export const limitKindLabels: Record<StoredLimitKind, string> = {
  client: '利用者枠',
  group: 'グループ枠',
  debtor: '売掛先枠',
  debtor_group: '売掛先グループ枠',
  pair: '取引組合せ枠',
  concentration: '集中度の上限',
}

/** The kinds that may bind a deal, the ceiling of its plan among them. */
export const dealLimitLabels = { ...limitKindLabels, plan: '商品枠' } as const

export const overrideStateLabels = {
  standing: '有効',
  used: '使用中',
  expired: '期限切れ',
  revoked: '取消',
  replaced: '置換済',
} as const

export const termLabels = { permanent: '恒久枠', temporary: '一時枠' } as const

export const limitStateLabels = {
  reserved: '開始前',
  in_force: '有効',
  suspended: '停止中',
  set_aside: '統合により適用外',
  superseded: '改定済',
  lapsed: '失効',
  revoked: '取消',
} as const

export const eventLabels: Record<string, string> = {
  limit_granted: '与信枠を設定',
  limit_changed: '与信枠を改定',
  limit_take_over_reverted: '移行による与信枠の登録を取消',
  limit_suspended: '与信枠を停止',
  limit_suspension_lifted: '与信枠の停止を解除',
  limit_revoked: '与信枠を取消',
  limit_breached: '与信枠を超過',
  limit_breach_accepted: '与信枠の超過を承認',
  limit_override_granted: '超過承認を付与',
  limit_override_used: '超過承認を使用',
  limit_override_revoked: '超過承認を取消',
}
