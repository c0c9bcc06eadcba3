import { BellOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import { standing, type WebSlice } from '../../platform/web/page.ts'
import { StatusTag } from '../../ui/index.ts'
import { eventLabels, severityLabels } from './labels.ts'
import { alertStandings } from './standings-contract.ts'

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
  standings: [
    standing({
      on: 'party',
      key: 'alerts',
      title: 'アラート',
      order: 40,
      width: 84,
      contract: alertStandings,
      render: row => (
        <StatusTag
          tone={row.gravest === 'critical' ? 'danger' : row.gravest === 'warning' ? 'warning' : 'neutral'}
          word={`${row.alerts}件`}
          detail={`${severityLabels[row.gravest]}　期限 ${row.dueOn}`}
        />
      ),
      tab: 'alerts',
    }),
  ],
  eventLabels,
  eventFields: { snoozedUntil: { label: '保留の期限' } },
}
