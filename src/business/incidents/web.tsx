import { FireOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { fieldsOfSection, incidentSections } from './fields.ts'
import { eventLabels, filingLabels, incidentKindLabels } from './labels.ts'

export const incidentsWeb: WebSlice = {
  pages: [
    {
      path: '/incidents',
      permission: 'incidents.read',
      component: lazy(() => import('./pages/IncidentsPage.tsx')),
    },
    {
      path: '/incidents/new',
      permission: 'incidents.report',
      component: lazy(() => import('./pages/NewIncidentPage.tsx')),
    },
    {
      path: '/incidents/$incidentId',
      permission: 'incidents.read',
      component: lazy(() => import('./pages/IncidentPage.tsx')),
    },
    {
      path: '/incidents/$incidentId/edit',
      permission: 'incidents.report',
      component: lazy(() => import('./pages/EditIncidentPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'incidents',
      group: 'control',
      order: 37,
      label: '事故',
      icon: <FireOutlined aria-hidden="true" />,
      href: '/incidents',
      permission: 'incidents.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'incidents',
      label: '事故',
      order: 740,
      permission: 'incidents.read',
      component: lazy(() => import('./pages/IncidentsTab.tsx')),
    },
  ],
  guide: [
    {
      key: 'incident',
      title: '事故',
      order: 64,
      sections: (Object.keys(incidentSections) as (keyof typeof incidentSections)[]).map(section => ({
        title: incidentSections[section],
        fields: fieldsOfSection(section),
      })),
    },
  ],
  eventLabels,
  eventFields: {
    incidentKind: { label: '種類', choices: incidentKindLabels },
    foundOn: { label: '発見日' },
    lossYen: { label: '損失額', unit: 'yen' },
    reportDueOn: { label: '報告期限' },
    filing: { label: '報告・届出', choices: filingLabels },
    filedOn: { label: '届け出た日' },
    changed: { label: '変更した項目' },
  },
  recordHref: { incident: id => `/incidents/${id}` },
}
