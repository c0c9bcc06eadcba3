import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell, Loaded, PageHeader } from '../../../ui/index.ts'
import { EffectiveDate } from '../../changes/web.tsx'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { openParty, type Party, renameParty } from '../contract.ts'
import { partyHints } from './input-hints.ts'
import { inputOf } from './party-inputs.ts'

export default function RenamePartyPage() {
  const partyId = usePathId('partyId')
  const party = useApi(openParty, { partyId, own: 'true' })
  return (
    <Loaded from={party} rows={8}>
      {value => <RenameForm party={value} />}
    </Loaded>
  )
}

/** Asks for a new legal name; a second person decides, and until then the old name stays. */
function RenameForm({ party }: { party: Party }) {
  const follow = useFollow()
  const home = `/parties/${party.id}`
  const [url] = useUrlState()
  // A name of earlier days, to be restored through the same path.
  const earlier = party.names.find(name => name.kind === 'legal' && name.name === one(url.restore))
  const [typed, setTyped] = useState({
    legalName: earlier?.name ?? party.legalName,
    legalNameKana: earlier?.kana ?? party.legalNameKana ?? '',
    effectiveOn: null as string | null,
  })
  const [reason, setReason] = useState({ ...noReason, reasonCode: 'registry_change' as string | null })
  const rename = useCommand(renameParty, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: () => follow(home),
  })
  const unchanged = typed.legalName.trim() === party.legalName
  return (
    <>
      <PageHeader
        title="商号の変更を申請"
        code={party.partyNo}
        detail={party.legalName}
        crumbs={[
          { label: '顧客', href: '/parties' },
          { label: party.legalName, href: home },
        ]}
      />
      <Card title="変更の内容">
        <FormShell
          label="商号変更"
          loading={false}
          submitError={rename.problem}
          submitting={rename.running}
          submitLabel="承認を申請する"
          submitDisabledReason={
            unchanged
              ? '新しい正式名称を入力してください。'
              : typed.effectiveOn
                ? null
                : '変更日を入力してください。'
          }
          onSubmit={() =>
            rename.run({
              partyId: party.id,
              rowVersion: party.rowVersion,
              legalName: typed.legalName,
              legalNameKana: typed.legalNameKana || null,
              effectiveOn: typed.effectiveOn ?? '',
              change: toReason(reason),
            })
          }
          onCancel={() => follow(home)}
          dirty={!unchanged}
          draft={{ state: 'off' }}
          footnote="承認者1名の確認後、変更日に反映されます。旧商号は履歴に残り、検索できます。"
        >
          <FormSection title="新しい商号">
            <FieldInput
              field={inputOf('legalName', { required: true })}
              value={typed.legalName as never}
              onChange={value => setTyped({ ...typed, legalName: value as never })}
              check={
                ((text: string, signal: AbortSignal) =>
                  partyHints.legalName?.(text, { ...noFacts, partyKind: party.partyKind }, signal) ??
                  null) as never
              }
            />
            <FieldInput
              field={inputOf('legalNameKana')}
              value={typed.legalNameKana as never}
              onChange={value => setTyped({ ...typed, legalNameKana: value as never })}
            />
            <EffectiveDate
              value={typed.effectiveOn}
              onChange={effectiveOn => setTyped({ ...typed, effectiveOn })}
              help="登記の変更年月日を入力します。先の日付なら、承認後その日に自動で反映されます。"
            />
          </FormSection>
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

const noFacts = { corporateNumber: '', postalCode: '', correspondencePostalCode: '' }
