import { FileProtectOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { contractSections, signingFields } from './fields.ts'
import { contractStateLabels, eventLabels } from './labels.ts'

const yesNo = { true: 'はい', false: 'いいえ' }

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
  guide: [
    {
      key: 'contract',
      title: '契約',
      order: 62,
      sections: [{ title: contractSections.signing, fields: Object.values(signingFields) }],
    },
  ],
  eventLabels,
  eventFields: {
    state: { label: '状態', choices: contractStateLabels },
    signedOn: { label: '締結日' },
    effectiveOn: { label: '発効日' },
    signerId: { label: '相手方の署名者' },
    signProvider: { label: '電子契約サービス' },
    envelopeNo: { label: '電子契約の書類ID' },
    signatureValid: { label: '署名・押印の確認', choices: yesNo },
    stampDutyYen: { label: '印紙税額', unit: 'yen' },
    stampCancelled: { label: '消印', choices: yesNo },
    renewal: { label: '更新の定め' },
    noticeDays: { label: '予告日数' },
    antisocialClauseVersion: { label: '反社排除条項の版' },
  },
  recordHref: { contract: id => `/contracts/${id}` },
}
