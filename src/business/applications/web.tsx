import { FormOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { applicationSections, fieldsOfSection } from './fields.ts'
import { applicationStateLabels, channelLabels, eventLabels, itemStateLabels } from './labels.ts'

export const applicationsWeb: WebSlice = {
  pages: [
    {
      path: '/applications',
      permission: 'applications.read',
      component: lazy(() => import('./pages/ApplicationsPage.tsx')),
    },
    {
      path: '/applications/new',
      permission: 'applications.handle',
      component: lazy(() => import('./pages/NewApplicationPage.tsx')),
    },
    {
      path: '/applications/$applicationId',
      permission: 'applications.read',
      component: lazy(() => import('./pages/ApplicationPage.tsx')),
    },
    {
      path: '/applications/$applicationId/claims/new',
      permission: 'applications.handle',
      component: lazy(() => import('./pages/OfferInApplicationPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'applications',
      group: 'money',
      order: 10,
      label: '申込',
      icon: <FormOutlined aria-hidden="true" />,
      href: '/applications',
      permission: 'applications.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'applications',
      label: '申込',
      order: 630,
      permission: 'applications.read',
      component: lazy(() => import('./pages/ApplicationsTab.tsx')),
    },
    {
      on: 'receivable',
      key: 'application',
      label: '申込',
      order: 150,
      permission: 'applications.read',
      component: lazy(() => import('./pages/ApplicationOfClaim.tsx')),
    },
  ],
  guide: [
    {
      key: 'application',
      title: '申込',
      order: 58,
      sections: (Object.keys(applicationSections) as (keyof typeof applicationSections)[]).map(section => ({
        title: applicationSections[section],
        fields: fieldsOfSection(section),
      })),
    },
  ],
  eventLabels,
  eventFields: {
    applicationState: { label: '申込の状態', choices: applicationStateLabels },
    applicationNo: { label: '申込番号' },
    quoteNo: { label: '見積番号' },
    channel: { label: '受付手段', choices: channelLabels },
    campaign: { label: '広告・きっかけ' },
    plan: { label: '商品' },
    requestedYen: { label: '希望額', unit: 'yen' },
    neededBy: { label: '希望日' },
    submittedOn: { label: '申込日' },
    decidedOn: { label: '審査の回答日' },
    endedOn: { label: '終了日' },
    decisionReason: { label: '回答・終了の理由' },
    previousFactorName: { label: '乗り換え前の会社' },
    previousFactorEndedOn: { label: '前社の利用終了日' },
    previousFactorOpenYen: { label: '前社への未払額', unit: 'yen' },
    item: { label: '提出書類' },
    itemState: { label: '書類の状態', choices: itemStateLabels },
    decisionDue: { label: '審査の回答の期限' },
    fundingDue: { label: '実行の期限' },
    expiresAt: { label: '見積の有効期限' },
    answeredOn: { label: '回答日' },
    funder: { label: '提携買取会社' },
    shared: { label: '渡した情報' },
    offeredNetYen: { label: '提示された手取額', unit: 'yen' },
    lines: { label: '債権ごとの内訳' },
  },
  recordHref: { application: id => `/applications/${id}` },
}
