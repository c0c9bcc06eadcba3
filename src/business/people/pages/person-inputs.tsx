import type { FieldDescription as StoredField } from '../../../platform/fields.ts'
import { FieldInput, type InputMore, inputOf } from '../../../ui/index.ts'
import { parsePhone } from '../../names/web.ts'
import {
  type PersonFieldName,
  personFields,
  type personSections,
  type RoleFieldName,
  roleFields,
} from '../fields.ts'

export type Typed = Record<string, string | boolean | null>

const withNull: readonly StoredField['type'][] = ['date', 'choice']

export const emptyOf = (field: StoredField): string | boolean | null =>
  field.type === 'boolean' ? false : withNull.includes(field.type) ? null : ''

export const personNames = Object.keys(personFields) as PersonFieldName[]
export const nobody: Typed = {
  ...Object.fromEntries(personNames.map(name => [name, emptyOf(personFields[name])])),
  pepKind: 'none',
}

export function namesOfSection(section: keyof typeof personSections): PersonFieldName[] {
  return personNames.filter(name => personFields[name].section === section)
}

/** Typed items as the contract takes them: empty becomes null. */
export function toValue(value: string | boolean | null | undefined): string | boolean | null {
  return typeof value === 'string' && value.trim() === '' ? null : (value ?? null)
}

/** What a form says under a field of a person while somebody types; nothing written is changed by itself. */
const hints: Partial<Record<string, (text: string) => unknown>> = {
  phone: phoneHint,
  mobile: phoneHint,
  nationality: countryHint,
  pepCountry: countryHint,
  latinName: text => {
    const value = text.normalize('NFKC').toUpperCase().replace(/\s+/g, ' ').trim()
    return value === text || text.trim() === ''
      ? null
      : { level: 'info', sentence: '旅券の書き方にそろえられます。', suggestion: { shown: value, value } }
  },
  email: text => {
    const value = text.normalize('NFKC').trim().toLowerCase()
    if (value === '') return null
    if (value !== text)
      return { level: 'warning', sentence: '半角小文字で入力します。', suggestion: { shown: value, value } }
    return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)
      ? null
      : { level: 'warning', sentence: 'メールアドレスの形ではありません。' }
  },
}

function phoneHint(text: string) {
  if (text.trim() === '') return null
  const { display, issues } = parsePhone(text)
  if (!display) return { level: 'warning', sentence: issues[0]?.message ?? '電話番号ではありません。' }
  return display === text
    ? { level: 'ok', sentence: '電話番号の形です。' }
    : { level: 'ok', sentence: '電話番号の形です。', suggestion: { shown: display, value: display } }
}

function countryHint(text: string) {
  const value = text.normalize('NFKC').trim().toUpperCase()
  if (value === '') return null
  if (!/^[A-Z]{2}$/.test(value)) return { level: 'warning', sentence: '国コード（英字2文字）で入力します。' }
  const name = new Intl.DisplayNames(['ja'], { type: 'region' }).of(value) ?? value
  return value === text
    ? { level: 'ok', sentence: name }
    : { level: 'ok', sentence: name, suggestion: { shown: value, value } }
}

interface OneProps {
  name: string
  typed: Typed
  onChange: (part: Typed) => void
  more?: InputMore
}

/** One item of a person or role as an input, described by `fields.ts`. */
export function PersonInput({ name, typed, onChange, more = {} }: OneProps) {
  const stored = ({ ...personFields, ...roleFields } as Readonly<Record<string, StoredField>>)[name]
  if (!stored) throw new Error(`no field of a person is called ${name}`)
  const hint = hints[name]
  const width =
    name === 'homeAddress' || name === 'doNotContactReason' ? ('full' as const) : ('medium' as const)
  return (
    <FieldInput
      field={inputOf(stored, { width, ...more }) as never}
      value={(typed[name] ?? emptyOf(stored)) as never}
      onChange={value => onChange({ [name]: value as string | boolean | null })}
      {...(hint ? { check: hint as never } : {})}
    />
  )
}

export type { PersonFieldName, RoleFieldName }
