import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { many, one, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  type Filter,
  FilterBar,
  type FilterValues,
  mapLoadable,
  Row,
  Stack,
} from '../../../ui/index.ts'
import { peopleOfParty } from '../../people/contract.ts'
import { type CommunicationRow, type ContactPlan, listCommunications } from '../contract.ts'
import { categoryLabels, channelLabels } from '../labels.ts'
import type { Category, Channel } from '../tables.ts'
import { ContactList } from './ContactList.tsx'
import { PlanContact } from './PlanContact.tsx'
import { PlansCard } from './PlansCard.tsx'
import { PromisesCard } from './PromisesCard.tsx'
import { RecordContact } from './RecordContact.tsx'

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

type Open = { kind: 'record'; plan: ContactPlan | null } | { kind: 'plan' } | null

/** Everything said to and by one company, with the quick form over it; `contact=new` in the address opens the form. */
export default function ContactsTab({ recordId }: { recordId: string }) {
  const [url, setUrl] = useUrlState()
  const wanted = one(url.contact) === 'new'
  const [open, setOpen] = useState<Open>(wanted ? { kind: 'record', plan: null } : null)
  const [values, setValues] = useState<FilterValues>({})
  const [marks, setMarks] = useState<string[]>([])
  const whyNot = useWhyNot()
  const { permissions } = useSession()
  const people = useApi(peopleOfParty, { partyId: recordId }, { enabled: permissions.has('people.read') })
  const persons = new Map(
    (people.state === 'ready' ? people.value.people : []).map(person => [person.personId, person.name]),
  )
  const filters: Filter[] = [
    { key: 'channel', type: 'multi', label: '手段', options: options(channelLabels) },
    {
      key: 'personId',
      type: 'choice',
      label: '相手',
      options: [...persons].map(([value, label]) => ({ value, label })),
    },
    { key: 'category', type: 'multi', label: '分類', options: options(categoryLabels) },
  ]
  const page = useApi(listCommunications, {
    partyId: recordId,
    after: marks.at(-1),
    channel: many([...(values.channel ?? [])]) as Channel[],
    category: many([...(values.category ?? [])]) as Category[],
    ...(values.personId?.[0] ? { personId: values.personId[0] } : {}),
  })
  const next = page.state === 'ready' ? page.value.next : null
  const close = () => {
    setOpen(null)
    if (wanted) setUrl({ contact: undefined })
  }
  return (
    <Stack>
      {open === null && (
        <Row>
          <ActionButton
            kind="primary"
            disabledReason={whyNot('communications.record')}
            onClick={() => setOpen({ kind: 'record', plan: null })}
          >
            接触を記録
          </ActionButton>
          <ActionButton
            disabledReason={whyNot('communications.record')}
            onClick={() => setOpen({ kind: 'plan' })}
          >
            連絡を予定
          </ActionButton>
        </Row>
      )}
      {open?.kind === 'record' && (
        <RecordContact key={open.plan?.id ?? 'new'} partyId={recordId} plan={open.plan} onClose={close} />
      )}
      {open?.kind === 'plan' && <PlanContact partyId={recordId} onClose={close} />}
      <PlansCard partyId={recordId} onDone={plan => setOpen({ kind: 'record', plan })} />
      <PromisesCard partyId={recordId} />
      <ContactList
        ofAll={false}
        rows={mapLoadable(page, body => body.rows as readonly CommunicationRow[])}
        pager={{
          next: next ? () => setMarks([...marks, next]) : null,
          previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
        }}
        height="natural"
        filters={
          <FilterBar
            filters={filters}
            values={values}
            onChange={changed => {
              setValues(changed)
              setMarks([])
            }}
            search={null}
          />
        }
        empty={{
          title: '接触の記録はまだありません',
          hint: '「接触を記録」から、電話・メール・訪問・郵便を1件ずつ残します。債権の「回収」タブで記録した連絡もここに並びます。',
        }}
      />
    </Stack>
  )
}
