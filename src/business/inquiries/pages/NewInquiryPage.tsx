import { useEffect, useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useNow } from '../../../platform/web/session.ts'
import { one, useFollow, useUrlState } from '../../../platform/web/url.ts'
import {
  Card,
  FieldInput,
  FormSection,
  FormShell,
  inputOf,
  type LookupValue,
  PageHeader,
} from '../../../ui/index.ts'
import type { Category, Channel, Priority } from '../../communications/tables.ts'
import { ContactPerson, contactInstant, dayOf, timeOf } from '../../communications/web.tsx'
import { useFirstOwn } from '../../customization/web.tsx'
import { openParty } from '../../parties/contract.ts'
import { PartyChoice } from '../../parties/web.tsx'
import { openInquiry } from '../contract.ts'
import { inquiryFields as fields } from '../fields.ts'

/** Takes in what somebody asks or complains of. */
export default function NewInquiryPage() {
  const follow = useFollow()
  const now = useNow()
  const [url] = useUrlState()
  const [party, setParty] = usePartyFromUrl(one(url.party) ?? null)
  const [personId, setPersonId] = useState<string | null>(null)
  const [typed, setTyped] = useState(() => ({
    sender: '',
    channel: 'phone' as Channel,
    category: 'consultation' as Category,
    priority: 'normal' as Priority,
    subject: '',
    body: '',
    day: dayOf(now()) as string | null,
    time: timeOf(now()),
  }))
  const [first] = useState(typed)
  const set = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part })
  const open = useCommand(openInquiry, { onDone: ({ id }) => follow(`/inquiries/${id}`) })
  const own = useFirstOwn('inquiry')
  const at = typed.time.trim() ? contactInstant(typed) : null
  const missing =
    !party && !typed.sender.trim()
      ? '顧客を選ぶか、未登録の相手の氏名を入力してください。'
      : !typed.subject.trim() || !typed.body.trim()
        ? '件名と内容を入力してください。'
        : at === null
          ? '受付の日付と時刻を確認してください。'
          : own.missing
  return (
    <>
      <PageHeader title="問合せを受け付ける" crumbs={[{ label: '問合せ・苦情', href: '/inquiries' }]} />
      <Card title="問合せの内容">
        <FormShell
          label="問合せの受付"
          loading={own.loading}
          submitError={open.problem}
          submitting={open.running}
          submitLabel="受け付ける"
          submitDisabledReason={missing}
          onSubmit={() =>
            at &&
            open.run({
              partyId: party?.value ?? null,
              personId: party ? personId : null,
              sender: typed.sender.trim() || null,
              channel: typed.channel,
              category: typed.category,
              priority: typed.priority,
              subject: typed.subject,
              body: typed.body,
              receivedAt: at,
              custom: own.custom,
            })
          }
          onCancel={() => follow('/inquiries')}
          dirty={typed !== first || own.dirty}
          draft={{ state: 'off' }}
          footnote="件名と内容は暗号化して保存します。顧客を選ぶと、接触履歴にも受信として残ります。"
        >
          <FormSection title="相手">
            <PartyChoice
              name="partyId"
              label="顧客・売掛先"
              value={party}
              onChange={next => {
                setParty(next)
                setPersonId(null)
              }}
            />
            {party && (
              <ContactPerson
                key={party.value}
                partyId={party.value}
                value={personId}
                onChange={setPersonId}
              />
            )}
            {!party && (
              <FieldInput
                field={inputOf(fields.sender)}
                value={typed.sender}
                onChange={sender => set({ sender })}
              />
            )}
            <FieldInput
              field={inputOf(fields.channel, { required: true })}
              value={typed.channel}
              onChange={value => value && set({ channel: value as Channel })}
            />
            <FieldInput
              field={{ ...inputOf(fields.receivedAt, { required: true, width: 'short' }), label: '受付日' }}
              value={typed.day}
              onChange={day => set({ day })}
            />
            <FieldInput
              field={{
                name: 'time',
                type: 'text',
                label: '受付時刻',
                required: true,
                width: 'short',
                help: '14:30、1430、14時30分のように入力します。',
              }}
              value={typed.time}
              onChange={time => set({ time })}
            />
          </FormSection>
          <FormSection title="内容">
            <FieldInput
              field={inputOf(fields.category, { required: true })}
              value={typed.category}
              onChange={value => value && set({ category: value as Category })}
            />
            <FieldInput
              field={inputOf(fields.priority)}
              value={typed.category === 'complaint' ? 'high' : typed.priority}
              readOnly={typed.category === 'complaint'}
              onChange={value => value && set({ priority: value as Priority })}
            />
            <FieldInput
              field={inputOf(fields.subject, { required: true, width: 'full' })}
              value={typed.subject}
              onChange={subject => set({ subject })}
            />
            <FieldInput
              field={{ ...inputOf(fields.body, { required: true, width: 'full' }), rows: 6 }}
              value={typed.body}
              onChange={body => set({ body })}
            />
          </FormSection>
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
