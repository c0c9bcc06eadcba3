import { useQuery } from '@tanstack/react-query'
import { call } from '../../../platform/http/client.ts'
import { ActionButton, Notice } from '../../../ui/index.ts'
import { type KnownPerson, likePerson } from '../contract.ts'
import { personRoleLabels } from '../labels.ts'
import type { Typed } from './person-inputs.tsx'

/** People on record who may be the one being entered; one click takes the known person instead. */
export function LikePeople({ typed, onTake }: { typed: Typed; onTake: (person: KnownPerson) => void }) {
  const text = (name: string) => String(typed[name] ?? '').trim()
  const [familyName, givenName] = [text('familyName'), text('givenName')]
  const input = {
    familyName,
    givenName,
    familyKana: text('familyKana'),
    givenKana: text('givenKana'),
    birthDate: (typed.birthDate as string | null) || null,
  }
  const found = useQuery({
    queryKey: [likePerson.name, input],
    queryFn: ({ signal }) => call(likePerson, input, { signal }),
    enabled: familyName !== '' && givenName !== '',
  })
  const rows = found.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Notice tone="warning" title="似た人が登録されています。同じ人なら、登録済みの人を選んでください。">
      {rows.map(row => (
        <p key={row.id}>
          <ActionButton size="small" disabledReason={null} onClick={() => onTake(row)}>
            この人を選ぶ
          </ActionButton>{' '}
          {row.name}　{row.personNo}　{sameness(row)}
          <span className="ui-faint">　{companiesText(row)}</span>
        </p>
      ))}
    </Notice>
  )
}

interface Sameness {
  sameName: boolean
  sameKana: boolean
  sameBirthDate: boolean | null
}

function sameness({ sameName, sameKana, sameBirthDate }: Sameness): string {
  const same = [sameName && '氏名', sameKana && 'フリガナ', sameBirthDate && '生年月日'].filter(Boolean)
  const note =
    sameBirthDate === false
      ? '（生年月日は違います）'
      : sameBirthDate === null
        ? '（生年月日は比べられません）'
        : ''
  return `${same.join('・')}が同じ${note}`
}

export function companiesText(person: KnownPerson): string {
  return person.companies
    .slice(0, 3)
    .map(held => `${held.legalName} ${personRoleLabels[held.role]}${held.validTo ? '（退任）' : ''}`)
    .join('、')
}
