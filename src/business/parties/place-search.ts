import { type RawBuilder, sql } from 'kysely'
import { splitAddress } from '../names/index.ts'
import { placeKey } from './rules.ts'

/** The key of a text which names a town; null for names of companies and for anything shorter. */
export function typedPlace(text: string): string | null {
  return splitAddress(text).townKnown ? placeKey(text) : null
}

/** SQL: city, town and numbers of a party's head office as one text, in the words of the index over it. */
export function placeOf(party: string): RawBuilder<string> {
  const part = (column: string) => sql`coalesce(${sql.ref(`${party}.${column}`)}, '')`
  return sql`${part('city')} || ${part('town')} || ${part('block')}`
}

/** SQL: the head office begins with the place; byte by byte, as the index is sorted. */
export function isAt(party: string, place: string): RawBuilder<boolean> {
  return sql`${sql.ref(`${party}.city`)} is not null and (${placeOf(party)}) ~>=~ ${place}::text and (${placeOf(party)}) ~<~ ${`${place}\u{10FFFF}`}::text`
}
