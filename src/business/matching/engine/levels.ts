/**
 * Levels of agreement per field. A pair's levels are packed into one number (`packLevels`), from which score, decision and
 * explanation are recomputed at any time.
 */

export const FIELDS = [
  'number',
  'name',
  'address',
  'phone',
  'representative',
  'established',
  'form',
  'english',
  'branch',
  'form_reading',
] as const
export type Field = (typeof FIELDS)[number]

/** Level names per field; the position is the level's number, the name becomes the reason `field_level`. */
export const LEVELS = {
  number: ['unknown', 'same', 'slip', 'differ', 'doubtful_differ', 'same_but_broken', 'same_but_disputed'],
  name: [
    'unknown',
    'same',
    'same_variant',
    'same_reading_similar_kanji',
    'same_reading_other_kanji',
    'same_across_scripts',
    'same_kanji_other_reading',
    'similar',
    'similar_across_scripts',
    'contained',
    'different',
    'sibling',
    'incomparable',
    'same_english',
    'similar_both',
    'similar_short',
    'same_with_owner',
    'owner_of_other',
  ],
  address: [
    'unknown',
    'same',
    'same_block',
    'same_town',
    'same_city',
    'same_prefecture',
    'different',
    'same_numbers',
    'same_postal_code',
  ],
  phone: ['unknown', 'same', 'slip', 'same_exchange', 'different', 'same_without_area'],
  representative: ['unknown', 'same', 'same_variant', 'similar', 'same_family', 'different', 'same_as_named'],
  established: ['unknown', 'same', 'similar', 'different'],
  form: ['unknown', 'same', 'same_other_position', 'different'],
  english: ['unknown', 'same', 'different', 'one_missing'],
  branch: ['none', 'same', 'one', 'different'],
  form_reading: ['unknown', 'same', 'different'],
} as const satisfies Record<Field, readonly string[]>

/** Bits per field in the packed number. */
const WIDTH: Record<Field, number> = {
  number: 3,
  name: 5,
  address: 4,
  phone: 3,
  representative: 3,
  established: 2,
  form: 2,
  english: 2,
  branch: 2,
  form_reading: 2,
}

const SHIFT = {} as Record<Field, number>
let shift = 0
for (const field of FIELDS) {
  SHIFT[field] = shift
  shift += WIDTH[field]
}

/** The level of one field out of a packed number. */
export function levelOf(packed: number, field: Field): number {
  return (packed >>> SHIFT[field]) & ((1 << WIDTH[field]) - 1)
}

/** The packed contribution of one field's level. */
export function packed(field: Field, level: number): number {
  return level << SHIFT[field]
}

/** Number of a named level; a wrong name stops at once. */
export function level(field: Field, name: string): number {
  const at = (LEVELS[field] as readonly string[]).indexOf(name)
  if (at < 0) throw new Error(`${field} has no level ${name}`)
  return at
}

/** The level's name. */
export function levelName(field: Field, number: number): string {
  return LEVELS[field][number] ?? 'unknown'
}
