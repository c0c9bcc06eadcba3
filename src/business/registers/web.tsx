import { ApiOutlined, BankOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const registersWeb: WebSlice = {
  pages: [
    {
      path: '/registers',
      permission: 'registers.lookUp',
      component: lazy(() => import('./pages/RegistersPage.tsx')),
    },
    {
      path: '/registers/settings',
      permission: 'registers.configure',
      component: lazy(() => import('./pages/RegisterSettingsPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'registers',
      group: 'control',
      order: 40,
      label: '公的登記',
      icon: <BankOutlined />,
      href: '/registers',
      permission: 'registers.lookUp',
    },
    {
      key: 'register-settings',
      group: 'administration',
      order: 60,
      label: '公的登記の照会設定',
      icon: <ApiOutlined />,
      href: '/registers/settings',
      permission: 'registers.configure',
    },
  ],
  panels: [
    {
      on: 'party-registration',
      key: 'registers',
      order: 5,
      permission: 'registers.lookUp',
      component: lazy(() => import('./pages/RegisteredPanel.tsx')),
    },
  ],
  eventLabels,
}
