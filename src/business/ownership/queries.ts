import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { endOfDay, historyOf } from '../changes/index.ts'
import { companiesOf, partiesInReach } from '../parties/index.ts'
import type { Holding, holdingHistory, holdingsOfParty, ownershipOfParty } from './contract.ts'
import { exactShare, type ShareValue } from './holding-facts.ts'
import { type GraphDay, type GraphHolding, type OwnershipGraph, personsOf, readGraph } from './read-graph.ts'
import { companiesBelow } from './recompute.ts'
import { decidingHoldings, declaredRoles, resultsOf } from './results.ts'
import { percentText, sum, toPpm } from './rules/fraction.ts'
import { groupOf } from './rules/parents.ts'
import type { TieKind } from './tables.ts'

/**
 * Ids of all parties connected with one: over 50 % of votes either way, and confirmed ties, followed to the end; cycles end the
 * walk by themselves. The party itself is included. Used for group limits (DD group 1, group_id).
 */
export async function groupMemberIds(db: Db | Tx, partyId: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select id from connected_parties(${partyId}) as id`.execute(db)
  return rows.map(row => row.id)
}

/** The groups of several parties, each as `groupMemberIds` gives it, in one statement. */
export async function groupsOfParties(db: Db | Tx, partyIds: readonly Id[]): Promise<Map<Id, Id[]>> {
  const ids = [...new Set(partyIds)]
  const { rows } = await sql<{ id: Id; members: Id[] }>`
    select asked.id, array(select connected_parties(asked.id)) as members from unnest(${ids}::uuid[]) as asked(id)`.execute(
    db,
  )
  return new Map(rows.map(row => [row.id, row.members]))
}

type Asked = { partyId: Id; asOf?: string | undefined; known: 'then' | 'now' }

const dayOf = ({ asOf, known }: Asked): GraphDay | null =>
  asOf === undefined ? null : { day: asOf, knownUntil: known === 'then' ? endOfDay(asOf) : null }

/** What a reader may see of a graph: names and ids of records out of reach are hidden, the shape is not. */
interface Sight {
  idOf: (id: Id) => Id
  nameOf: (id: Id) => string
  noOf: (id: Id) => string | null
  isReachable: (id: Id) => boolean
  seen: number[]
}

async function sightOf(
  context: QueryContext,
  graph: OwnershipGraph,
  named: readonly Id[] = [],
): Promise<Sight> {
  const ids = [...graph.companies.keys()]
  const open =
    context.actor.reach === 'all' || ids.length === 0
      ? new Set(ids)
      : new Set(
          (await partiesInReach(context).select('party.id').where('party.id', 'in', ids).execute()).map(
            row => row.id,
          ),
        )
  const people = new Set([
    ...named,
    ...graph.holdings
      .filter(held => held.holderKind === 'person' && open.has(held.company))
      .map(held => held.holder),
  ])
  const isReachable = (id: Id) => open.has(id) || people.has(id)
  const hidden = new Map<Id, Id>()
  const idOf = (id: Id) => {
    if (isReachable(id)) return id
    const other = hidden.get(id) ?? newId()
    hidden.set(id, other)
    return other
  }
  const node = (id: Id) => graph.companies.get(id) ?? graph.persons.get(id)
  return {
    idOf,
    isReachable,
    nameOf: id => (isReachable(id) ? (node(id)?.name ?? '（記録なし）') : '（担当外）'),
    noOf: id =>
      isReachable(id) ? (graph.companies.get(id)?.partyNo ?? graph.persons.get(id)?.personNo ?? null) : null,
    seen: [...graph.companies.keys(), ...graph.persons.keys()]
      .filter(isReachable)
      .flatMap(id => node(id)?.seenNo ?? []),
  }
}

export async function companyInReach(
  context: QueryContext,
  partyId: Id,
): Promise<{ company: Id; seenNo: number }> {
  const party = found(
    await partiesInReach(context)
      .select(['party.id', 'party.seen_no'])
      .where('party.id', '=', partyId)
      .executeTakeFirst(),
    'party',
  )
  const company = (await companiesOf(context.db, [party.id])).get(party.id) ?? party.id
  return { company, seenNo: party.seen_no }
}

export async function holdingsOf(
  context: QueryContext,
  input: z.output<typeof holdingsOfParty.input>,
): Promise<Seen<z.input<typeof holdingsOfParty.output>>> {
  const { company, seenNo } = await companyInReach(context, input.partyId)
  const day = dayOf(input)
  const graph = await readGraph(context.db, [company], { down: true, on: day, levels: 1 })
  const sight = await sightOf(context, graph)
  const versions = await versionsOf(
    context.db,
    graph.holdings.map(held => held.id),
  )
  const row = (held: GraphHolding, other: Id, kind: 'party' | 'person'): Holding => ({
    id: held.id,
    rowVersion: versions.get(held.id) ?? 1,
    holderKind: kind,
    holderId: sight.isReachable(other) ? other : null,
    holderNo: sight.noOf(other),
    holderName: sight.nameOf(other),
    right: held.right,
    sharePpm: held.value.ppm,
    share: percentText(held.share),
    votes: held.value.votes,
    total: held.value.total,
    source: held.value.source,
    validFrom: held.validFrom,
    validTo: null,
  })
  const byShare = (a: Holding, b: Holding) => b.sharePpm - a.sharePpm || (a.id < b.id ? -1 : 1)
  const holders = graph.holdings.filter(held => held.company === company)
  const total = sum(holders.filter(held => held.right === 'votes').map(held => held.share))
  return {
    body: {
      holders: holders.map(held => row(held, held.holder, held.holderKind)).sort(byShare),
      held: graph.holdings
        .filter(held => held.holder === company)
        .map(held => row(held, held.company, 'party'))
        .sort(byShare),
      totalPpm: toPpm(total),
      total: percentText(total),
    },
    seen: [seenNo, ...sight.seen],
  }
}

async function versionsOf(db: Db, ids: readonly Id[]): Promise<Map<Id, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('shareholding')
    .select(['id', 'row_version'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(row => [row.id, row.row_version]))
}

export async function historyOfHolding(
  context: QueryContext,
  holdingId: Id,
): Promise<Seen<z.input<typeof holdingHistory.output>>> {
  const { db } = context
  const row = found(
    await db.selectFrom('shareholding').selectAll().where('id', '=', holdingId).executeTakeFirst(),
    'shareholding',
  )
  const { seenNo } = await companyInReach(context, row.party_id)
  const entries = await historyOf(db, row.id)
  const said = (value: ShareValue | null) => ({
    share: value ? percentText(exactShare(value)) : null,
    votes: value?.votes ?? null,
    total: value?.total ?? null,
    source: value?.source ?? null,
  })
  const never: Seen<z.input<typeof holdingHistory.output>>['body']['rows'] = [
    {
      ...said({ ppm: row.share_ppm, votes: row.share_votes, total: row.share_total, source: row.source }),
      validFrom: row.valid_from,
      recordedAt: row.recorded_at,
      reasonText: null,
      recordedBy: null,
      approvedBy: null,
      evidence: [],
    },
  ]
  return {
    body: {
      rows:
        entries.length === 0
          ? never
          : entries.map(entry => ({
              ...said(entry.value as ShareValue | null),
              validFrom: entry.validFrom,
              recordedAt: entry.recordedAt,
              reasonText: entry.reasonText,
              recordedBy: entry.recordedBy,
              approvedBy: entry.approvedBy,
              evidence: entry.evidence,
            })),
    },
    seen: [seenNo],
  }
}

interface TieRow {
  id: Id
  first: Id
  second: Id
  relation: TieKind
  recorded_at: string
}

export async function ownershipOf(
  context: QueryContext,
  input: z.output<typeof ownershipOfParty.input>,
): Promise<Seen<z.input<typeof ownershipOfParty.output>>> {
  const { db } = context
  const { company, seenNo } = await companyInReach(context, input.partyId)
  const members = await groupMemberIds(db, company)
  const identities = [...new Set((await companiesOf(db, members)).values())]
  const graph = await readGraph(db, [...new Set([company, ...identities])], { down: true, on: dayOf(input) })
  const declared = await declaredRoles(db, [company], dayOf(input))
  // Who represents or influences the company need not hold anything; their roles in it are open to whoever may open it.
  const { influence, representatives } = declared.get(company)!
  const named = [...influence, ...representatives]
  for (const [id, person] of await personsOf(db, named)) graph.persons.set(id, person)
  const sight = await sightOf(context, graph, named)
  const { owners, parent } = resultsOf(graph, [company], declared, sight.nameOf).get(company)!
  const { rows: ties } = await sql<TieRow>`
    select t.id, a.identity_id as first, b.identity_id as second, t.relation, t.recorded_at from party_group_link t
    join party_identity a on a.party_id = t.party_id join party_identity b on b.party_id = t.other_party_id
    where t.ended_at is null and t.party_id = any(${members}::uuid[]) and t.other_party_id = any(${members}::uuid[])
    order by t.id limit 500`.execute(db)
  const declaredOwners = await ownersDeclared(context, company)
  const computed = new Set(owners.owners.map(owner => owner.id))
  const nodeOf = (id: Id) => ({
    id: sight.idOf(id),
    kind: graph.persons.has(id) ? ('person' as const) : ('party' as const),
    no: sight.noOf(id),
    name: sight.nameOf(id),
    reachable: sight.isReachable(id),
  })
  const drawn = drawnAround(graph, company, identities)
  for (const owner of owners.owners) drawn.add(owner.id)
  return {
    body: {
      companyId: sight.idOf(company),
      nodes: [...drawn].map(nodeOf),
      edges: graph.holdings
        .filter(held => drawn.has(held.holder) && drawn.has(held.company))
        .map(held => ({
          from: sight.idOf(held.holder),
          to: sight.idOf(held.company),
          right: held.right,
          share: percentText(held.share),
          sharePpm: held.value.ppm,
        })),
      cutOff: graph.cutOff || drawn.size < graph.companies.size + graph.persons.size,
      owners: {
        outcome: owners.outcome,
        rows: owners.owners.map(owner => ({
          id: sight.idOf(owner.id),
          deemed: owner.deemed,
          basis: owner.basis,
          share: percentText(owner.share),
          declared: declaredOwners.some(one => one.id === owner.id),
          explanation: owner.explanation,
        })),
        certain: owners.certain,
        explanations: owners.explanations,
        declaredOnly: declaredOwners
          .filter(one => !computed.has(one.id))
          .map(({ id, name, basis }) => ({ id, name, basis })),
      },
      parent: {
        id: parent.parent ? sight.idOf(parent.parent) : null,
        ultimateId: parent.ultimate ? sight.idOf(parent.ultimate) : null,
        explanation: parent.explanation,
      },
      computedGroup: groupOf(company, {
        companies: [...graph.companies.keys()],
        holdings: decidingHoldings(graph),
        ties: ties.map(({ first, second }) => ({ first, second })),
      }).map(sight.idOf),
      recordedGroup: identities.filter(id => graph.companies.has(id)).map(nodeOf),
      ties: ties
        .filter(tie => sight.isReachable(tie.first) && sight.isReachable(tie.second))
        .map(tie => ({
          id: tie.id,
          partyId: tie.first,
          otherId: tie.second,
          relation: tie.relation,
          recordedAt: tie.recorded_at,
        })),
    },
    seen: [...new Set([seenNo, ...sight.seen, ...declaredOwners.map(one => one.seenNo)])],
  }
}

/** What one picture can show and still be read. */
const MOST_DRAWN = 60

/** Nodes to draw: the company, everybody above it, everything below it, its group; the nearest first, up to what can be read. */
function drawnAround(graph: OwnershipGraph, company: Id, group: readonly Id[]): Set<Id> {
  const drawn = new Set([company, ...group.filter(id => graph.companies.has(id))])
  for (const id of drawn)
    for (const held of graph.holdings)
      if (held.company === id && drawn.size < MOST_DRAWN) drawn.add(held.holder)
  for (const id of companiesBelow(graph, company)) if (drawn.size < MOST_DRAWN) drawn.add(id)
  return drawn
}

async function ownersDeclared({ db }: QueryContext, company: Id) {
  const { rows } = await sql<{ id: Id; name: string; basis: string | null; seenNo: number }>`
    select distinct on (p.id) p.id, p.family_name || ' ' || p.given_name as name, r.bo_basis as basis, p.seen_no as "seenNo"
    from party_identity i join party_person r on r.party_id = i.party_id join person p on p.id = r.person_id
    where i.identity_id = ${company} and r.person_role = 'beneficial_owner' and r.valid_to is null order by p.id`.execute(
    db,
  )
  return rows
}
