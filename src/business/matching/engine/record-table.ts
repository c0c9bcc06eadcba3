/**
 * The engine for other records than companies: a field table says what the columns are, everything else (u from random
 * pairs, m by seeded EM, term frequency, guarded clusters) is as for the ledger. Used for people.
 */
import { compatible } from '../../names/index.ts'

export type RecordFieldKind =
  /** Given or family name: one slip is near, a common start too. */
  | 'name'
  /** Street, suburb, free words. */
  | 'text'
  /** Identifier, postal code, house number: digits and letters only. */
  | 'code'
  /** A date as digits. */
  | 'date'

export type RecordField = {
  column: string
  kind: RecordFieldKind
  /** Column whose value people put here by mistake. */
  swapsWith?: string
  /** Says who it is, not where: where all of these that are known differ, it is a relative or neighbour. */
  identity?: true
}

export type RecordTable = {
  version: string
  /** Column of the id. */
  id: string
  fields: readonly RecordField[]
}

/** English person records as in the FEBRL sets. */
export const ENGLISH_PERSON_TABLE: RecordTable = {
  version: '2026-11',
  id: 'rec_id',
  fields: [
    { column: 'given_name', kind: 'name', swapsWith: 'surname', identity: true },
    { column: 'surname', kind: 'name', swapsWith: 'given_name' },
    { column: 'street_number', kind: 'code' },
    { column: 'address_1', kind: 'text', swapsWith: 'address_2' },
    { column: 'address_2', kind: 'text', swapsWith: 'address_1' },
    { column: 'suburb', kind: 'text' },
    { column: 'postcode', kind: 'code' },
    { column: 'state', kind: 'code' },
    { column: 'date_of_birth', kind: 'date', identity: true },
    { column: 'soc_sec_id', kind: 'code', identity: true },
  ],
}

/** The form in which a value is compared. */
export function comparableValue(typed: string, kind: RecordFieldKind): string {
  const text = compatible(typed).toLowerCase()
  if (kind === 'date') return text.replace(/\D/g, '')
  return text
    .replace(kind === 'text' ? /[^\p{L}\p{N} ]+/gu : /[^\p{L}\p{N}]+/gu, '')
    .trim()
    .replace(/\s+/g, ' ')
}

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/(?:ck|c|q)/g, 'k'],
  [/[sz]+h?/g, 's'],
  [/(?<=.)[aeiouyhw]/g, ''],
  [/([a-z])\1+/g, '$1'],
]

/** A rough sound of a Latin name, for candidates only. */
export function soundOf(name: string): string {
  let sound = name.replace(/[^a-z]/g, '')
  for (const [pattern, target] of SOUNDS) sound = sound.replace(pattern, target)
  return sound.slice(0, 5)
}
