import { ApartmentOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const groupsWeb: WebSlice = {
  pages: [
    {
      path: '/tie-proposals',
      permission: 'people.read',
      component: lazy(() => import('./pages/ProposalsPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'tie-proposals',
      group: 'customers',
      order: 45,
      label: 'グループ候補',
      icon: <ApartmentOutlined />,
      href: '/tie-proposals',
      permission: 'people.read',
    },
  ],
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
  eventLabels,
}
