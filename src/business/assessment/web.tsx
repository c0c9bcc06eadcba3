import { AuditOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { EventField, WebSlice } from '../../platform/web/page.ts'
import { assessmentFields, assessmentSections } from './fields.ts'
import { basisSourceLabels, eventLabels, guaranteeJudgementLabels } from './labels.ts'
import { assessmentPast } from './past.ts'
import { ruleLabels } from './rules/rules-in-force.ts'

/** The values in this slice's events, called as its fields are. */
function eventFields(): Record<string, EventField> {
  const described = Object.values(assessmentFields).flatMap(section => Object.values(section))
  const named = described.map((field): [string, EventField] => [
    field.name,
    {
      label: field.label.ja,
      ...(field.type === 'yen' ? { unit: 'yen' as const } : {}),
      ...(field.type === 'ppm' ? { unit: 'ppm' as const } : {}),
      ...(field.choices
        ? { choices: Object.fromEntries(field.choices.map(({ value, label }) => [value, label])) }
        : {}),
    },
  ])
  return {
    ...Object.fromEntries(Object.entries(ruleLabels).map(([name, label]) => [name, { label }])),
    ...Object.fromEntries(named),
    personal: { label: '個人保証', choices: { true: 'はい', false: 'いいえ' } },
    validTo: { label: '終了日' },
    sources: { label: '根拠の出所', choices: basisSourceLabels },
    judgement: { label: '確認の結果', choices: guaranteeJudgementLabels },
    basisThresholdYen: { label: ruleLabels.basisThresholdYen, unit: 'yen' },
    scoreFallPpm: { label: ruleLabels.scoreFallPpm, unit: 'ppm' },
  }
}

export const assessmentWeb: WebSlice = {
  pages: [
    {
      path: '/credit-reviews',
      permission: 'assessment.read',
      component: lazy(() => import('./pages/CreditReviewsPage.tsx')),
    },
    {
      path: '/parties/$partyId/credit-reviews/new',
      permission: 'assessment.review',
      component: lazy(() => import('./pages/CreditReviewPage.tsx')),
    },
    {
      path: '/parties/$partyId/credit-reviews/$reviewId/edit',
      permission: 'assessment.review',
      component: lazy(async () => ({
        default: (await import('./pages/CreditReviewPage.tsx')).EditCreditReviewPage,
      })),
    },
  ],
  nav: [
    {
      key: 'credit-reviews',
      group: 'customers',
      order: 35,
      label: '審査',
      icon: <AuditOutlined aria-hidden="true" />,
      href: '/credit-reviews',
      permission: 'assessment.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'credit-file',
      label: '審査',
      order: 390,
      permission: 'assessment.read',
      component: lazy(() => import('./pages/CreditFileTab.tsx')),
    },
  ],
  heads: [
    {
      on: 'party',
      key: 'watch-tag',
      place: 'tags',
      order: 10,
      permission: 'assessment.read',
      component: lazy(async () => ({ default: (await import('./pages/WatchHead.tsx')).WatchHeadTags })),
    },
    {
      on: 'party',
      key: 'watch-notice',
      place: 'summary',
      order: 10,
      permission: 'assessment.read',
      component: lazy(async () => ({ default: (await import('./pages/WatchHead.tsx')).WatchHeadNotice })),
    },
  ],
  past: assessmentPast,
  guide: [
    {
      key: 'assessment',
      title: '審査',
      order: 40,
      sections: (Object.keys(assessmentSections) as (keyof typeof assessmentSections)[]).map(section => ({
        title: assessmentSections[section],
        fields: Object.values(assessmentFields[section]),
      })),
    },
  ],
  eventLabels,
  eventFields: eventFields(),
}
