import { sql } from 'kysely'
import type { z } from 'zod'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { isKanaOnly, normalizeCompanyName, normalizeReading, toKatakana } from '../names/index.ts'
import type { PartyRow, searchParties } from './contract.ts'
import { partiesAtPlace, typedPlace } from './place-search.ts'
import { partiesInReach, rowColumns, type SelectedRow, together, toRows } from './queries.ts'
import type { SearchKeyKind } from './tables.ts'

type Wanted = Pick<z.output<typeof searchParties.input>, 'role' | 'limit'>

type Found = { party_id: Id; kind: SearchKeyKind | 'place'; key: string; rank: number }

const TRIGRAM_FROM = 3
const CANDIDATES = 200

/** The keys a typed text may stand for: name without legal form, reading, digits. */
export function keysOfText(text: string): string[] {
  const keys = new Set<string>()
  const name = normalizeCompanyName(text)
  keys.add(name.core)
  keys.add(name.foldedCore)
  const place = typedPlace(text)
  if (place) keys.add(place)
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
  const atPlace = (await partiesAtPlace(context.db, input.text)).map(row => ({
    ...row,
    kind: 'place' as const,
    rank: 1,
  }))
  for (const row of [...(await candidates(context, keys, input)), ...atPlace]) {
    const known = best.get(row.party_id)
    if (!known || row.rank < known.rank || (row.rank === known.rank && row.key.length < known.key.length))
      best.set(row.party_id, row)
  }
  const order = [...best.values()].sort(
    (a, b) => a.rank - b.rank || a.key.length - b.key.length || (a.key < b.key ? -1 : 1),
  )
  const chosen = await chooseRows(
    context,
    order.map(row => row.party_id),
    input,
  )
  const { rows, seen } = await toRows(
    context.db,
    chosen.map(({ row }) => row),
  )
  return {
    body: {
      rows: rows.map((row, at) => {
        const match = best.get(chosen[at]!.foundBy)!
        return { ...row, matchedBy: MATCHED_BY[match.kind], matchedText: match.key }
      }),
    },
    seen,
    loggedQuery,
  }
}

interface Chosen {
  row: SelectedRow
  /** The record whose spelling was found. */
  foundBy: Id
}

/** The first companies of the order which the actor may see and which have the role; the rest of a long order is not read. */
async function chooseRows(context: QueryContext, ids: Id[], { role, limit }: Wanted): Promise<Chosen[]> {
  const chosen = new Map<Id, Chosen>()
  const step = role || context.actor.reach !== 'all' ? limit * 4 : limit
  for (let from = 0; from < ids.length && chosen.size < limit; from += step) {
    const part = ids.slice(from, from + step)
    const heads = await headsOf(context, part, role)
    for (const foundBy of part) {
      const row = heads.get(foundBy)
      if (row && !chosen.has(row.id)) chosen.set(row.id, { row, foundBy })
    }
  }
  return [...chosen.values()].slice(0, limit)
}

/** The row of the company of each record, where it is within reach and has the role. */
async function headsOf(
  context: QueryContext,
  ids: Id[],
  role: Wanted['role'],
): Promise<Map<Id, SelectedRow>> {
  const withRole = sql<boolean>`${together.roles} @> array[${role ?? null}]`
  let query = partiesInReach(context)
    .select([...rowColumns, 'party.folded_into'])
    .where('party.id', 'in', ids)
  if (role) query = query.where(eb => eb.or([eb('party.folded_into', 'is not', null), withRole]))
  const rows = await query.execute()
  const byId = new Map<Id, SelectedRow>(rows.filter(row => !row.folded_into).map(row => [row.id, row]))
  const folded = rows.flatMap(row => (row.folded_into ? [{ id: row.id, head: row.folded_into }] : []))
  if (folded.length === 0) return byId
  let standing = context.db
    .selectFrom('party')
    .select(rowColumns)
    .where(
      'party.id',
      'in',
      folded.map(({ head }) => head),
    )
  if (role) standing = standing.where(withRole)
  const heads = new Map((await standing.execute()).map(row => [row.id, row]))
  for (const { id, head } of folded) if (heads.has(head)) byId.set(id, heads.get(head)!)
  return byId
}

/**
 * Exact and beginning first, all spellings in one statement. Only when these do not fill the answer is the inside of names looked
 * through; a whole number or phone that was found needs no such look.
 */
async function candidates(context: QueryContext, keys: string[], wanted: Wanted): Promise<Found[]> {
  const { db } = context
  const isNarrowed = wanted.role !== undefined || context.actor.reach !== 'all'
  const limitFor = (key: string) => (key.length >= TRIGRAM_FROM || isNarrowed ? CANDIDATES : wanted.limit * 2)
  const escaped = (key: string) => key.replace(/[\\%_]/g, '\\$&')
  const beginning = keys.map(
    key => sql`(select party_id, kind, key, 0 as rank from party_search_key where key = ${key} limit ${limitFor(key)})
      union all
      (select party_id, kind, key, 1 from party_search_key where key like ${`${escaped(key)}%`} and key <> ${key}
        limit ${limitFor(key)})`,
  )
  const found = (await sql<Found>`${sql.join(beginning, sql` union all `)}`.execute(db)).rows
  const enough = isNarrowed ? CANDIDATES : wanted.limit
  if (new Set(found.map(row => row.party_id)).size >= enough) return found
  const isWholeNumber = found.some(row => row.rank === 0 && /^\d{10,}$/.test(row.key))
  const looked = isWholeNumber ? [] : keys.filter(key => key.length >= TRIGRAM_FROM)
  if (looked.length === 0) return found
  const inside = looked.map(
    key => sql`(select party_id, kind, key, 2 as rank from party_search_key
      where key like ${`%${escaped(key)}%`} limit ${CANDIDATES})`,
  )
  return found.concat((await sql<Found>`${sql.join(inside, sql` union all `)}`.execute(db)).rows)
}

type MatchedBy = z.output<typeof searchParties.output>['rows'][number]['matchedBy']

const MATCHED_BY: Record<SearchKeyKind | 'place', MatchedBy> = {
  place: 'place',
  core: 'name',
  folded: 'name',
  reading: 'reading',
  english: 'english',
  number: 'number',
  phone: 'phone',
  old_core: 'old_name',
  old_folded: 'old_name',
  old_reading: 'old_name',
  old_number: 'old_number',
  old_phone: 'old_phone',
  old_place: 'old_place',
}
