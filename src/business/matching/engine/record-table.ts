/**
 * The engine for other records than companies: a field table says what the columns are, everything else (u from random
 * pairs, m by seeded EM, term frequency, guarded clusters) is as for the ledger. Used for people.
 */
import { z } from 'zod'
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

const field = z.strictObject({
  column: z.string().min(1),
  /** Other headings of the same column. */
  aliases: z.array(z.string()).optional(),
  kind: z.enum(['name', 'text', 'code', 'date']),
  /** Column whose value people put here by mistake. */
  swapsWith: z.string().optional(),
  /** Says who it is, not where: where all of these that are known differ, it is a relative or neighbour. */
  identity: z.literal(true).optional(),
  /** false: two records are not brought together by this field. */
  blocks: z.boolean().optional(),
  /** false: a frequent value is as strong as a rare one. */
  termFrequency: z.boolean().optional(),
})

const table = z.strictObject({
  version: z.string().min(1),
  /** Column of the id, and what else it may be called. */
  id: z.string().min(1),
  idAliases: z.array(z.string()).optional(),
  fields: z.array(field).min(2).max(40),
})

export type RecordField = z.infer<typeof field>
export type RecordTable = z.infer<typeof table>

/** A field table from JSON text. Throws an Error which names the place; `source` is the file's name. */
export function parseRecordTable(json: string, source: string): RecordTable {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw new Error(`${source}: no JSON (${error instanceof Error ? error.message : String(error)})`)
  }
  const read = table.safeParse(value)
  if (!read.success) {
    const [first] = read.error.issues
    throw new Error(
      `${source}: ${first?.path.join('.') || 'table'}: ${first?.message ?? 'not a field table'}`,
    )
  }
  const columns = new Set(read.data.fields.map(each => each.column))
  const stray = read.data.fields.find(each => each.swapsWith !== undefined && !columns.has(each.swapsWith))
  if (stray !== undefined)
    throw new Error(`${source}: swapsWith "${stray.swapsWith}" is no column of the table`)
  return read.data
}

/** English person records as in the FEBRL sets. */
export const ENGLISH_PERSON_TABLE: RecordTable = {
  version: '2026-11',
  id: 'rec_id',
  idAliases: ['id', 'record_id'],
  fields: [
    { column: 'given_name', aliases: ['first_name'], kind: 'name', swapsWith: 'surname', identity: true },
    { column: 'surname', aliases: ['family_name', 'last_name'], kind: 'name', swapsWith: 'given_name' },
    { column: 'street_number', kind: 'code' },
    { column: 'address_1', aliases: ['street'], kind: 'text', swapsWith: 'address_2' },
    { column: 'address_2', kind: 'text', swapsWith: 'address_1' },
    { column: 'suburb', aliases: ['city', 'town'], kind: 'text' },
    { column: 'postcode', aliases: ['postal_code', 'zip'], kind: 'code' },
    { column: 'state', kind: 'code' },
    { column: 'date_of_birth', aliases: ['dob', 'birth_date'], kind: 'date', identity: true },
    { column: 'soc_sec_id', aliases: ['ssn'], kind: 'code', identity: true },
  ],
}

/** The tables that are shipped, by the name `--fields` takes. */
export const RECORD_TABLES: Readonly<Record<string, RecordTable>> = { 'person-en': ENGLISH_PERSON_TABLE }

/** Where each field of the table stands in a heading row; -1 for columns the file lacks. */
export function columnsOf(table: RecordTable, headings: readonly string[]): { id: number; fields: number[] } {
  const bare = headings.map(heading =>
    heading
      .replace(/^\ufeff/, '')
      .trim()
      .toLowerCase(),
  )
  const find = (names: readonly string[]) => bare.findIndex(heading => names.includes(heading))
  return {
    id: find([table.id, ...(table.idAliases ?? [])]),
    fields: table.fields.map(({ column, aliases }) => find([column, ...(aliases ?? [])])),
  }
}

/** The shipped table of which an id and most columns stand in the heading row, or null: how `match` guesses. */
export function guessRecordTable(headings: readonly string[]): string | null {
  for (const [name, each] of Object.entries(RECORD_TABLES)) {
    const { id, fields } = columnsOf(each, headings)
    if (id >= 0 && fields.filter(at => at >= 0).length * 2 > fields.length) return name
  }
  return null
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
