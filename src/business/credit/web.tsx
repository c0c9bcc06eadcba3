import { SafetyOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import { standing, type WebSlice } from '../../platform/web/page.ts'
import { StatusTag, UseBar } from '../../ui/index.ts'
import { eventLabels } from './labels.ts'
import { creditPast } from './past.ts'
import { limitUse } from './use-contract.ts'

export { OverrideHint } from './pages/OverrideHint.tsx'
export { OverrideTab } from './pages/OverrideTab.tsx'

export const creditWeb: WebSlice = {
  pages: [
    { path: '/limits', permission: 'credit.read', component: lazy(() => import('./pages/LimitsPage.tsx')) },
    {
      path: '/parties/$partyId/limits/new',
      permission: 'credit.request',
      component: lazy(() => import('./pages/GrantLimitPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'limits',
      group: 'customers',
      order: 40,
      label: '与信枠',
      icon: <SafetyOutlined aria-hidden="true" />,
      href: '/limits',
      permission: 'credit.read',
    },
  ],
  tabs: [
    {
      on: 'receivable',
      key: 'limits',
      label: '枠・超過承認',
      order: 90,
      permission: 'credit.read',
      component: lazy(() => import('./pages/OverrideTab.tsx')),
    },
    {
      on: 'party',
      key: 'limits',
      label: '与信',
      order: 400,
      permission: 'credit.read',
      component: lazy(() => import('./pages/LimitsTab.tsx')),
    },
  ],
  standings: [
    standing({
      on: 'party',
      key: 'limitUse',
      title: '枠の使用',
      order: 30,
      width: 122,
      contract: limitUse,
      render: row =>
        row.suspended ? (
          <StatusTag tone="danger" word="枠停止中" />
        ) : (
          <UseBar used={row.exposureYen} limit={row.limitYen} />
        ),
      tab: 'limits',
    }),
  ],
  past: creditPast,
  eventLabels,
  eventFields: {
    amount: { label: '限度額' },
    inForceFrom: { label: '開始日' },
    inForceTo: { label: '終了日' },
    overYen: { label: '超過額', unit: 'yen' },
    cause: { label: '超過の原因' },
    acceptedUntil: { label: '解消の期限' },
    authorityLevel: { label: '決裁権限', choices: { approver: '決裁', manager: '管理職' } },
  },
}
