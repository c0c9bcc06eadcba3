import { MergeCellsOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const resolutionWeb: WebSlice = {
  pages: [
    {
      path: '/resolution',
      permission: 'resolution.read',
      component: lazy(() => import('./pages/ClustersPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'resolution',
      group: 'customers',
      order: 40,
      label: '名寄せ',
      icon: <MergeCellsOutlined />,
      href: '/resolution',
      permission: 'resolution.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'identity',
      label: '名寄せ',
      order: 760,
      permission: 'resolution.read',
      component: lazy(() => import('./pages/IdentityTab.tsx')),
    },
  ],
  panels: [
    {
      on: 'party-registration',
      key: 'similar',
      order: 10,
      permission: 'resolution.read',
      component: lazy(() => import('./pages/SimilarPanel.tsx')),
    },
  ],
  eventLabels,
}
