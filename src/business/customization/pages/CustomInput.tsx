import { call } from '../../../platform/http/client.ts'
import { type FieldDescription, FieldInput, LookupInput } from '../../../ui/index.ts'
import { listDocuments } from '../../documents/contract.ts'
import { type CustomField, findColleagues } from '../contract.ts'
import type { CustomValue } from '../value-contract.ts'
import { EMPTIED, type TypedValue } from './typed-custom.ts'

interface CustomInputProps {
  field: CustomField
  /** Where the server names these fields: 'custom.' or 'values.'. */
  at: string
  value: TypedValue
  /** What the record holds, for the words of what is chosen; null while registering. */
  held: CustomValue | null
  /** The record whose documents a file field offers; null while registering. */
  recordId: string | null
  onChange: (value: TypedValue) => void
}

/** The input of one custom field by its type. A file is chosen among the documents of the record. */
export function CustomInput({ field, at, value, held, recordId, onChange }: CustomInputProps) {
  const common = {
    name: `${at}${field.key}`,
    label: field.label,
    required: field.required,
    ...(field.help ? { help: field.help } : {}),
    ...(field.example ? { example: field.example } : {}),
    ...(whyOf(field, held) ? { why: whyOf(field, held) } : {}),
  } as const
  if (field.type === 'staff' || (field.type === 'file' && recordId))
    return (
      <LookupInput
        field={{ ...common, type: 'lookup' }}
        value={
          typeof value === 'string' && value !== ''
            ? { value, label: held?.value === value ? held.text : '選択中' }
            : null
        }
        onChange={chosen => onChange(chosen?.value ?? null)}
        find={(text, signal) =>
          field.type === 'staff' ? colleagues(text, signal) : documentsOf(recordId ?? '', text, signal)
        }
      />
    )
  if (field.type === 'file') return null
  return (
    <>
      <FieldInput
        field={{ ...common, ...kindOf(field, value) } as FieldDescription}
        value={(value === EMPTIED ? '' : value) as never}
        onChange={next => onChange(next as TypedValue)}
      />
      {held?.masked && (
        <FieldInput
          field={{
            name: `${at}${field.key}.emptied`,
            type: 'bool',
            label: `${field.label}の登録済みの値`,
            sentence: '削除する',
          }}
          value={value === EMPTIED}
          onChange={emptied => onChange(emptied ? EMPTIED : field.type === 'text' ? '' : null)}
        />
      )}
    </>
  )
}

function whyOf(field: CustomField, held: CustomValue | null): string {
  return [
    field.why,
    held?.masked && '登録済みの値は表示しません。変えるときだけ入力します。',
    field.critical && '登録済みの値の変更は承認が必要です。',
  ]
    .filter(Boolean)
    .join('　')
}

function kindOf(field: CustomField, value: TypedValue): Partial<FieldDescription> {
  const chosen = [value].flat()
  const options = field.choices
    .filter(choice => !choice.retired || chosen.includes(choice.value))
    .map(choice => ({ value: choice.value, label: choice.label }))
  switch (field.type) {
    case 'choice':
      return { type: 'choice', options }
    case 'multiChoice':
      return { type: 'multi', options }
    case 'yen':
    case 'number':
    case 'date':
      return { type: field.type }
    default:
      return { type: 'text', maxLength: 1000 }
  }
}

async function colleagues(text: string, signal: AbortSignal) {
  const { rows } = await call(findColleagues, text ? { text } : {}, { signal })
  return rows.map(row => ({ value: row.id, label: row.name }))
}

async function documentsOf(recordId: string, text: string, signal: AbortSignal) {
  const { rows } = await call(listDocuments, { recordId, limit: 100 }, { signal })
  return rows
    .filter(row => text === '' || `${row.title}${row.docNo}`.includes(text))
    .map(row => ({ value: row.id, label: `${row.title}（${row.docNo}）` }))
}
