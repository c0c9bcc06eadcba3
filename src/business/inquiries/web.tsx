import { QuestionCircleOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { categoryLabels, priorityLabels } from '../communications/labels.ts'
import { fieldsOfSection, inquirySections } from './fields.ts'
import { eventLabels, inquiryStateLabels } from './labels.ts'

export const inquiriesWeb: WebSlice = {
  pages: [
    {
      path: '/inquiries',
      permission: 'inquiries.read',
      component: lazy(() => import('./pages/InquiriesPage.tsx')),
    },
    {
      path: '/inquiries/new',
      permission: 'inquiries.handle',
      component: lazy(() => import('./pages/NewInquiryPage.tsx')),
    },
    {
      path: '/inquiries/$inquiryId',
      permission: 'inquiries.read',
      component: lazy(() => import('./pages/InquiryPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'inquiries',
      group: 'customers',
      order: 62,
      label: '問合せ・苦情',
      icon: <QuestionCircleOutlined aria-hidden="true" />,
      href: '/inquiries',
      permission: 'inquiries.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'inquiries',
      label: '問合せ・苦情',
      order: 735,
      permission: 'inquiries.read',
      component: lazy(() => import('./pages/InquiriesTab.tsx')),
    },
  ],
  guide: [
    {
      key: 'inquiry',
      title: '問合せ・苦情',
      order: 62,
      sections: (Object.keys(inquirySections) as (keyof typeof inquirySections)[]).map(section => ({
        title: inquirySections[section],
        fields: fieldsOfSection(section),
      })),
    },
  ],
  eventLabels,
  eventFields: {
    inquiryState: { label: '状態', choices: inquiryStateLabels },
    category: { label: '分類', choices: categoryLabels },
    priority: { label: '優先度', choices: priorityLabels },
  },
  recordHref: { inquiry: id => `/inquiries/${id}` },
}
