import { BankOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { accountSections, callbackFields, virtualFields } from './fields.ts'
import {
  callbackResultLabels,
  eventLabels,
  numberOfLabels,
  resultLabels,
  usageLabels,
  verificationLabels,
} from './labels.ts'
import { accountsPast } from './past.ts'

export const accountsWeb: WebSlice = {
  pages: [
    {
      path: '/parties/$partyId/accounts/new',
      permission: 'accounts.register',
      component: lazy(() => import('./pages/RegisterAccountPage.tsx')),
    },
    {
      path: '/own-accounts',
      permission: 'accounts.read',
      component: lazy(() => import('./pages/OwnAccountsPage.tsx')),
    },
    {
      path: '/own-accounts/new',
      permission: 'accounts.registerOwn',
      component: lazy(() => import('./pages/RegisterOwnAccountPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'own-accounts',
      group: 'money',
      order: 80,
      label: '自社口座',
      icon: <BankOutlined />,
      href: '/own-accounts',
      permission: 'accounts.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'accounts',
      label: '口座',
      order: 500,
      permission: 'accounts.read',
      component: lazy(() => import('./pages/AccountsTab.tsx')),
    },
  ],
  past: accountsPast,
  guide: [
    {
      key: 'account',
      title: '口座',
      order: 35,
      sections: [
        { title: accountSections.callback, fields: Object.values(callbackFields) },
        { title: accountSections.virtual, fields: Object.values(virtualFields) },
      ],
    },
  ],
  eventLabels,
  eventFields: {
    usage: { label: '用途', choices: usageLabels },
    result: { label: '確認結果', choices: { ...resultLabels, ...callbackResultLabels, confirmed: '確認済' } },
    numberOf: { label: 'かけた番号', choices: numberOfLabels },
    calledAt: { label: 'かけた日時' },
    releasedOn: { label: '返却日' },
    method: { label: '確認方法', choices: verificationLabels },
    verifiedOn: { label: '確認日' },
  },
}
