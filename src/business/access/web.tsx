import { BankOutlined, KeyOutlined, SafetyCertificateOutlined, TeamOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import { call } from '../../platform/http/client.ts'
import type { Page, WebSlice } from '../../platform/web/page.ts'
import type { PersonMenuItem } from '../../ui/index.ts'
import { eventLabels } from './labels.ts'
import { signOut } from './sign-in-contract.ts'

export { SignInGate } from './pages/SignInGate.tsx'

/** Pages which open without sign-in. */
export const publicPages: readonly Page[] = [
  { path: '/invite', permission: null, component: lazy(() => import('./pages/InvitePage.tsx')) },
]

export const accessWeb: WebSlice = {
  pages: [
    { path: '/my-sign-ins', permission: null, component: lazy(() => import('./pages/MySignInsPage.tsx')) },
    { path: '/my-password', permission: null, component: lazy(() => import('./pages/MyPasswordPage.tsx')) },
    {
      path: '/second-factor',
      permission: null,
      component: lazy(() => import('./pages/SecondFactorPage.tsx')),
    },
    {
      path: '/staff',
      permission: 'access.readStaff',
      component: lazy(() => import('./pages/StaffListPage.tsx')),
    },
    {
      path: '/staff/new',
      permission: 'access.manageStaff',
      component: lazy(() => import('./pages/InviteStaffPage.tsx')),
    },
    {
      path: '/staff/$staffId',
      permission: 'access.readStaff',
      component: lazy(() => import('./pages/StaffPage.tsx')),
    },
    {
      path: '/staff/$staffId/grant',
      permission: 'access.requestGrant',
      component: lazy(() => import('./pages/GrantRolePage.tsx')),
    },
    {
      path: '/rights',
      permission: 'access.readStaff',
      component: lazy(() => import('./pages/RightsPage.tsx')),
    },
    {
      path: '/company',
      permission: 'access.readCompany',
      component: lazy(() => import('./pages/CompanyPage.tsx')),
    },
    {
      path: '/sign-in-log',
      permission: 'access.readSignInLog',
      component: lazy(() => import('./pages/SignInLogPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'staff',
      group: 'administration',
      order: 10,
      label: 'ユーザーと役割',
      icon: <TeamOutlined />,
      href: '/staff',
      permission: 'access.readStaff',
    },
    {
      key: 'rights',
      group: 'administration',
      order: 20,
      label: '役割ごとの権限',
      icon: <KeyOutlined />,
      href: '/rights',
      permission: 'access.readStaff',
    },
    {
      key: 'company',
      group: 'administration',
      order: 30,
      label: '会社設定',
      icon: <BankOutlined />,
      href: '/company',
      permission: 'access.readCompany',
    },
    {
      key: 'sign-in-log',
      group: 'administration',
      order: 40,
      label: 'ログイン記録',
      icon: <SafetyCertificateOutlined />,
      href: '/sign-in-log',
      permission: 'access.readSignInLog',
    },
  ],
  eventLabels,
  recordHref: { staff: id => `/staff/${id}`, company: () => '/company' },
}

/** What the menu behind the person's name offers. */
export function personMenuItems(follow: (href: string) => void): PersonMenuItem[] {
  return [
    { key: 'sign-ins', label: 'ログイン状況と二段階認証', onChoose: () => follow('/my-sign-ins') },
    { key: 'password', label: 'パスワードの変更', onChoose: () => follow('/my-password') },
    { key: 'sign-out', label: 'ログアウト', danger: true, onChoose: () => void leave() },
  ]
}

/** Ends the sign-in and loads the program anew, so that nothing of this person stays in the memory of the page. */
async function leave(): Promise<void> {
  await call(signOut, {})
  window.location.assign('/')
}
