import { DiffOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels, outcomeLabels } from './labels.ts'

export const changewatchWeb: WebSlice = {
  pages: [
    {
      path: '/change-reviews',
      permission: 'changewatch.read',
      component: lazy(() => import('./pages/ReviewsPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'change-reviews',
      group: 'control',
      order: 35,
      label: '変更検知',
      icon: <DiffOutlined />,
      href: '/change-reviews',
      permission: 'changewatch.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'change-reviews',
      label: '変更検知',
      order: 750,
      permission: 'changewatch.read',
      component: lazy(() => import('./pages/ReviewsTab.tsx')),
    },
  ],
  bulk: [
    {
      on: 'party',
      key: 'changewatch',
      order: 20,
      permission: 'changewatch.report',
      component: lazy(() => import('./pages/BulkReview.tsx')),
    },
  ],
  eventLabels,
  eventFields: { outcome: { label: '結果', choices: outcomeLabels } },
  recordHref: { change_review: () => '/change-reviews' },
}
