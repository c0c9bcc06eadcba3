import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const accountsWeb: WebSlice = {
  pages: [
    {
      path: '/parties/$partyId/accounts/new',
      permission: 'accounts.register',
      component: lazy(() => import('./pages/RegisterAccountPage.tsx')),
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'accounts',
      label: '口座',
      order: 500,
      permission: 'accounts.read',
      component: lazy(() => import('./pages/AccountsTab.tsx')),
    },
  ],
  eventLabels,
}
