import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { one, useFollow, useUrlState } from '../../../platform/web/url.ts'
import { Card, Loaded, PageHeader } from '../../../ui/index.ts'
import { useFirstOwn } from '../../customization/web.tsx'
import { openParty } from '../../parties/contract.ts'
import { openIncident } from '../contract.ts'
import { emptyIncident, IncidentForm, itemsOf, type TypedIncident } from './IncidentForm.tsx'

/** Registers an incident; the company the address names is its first subject. */
export default function NewIncidentPage() {
  const [url] = useUrlState()
  const partyId = one(url.party) ?? null
  return (
    <>
      <PageHeader title="事故を登録" crumbs={[{ label: '事故', href: '/incidents' }]} />
      <Card title="事故の内容">{partyId ? <WithParty partyId={partyId} /> : <NewForm subjects={[]} />}</Card>
    </>
  )
}

function WithParty({ partyId }: { partyId: string }) {
  const party = useApi(openParty, { partyId })
  return (
    <Loaded from={party} rows={10}>
      {value => (
        <NewForm
          subjects={[
            {
              party: { value: value.id, label: value.legalName, detail: value.partyNo },
              role: value.roles.includes('client')
                ? 'client'
                : value.roles.includes('debtor')
                  ? 'debtor'
                  : 'other',
            },
          ]}
        />
      )}
    </Loaded>
  )
}

function NewForm({ subjects }: Pick<TypedIncident, 'subjects'>) {
  const follow = useFollow()
  const today = useToday()
  const own = useFirstOwn('incident')
  const open = useCommand(openIncident, { onDone: ({ id }) => follow(`/incidents/${id}`) })
  return (
    <IncidentForm
      first={{ ...emptyIncident, foundOn: today, subjects }}
      kindStays={false}
      own={own}
      submitLabel="登録する"
      running={open.running}
      problem={open.problem}
      onSubmit={typed => open.run({ kind: typed.kind, ...itemsOf(typed), custom: own.custom })}
      onCancel={() => follow('/incidents')}
    />
  )
}
