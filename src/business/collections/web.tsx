import { PhoneOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { channelLabels } from '../communications/labels.ts'
import { caseStateLabels, eventLabels } from './labels.ts'

export const collectionsWeb: WebSlice = {
  pages: [
    {
      path: '/collections',
      permission: 'collections.read',
      component: lazy(() => import('./pages/OverduePage.tsx')),
    },
    {
      path: '/collections/$receivableId',
      permission: 'collections.read',
      component: lazy(() => import('./pages/CollectionPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'collections',
      group: 'money',
      order: 50,
      label: '回収',
      icon: <PhoneOutlined aria-hidden="true" />,
      href: '/collections',
      permission: 'collections.read',
    },
  ],
  tabs: [
    {
      on: 'receivable',
      key: 'collection',
      label: '回収',
      order: 400,
      permission: 'collections.read',
      component: lazy(() => import('./pages/CollectionTab.tsx')),
    },
  ],
  eventLabels,
  eventFields: {
    caseState: { label: '段階', choices: caseStateLabels },
    channel: { label: '手段', choices: channelLabels },
    reached: { label: '本人と話せた' },
    nextActionOn: { label: '次の対応日' },
    disputedYen: { label: '争いのある額', unit: 'yen' },
    lossYen: { label: '貸倒損失', unit: 'yen' },
    dueOn: { label: '期日' },
  },
}
