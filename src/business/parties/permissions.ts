import type { Permission } from '../../platform/slice.ts'

const READERS = [
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
] as const

export const permissions: Permission[] = [
  { code: 'parties.read', label: '顧客・売掛先を見る', roles: READERS },
  { code: 'parties.register', label: '顧客・売掛先を登録する', roles: ['sales', 'operations', 'reviewer'] },
  {
    code: 'parties.change',
    label: '顧客・売掛先の情報を変更する（商号などは承認が必要）',
    roles: ['sales', 'operations', 'reviewer'],
  },
  {
    code: 'parties.approveChange',
    label: '商号・代表者などの変更を承認する',
    roles: ['approver', 'compliance', 'manager'],
  },
  {
    code: 'parties.readAssignments',
    label: '外部委託先への割当てを見る',
    roles: ['administrator', 'manager', 'compliance', 'auditor'],
  },
  {
    code: 'parties.assignContractor',
    label: '外部委託先に顧客を割り当てる・割当てを終了する',
    roles: ['administrator', 'manager'],
  },
  {
    code: 'parties.seeSensitive',
    label: '秘匿項目（生年月日・口座番号など）を理由を記録して表示する',
    roles: ['reviewer', 'compliance', 'operations'],
  },
]
