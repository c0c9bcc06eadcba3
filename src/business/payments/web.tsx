import { BankOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels, paymentStateLabels } from './labels.ts'

export const paymentsWeb: WebSlice = {
  pages: [
    {
      path: '/payments',
      permission: 'payments.read',
      component: lazy(() => import('./pages/PaymentsPage.tsx')),
    },
    {
      path: '/payments/import',
      permission: 'payments.read',
      component: lazy(() => import('./pages/ImportPage.tsx')),
    },
    {
      path: '/payments/$paymentId',
      permission: 'payments.read',
      component: lazy(() => import('./pages/PaymentPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'payments',
      group: 'money',
      order: 30,
      label: '入金',
      icon: <BankOutlined aria-hidden="true" />,
      href: '/payments',
      permission: 'payments.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'payments',
      label: '入金',
      order: 720,
      permission: 'payments.read',
      component: lazy(() => import('./pages/PartyPaymentsTab.tsx')),
    },
  ],
  eventLabels,
  eventFields: {
    state: { label: '状態', choices: paymentStateLabels },
    amountYen: { label: '金額', unit: 'yen' },
    receivedOn: { label: '入金日' },
    linesTotal: { label: '明細件数' },
    linesNew: { label: '新規件数' },
    linesKnown: { label: '取込済件数' },
    depositsYen: { label: '入金額', unit: 'yen' },
  },
  recordHref: { payment_in: id => `/payments/${id}` },
}

export { PaymentStateTag } from './pages/payment-words.tsx'
