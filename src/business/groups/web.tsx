import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'

export const groupsWeb: WebSlice = {
  pages: [],
  tabs: [
    {
      on: 'party',
      key: 'group',
      label: 'グループ・株主',
      order: 110,
      permission: 'people.read',
      component: lazy(() => import('./pages/GroupTab.tsx')),
    },
  ],
}
