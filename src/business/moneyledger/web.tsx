import { AccountBookOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'

export { JournalsCard } from './pages/JournalsCard.tsx'

export const moneyledgerWeb: WebSlice = {
  pages: [
    {
      path: '/ledger',
      permission: 'moneyledger.read',
      component: lazy(() => import('./pages/TrialBalancePage.tsx')),
    },
  ],
  nav: [
    {
      key: 'ledger',
      group: 'money',
      order: 90,
      label: '試算表',
      icon: <AccountBookOutlined />,
      href: '/ledger',
      permission: 'moneyledger.read',
    },
  ],
}
