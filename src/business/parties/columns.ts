import type { Json } from '../../platform/trail/canonical.ts'
import type { PartyBasics } from './contract.ts'
import { type PartyFieldName, partyFields } from './fields.ts'
import type { StoredBasics } from './rules.ts'

/** Stored columns of a party which a change may set; the legal name brings its form along. */
export type PartyColumns = Partial<StoredBasics['values']> & {
  owner_staff_id?: string
  legal_name?: string
  legal_form?: string
  legal_form_position?: 'prefix' | 'suffix' | 'none'
}

/** Columns that belong to one field; the first holds the value as people wrote it, the others follow from it. */
const severalColumns: Partial<Record<PartyFieldName, readonly string[]>> = {
  legalName: ['legal_name', 'legal_form', 'legal_form_position'],
  address: ['address_original', 'pref', 'city', 'town', 'block', 'building'],
  phone: ['phone_display', 'phone'],
  fax: ['fax_display', 'fax'],
  industryCode: ['industry_code', 'industry_rev'],
}

export function columnsOf(field: PartyFieldName): readonly string[] {
  const { column } = partyFields[field]
  return severalColumns[field] ?? (column ? [column] : [])
}

const fieldByColumn = new Map(
  (Object.keys(partyFields) as PartyFieldName[]).flatMap(field =>
    columnsOf(field).map(column => [column, field] as const),
  ),
)

/** Items of a form that a change of basics may set: every stored field but the name and the kind. */
export const basicFields = (Object.keys(partyFields) as PartyFieldName[]).filter(
  (field): field is PartyFieldName & keyof PartyBasics => field !== 'legalName' && field !== 'partyKind',
)

/** What holds a value under change control besides the described fields; each is a column of the same name. */
export const furtherKept = ['roles', 'stage', 'status'] as const
export type KeptField = PartyFieldName | (typeof furtherKept)[number]

/** What a field of a stored party holds, as people wrote it. */
export function valueIn(row: object, field: KeptField): Json {
  const column = field in partyFields ? columnsOf(field as PartyFieldName)[0] : field
  return ((row as Record<string, Json>)[column ?? ''] ?? null) as Json
}

/** Changed columns as values of fields, for histories and events: each field once, as people write it. */
export function fieldValues(columns: object): Record<string, Json> {
  const values: Record<string, Json> = {}
  for (const column of Object.keys(columns)) {
    const field = fieldByColumn.get(column)
    if (field && columnsOf(field)[0] === column) values[field] = valueIn(columns, field)
  }
  return values
}
