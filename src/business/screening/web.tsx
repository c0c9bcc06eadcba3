import { SafetyOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import { standing, type WebSlice } from '../../platform/web/page.ts'
import { mediaFields, screeningSections } from './fields.ts'
import { eventLabels, judgementLabels, stateLabels } from './labels.ts'
import { StandingTag } from './pages/tags.tsx'
import { screeningStandings } from './standings-contract.ts'

export const screeningWeb: WebSlice = {
  pages: [
    {
      path: '/screening',
      permission: 'screening.readCases',
      component: lazy(() => import('./pages/CasesPage.tsx')),
    },
    {
      path: '/screening/lists',
      permission: 'screening.readCases',
      component: lazy(() => import('./pages/ListsPage.tsx')),
    },
    {
      path: '/screening/cases/$caseId',
      permission: 'screening.readCases',
      component: lazy(() => import('./pages/CasePage.tsx')),
    },
  ],
  nav: [
    {
      key: 'screening',
      group: 'control',
      order: 20,
      label: '反社・制裁',
      icon: <SafetyOutlined />,
      href: '/screening',
      permission: 'screening.readCases',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'screening',
      label: '反社・制裁',
      order: 310,
      permission: 'screening.read',
      component: lazy(() => import('./pages/ScreeningTab.tsx')),
    },
  ],
  standings: [
    standing({
      on: 'party',
      key: 'screening',
      title: '反社・制裁',
      order: 20,
      width: 126,
      contract: screeningStandings,
      render: row => <StandingTag standing={row.standing} />,
      tab: 'screening',
    }),
  ],
  guide: [
    {
      key: 'screening',
      title: '反社・制裁',
      order: 32,
      sections: [{ title: screeningSections.media, fields: Object.values(mediaFields) }],
    },
  ],
  eventLabels,
  eventFields: {
    searchNo: { label: '検索番号' },
    scope: { label: '検索の範囲' },
    provider: { label: mediaFields.provider.label.ja },
    keywordSetVersion: { label: mediaFields.keywordSetVersion.label.ja },
    resultCount: { label: mediaFields.resultCount.label.ja },
    verdict: { label: '判断', choices: stateLabels },
    entry: { label: 'リストの名称' },
    list: { label: 'リスト' },
    judgement: { label: '判断', choices: judgementLabels },
    state: { label: '状態', choices: stateLabels },
    hits: { label: '候補の数' },
    conditionsUntil: { label: '条件の期限' },
  },
  recordHref: { screening_case: id => `/screening/cases/${id}` },
}
