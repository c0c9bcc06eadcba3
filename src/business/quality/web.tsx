import { AuditOutlined, FundOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'

export const qualityWeb: WebSlice = {
  pages: [
    {
      path: '/quality',
      permission: 'quality.read',
      component: lazy(() => import('./pages/QualityPage.tsx')),
    },
    {
      path: '/self-check',
      permission: 'quality.selfCheck',
      component: lazy(() => import('./pages/SelfCheckPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'quality',
      group: 'control',
      order: 50,
      label: 'データ品質',
      icon: <FundOutlined />,
      href: '/quality',
      permission: 'quality.read',
    },
    {
      key: 'self-check',
      group: 'control',
      order: 60,
      label: '自己点検',
      icon: <AuditOutlined />,
      href: '/self-check',
      permission: 'quality.selfCheck',
    },
  ],
}
