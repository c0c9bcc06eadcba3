import { ReadOutlined, ShopOutlined, TeamOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventFields } from './event-fields.ts'
import { fieldsOfSection, type PartySection, partyFields, partySections } from './fields.ts'
import { eventLabels } from './labels.ts'
import { partyPast } from './past.ts'

export { PartyChoice } from './pages/PartyChoice.tsx'
export { PartyFormHeader } from './pages/PartyFormHeader.tsx'
export { StaffChoice } from './pages/StaffChoice.tsx'

export const partiesWeb: WebSlice = {
  pages: [
    {
      path: '/parties',
      permission: 'parties.read',
      component: lazy(() => import('./pages/PartiesPage.tsx')),
    },
    {
      path: '/debtors',
      permission: 'parties.read',
      component: lazy(() => import('./pages/DebtorsPage.tsx')),
    },
    {
      path: '/parties/new',
      permission: 'parties.register',
      component: lazy(() => import('./pages/RegisterPartyPage.tsx')),
    },
    {
      path: '/input-guide',
      permission: 'parties.read',
      component: lazy(() => import('./pages/InputGuidePage.tsx')),
    },
    {
      path: '/customization/layout',
      permission: 'customization.read',
      component: lazy(() => import('./pages/FormLayoutPage.tsx')),
    },
    {
      path: '/parties/$partyId',
      permission: 'parties.read',
      component: lazy(() => import('./pages/PartyPage.tsx')),
    },
    {
      path: '/parties/$partyId/rename',
      permission: 'parties.change',
      component: lazy(() => import('./pages/RenamePartyPage.tsx')),
    },
    {
      path: '/parties/$partyId/edit',
      permission: 'parties.change',
      component: lazy(() => import('./pages/EditPartyPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'parties',
      group: 'customers',
      order: 10,
      label: '顧客',
      icon: <TeamOutlined />,
      href: '/parties',
      permission: 'parties.read',
    },
    {
      key: 'debtors',
      group: 'customers',
      order: 20,
      label: '売掛先',
      icon: <ShopOutlined />,
      href: '/debtors',
      permission: 'parties.read',
    },
    {
      key: 'input-guide',
      group: 'administration',
      order: 90,
      label: '入力ガイド',
      icon: <ReadOutlined />,
      href: '/input-guide',
      permission: 'parties.read',
    },
  ],
  past: partyPast,
  guide: [
    {
      key: 'party',
      title: '会社・個人事業主',
      order: 10,
      sections: (Object.keys(partySections) as PartySection[]).map(section => ({
        title: partySections[section],
        fields: fieldsOfSection(section).map(name => partyFields[name]),
      })),
    },
  ],
  tabs: [
    {
      on: 'staff',
      key: 'assignments',
      label: '担当する顧客（委託先）',
      order: 100,
      permission: 'parties.readAssignments',
      component: lazy(async () => ({
        default: (await import('./pages/AssignmentsTab.tsx')).StaffAssignmentsTab,
      })),
    },
    {
      on: 'party',
      key: 'branches',
      label: '支店・コード',
      order: 120,
      permission: 'parties.read',
      component: lazy(() => import('./pages/BranchesTab.tsx')),
    },
    {
      on: 'party',
      key: 'assignments',
      label: '委託先',
      order: 880,
      permission: 'parties.readAssignments',
      component: lazy(async () => ({
        default: (await import('./pages/AssignmentsTab.tsx')).PartyAssignmentsTab,
      })),
    },
  ],
  eventLabels,
  eventFields,
  recordHref: { party: id => `/parties/${id}` },
}
