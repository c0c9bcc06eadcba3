import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { FieldInput, FormSection, FormShell, useSay } from '../../../ui/index.ts'
import { planContact } from '../contract.ts'
import { categoryLabels, channelLabels } from '../labels.ts'
import type { Category, Channel } from '../tables.ts'
import { PersonField } from './ContactFields.tsx'
import { instantOf } from './typed-contact.ts'

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** Plans a contact; a rule that forbids it refuses it here, before anybody calls. */
export function PlanContact({ partyId, onClose }: { partyId: string; onClose: () => void }) {
  const today = useToday()
  const say = useSay()
  const [channel, setChannel] = useState<Channel>('phone')
  const [category, setCategory] = useState<Category>('existing_deal')
  const [personId, setPersonId] = useState<string | null>(null)
  const [day, setDay] = useState<string | null>(today)
  const [time, setTime] = useState('')
  const [purpose, setPurpose] = useState('')
  const plan = useCommand(planContact, {
    onDone: () => {
      say.done('連絡の予定を登録しました。')
      onClose()
    },
  })
  const at = time.trim() ? instantOf({ day, time }) : null
  return (
    <FormShell
      label="連絡の予定"
      loading={false}
      submitError={plan.problem}
      submitting={plan.running}
      submitLabel="予定する"
      submitDisabledReason={
        at === null
          ? '日付と時刻を入力してください。'
          : purpose.trim().length < 2
            ? '用件を入力してください。'
            : null
      }
      onSubmit={() => at && plan.run({ partyId, personId, channel, category, plannedAt: at, purpose })}
      onCancel={onClose}
      dirty={purpose !== ''}
      draft={{ state: 'off' }}
      footnote="夜間、「連絡しない」人、通知前の2社間の売掛先への連絡は予定できません。"
    >
      <FormSection title="予定">
        <FieldInput
          field={{
            name: 'purpose',
            type: 'text',
            label: '用件',
            required: true,
            width: 'full',
            maxLength: 200,
          }}
          value={purpose}
          onChange={setPurpose}
        />
        <FieldInput
          field={{ name: 'plannedAt', type: 'date', label: '日付', required: true, width: 'short' }}
          value={day}
          onChange={setDay}
        />
        <FieldInput
          field={{
            name: 'time',
            type: 'text',
            label: '時刻',
            required: true,
            width: 'short',
            help: '14:30、1430、14時30分のように入力します。',
          }}
          value={time}
          onChange={setTime}
        />
        <FieldInput
          field={{
            name: 'channel',
            type: 'choice',
            label: '手段',
            required: true,
            width: 'short',
            options: options(channelLabels),
          }}
          value={channel}
          onChange={value => value && setChannel(value as Channel)}
        />
        <FieldInput
          field={{
            name: 'category',
            type: 'choice',
            label: '分類',
            required: true,
            width: 'short',
            options: options(categoryLabels),
          }}
          value={category}
          onChange={value => value && setCategory(value as Category)}
        />
        <PersonField partyId={partyId} value={personId} onChange={setPersonId} />
      </FormSection>
    </FormShell>
  )
}
