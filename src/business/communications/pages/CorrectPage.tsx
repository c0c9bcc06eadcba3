import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell, Loaded, PageHeader } from '../../../ui/index.ts'
import { type CommunicationShown, correctCommunication, openCommunication } from '../contract.ts'
import { DetailFields, QuickFields } from './ContactFields.tsx'
import { contactAsTyped, contentOf, instantOf } from './typed-contact.ts'

/** Puts a further version over a contact; the one before stays readable. */
export default function CorrectPage() {
  const communicationId = usePathId('communicationId')
  const shown = useApi(openCommunication, { communicationId })
  return (
    <Loaded from={shown} rows={10}>
      {value => <CorrectForm shown={value} />}
    </Loaded>
  )
}

function CorrectForm({ shown }: { shown: CommunicationShown }) {
  const follow = useFollow()
  const back = `/communications/${shown.id}`
  const [first] = useState(() => contactAsTyped(shown))
  const [typed, setTyped] = useState(first)
  const [reason, setReason] = useState('')
  const correct = useCommand(correctCommunication, { onDone: () => follow(back) })
  const untouched = typed.day === first.day && typed.time === first.time
  const at = untouched ? shown.occurredAt : instantOf(typed)
  const missing =
    reason.trim().length < 5
      ? '訂正の理由を5文字以上で入力してください。'
      : at === null
        ? '日付と時刻を確認してください。'
        : typed.summary.trim() === ''
          ? '要点を入力してください。'
          : null
  return (
    <>
      <PageHeader
        title="接触の記録を訂正"
        detail={`${shown.communicationNo}　${shown.party.name}`}
        crumbs={[
          { label: '接触履歴', href: '/communications' },
          { label: shown.communicationNo, href: back },
        ]}
      />
      <Card title="訂正後の内容">
        <FormShell
          label="接触の記録の訂正"
          loading={false}
          submitError={correct.problem}
          submitting={correct.running}
          submitLabel="訂正する"
          submitDisabledReason={missing}
          onSubmit={() =>
            at &&
            correct.run({
              communicationId: shown.id,
              versionNo: shown.versionNo,
              ...contentOf(typed, at),
              durationS: typed.minutes === first.minutes ? shown.durationS : (typed.minutes ?? 0) * 60,
              reason,
            })
          }
          onCancel={() => follow(back)}
          dirty={typed !== first || reason !== ''}
          draft={{ state: 'off' }}
          footnote="元の版は理由とともに残り、いつでも読めます。"
        >
          <FormSection title="訂正の理由">
            <FieldInput
              field={{
                name: 'reason',
                type: 'text',
                label: '理由',
                required: true,
                width: 'full',
                maxLength: 500,
              }}
              value={reason}
              onChange={setReason}
            />
          </FormSection>
          <QuickFields partyId={shown.party.id} typed={typed} onChange={setTyped} />
          <DetailFields partyId={shown.party.id} typed={typed} onChange={setTyped} correcting />
        </FormShell>
      </Card>
    </>
  )
}
