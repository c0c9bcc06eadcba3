import type { Permission } from '../../platform/slice.ts'

export const permissions: Permission[] = [
  {
    code: 'documents.read',
    label: '書類を見る・ダウンロードする（一般）',
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
      'contractor',
    ],
  },
  {
    code: 'documents.readPersonal',
    label: '個人情報を含む書類を見る',
    roles: ['reviewer', 'operations', 'compliance', 'auditor'],
  },
  { code: 'documents.readCompliance', label: 'コンプライアンス限りの書類を見る', roles: ['compliance'] },
  {
    code: 'documents.add',
    label: '書類を追加する',
    roles: ['sales', 'reviewer', 'operations', 'collector', 'compliance', 'accounting'],
  },
]
