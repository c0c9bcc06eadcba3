import { FileTextOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { documentFields, documentSections } from './fields.ts'
import { eventLabels } from './labels.ts'

export { ChangeReasonSection, noReason, type TypedReason, toReason } from './pages/ChangeReasonSection.tsx'
export { EvidenceInput } from './pages/EvidenceInput.tsx'
export { EvidenceList } from './pages/EvidenceList.tsx'

export const documentsWeb: WebSlice = {
  pages: [
    {
      path: '/documents',
      permission: 'documents.read',
      component: lazy(() => import('./pages/DocumentsPage.tsx')),
    },
    {
      path: '/documents/$documentId',
      permission: 'documents.read',
      component: lazy(() => import('./pages/DocumentPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'documents',
      group: 'customers',
      order: 60,
      label: '書類',
      icon: <FileTextOutlined />,
      href: '/documents',
      permission: 'documents.read',
    },
  ],
  tabs: [
    {
      on: 'change_request',
      key: 'evidence',
      label: '裏付け資料',
      order: 10,
      permission: 'documents.download',
      component: lazy(() => import('./pages/RequestEvidence.tsx')),
    },
    {
      on: 'party',
      key: 'documents',
      label: '書類',
      order: 800,
      permission: 'documents.read',
      component: lazy(() => import('./pages/DocumentsTab.tsx')),
    },
  ],
  guide: [
    {
      key: 'document',
      title: '書類',
      order: 66,
      sections: (Object.keys(documentSections) as (keyof typeof documentSections)[]).map(section => ({
        title: documentSections[section],
        fields: Object.values(documentFields).filter(field => field.section === section),
      })),
    },
  ],
  eventLabels,
  eventFields: {
    ...Object.fromEntries(
      Object.values(documentFields).map(field => [
        field.name,
        { label: field.label.ja, ...(field.type === 'yen' ? { unit: 'yen' as const } : {}) },
      ]),
    ),
    counterpartyId: { label: '取引先の会社' },
  },
  recordHref: { document: id => `/documents/${id}` },
}
