import type { Permission } from '../../platform/slice.ts'

const ADMINISTRATORS = ['administrator'] as const

export const permissions: Permission[] = [
  {
    code: 'access.readStaff',
    label: 'ユーザーと役割を見る',
    roles: ['administrator', 'manager', 'compliance', 'auditor'],
  },
  {
    code: 'access.manageStaff',
    label: 'ユーザーを招待する・役割を外す・利用を終了する',
    roles: ADMINISTRATORS,
  },
  { code: 'access.requestGrant', label: '役割の付与・二段階認証の解除を申請する', roles: ADMINISTRATORS },
  { code: 'access.approveGrant', label: '役割の付与・二段階認証の解除を承認する', roles: ADMINISTRATORS },
  {
    code: 'access.readCompany',
    label: '会社設定を見る',
    roles: ['administrator', 'manager', 'accounting', 'operations', 'compliance', 'auditor'],
  },
  { code: 'access.changeCompany', label: '会社設定を変更する', roles: ADMINISTRATORS },
  { code: 'access.approveCompany', label: '会社設定の重要な変更を承認する', roles: ADMINISTRATORS },
  {
    code: 'access.readSignInLog',
    label: 'ログインの記録を見る',
    roles: ['administrator', 'compliance', 'auditor'],
  },
]
