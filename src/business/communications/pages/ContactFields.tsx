import { useApi } from '../../../platform/web/api.ts'
import { useSession } from '../../../platform/web/session.ts'
import { FieldInput, FormSection, inputOf } from '../../../ui/index.ts'
import { peopleOfParty } from '../../people/contract.ts'
import { personRoleLabels } from '../../people/labels.ts'
import { listReceivables } from '../../receivables/contract.ts'
import { communicationFields as fields } from '../fields.ts'
import type { Category, Channel, Direction, Priority, Scope } from '../tables.ts'
import type { TypedContact } from './typed-contact.ts'

interface FieldsProps {
  partyId: string
  typed: TypedContact
  onChange: (typed: TypedContact) => void
}

/** A stored field without the notes under it, for the quick form: they stand in the guide and behind the question mark. */
function short<F extends { example?: string; why?: string }>({ example: _example, why: _why, ...rest }: F) {
  return rest as Omit<F, 'example' | 'why'>
}

/** What is asked of every contact, in the order in which it is filled in: a collector is through in twenty seconds. */
export function QuickFields({ partyId, typed, onChange }: FieldsProps) {
  const set = (part: Partial<TypedContact>) => onChange({ ...typed, ...part })
  return (
    <FormSection title="接触">
      <FieldInput
        field={{ ...short(inputOf(fields.summary)), required: true, width: 'full', rows: 3 }}
        value={typed.summary}
        onChange={summary => set({ summary })}
      />
      <FieldInput
        field={{ ...short(inputOf(fields.channel)), required: true, width: 'short' }}
        value={typed.channel}
        onChange={value => value && set({ channel: value as Channel })}
      />
      <FieldInput
        field={{ ...short(inputOf(fields.direction)), required: true, width: 'short' }}
        value={typed.direction}
        onChange={value => value && set({ direction: value as Direction })}
      />
      <FieldInput
        field={{
          name: 'reached',
          type: 'choice',
          label: '結果',
          width: 'short',
          help: fields.reached.help,
          options: [
            { value: 'yes', label: '話せた・届いた' },
            { value: 'no', label: '不在・未達' },
          ],
        }}
        value={typed.reached === 'none' ? null : typed.reached}
        onChange={value => set({ reached: (value ?? 'none') as TypedContact['reached'] })}
      />
      <PersonField partyId={partyId} value={typed.personId} onChange={personId => set({ personId })} />
      <FieldInput
        field={{ ...short(inputOf(fields.category)), required: true, width: 'short' }}
        value={typed.category}
        onChange={value => value && set({ category: value as Category })}
      />
      <FieldInput
        field={{ ...short(inputOf(fields.occurredAt)), label: '日付', required: true, width: 'short' }}
        value={typed.day}
        onChange={day => set({ day })}
      />
      <FieldInput
        field={{
          name: 'time',
          type: 'text',
          label: '時刻',
          width: 'short',
          help: '14:30、1430、14時30分のように入力します。',
        }}
        value={typed.time}
        onChange={time => set({ time })}
      />
    </FormSection>
  )
}

/** What only some contacts need. */
export function DetailFields({
  typed,
  onChange,
  partyId,
  correcting,
}: FieldsProps & { correcting: boolean }) {
  const set = (part: Partial<TypedContact>) => onChange({ ...typed, ...part })
  const restricted = useSession().permissions.has('communications.readRestricted')
  return (
    <>
      <FormSection title="詳しい内容">
        <FieldInput
          field={{ ...short(inputOf(fields.subject)), width: 'full' }}
          value={typed.subject}
          onChange={subject => set({ subject })}
        />
        <FieldInput
          field={{ ...short(inputOf(fields.body)), width: 'full', rows: 5 }}
          value={typed.body}
          onChange={body => set({ body })}
        />
        <FieldInput
          field={{ ...short(inputOf(fields.agreedPoints)), width: 'full', rows: 2 }}
          value={typed.agreedPoints}
          onChange={agreedPoints => set({ agreedPoints })}
        />
      </FormSection>
      {!correcting && <PromiseFields partyId={partyId} typed={typed} onChange={onChange} />}
      <FormSection title="扱い">
        <FieldInput
          field={short(inputOf(fields.subCategory, { width: 'short' }))}
          value={typed.subCategory}
          onChange={subCategory => set({ subCategory })}
        />
        <FieldInput
          field={{ name: 'minutes', type: 'number', label: '所要時間', unit: '分', width: 'short' }}
          value={typed.minutes}
          onChange={minutes => set({ minutes })}
        />
        <FieldInput
          field={short(inputOf(fields.priority, { width: 'short' }))}
          value={typed.priority}
          onChange={value => value && set({ priority: value as Priority })}
        />
        {restricted && (
          <FieldInput
            field={short(inputOf(fields.disclosureScope))}
            value={typed.disclosureScope}
            onChange={value => value && set({ disclosureScope: value as Scope })}
          />
        )}
      </FormSection>
    </>
  )
}

function PromiseFields({ typed, onChange, partyId }: FieldsProps) {
  const set = (part: Partial<TypedContact>) => onChange({ ...typed, ...part })
  const claims = useApi(listReceivables, { partyId, limit: 100 })
  const rows = claims.state === 'ready' ? claims.value.rows : []
  return (
    <FormSection
      title="債権・支払約束"
      hint="債権を選ぶと、約束が守られたかは入金と日付で自動的に判断します。選ばない約束は、人が判断します。"
    >
      <FieldInput
        field={{
          name: 'receivableId',
          type: 'choice',
          label: '関連する債権',
          options: [
            { value: '', label: 'なし' },
            ...rows.map(row => ({
              value: row.id,
              label: `${row.receivableNo}　${row.invoiceNo}`,
            })),
          ],
        }}
        value={typed.receivableId ?? ''}
        onChange={value => set({ receivableId: value || null })}
      />
      <FieldInput
        field={{ name: 'promise.dueOn', type: 'date', label: '約束の期日', width: 'short' }}
        value={typed.promiseOn}
        onChange={promiseOn => set({ promiseOn })}
      />
      <FieldInput
        field={{ name: 'promise.amountYen', type: 'yen', label: '約束の額', width: 'short' }}
        value={typed.promiseYen}
        onChange={promiseYen => set({ promiseYen })}
      />
    </FormSection>
  )
}

interface PersonFieldProps {
  partyId: string
  value: string | null
  onChange: (personId: string | null) => void
}

/** Somebody of the company; whoever must not be contacted says so in the list. */
export function PersonField({ partyId, value, onChange }: PersonFieldProps) {
  const people = useApi(peopleOfParty, { partyId })
  const members = people.state === 'ready' ? people.value.people : []
  const byPerson = new Map(
    members.filter(one => one.validTo === null || one.personId === value).map(one => [one.personId, one]),
  )
  return (
    <FieldInput
      field={{
        name: 'personId',
        type: 'choice',
        label: '相手',
        help: fields.personId.help,
        options: [
          { value: '', label: '（指定しない）' },
          ...[...byPerson.values()].map(one => ({
            value: one.personId,
            label: `${one.name}（${one.title ?? personRoleLabels[one.role]}）`,
            ...(one.doNotContact ? { detail: `連絡しない：${one.doNotContactReason ?? ''}` } : {}),
          })),
        ],
      }}
      value={value ?? ''}
      onChange={next => onChange(next || null)}
    />
  )
}
