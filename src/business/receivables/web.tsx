import { FileTextOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const receivablesWeb: WebSlice = {
  pages: [
    {
      path: '/receivables',
      permission: 'receivables.read',
      component: lazy(() => import('./pages/ReceivablesPage.tsx')),
    },
    {
      path: '/receivables/new',
      permission: 'receivables.register',
      component: lazy(() => import('./pages/OfferPage.tsx')),
    },
    {
      path: '/receivables/$receivableId',
      permission: 'receivables.read',
      component: lazy(() => import('./pages/ReceivablePage.tsx')),
    },
  ],
  nav: [
    {
      key: 'receivables',
      group: 'money',
      order: 20,
      label: '債権',
      icon: <FileTextOutlined />,
      href: '/receivables',
      permission: 'receivables.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'receivables',
      label: '債権',
      order: 650,
      permission: 'receivables.read',
      component: lazy(() => import('./pages/ReceivablesTab.tsx')),
    },
  ],
  eventLabels,
  recordHref: { receivable: id => `/receivables/${id}` },
}
