import { SwapOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels, matchStateLabels, methodLabels } from './labels.ts'

export const reconciliationWeb: WebSlice = {
  pages: [
    {
      path: '/reconciliation',
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/WorkbenchPage.tsx')),
    },
    {
      path: '/reconciliation/matches',
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/MatchesPage.tsx')),
    },
    {
      path: '/reconciliation/aliases',
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/AliasesPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'reconciliation',
      group: 'money',
      order: 40,
      label: '消込',
      icon: <SwapOutlined aria-hidden="true" />,
      href: '/reconciliation',
      permission: 'reconciliation.read',
    },
  ],
  tabs: [
    {
      on: 'receivable',
      key: 'matches',
      label: '入金・消込',
      order: 300,
      permission: 'reconciliation.read',
      component: lazy(() => import('./pages/ReceivableMatchesTab.tsx')),
    },
  ],
  eventLabels,
  eventFields: {
    state: { label: '状態', choices: matchStateLabels },
    method: { label: '方法', choices: methodLabels },
    boughtYen: { label: '買取部分', unit: 'yen' },
    fromReserveYen: { label: '留保金から', unit: 'yen' },
    clientClaimYen: { label: '利用者への請求', unit: 'yen' },
  },
}
