import type { Permission } from '../../platform/slice.ts'

const EVERYBODY_INSIDE = [
  'sales',
  'reviewer',
  'approver',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
  'auditor',
  'administrator',
] as const

export const permissions: Permission[] = [
  { code: 'approvals.read', label: '承認申請を見る・自分の申請を取り下げる', roles: EVERYBODY_INSIDE },
  {
    code: 'approvals.decide',
    label: '承認申請を決裁する（申請ごとの承認権限が別に必要）',
    roles: ['approver', 'compliance', 'accounting', 'manager', 'administrator'],
  },
]
