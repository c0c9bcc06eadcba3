import type { Permission } from '../../platform/slice.ts'

const everybodyButContractors = [
  'sales',
  'reviewer',
  'approver',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
] as const

/** Taking the trail, the staff and the sign-ins out is for those who look after them; customers' lists are not. */
export const TRAIL_EXPORT = 'lists.exportTrail'
export const BUSINESS_EXPORT = 'lists.exportBusiness'

/** A contractor takes nothing out of the house; an auditor takes out what auditing needs, and no list of customers. */
export const permissions: readonly Permission[] = [
  {
    code: 'lists.export',
    label: '出力を依頼し、自分の出力を受け取る（上限を超える行数は承認が必要）',
    roles: [...everybodyButContractors, 'auditor', 'administrator'],
  },
  { code: BUSINESS_EXPORT, label: '顧客・取引などの業務の一覧を出力する', roles: everybodyButContractors },
  {
    code: TRAIL_EXPORT,
    label: '社員・ログイン記録・監査証跡を出力する（それぞれを見る権限も必要）',
    roles: ['auditor', 'administrator'],
  },
  { code: 'lists.approveExport', label: '上限を超える出力を承認する', roles: ['compliance', 'manager'] },
  {
    code: 'lists.overseeExports',
    label: '全員の出力の記録を見る・共有の表示を整理する',
    roles: ['compliance', 'manager'],
  },
  { code: 'lists.keepViews', label: '一覧の表示を保存・共有する', roles: [...everybodyButContractors] },
]
