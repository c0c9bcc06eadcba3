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

/** A contractor takes nothing out of the house; the auditor reads on the screen and writes nothing, an export included. */
export const permissions: readonly Permission[] = [
  {
    code: 'lists.export',
    label: '一覧を出力する（上限を超える行数は承認が必要）',
    roles: everybodyButContractors,
  },
  { code: 'lists.approveExport', label: '上限を超える出力を承認する', roles: ['compliance', 'manager'] },
  {
    code: 'lists.overseeExports',
    label: '全員の出力の記録を見る・共有の表示を整理する',
    roles: ['compliance', 'manager'],
  },
  { code: 'lists.keepViews', label: '一覧の表示を保存・共有する', roles: [...everybodyButContractors] },
]
