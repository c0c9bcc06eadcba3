import { ImportOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const importsWeb: WebSlice = {
  pages: [
    {
      path: '/imports',
      permission: 'imports.read',
      component: lazy(() => import('./pages/ImportsPage.tsx')),
    },
    {
      path: '/imports/new',
      permission: 'imports.prepare',
      component: lazy(() => import('./pages/NewImportPage.tsx')),
    },
    {
      path: '/imports/documents',
      permission: 'imports.prepare',
      component: lazy(() => import('./pages/InboxPage.tsx')),
    },
    {
      path: '/imports/sources',
      permission: 'imports.read',
      component: lazy(() => import('./pages/SourcesPage.tsx')),
    },
    {
      path: '/imports/$batchId',
      permission: 'imports.read',
      component: lazy(() => import('./pages/ImportPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'imports',
      group: 'customers',
      order: 70,
      label: '移行・取込',
      icon: <ImportOutlined />,
      href: '/imports',
      permission: 'imports.read',
    },
  ],
  eventLabels,
  recordHref: {
    import: id => `/imports/${id}`,
    migration_source: () => '/imports/sources',
    document_inbox: () => '/imports/documents',
  },
}
