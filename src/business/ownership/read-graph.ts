import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import type { ValueFact } from '../changes/index.ts'
import type { PartyKind, PartyRole, PartyStage } from '../parties/tables.ts'
import {
  exactShare,
  type HoldingRow,
  SHARE,
  type ShareValue,
  shareOf,
  shareOn,
  timelineOf,
} from './holding-facts.ts'
import type { Fraction } from './rules/fraction.ts'
import type { RightKind } from './tables.ts'

/** The most companies looked at around one; a graph that reaches further says so. */
export const MOST_COMPANIES = 400

/** A holding between a company and a holder, both by identity: the record that stands for the company, or the person. */
export interface GraphHolding {
  id: Id
  recordId: Id
  company: Id
  holder: Id
  holderKind: 'party' | 'person'
  right: RightKind
  share: Fraction
  value: ShareValue
  validFrom: IsoDate | null
  recordedAt: string
}

export interface CompanyNode {
  id: Id
  partyNo: string
  name: string
  seenNo: number
  partyKind: PartyKind
  legalForm: string
  listing: 'listed' | 'subsidiary_of_listed' | 'unlisted' | 'public' | null
  roles: readonly PartyRole[]
  stage: PartyStage
}

export interface PersonNode {
  id: Id
  personNo: string
  name: string
  seenNo: number
}

export interface OwnershipGraph {
  companies: Map<Id, CompanyNode>
  persons: Map<Id, PersonNode>
  holdings: GraphHolding[]
  /** There is more than was read. */
  cutOff: boolean
}

/** A past day to read the graph of, and until when facts count as known; both null: as it stands now. */
export interface GraphDay {
  day: IsoDate
  knownUntil: string | null
}

interface Row extends HoldingRow {
  company: Id
  holder: Id
}

/**
 * The holdings around some companies, by identity, a level at a time: everybody above them, and with `down` also the companies below
 * and everybody above those; `levels` ends the walk sooner. Holdings of several records of one company stand together; where two records speak about the same
 * holder, the one recorded last counts.
 */
export async function readGraph(
  db: Db | Tx,
  start: readonly Id[],
  {
    down = false,
    on = null,
    levels = Number.POSITIVE_INFINITY,
  }: { down?: boolean; on?: GraphDay | null; levels?: number } = {},
): Promise<OwnershipGraph> {
  const found = new Map<Id, GraphHolding>()
  const below = new Set(start)
  let cutOff = false
  const walk = async (seen: Set<Id>, direction: 'up' | 'down') => {
    let frontier = [...seen]
    for (let level = 0; frontier.length > 0 && level < levels; level += 1) {
      const holdings = await heldOn(db, await levelOf(db, frontier, direction, on !== null), on)
      for (const held of holdings) found.set(held.id, held)
      const next = holdings
        .filter(held => direction === 'down' || held.holderKind === 'party')
        .map(held => (direction === 'down' ? held.company : held.holder))
      frontier = [...new Set(next)].filter(id => !seen.has(id)).sort()
      if (seen.size + frontier.length > MOST_COMPANIES) {
        cutOff = true
        frontier = frontier.slice(0, MOST_COMPANIES - seen.size)
      }
      for (const id of frontier) seen.add(id)
    }
  }
  if (down) await walk(below, 'down')
  const all = new Set(below)
  await walk(all, 'up')
  const holdings = onePerHolder([...found.values()]).filter(held => all.has(held.company))
  for (const held of holdings) if (held.holderKind === 'party') all.add(held.holder)
  const people = holdings.filter(held => held.holderKind === 'person').map(held => held.holder)
  return {
    companies: await companiesOf(db, [...all]),
    persons: await personsOf(db, [...new Set(people)]),
    holdings,
    cutOff,
  }
}

async function levelOf(
  db: Db | Tx,
  ids: readonly Id[],
  direction: 'up' | 'down',
  past: boolean,
): Promise<Row[]> {
  const asked = sql`(select party_id, identity_id from party_identity where identity_id = any(${[...ids]}::uuid[]))`
  const join =
    direction === 'up'
      ? sql`${asked} i join shareholding s on s.party_id = i.party_id`
      : sql`${asked} i join shareholding s on s.holder_party_id = i.party_id`
  const { rows } = await sql<Row>`
    select s.*, c.identity_id as company, coalesce(h.identity_id, s.holder_person_id) as holder
    from ${join} join party_identity c on c.party_id = s.party_id left join party_identity h on h.party_id = s.holder_party_id
    where ${past ? sql`true` : sql`s.valid_to is null`} and c.identity_id is distinct from h.identity_id
    order by s.id limit 5000`.execute(db)
  return rows
}

async function heldOn(db: Db | Tx, rows: readonly Row[], on: GraphDay | null): Promise<GraphHolding[]> {
  if (on === null) return rows.map(row => toHolding(row, { share: shareOf(row), from: row.valid_from }))
  const facts = await factsOfHoldings(
    db,
    rows.map(row => row.id),
  )
  return rows.flatMap(row => {
    const held = shareOn(timelineOf(row, facts.get(row.id)), on.day, on.knownUntil)
    return held ? [toHolding(row, held)] : []
  })
}

/** The timelines of many holdings in one statement, by holding; those that never changed are not there. */
export async function factsOfHoldings(db: Db | Tx, ids: readonly Id[]): Promise<Map<Id, ValueFact<Json>[]>> {
  const { rows } = await sql<{
    record_id: Id
    seq: number
    value: Json
    valid_from: IsoDate | null
    recorded_at: string
  }>`
    select record_id, seq, value, valid_from, recorded_at from field_value
    where record_id = any(${[...ids]}::uuid[]) and field = ${SHARE} order by seq`.execute(db)
  const facts = new Map<Id, ValueFact<Json>[]>()
  for (const row of rows) {
    const fact = { seq: row.seq, value: row.value, validFrom: row.valid_from, recordedAt: row.recorded_at }
    facts.set(row.record_id, [...(facts.get(row.record_id) ?? []), fact])
  }
  return facts
}

function toHolding(row: Row, held: { share: ShareValue; from: IsoDate | null }): GraphHolding {
  return {
    id: row.id,
    recordId: row.party_id,
    company: row.company,
    holder: row.holder,
    holderKind: row.holder_party_id === null ? 'person' : 'party',
    right: row.right_kind,
    share: exactShare(held.share),
    value: held.share,
    validFrom: held.from,
    recordedAt: row.recorded_at,
  }
}

function onePerHolder(holdings: readonly GraphHolding[]): GraphHolding[] {
  const standing = new Map<string, GraphHolding>()
  for (const held of holdings) {
    const key = `${held.company}|${held.holder}|${held.right}`
    const other = standing.get(key)
    const isLater =
      !other ||
      other.recordedAt < held.recordedAt ||
      (other.recordedAt === held.recordedAt && other.id < held.id)
    if (isLater) standing.set(key, held)
  }
  return [...standing.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

async function companiesOf(db: Db | Tx, ids: readonly Id[]): Promise<Map<Id, CompanyNode>> {
  const { rows } = await sql<CompanyNode>`
    select id, party_no as "partyNo", coalesce(shown_name, legal_name) as name, seen_no as "seenNo", party_kind as "partyKind",
      legal_form as "legalForm", listing, coalesce(identity_roles, roles) as roles, coalesce(identity_stage, stage) as stage
    from party where id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

/** People as nodes of a graph. */
export async function personsOf(db: Db | Tx, ids: readonly Id[]): Promise<Map<Id, PersonNode>> {
  const { rows } = await sql<PersonNode>`
    select id, person_no as "personNo", family_name || ' ' || given_name as name, seen_no as "seenNo"
    from person where id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}
