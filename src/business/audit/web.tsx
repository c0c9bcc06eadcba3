import { SafetyCertificateOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export { RecordTimeline } from './pages/RecordTimeline.tsx'

export const auditWeb: WebSlice = {
  pages: [
    { path: '/audit', permission: 'audit.read', component: lazy(() => import('./pages/AuditPage.tsx')) },
    {
      path: '/audit/events/$eventId',
      permission: 'audit.read',
      component: lazy(() => import('./pages/EventPage.tsx')),
    },
    {
      path: '/audit/views/$viewId',
      permission: 'audit.read',
      component: lazy(() => import('./pages/ViewPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'audit',
      group: 'control',
      order: 40,
      label: '監査証跡',
      icon: <SafetyCertificateOutlined />,
      href: '/audit',
      permission: 'audit.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'history',
      label: '変更履歴',
      order: 900,
      permission: 'audit.history',
      component: lazy(() => import('./pages/HistoryTab.tsx')),
    },
    {
      on: 'party',
      key: 'views',
      label: '閲覧記録',
      order: 910,
      permission: 'audit.read',
      component: lazy(() => import('./pages/ViewsTab.tsx')),
    },
  ],
  eventLabels,
}
