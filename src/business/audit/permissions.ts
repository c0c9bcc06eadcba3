import type { Permission } from '../../platform/slice.ts'

export const permissions: Permission[] = [
  {
    code: 'audit.history',
    label: '記録の変更履歴を見る',
    roles: [
      'sales',
      'reviewer',
      'approver',
      'operations',
      'collector',
      'compliance',
      'accounting',
      'manager',
      'auditor',
    ],
  },
  { code: 'audit.read', label: '監査証跡と閲覧記録を調べる', roles: ['compliance', 'manager', 'auditor'] },
]
