import { IdcardOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import { standing, type WebSlice } from '../../platform/web/page.ts'
import { caseFields, documentFields, electronicFields, kycSections, mailFields } from './fields.ts'
import {
  caseStateLabels,
  eventLabels,
  icReadLabels,
  livenessLabels,
  mailResultLabels,
  methodLabels,
  ratingLabels,
  sideLabels,
} from './labels.ts'
import { ReviewStateTag } from './pages/tags.tsx'
import { kycPast } from './past.ts'
import { kycStandings } from './standings-contract.ts'

const validity = { true: '有効・一致', false: '無効・不一致' }

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
  standings: [
    standing({
      on: 'party',
      key: 'kyc',
      title: '本人確認',
      order: 10,
      width: 106,
      contract: kycStandings,
      render: row => <ReviewStateTag state={row.reviewState} due={row.nextReviewOn} />,
      tab: 'kyc',
    }),
  ],
  past: kycPast,
  guide: [
    {
      key: 'kyc',
      title: '本人確認',
      order: 30,
      sections: [
        { title: kycSections.case, fields: Object.values(caseFields) },
        { title: kycSections.document, fields: Object.values(documentFields) },
        { title: kycSections.electronic, fields: Object.values(electronicFields) },
        { title: kycSections.mail, fields: Object.values(mailFields) },
      ],
    },
  ],
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
    purpose: { label: '取引の目的' },
    side: { label: '写しを取った面', choices: sideLabels },
    masked: { label: '塗りつぶし', choices: { true: 'はい', false: 'いいえ' } },
    checkedOn: { label: '確認日' },
    icReadResult: { label: electronicFields.icReadResult.label.ja, choices: icReadLabels },
    signatureValid: { label: electronicFields.signatureValid.label.ja, choices: validity },
    revocationCheckedAt: { label: electronicFields.revocationCheckedAt.label.ja },
    faceMatchScore: { label: electronicFields.faceMatchScore.label.ja, unit: 'ppm' },
    faceThresholdPpm: { label: '顔照合の合格基準', unit: 'ppm' },
    liveness: { label: electronicFields.liveness.label.ja, choices: livenessLabels },
    bankConfirmed: { label: electronicFields.bankConfirmed.label.ja, choices: validity },
    expectedYen: { label: caseFields.expectedYen.label.ja, unit: 'yen' },
    assetIncomeChecked: {
      label: caseFields.assetIncomeChecked.label.ja,
      choices: { true: '確認済', false: '未確認' },
    },
  },
}
