import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels, personRoleLabels } from './labels.ts'

export const peopleWeb: WebSlice = {
  pages: [
    {
      path: '/parties/$partyId/people/new',
      permission: 'people.change',
      component: lazy(() => import('./pages/AddPersonPage.tsx')),
    },
    {
      path: '/parties/$partyId/shares/new',
      permission: 'people.change',
      component: lazy(() => import('./pages/RecordSharesPage.tsx')),
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'people',
      label: '関係者',
      order: 100,
      permission: 'people.read',
      component: lazy(() => import('./pages/PeopleTab.tsx')),
    },
    {
      on: 'party',
      key: 'group',
      label: 'グループ',
      order: 110,
      permission: 'people.read',
      component: lazy(() => import('./pages/GroupTab.tsx')),
    },
  ],
  eventLabels,
  eventFields: {
    role: { label: '役割', choices: personRoleLabels },
    title: { label: '役職' },
    validFrom: { label: '開始日' },
    validTo: { label: '終了日' },
    sharePpm: { label: '議決権割合', unit: 'ppm' },
  },
}
