import { useState } from 'react'
import { addDays } from '../../../platform/dates/calendar-date.ts'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { one, useFollow, useUrlState } from '../../../platform/web/url.ts'
import {
  Card,
  FieldInput,
  FormSection,
  FormShell,
  inputOf,
  Loaded,
  type LookupValue,
  PageHeader,
} from '../../../ui/index.ts'
import { openParty } from '../../parties/contract.ts'
import { PartyChoice, StaffChoice } from '../../parties/web.tsx'
import { openTask, originsByHand } from '../contract.ts'
import { taskFields as fields } from '../fields.ts'
import { taskOriginLabels } from '../labels.ts'
import { type TaskKind, taskKinds } from '../tables.ts'

type Origin = { kind: (typeof originsByHand)[number]; id: string }

/** Registers a task; the address may name the company, the record it comes from, and a title to begin with. */
export default function NewTaskPage() {
  const [url] = useUrlState()
  const partyId = one(url.party) ?? null
  return (
    <>
      <PageHeader title="タスクを登録" crumbs={[{ label: 'タスク', href: '/tasks' }]} />
      <Card title="タスクの内容">{partyId ? <WithParty partyId={partyId} /> : <NewForm party={null} />}</Card>
    </>
  )
}

function WithParty({ partyId }: { partyId: string }) {
  const party = useApi(openParty, { partyId })
  return (
    <Loaded from={party} rows={8}>
      {value => <NewForm party={{ value: value.id, label: value.legalName, detail: value.partyNo }} />}
    </Loaded>
  )
}

function originIn(text: string | undefined): Origin | null {
  const [kind, id] = (text ?? '').split(':')
  const known = originsByHand.find(one => one === kind)
  return known && id ? { kind: known, id } : null
}

const DAYS_AHEAD = 7

function NewForm({ party: first }: { party: LookupValue | null }) {
  const follow = useFollow()
  const today = useToday()
  const [url] = useUrlState()
  const origin = originIn(one(url.origin))
  const asked = one(url.kind)
  const [kind, setKind] = useState<TaskKind>(taskKinds.find(known => known === asked) ?? 'other')
  const [title, setTitle] = useState((one(url.title) ?? '').slice(0, 200))
  const [note, setNote] = useState('')
  const [party, setParty] = useState(first)
  const [owner, setOwner] = useState<LookupValue | null>(null)
  const [dueOn, setDueOn] = useState<string | null>(addDays(today, DAYS_AHEAD))
  const open = useCommand(openTask, { onDone: ({ id }) => follow(`/tasks/${id}`) })
  return (
    <FormShell
      label="タスク"
      loading={false}
      submitError={open.problem}
      submitting={open.running}
      submitLabel="登録する"
      submitDisabledReason={
        title.trim() ? (dueOn ? null : '期限を入力してください。') : '件名を入力してください。'
      }
      onSubmit={() =>
        open.run({
          kind,
          title,
          note: note.trim() || null,
          partyId: party?.value ?? null,
          ownerId: owner?.value ?? null,
          dueOn: dueOn ?? '',
          origin,
        })
      }
      onCancel={() => follow(first ? `/parties/${first.value}?tab=tasks` : '/tasks')}
      dirty={title !== '' || note !== ''}
      draft={{ state: 'off' }}
      {...(origin ? { footnote: `「${taskOriginLabels[origin.kind]}」の記録から登録します。` } : {})}
    >
      <FormSection title="タスク">
        <FieldInput
          field={inputOf(fields.title, { required: true, width: 'full' })}
          value={title}
          onChange={setTitle}
        />
        <FieldInput
          field={inputOf(fields.dueOn, { required: true, width: 'short' })}
          value={dueOn}
          onChange={setDueOn}
        />
        <FieldInput
          field={inputOf(fields.kind, { required: true })}
          value={kind}
          onChange={(value: string | null) => value && setKind(value as TaskKind)}
        />
        <StaffChoice
          name="ownerId"
          label={fields.ownerId.label.ja}
          help={fields.ownerId.help}
          value={owner}
          onChange={setOwner}
        />
        <PartyChoice name="partyId" label="顧客・売掛先" value={party} onChange={setParty} />
        <FieldInput
          field={{ ...inputOf(fields.note, { width: 'full' }), rows: 4 }}
          value={note}
          onChange={setNote}
        />
      </FormSection>
    </FormShell>
  )
}
