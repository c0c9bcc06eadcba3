import { call } from '../../../platform/http/client.ts'
import { FieldInput, LookupInput } from '../../../ui/index.ts'
import { findOwners } from '../contract.ts'
import { partyFields } from '../fields.ts'
import { findIndustries, industryText, isIndustryCode } from '../industries.ts'
import { type HintFacts, partyHints } from './input-hints.ts'
import { type BasicName, inputOf, type TypedBasics } from './party-inputs.ts'

interface BasicInputProps {
  name: BasicName
  at: string
  typed: TypedBasics
  partyKind: string | null
  ownerName: string | null
  onChange: (part: Partial<TypedBasics>) => void
}

const wide: readonly BasicName[] = ['address', 'correspondenceAddress', 'businessSummary']
const narrow: readonly BasicName[] = [
  'postalCode',
  'correspondencePostalCode',
  'employees',
  'fiscalYearEnd',
  'securitiesCode',
]

/** Fields whose proposal looks at another field; asked anew when that one changes. */
const beside: Partial<Record<BasicName, BasicName>> = {
  address: 'postalCode',
  correspondenceAddress: 'correspondencePostalCode',
  invoiceRegNo: 'corporateNumber',
}

/** One basic item: its input by its kind, with what is said while typing. */
export function BasicInput({ name, at, typed, partyKind, ownerName, onChange }: BasicInputProps) {
  const value = typed[name]
  if (name === 'industryCode')
    return <IndustryInput at={at} value={String(value ?? '')} onChange={onChange} />
  if (name === 'ownerStaffId')
    return <OwnerInput at={at} value={value as string | null} ownerName={ownerName} onChange={onChange} />
  const facts: HintFacts = {
    partyKind,
    corporateNumber: String(typed.corporateNumber ?? ''),
    postalCode: String(typed.postalCode ?? ''),
    correspondencePostalCode: String(typed.correspondencePostalCode ?? ''),
  }
  const hint = partyHints[name]
  const width = wide.includes(name) ? 'full' : narrow.includes(name) ? 'short' : 'medium'
  return (
    <FieldInput
      key={beside[name] ? String(typed[beside[name]] ?? '') : name}
      field={inputOf(name, { at, width })}
      value={value as never}
      onChange={next => onChange({ [name]: next } as Partial<TypedBasics>)}
      {...(hint
        ? { check: ((text: string, signal: AbortSignal) => hint(text, facts, signal)) as never }
        : {})}
    />
  )
}

interface OneInputProps<V> {
  at: string
  value: V
  onChange: (part: Partial<TypedBasics>) => void
}

/** Chooses a middle class of 日本標準産業分類 by number or word; a typed code of three or four digits is taken as it is. */
function IndustryInput({ at, value, onChange }: OneInputProps<string>) {
  const { label, help, why } = partyFields.industryCode
  return (
    <LookupInput
      field={{
        type: 'lookup',
        name: `${at}industryCode`,
        label: label.ja,
        help,
        why,
        example: '金属、24、2452',
      }}
      value={value === '' ? null : { value, label: industryText(value) ?? value }}
      onChange={chosen => onChange({ industryCode: chosen?.value ?? '' })}
      find={async text => {
        const typed = text.normalize('NFKC').trim()
        const own = /^\d{3,4}$/.test(typed) && isIndustryCode(typed)
        return [
          ...(own
            ? [{ value: typed, label: industryText(typed) ?? typed, detail: '入力した番号のまま' }]
            : []),
          ...findIndustries(text).map(entry => ({
            value: entry.code,
            label: `${entry.code} ${entry.name}`,
            detail: entry.major,
          })),
        ]
      }}
    />
  )
}

function OwnerInput({
  at,
  value,
  ownerName,
  onChange,
}: OneInputProps<string | null> & { ownerName: string | null }) {
  const { label, help, why } = partyFields.ownerStaffId
  return (
    <LookupInput
      field={{ type: 'lookup', name: `${at}ownerStaffId`, label: label.ja, help, why }}
      value={value ? { value, label: ownerName ?? '選択中の担当者' } : null}
      onChange={chosen => onChange({ ownerStaffId: chosen?.value ?? null })}
      find={async (text, signal) => {
        const { rows } = await call(findOwners, text ? { text } : {}, { signal })
        return rows.map(row => ({ value: row.id, label: row.name }))
      }}
    />
  )
}
