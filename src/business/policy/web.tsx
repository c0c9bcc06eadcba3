import { ReadOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const policyWeb: WebSlice = {
  pages: [
    { path: '/policy', permission: 'policy.read', component: lazy(() => import('./pages/PolicyPage.tsx')) },
  ],
  nav: [
    {
      key: 'policy',
      group: 'administration',
      order: 20,
      label: '運用規程',
      icon: <ReadOutlined />,
      href: '/policy',
      permission: 'policy.read',
    },
  ],
  eventLabels,
  recordHref: { policy: () => '/policy' },
}
