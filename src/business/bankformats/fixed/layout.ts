import type { CharacterClass } from '../character-class.ts'

/** `N` digits, right-aligned, zero-filled; `C` single-byte text, left-aligned, space-filled. */
export type FieldKind = 'N' | 'C'

/** One line of a layout table: name, Japanese label, kind, length in bytes, and for text the characters it takes when written. */
export type FieldRow = readonly [
  name: string,
  label: string,
  kind: FieldKind,
  length: number,
  characters?: CharacterClass,
]

/** A field at its place. */
export interface Field {
  name: string
  label: string
  kind: FieldKind
  /** First byte, from 0. */
  at: number
  length: number
  characters: CharacterClass | null
}

/** A record as a table of fields. */
export interface Layout<Name extends string = string> {
  label: string
  length: number
  fields: readonly Field[]
  field(name: Name): Field
}

/** Builds a layout; throws when the lengths do not sum up to the record length, which is a mistake in the table. */
export function layout<const Rows extends readonly FieldRow[]>(
  label: string,
  length: number,
  rows: Rows,
): Layout<Rows[number][0]> {
  let at = 0
  const fields = rows.map(([name, fieldLabel, kind, size, characters]): Field => {
    const field = { name, label: fieldLabel, kind, at, length: size, characters: characters ?? null }
    at += size
    return field
  })
  if (at !== length) throw new Error(`${label}: fields sum up to ${at} bytes, not ${length}`)
  const byName = new Map(fields.map(field => [field.name, field]))
  return { label, length, fields, field: name => byName.get(name)! }
}

/** The field a byte (from 0) lies in; the last one behind the end. */
export function fieldAt(of: Layout, at: number): Field {
  return of.fields.find(field => at < field.at + field.length) ?? of.fields.at(-1)!
}
