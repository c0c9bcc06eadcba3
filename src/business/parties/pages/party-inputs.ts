import type { FieldDescription as StoredField } from '../../../platform/fields.ts'
import type { FieldDescription } from '../../../ui/index.ts'
import { type PartyFieldName, partyFields } from '../fields.ts'

/** What the form holds while typing; empty text is "unknown". */
export interface TypedBasics {
  legalNameKana: string
  legalNameEn: string
  tradeName: string
  corporateNumber: string
  invoiceRegNo: string
  industryCode: string
  businessSummary: string
  establishedOn: string | null
  capitalYen: number | null
  employees: number | null
  annualSalesYen: number | null
  fiscalYearEnd: string
  postalCode: string
  address: string
  phone: string
  website: string
  emailDomain: string
}

export const noBasics: TypedBasics = {
  legalNameKana: '',
  legalNameEn: '',
  tradeName: '',
  corporateNumber: '',
  invoiceRegNo: '',
  industryCode: '',
  businessSummary: '',
  establishedOn: null,
  capitalYen: null,
  employees: null,
  annualSalesYen: null,
  fiscalYearEnd: '',
  postalCode: '',
  address: '',
  phone: '',
  website: '',
  emailDomain: '',
}

/** Typed basics as the contract takes them: empty becomes null. */
export function toInput(typed: TypedBasics): { [K in keyof TypedBasics]: TypedBasics[K] | null } {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      typeof value === 'string' && value.trim() === '' ? null : value,
    ]),
  ) as never
}

const inputTypes: Partial<Record<StoredField['type'], FieldDescription['type']>> = {
  longText: 'longText',
  kana: 'kana',
  yen: 'yen',
  number: 'number',
  date: 'date',
  choice: 'choice',
  phone: 'phone',
  postalCode: 'postal',
  corporateNumber: 'code',
  invoiceRegNo: 'code',
}

/** A stored field's description as the form shows it, so that label, help and example are written once. */
export function inputOf(
  name: PartyFieldName,
  more: { at?: string; required?: boolean; width?: 'short' | 'medium' | 'full' } = {},
): FieldDescription {
  const field: StoredField = partyFields[name]
  const { label, help, example, why, maxLength, choices } = field
  return {
    name: `${more.at ?? ''}${name}`,
    label: label.ja,
    type: inputTypes[field.type] ?? 'text',
    ...(help ? { help } : {}),
    ...(example ? { example } : {}),
    ...(why ? { why } : {}),
    ...(maxLength ? { maxLength } : {}),
    ...(choices ? { options: choices } : {}),
    ...(field.type === 'kana' ? { kana: 'full' } : {}),
    ...(more.required ? { required: true } : {}),
    ...(more.width ? { width: more.width } : {}),
  } as FieldDescription
}
