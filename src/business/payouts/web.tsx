import { SendOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

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
  ],
  eventLabels,
  recordHref: { payment_out: id => `/payouts/${id}` },
}
