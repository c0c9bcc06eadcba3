import { DownloadOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const listsWeb: WebSlice = {
  pages: [
    {
      path: '/exports',
      permission: 'lists.export',
      component: lazy(() => import('./pages/ExportsPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'exports',
      group: 'control',
      order: 80,
      label: '出力の記録',
      icon: <DownloadOutlined />,
      href: '/exports',
      permission: 'lists.export',
    },
  ],
  eventLabels,
  recordHref: { list_export: () => '/exports' },
}

export { ListTools, type ListToolsProps } from './pages/ListTools.tsx'
