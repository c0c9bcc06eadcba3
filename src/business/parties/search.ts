import { sql } from 'kysely'
import type { z } from 'zod'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { isKanaOnly, normalizeCompanyName, normalizeReading, toKatakana } from '../names/index.ts'
import type { PartyRow, searchParties } from './contract.ts'
import { partiesInReach, rowColumns, toRows } from './queries.ts'
import type { SearchKeyKind } from './tables.ts'

type Found = { party_id: Id; kind: SearchKeyKind; key: string; rank: number }

const TRIGRAM_FROM = 3
const CANDIDATES = 200

/** The keys a typed text may stand for: name without legal form, reading, digits. */
export function keysOfText(text: string): string[] {
  const keys = new Set<string>()
  const name = normalizeCompanyName(text)
  keys.add(name.core)
  keys.add(name.foldedCore)
  const kana = toKatakana(text)
  if (isKanaOnly(kana.replace(/[\s・ー－]/g, ''))) keys.add(normalizeReading(text).key)
  const digits = text
    .normalize('NFKC')
    .replace(/[\s\-‐－ー−()]/g, '')
    .replace(/^[Tt](?=\d)/, '')
  if (/^\d{3,}$/.test(digits)) keys.add(digits)
  return [...keys].filter(key => key.length > 0)
}

/**
 * Finds parties by every spelling. One and two characters: exact, then prefix, then any; three and more also inside the name,
 * through the trigram index. Best first: exact, prefix, inside; shorter names before longer.
 */
export async function search(
  context: QueryContext,
  input: z.output<typeof searchParties.input>,
): Promise<Seen<{ rows: (PartyRow & { matchedBy: MatchedBy; matchedText: string })[] }>> {
  const keys = keysOfText(input.text)
  const loggedQuery = { text: input.text }
  if (keys.length === 0) return { body: { rows: [] }, seen: [], loggedQuery }
  const best = new Map<Id, Found>()
  for (const row of await candidates(context, keys)) {
    const known = best.get(row.party_id)
    if (!known || row.rank < known.rank || (row.rank === known.rank && row.key.length < known.key.length))
      best.set(row.party_id, row)
  }
  const order = [...best.values()].sort(
    (a, b) => a.rank - b.rank || a.key.length - b.key.length || (a.key < b.key ? -1 : 1),
  )
  let query = partiesInReach(context).select(rowColumns)
  const { role } = input
  if (role) query = query.where(sql<boolean>`roles @> array[${role}]`)
  const ids = order.map(row => row.party_id)
  const rows = ids.length ? await query.where('party.id', 'in', ids).execute() : []
  const byId = new Map(rows.map(row => [row.id, row]))
  const chosen = order.flatMap(row => byId.get(row.party_id) ?? []).slice(0, input.limit)
  const shown = await toRows(context.db, chosen)
  return {
    body: {
      rows: shown.map(row => {
        const match = best.get(row.id)!
        return { ...row, matchedBy: MATCHED_BY[match.kind], matchedText: match.key }
      }),
    },
    seen: chosen.map(row => row.seen_no),
    loggedQuery,
  }
}

async function candidates({ db }: QueryContext, keys: string[]): Promise<Found[]> {
  const found: Found[] = []
  for (const key of keys) {
    const pattern = key.replace(/[\\%_]/g, '\\$&')
    const { rows } = await sql<Found>`
      (select party_id, kind, key, 0 as rank from party_search_key where key = ${key} limit ${CANDIDATES})
      union all
      (select party_id, kind, key, 1 from party_search_key where key like ${`${pattern}%`} and key <> ${key} limit ${CANDIDATES})`.execute(
      db,
    )
    found.push(...rows)
    if (rows.length < CANDIDATES && key.length >= TRIGRAM_FROM) {
      const inside = await sql<Found>`select party_id, kind, key, 2 as rank from party_search_key
        where key like ${`%${pattern}%`} limit ${CANDIDATES}`.execute(db)
      found.push(...inside.rows)
    }
  }
  return found
}

type MatchedBy = 'number' | 'phone' | 'name' | 'reading' | 'english' | 'old_name'

const MATCHED_BY: Record<SearchKeyKind, MatchedBy> = {
  core: 'name',
  folded: 'name',
  reading: 'reading',
  english: 'english',
  number: 'number',
  phone: 'phone',
  old_core: 'old_name',
  old_folded: 'old_name',
  old_reading: 'old_name',
}
