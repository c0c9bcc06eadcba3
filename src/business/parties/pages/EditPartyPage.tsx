import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FormShell, Loaded, PageHeader } from '../../../ui/index.ts'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { changeBasics, openParty, type Party } from '../contract.ts'
import { BasicsSections } from './BasicsSections.tsx'
import { noBasics, type TypedBasics, toInput } from './party-inputs.ts'

export default function EditPartyPage() {
  const partyId = usePathId('partyId')
  const party = useApi(openParty, { partyId, own: 'true' })
  return (
    <Loaded from={party} rows={12}>
      {value => <EditForm key={value.id} party={value} />}
    </Loaded>
  )
}

function EditForm({ party }: { party: Party }) {
  const follow = useFollow()
  const home = `/parties/${party.id}`
  const [initial] = useState<TypedBasics>(() => typedFrom(party))
  const [typed, setTyped] = useState(initial)
  const [reason, setReason] = useState(noReason)
  const change = useCommand(changeBasics, { onDone: () => follow(home) })
  const dirty = JSON.stringify(typed) !== JSON.stringify(initial)
  return (
    <>
      <PageHeader
        title="基本情報の変更"
        code={party.partyNo}
        detail={party.legalName}
        crumbs={[
          { label: '顧客', href: '/parties' },
          { label: party.legalName, href: home },
        ]}
      />
      <Card title="変更の内容">
        <FormShell
          label="基本情報の変更"
          loading={false}
          submitError={change.problem}
          submitting={change.running}
          submitLabel="変更する"
          submitDisabledReason={dirty ? null : '変更された項目がありません。'}
          onSubmit={() =>
            change.run({
              partyId: party.id,
              rowVersion: party.rowVersion,
              basics: toInput(typed),
              change: toReason(reason),
            })
          }
          onCancel={() => follow(home)}
          dirty={dirty}
          draft={{ state: 'off' }}
          footnote="所在地の変更には裏付け資料が必要です。商号の変更は別の申請で行います。"
        >
          <BasicsSections value={typed} onChange={part => setTyped({ ...typed, ...part })} at="basics." />
          <ChangeReasonSection
            record={{ kind: 'party', id: party.id }}
            value={reason}
            onChange={part => setReason({ ...reason, ...part })}
          />
        </FormShell>
      </Card>
    </>
  )
}

function typedFrom(party: Party): TypedBasics {
  const known = Object.keys(noBasics).map(name => {
    const value = party[name as keyof Party & keyof TypedBasics]
    return [name, value ?? noBasics[name as keyof TypedBasics]]
  })
  return Object.fromEntries(known)
}
