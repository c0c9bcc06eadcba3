import { SendOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { dueSourceLabels, eventLabels, payoutStateLabels } from './labels.ts'

export { DueCard } from './pages/DueCard.tsx'

export const payoutsWeb: WebSlice = {
  pages: [
    {
      path: '/payouts',
      permission: 'payouts.read',
      component: lazy(() => import('./pages/PayoutsPage.tsx')),
    },
    {
      path: '/payouts/$payoutId',
      permission: 'payouts.read',
      component: lazy(() => import('./pages/PayoutPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'payouts',
      group: 'money',
      order: 30,
      label: '支払',
      icon: <SendOutlined />,
      href: '/payouts',
      permission: 'payouts.read',
    },
  ],
  tabs: [
    {
      on: 'receivable',
      key: 'payouts',
      label: '支払',
      order: 100,
      permission: 'payouts.read',
      component: lazy(() => import('./pages/PurchasePayoutsTab.tsx')),
    },
    {
      on: 'party',
      key: 'payouts',
      label: '支払',
      order: 710,
      permission: 'payouts.read',
      component: lazy(() => import('./pages/PartyPayoutsTab.tsx')),
    },
  ],
  eventLabels,
  eventFields: {
    dueSource: { label: '種類', choices: dueSourceLabels },
    state: { label: '状態', choices: payoutStateLabels },
    confirmedOn: { label: '送金日' },
    transferFeeYen: { label: '振込手数料', unit: 'yen' },
  },
  recordHref: {
    payment_out: id => `/payouts/${id}`,
    payout_due: () => '/payouts?tab=dues&state=waiting',
  },
}
