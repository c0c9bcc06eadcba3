import { MessageOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { communicationSections, fieldsOfSection } from './fields.ts'
import { categoryLabels, channelLabels, contactRuleLabels, directionLabels, eventLabels } from './labels.ts'

export { PersonField as ContactPerson } from './pages/ContactFields.tsx'
export { ContactList } from './pages/ContactList.tsx'
export { dayOf, timeOf } from './pages/contact-words.tsx'
export { instantOf as contactInstant } from './pages/typed-contact.ts'

export const communicationsWeb: WebSlice = {
  pages: [
    {
      path: '/communications',
      permission: 'communications.read',
      component: lazy(() => import('./pages/CommunicationsPage.tsx')),
    },
    {
      path: '/communications/$communicationId',
      permission: 'communications.read',
      component: lazy(() => import('./pages/CommunicationPage.tsx')),
    },
    {
      path: '/communications/$communicationId/correct',
      permission: 'communications.record',
      component: lazy(() => import('./pages/CorrectPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'communications',
      group: 'customers',
      order: 60,
      label: '接触履歴',
      icon: <MessageOutlined aria-hidden="true" />,
      href: '/communications',
      permission: 'communications.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'contacts',
      label: '接触履歴',
      order: 730,
      permission: 'communications.read',
      component: lazy(() => import('./pages/ContactsTab.tsx')),
    },
  ],
  guide: [
    {
      key: 'communication',
      title: '接触履歴',
      order: 60,
      sections: (Object.keys(communicationSections) as (keyof typeof communicationSections)[]).map(
        section => ({ title: communicationSections[section], fields: fieldsOfSection(section) }),
      ),
    },
  ],
  eventLabels,
  eventFields: {
    channel: { label: '手段', choices: channelLabels },
    direction: { label: '発信・受信', choices: directionLabels },
    category: { label: '分類', choices: categoryLabels },
    policyRules: { label: '反した規則', choices: contactRuleLabels },
    plannedAt: { label: '予定日時' },
    corrected: { label: '訂正した項目' },
    version: { label: '版' },
    consentGiven: { label: '録音の告知' },
    consentHow: { label: '告知の方法' },
    retainUntil: { label: '保存期限' },
    dueOn: { label: '期日' },
    amountYen: { label: '額', unit: 'yen' },
  },
  recordHref: { communication: id => `/communications/${id}` },
}
