import { lazy } from 'react'
import type { FieldDescription } from '../../platform/fields.ts'
import type { WebSlice } from '../../platform/web/page.ts'
import { personFields, personSections, roleFields } from './fields.ts'
import { eventLabels, personRoleLabels } from './labels.ts'
import { peoplePast } from './past.ts'

/** Details of a role by the name they have in events. */
const detailFields = Object.fromEntries(
  Object.values(roleFields as Readonly<Record<string, FieldDescription>>)
    .filter(field => !['role', 'title', 'validFrom'].includes(field.name))
    .map(field => [
      field.name,
      {
        label: field.label.ja,
        ...(field.choices
          ? { choices: Object.fromEntries(field.choices.map(({ value, label }) => [value, label])) }
          : {}),
      },
    ]),
)

export const peopleWeb: WebSlice = {
  pages: [
    {
      path: '/parties/$partyId/people/new',
      permission: 'people.change',
      component: lazy(() => import('./pages/AddPersonPage.tsx')),
    },
    {
      path: '/parties/$partyId/people/$partyPersonId/edit',
      permission: 'people.change',
      component: lazy(() => import('./pages/EditRolePage.tsx')),
    },
    {
      path: '/people/$personId',
      permission: 'people.read',
      component: lazy(() => import('./pages/PersonPage.tsx')),
    },
    {
      path: '/people/$personId/edit',
      permission: 'people.change',
      component: lazy(() => import('./pages/EditPersonPage.tsx')),
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'people',
      label: '関係者',
      order: 100,
      permission: 'people.read',
      component: lazy(() => import('./pages/PeopleTab.tsx')),
    },
  ],
  past: peoplePast,
  guide: [
    {
      key: 'person',
      title: '関係者（個人）',
      order: 20,
      sections: (Object.keys(personSections) as (keyof typeof personSections)[]).map(section => ({
        title: personSections[section],
        fields: Object.values({ ...personFields, ...roleFields } as Readonly<
          Record<string, FieldDescription>
        >).filter(field => field.section === section),
      })),
    },
  ],
  eventLabels,
  eventFields: {
    role: { label: '役割', choices: personRoleLabels },
    title: { label: '役職' },
    validFrom: { label: '開始日' },
    validTo: { label: '終了日' },
    ...detailFields,
  },
  recordHref: { person: id => `/people/${id}` },
}
