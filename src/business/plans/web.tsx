import { TagsOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels, planStatusLabels } from './labels.ts'

export { PlanChoiceField } from './pages/PlanChoiceField.tsx'
export {
  amountRange as planAmountWords,
  clockWords,
  feeRange as planFeeWords,
  planHoursWords,
} from './parameter-lines.ts'

export const plansWeb: WebSlice = {
  pages: [
    { path: '/plans', permission: 'plans.read', component: lazy(() => import('./pages/PlansPage.tsx')) },
    {
      path: '/plans/new',
      permission: 'plans.draft',
      component: lazy(() => import('./pages/NewPlanPage.tsx')),
    },
    {
      path: '/plans/$planId',
      permission: 'plans.read',
      component: lazy(() => import('./pages/PlanPage.tsx')),
    },
    {
      path: '/plans/$planId/draft',
      permission: 'plans.draft',
      component: lazy(() => import('./pages/PlanDraftPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'plans',
      group: 'money',
      order: 12,
      label: '商品',
      icon: <TagsOutlined aria-hidden="true" />,
      href: '/plans',
      permission: 'plans.read',
    },
  ],
  panels: [
    {
      on: 'party-limits',
      key: 'ceilings',
      order: 10,
      permission: 'plans.read',
      component: lazy(() => import('./pages/PartyCeilings.tsx')),
    },
  ],
  eventLabels,
  eventFields: {
    planStatus: { label: '商品の状態', choices: planStatusLabels },
    operatedBy: { label: '運営会社' },
    effectiveFrom: { label: '適用開始日' },
  },
  recordHref: { plan: id => `/plans/${id}` },
}
