import { BellOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export { dueWord, useAlertHref } from './pages/alert-words.tsx'

export const alertsWeb: WebSlice = {
  pages: [
    { path: '/alerts', permission: 'alerts.read', component: lazy(() => import('./pages/AlertsPage.tsx')) },
  ],
  nav: [
    {
      key: 'alerts',
      group: 'day',
      order: 30,
      label: 'アラート',
      icon: <BellOutlined aria-hidden="true" />,
      href: '/alerts',
      permission: 'alerts.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'alerts',
      label: 'アラート',
      order: 800,
      permission: 'alerts.read',
      component: lazy(() => import('./pages/PartyAlertsTab.tsx')),
    },
  ],
  panels: [
    {
      on: 'unmerge-preview',
      key: 'alerts',
      order: 10,
      permission: 'alerts.read',
      component: lazy(() => import('./pages/AlertsAfterUnmerge.tsx')),
    },
  ],
  eventLabels,
  eventFields: { snoozedUntil: { label: '保留の期限' } },
}
