import { FileProtectOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { contractStateLabels, eventLabels } from './labels.ts'

export const contractsWeb: WebSlice = {
  pages: [
    {
      path: '/contracts',
      permission: 'contracts.read',
      component: lazy(() => import('./pages/ContractsPage.tsx')),
    },
    {
      path: '/contracts/$contractId',
      permission: 'contracts.read',
      component: lazy(() => import('./pages/ContractPage.tsx')),
    },
    {
      path: '/parties/$partyId/contracts/new',
      permission: 'contracts.draft',
      component: lazy(() => import('./pages/DraftContractPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'contracts',
      group: 'money',
      order: 10,
      label: '契約',
      icon: <FileProtectOutlined />,
      href: '/contracts',
      permission: 'contracts.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'contracts',
      label: '契約',
      order: 600,
      permission: 'contracts.read',
      component: lazy(() => import('./pages/ContractsTab.tsx')),
    },
  ],
  eventLabels,
  eventFields: {
    state: { label: '状態', choices: contractStateLabels },
    signedOn: { label: '締結日' },
    effectiveOn: { label: '発効日' },
  },
  recordHref: { contract: id => `/contracts/${id}` },
}
