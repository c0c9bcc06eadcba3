import type { FieldType, FieldDescription as StoredField } from '../../platform/fields.ts'
import type {
  BoolField,
  ChoiceField,
  DateField,
  FieldDescription,
  FileField,
  LongTextField,
  MultiField,
  NumberField,
  RateField,
  TextField,
  YenField,
} from './field-description.ts'

interface InputByStoredType {
  text: TextField
  longText: LongTextField
  kana: TextField
  yen: YenField
  number: NumberField
  ppm: RateField
  date: DateField
  monthDay: TextField
  choice: ChoiceField
  multiChoice: MultiField
  boolean: BoolField
  phone: TextField
  postalCode: TextField
  address: TextField
  corporateNumber: TextField
  invoiceRegNo: TextField
  email: TextField
  url: TextField
  file: FileField
  staff: TextField
}

/** What a form says about a stored field beyond its one description. */
export interface InputMore {
  /** Goes before the name, where the server names the field in a nested input: 'basics.'. */
  at?: string
  required?: boolean
  width?: 'short' | 'medium' | 'full'
  /** Written after a number. */
  unit?: string
  accept?: readonly string[]
  maxBytes?: number
}

const inputTypes: Readonly<Record<FieldType, FieldDescription['type']>> = {
  text: 'text',
  longText: 'longText',
  kana: 'kana',
  yen: 'yen',
  number: 'number',
  ppm: 'rate',
  date: 'date',
  monthDay: 'text',
  choice: 'choice',
  multiChoice: 'multi',
  boolean: 'bool',
  phone: 'phone',
  postalCode: 'postal',
  address: 'text',
  corporateNumber: 'code',
  invoiceRegNo: 'code',
  email: 'email',
  url: 'text',
  file: 'file',
  staff: 'text',
}

const usualFiles = { accept: ['.pdf', '.jpg', '.jpeg', '.png'], maxBytes: 20 * 1024 * 1024 }

/**
 * A stored field's description (an entry of a slice's `fields.ts`) as a form shows it, so that label, help, example and
 * choices are written once. The value's type follows the entry's `type` where the entry is `as const`.
 */
export function inputOf<S extends StoredField>(
  stored: S,
  more: InputMore = {},
): InputByStoredType[S['type']] {
  const { name, label, help, example, why, maxLength, choices, type } = stored as StoredField
  const { at = '', accept = usualFiles.accept, maxBytes = usualFiles.maxBytes, ...rest } = more
  const input = {
    ...given({ help, example, why, maxLength }),
    ...given(rest),
    name: `${at}${name}`,
    label: label.ja,
    type: inputTypes[type],
    ...(type === 'choice' || type === 'multiChoice' ? { options: choices ?? [] } : {}),
    ...(type === 'kana' ? { kana: 'full' } : {}),
    ...(type === 'boolean' ? { sentence: help ?? label.ja } : {}),
    ...(type === 'file' ? { accept, maxBytes } : {}),
  }
  return input as unknown as InputByStoredType[S['type']]
}

function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
}
