import { useEffect, useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { one, useFollow, useUrlState } from '../../../platform/web/url.ts'
import { Card, FormSection, FormShell, type LookupValue, PageHeader } from '../../../ui/index.ts'
import { useFirstOwn } from '../../customization/web.tsx'
import { openParty } from '../../parties/contract.ts'
import { PartyChoice } from '../../parties/web.tsx'
import { draftApplication } from '../contract.ts'
import { ApplicationSections, askedOf, emptyApplication } from './ApplicationForm.tsx'

/** Takes in what a client asks us to buy. */
export default function NewApplicationPage() {
  const follow = useFollow()
  const [url] = useUrlState()
  const [client, setClient] = usePartyFromUrl(one(url.party) ?? null)
  const [typed, setTyped] = useState(emptyApplication)
  const draft = useCommand(draftApplication, { onDone: ({ id }) => follow(`/applications/${id}`) })
  const own = useFirstOwn('application')
  const missing = !client
    ? '利用者を選んでください。'
    : !typed.requestedYen
      ? '希望額を入力してください。'
      : own.missing
  return (
    <>
      <PageHeader title="申込を登録する" crumbs={[{ label: '申込', href: '/applications' }]} />
      <Card title="申込">
        <FormShell
          label="申込の登録"
          loading={own.loading}
          submitError={draft.problem}
          submitting={draft.running}
          submitLabel="下書きとして登録する"
          submitDisabledReason={missing}
          onSubmit={() =>
            client &&
            draft.run({ clientId: client.value, form: typed.form, ...askedOf(typed), custom: own.custom })
          }
          onCancel={() => follow('/applications')}
          dirty={typed !== emptyApplication || own.dirty}
          draft={{ state: 'off' }}
          footnote="登録すると、提出書類の一覧ができます。期限は「申込を受け付ける」を押した時から数えます。"
        >
          <FormSection title="利用者">
            <PartyChoice
              name="clientId"
              label="顧客（利用者）"
              value={client}
              onChange={setClient}
              only="client"
              required
            />
          </FormSection>
          <ApplicationSections
            typed={typed}
            set={part => setTyped({ ...typed, ...part })}
            isNew
            partyId={client?.value ?? null}
          />
          {own.section}
        </FormShell>
      </Card>
    </>
  )
}

/** The customer chosen, at first the one the address names. */
function usePartyFromUrl(partyId: string | null) {
  const [party, setParty] = useState<LookupValue | null>(null)
  const named = useApi(openParty, { partyId: partyId ?? '' }, { enabled: partyId !== null })
  const value = named.state === 'ready' ? named.value : null
  useEffect(() => {
    if (value) setParty({ value: value.id, label: value.legalName, detail: value.partyNo })
  }, [value])
  return [party, setParty] as const
}
