import { type RawBuilder, sql } from 'kysely'
import type { QueryContext } from '../../platform/http/route.ts'
import { isAt, placeOf } from './place-search.ts'
import { assignedParties, rowColumns, type SelectedRow } from './queries.ts'
import type { PartyRole, SearchKeyKind } from './tables.ts'

/** What a typed text may stand for. */
export interface SearchTexts {
  /** Keys to be found whole or as beginnings. */
  keys: readonly string[]
  /** The loosest form of a name or reading, to be found inside of others; every name is kept in it. */
  inside: readonly string[]
  /** Digits, to be found at the end of numbers. */
  digits: string | null
  /** City, town and numbers, to be found as the beginning of a head office. */
  place: string | null
  /** The party's own number (C-000123). */
  partyNo: string | null
  /** The text as values of custom fields are kept to be found. */
  custom: string
}

export interface Wanted {
  role?: PartyRole | undefined
  limit: number
}

export type FoundRow = SelectedRow & { kind: SearchKeyKind | 'party_no' | 'place' | 'custom'; key: string }

type Sql = RawBuilder<unknown>

const TRIGRAM_FROM = 3
/** Telephones have ten digits, corporate numbers thirteen. */
const WHOLE_NUMBER_FROM = 10
/** So many keys of one kind are ranked; more of them share a word which says nothing. */
const CANDIDATES = 200
/** Pages of the table, some ten thousand keys, in which a frequent word is met often enough. */
const SAMPLE = '(100,0)'
/** More records of one company are seldom; with more of them an answer may be shorter than asked. */
const RECORDS_OF_A_COMPANY = 3
const FREQUENT_ROLES: readonly string[] = ['client', 'debtor']
const LAST_CHARACTER = '\u{10FFFF}'

/**
 * The best companies within the actor's reach: whole keys first, then beginnings, then inside; shorter before longer. Whichever record
 * of a company is found, the row is the one that stands for it. The inside of names is looked through only when whole keys and
 * beginnings do not fill the answer, and never for a whole number that was found.
 */
export async function findParties(
  context: QueryContext,
  texts: SearchTexts,
  wanted: Wanted,
): Promise<FoundRow[]> {
  const { actor } = context
  const isFew =
    actor.reach !== 'all' ||
    (wanted.role && !FREQUENT_ROLES.includes(wanted.role) && texts.keys.every(isShort))
  if (isFew) return bestOf(context, amongFew(context, texts, wanted), wanted)
  const { beginning, inside } = amongAll(texts, wanted)
  const begun = await bestOf(context, beginning, wanted)
  const isFull =
    begun.length >= wanted.limit || begun.some(row => row.key === texts.digits && isWhole(row.key))
  return isFull ? begun : bestOf(context, inside, wanted)
}

const isShort = (key: string) => key.length < TRIGRAM_FROM
const isWhole = (number: string) => number.length >= WHOLE_NUMBER_FROM
/** Three letters beside one another; & and + part them for the index. */
const hasTrigram = (word: string) => /[^&+]{3}/u.test(word)

/** What the index of letters holds of a word, the pairs alone where there are any: they are rarer. */
function pairsOf(word: string): string[] {
  const letters = [...word]
  return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at]! + letter)
}

/** From `found` (record, kind and text of its key, rank) the rows to show. */
async function bestOf({ db }: QueryContext, found: Sql, { limit }: Wanted): Promise<FoundRow[]> {
  const columns = sql.join(rowColumns.map(column => sql.ref(`party.${column}`)))
  const order = sql`rank, length(key), key`
  const { rows } = await sql<FoundRow>`with ${found},
    best as (select distinct on (party_id) * from found order by party_id, ${order}),
    foremost as (select * from best order by ${order}, party_id limit ${sql.lit(limit * RECORDS_OF_A_COMPANY)}),
    companies as (
      select distinct on (company) coalesce(p.folded_into, p.id) as company, kind, key, rank
      from foremost join party p on p.id = foremost.party_id order by company, ${order})
    select ${columns}, kind, key from companies join party on party.id = company
    order by ${order}, company limit ${sql.lit(limit)}`.execute(db)
  return rows
}

/**
 * What is found in the whole register. A word that stands in every hundredth name is met in a sample of the table, so that the index,
 * which lists all places of a word before the first is read, is asked for seldom words only.
 */
function amongAll({ keys, inside, digits, place, partyNo, custom }: SearchTexts, { role, limit }: Wanted) {
  const most = keys.every(isShort) && !role ? limit * 2 : CANDIDATES
  const from = role
    ? sql`party_search_key s join party p on p.id = s.party_id and ${hasRole(role)}`
    : sql`party_search_key s`
  const each = (words: readonly string[], rank: number, condition: Sql) =>
    sql`select e.*, ${sql.lit(rank)} as rank from unnest(${words}::text[]) w(word) cross join lateral (
      select s.party_id, s.kind, s.key from ${from} where ${condition} limit ${sql.lit(most)}) e`
  const own = sql`select id as party_id, 'party_no' as kind, party_no as key, 0 as rank from party p
    where p.disposed_at is null and party_no = ${partyNo}::text and ${role ? hasRole(role) : sql`true`}`
  const beginning = [
    own,
    sql`select e.*, 1 as rank from ${customFound(custom, sql`k.record_id as party_id, 'custom' as kind, k.key`, most)} e
      ${role ? sql`join party p on p.id = e.party_id where ${hasRole(role)}` : sql``}`,
    each(keys, 0, sql`s.key = w.word`),
    each(keys, 1, sql`s.key > w.word and s.key < w.word || ${LAST_CHARACTER}::text`),
  ]
  if (place)
    beginning.push(
      sql`(select id, 'place', ${placeOf('p')}, 1 from party p
        where ${isAt('p', place)} and ${role ? hasRole(role) : sql`true`} limit ${sql.lit(most)})`,
    )
  const read = [...beginning, each(inside, 2, sql`s.ctid < ${SAMPLE}::tid and position(w.word in s.key) > 0`)]
  if (digits)
    read.push(
      each(
        [digits],
        2,
        sql`s.key ~ '^[0-9]+$' and reverse(s.key) > reverse(w.word) and reverse(s.key) < reverse(w.word) || ${LAST_CHARACTER}::text`,
      ),
    )
  const isMissing = sql`(select missing from after_reading)`
  const indexed: Sql[] = []
  if (inside.some(hasTrigram))
    indexed.push(
      each(
        inside.filter(hasTrigram),
        2,
        sql`s.key like '%' || ${likeText(sql`w.word`)} || '%' and s.key !~ '^[0-9]+$' and ${isMissing}`,
      ),
    )
  for (const word of inside.filter(one => !hasTrigram(one)))
    indexed.push(
      each(
        [word],
        2,
        sql`letters_and_pairs(s.key) @> ${pairsOf(word)}::text[] and s.kind in ('core', 'folded', 'old_core', 'old_folded')
          and position(w.word in s.key) > 0 and ${isMissing}`,
      ),
    )
  const all = (parts: Sql[]) => sql.join(parts, sql` union all `)
  return {
    beginning: sql`found as (${all(beginning)})`,
    inside: sql`reading as materialized (${all(read)}),
      after_reading as materialized (select count(distinct party_id) < ${sql.lit(limit)} as missing from reading),
      found as (${all([sql`select * from reading`, ...indexed])})`,
  }
}

/** The company of record `p` has the role, itself or through the record that stands for it. */
function hasRole(role: PartyRole) {
  const has = (record: string) =>
    sql`coalesce(${sql.ref(`${record}.identity_roles`)}, ${sql.ref(`${record}.roles`)}) @> array[${sql.lit(role)}]`
  return sql<boolean>`case when p.folded_into is null then ${has('p')}
    else exists (select from party h where h.id = p.folded_into and ${has('h')}) end`
}

/** All keys of the parties somebody is assigned to, or which have a seldom role: few enough to be read through. */
function amongFew(
  { db, actor, today }: QueryContext,
  { keys, inside, digits, place, partyNo, custom }: SearchTexts,
  { role }: Wanted,
) {
  const assigned = sql`few as (
    select p.id, p.party_no from party p where p.disposed_at is null and p.id in (${assignedParties(db, actor.id, today)}) ${role ? sql`and ${hasRole(role)}` : sql``})`
  const seldom = sql`heads as (
      select id, party_no from party where folded_into is null and coalesce(identity_roles, roles) @> array[${sql.lit(role ?? '')}]
    ), few as (
      select id, party_no from heads
      union all select p.id, p.party_no from party p where p.folded_into in (select id from heads))`
  return sql`${actor.reach === 'all' ? seldom : assigned}, found as (
      select id as party_id, 'party_no' as kind, party_no as key, 0 as rank from few where party_no = ${partyNo}::text
      union all
      select few.id, 'custom', e.key, 1 from ${customFound(custom, sql`k.record_id, k.key`, CANDIDATES)} e
        join few on few.id = e.record_id
      ${place ? sql`union all select p.id, 'place', ${placeOf('p')}, 1 from few join party p on p.id = few.id where ${isAt('p', place)}` : sql``}
      union all
      (select s.party_id, s.kind, s.key, case when s.key = any(${keys}::text[]) then 0
          when exists (select from unnest(${keys}::text[]) w(word) where starts_with(s.key, w.word)) then 1 else 2 end as rank
        from few join party_search_key s on s.party_id = few.id
        where exists (select from unnest(${keys}::text[]) w(word) where starts_with(s.key, w.word))
          or exists (select from unnest(${inside}::text[]) w(word) where position(w.word in s.key) > 0)
          or (s.key ~ '^[0-9]+$' and starts_with(reverse(s.key), reverse(${digits}::text)))
        limit ${CANDIDATES * 10}))`
}

/** Records with a searchable custom value that is or begins with the text; costs nothing where no field is searchable. */
function customFound(text: string, columns: Sql, most: number): Sql {
  return sql`(select ${columns} from custom_field f cross join lateral (
      select record_id, key from custom_key where of_id = f.id and key >= ${text}::text and key < ${text}::text || ${LAST_CHARACTER}::text
      limit ${sql.lit(most)}) k
    where f.record_kind = 'party' and f.is_searchable and f.retired_at is null and ${text}::text <> '')`
}

function likeText(text: Sql) {
  return sql`regexp_replace(${text}, '([\\\\%_])', '\\\\\\1', 'g')`
}
