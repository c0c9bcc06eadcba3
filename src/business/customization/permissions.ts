import type { Permission } from '../../platform/slice.ts'

export const permissions: Permission[] = [
  {
    code: 'customization.read',
    label: '追加項目・状態・タグの定義と値を見る',
    roles: [
      'administrator',
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
    code: 'customization.manage',
    label: '追加項目・状態・タグ・入力欄の並びを定義する',
    roles: ['administrator'],
  },
  {
    code: 'customization.approveLoosening',
    label: '追加項目の「必須」「承認」を外す変更を承認する',
    roles: ['administrator'],
  },
  {
    code: 'customization.changeValues',
    label: '追加項目の値を入力・変更する（承認が必要な項目を除く）',
    roles: ['sales', 'operations', 'reviewer'],
  },
  {
    code: 'customization.setMarks',
    label: '独自の状態とタグを付ける・外す',
    roles: ['sales', 'operations', 'reviewer', 'approver', 'collector', 'compliance', 'manager'],
  },
]
