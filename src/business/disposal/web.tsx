import { DeleteOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const disposalWeb: WebSlice = {
  pages: [
    {
      path: '/disposal',
      permission: 'disposal.read',
      component: lazy(() => import('./pages/DisposalPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'disposal',
      group: 'control',
      order: 65,
      label: '廃棄',
      icon: <DeleteOutlined aria-hidden="true" />,
      href: '/disposal',
      permission: 'disposal.read',
    },
  ],
  eventLabels,
  recordHref: { disposal: () => '/disposal?view=done' },
}
