import { MailOutlined, SendOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export const lettersWeb: WebSlice = {
  pages: [
    {
      path: '/letters',
      permission: 'letters.read',
      component: lazy(() => import('./pages/TemplatesPage.tsx')),
    },
    {
      path: '/letter-dispatch',
      permission: 'letters.read',
      component: lazy(() => import('./pages/DispatchPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'letters',
      group: 'customers',
      order: 61,
      label: '書状の文面',
      icon: <MailOutlined aria-hidden="true" />,
      href: '/letters',
      permission: 'letters.read',
    },
    {
      key: 'letter-dispatch',
      group: 'customers',
      order: 62,
      label: '書状の発送',
      icon: <SendOutlined aria-hidden="true" />,
      href: '/letter-dispatch',
      permission: 'letters.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'letters',
      label: '書状',
      order: 735,
      permission: 'letters.read',
      component: lazy(() => import('./pages/LettersTab.tsx')),
    },
  ],
  eventLabels,
  eventFields: {
    letterKind: { label: '書状の種類' },
    letterSubject: { label: '件名' },
    letterBody: { label: '本文' },
  },
  recordHref: { letter_template: () => '/letters' },
}
