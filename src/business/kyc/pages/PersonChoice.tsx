import { useApi } from '../../../platform/web/api.ts'
import { FieldInput } from '../../../ui/index.ts'
import { peopleOfParty } from '../../people/contract.ts'

const SELF = 'self'

interface ChoiceProps {
  partyId: string
  value: string | null
  onChange: (personId: string | null) => void
}

/** Whom a document or an electronic check is about; nobody chosen: the customer itself. */
export function PersonChoice({ partyId, value, onChange }: ChoiceProps) {
  const people = useApi(peopleOfParty, { partyId })
  const rows = people.state === 'ready' ? people.value.people : []
  const known = [...new Map(rows.map(one => [one.personId, one.name])).entries()]
  return (
    <FieldInput
      field={{
        name: 'personId',
        type: 'choice',
        label: '対象の人',
        help: '代表者・取引担当者などの本人確認のときに、その人を選びます。',
        options: [{ value: SELF, label: '顧客本人' }, ...known.map(([value, label]) => ({ value, label }))],
      }}
      value={value ?? SELF}
      onChange={(chosen: string | null) => onChange(chosen === SELF ? null : chosen)}
    />
  )
}
