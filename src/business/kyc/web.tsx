import { IdcardOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { caseStateLabels, eventLabels, mailResultLabels, methodLabels, ratingLabels } from './labels.ts'
import { kycPast } from './past.ts'

export const kycWeb: WebSlice = {
  pages: [
    { path: '/kyc', permission: 'kyc.read', component: lazy(() => import('./pages/DuePage.tsx')) },
    {
      path: '/parties/$partyId/kyc/new',
      permission: 'kyc.check',
      component: lazy(() => import('./pages/OpenCasePage.tsx')),
    },
  ],
  nav: [
    {
      key: 'kyc',
      group: 'control',
      order: 10,
      label: '本人確認の期限',
      icon: <IdcardOutlined />,
      href: '/kyc',
      permission: 'kyc.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'kyc',
      label: '本人確認',
      order: 300,
      permission: 'kyc.read',
      component: lazy(() => import('./pages/KycTab.tsx')),
    },
  ],
  past: kycPast,
  eventLabels,
  eventFields: {
    methodCode: { label: '確認方法', choices: methodLabels },
    riskRating: { label: 'リスク評価', choices: ratingLabels },
    mailResult: { label: '郵便', choices: mailResultLabels },
    state: { label: '状態', choices: caseStateLabels },
    completedOn: { label: '完了日' },
    nextReviewOn: { label: '見直し期限' },
    exceptionUntil: { label: '例外の期限' },
    seenOn: { label: '確認日' },
    expiresOn: { label: '有効期限' },
  },
}
