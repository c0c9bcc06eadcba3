import { sql } from 'kysely'
import type { Db } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { splitAddress } from '../names/index.ts'
import { placeKey } from './rules.ts'

const MOST = 200

/** The key of a text which names a town; null for names of companies and for anything shorter. */
export function typedPlace(text: string): string | null {
  return splitAddress(text).townKnown ? placeKey(text) : null
}

/** Parties whose head office begins with a typed address; nothing for texts which name no town. */
export async function partiesAtPlace(db: Db, text: string): Promise<{ party_id: Id; key: string }[]> {
  const place = typedPlace(text)
  if (place === null) return []
  const { rows } = await sql<{ party_id: Id; key: string }>`
    select id as party_id, coalesce(city, '') || coalesce(town, '') || coalesce(block, '') as key from party
    where city is not null and coalesce(city, '') || coalesce(town, '') || coalesce(block, '') like ${`${place.replace(/[\\%_]/g, '\\$&')}%`}
    limit ${MOST}`.execute(db)
  return rows
}
