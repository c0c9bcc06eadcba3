import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { groupsOfParties } from '../ownership/index.ts'
import type { ExposureFact } from './rules/exposure.ts'
import type { DealAsking, Limit, LimitState } from './rules/headroom.ts'
import type { StoredLimitKind } from './tables.ts'

/** A deal's parties as the rules know them: a company is named by the record the deal names, a group by its smallest id. */
export interface DealParties {
  clientId: Id
  debtorId: Id
  clientIds: Id[]
  debtorIds: Id[]
  clientGroup: Id
  debtorGroup: Id
}

/** The parties of each deal, in the order given, in one statement. */
export async function partiesOfDeals(
  tx: Tx | Db,
  deals: readonly Pick<DealParties, 'clientId' | 'debtorId'>[],
): Promise<DealParties[]> {
  const groups = await groupsOfParties(
    tx,
    deals.flatMap(deal => [deal.clientId, deal.debtorId]),
  )
  return deals.map(({ clientId, debtorId }) => {
    const clientIds = groups.get(clientId) ?? [clientId]
    const debtorIds = groups.get(debtorId) ?? [debtorId]
    return {
      clientId,
      debtorId,
      clientIds,
      debtorIds,
      clientGroup: smallest(clientIds),
      debtorGroup: smallest(debtorIds),
    }
  })
}

function smallest(ids: Id[]): Id {
  return [...ids].sort()[0]!
}

export interface LimitRow {
  id: Id
  limit_kind: StoredLimitKind
  subject_id: Id
  second_subject_id: Id | null
  term: 'permanent' | 'temporary'
  limit_yen: number | null
  limit_ppm: number | null
  in_force_from: IsoDate
  in_force_to: IsoDate | null
  suspended_at: string | null
}

/**
 * Limits that may bound each deal, not revoked or superseded, in the order of the deals; with `lock` they are locked in the order of kind
 * and id, which is what keeps parallel deals under one limit one after the other (architecture.md, Money). Limits of any record of the
 * company count; one that a merge set aside counts only while it is suspended, since a merge lifts no suspension.
 */
export async function limitsOfDeals(
  tx: Tx | Db,
  deals: readonly DealParties[],
  lock: boolean,
): Promise<LimitRow[][]> {
  const open = sql`l.revoked_at is null and l.superseded_at is null`
  const { rows } = await sql<LimitRow & { deals: number[] }>`
    with asked as materialized (
      select d.at, c.identity_id as client, o.identity_id as debtor, d.client_ids, d.debtor_ids from ${listed(deals)}
      left join party_identity c on c.party_id = d.client_id
      left join party_identity o on o.party_id = d.debtor_id),
    found as (
      select a.at, l.id from asked a join credit_limit l on l.company_id = a.client
        where ${open} and (l.limit_kind = 'client' or (l.limit_kind = 'pair' and l.second_company_id = a.debtor))
      union all select a.at, l.id from asked a join credit_limit l on l.company_id = a.debtor
        where ${open} and l.limit_kind in ('debtor', 'concentration')
      union all select a.at, l.id from asked a cross join unnest(a.client_ids) m(id) join credit_limit l on l.subject_id = m.id
        where ${open} and l.limit_kind = 'group'
      union all select a.at, l.id from asked a cross join unnest(a.debtor_ids) m(id) join credit_limit l on l.subject_id = m.id
        where ${open} and l.limit_kind = 'debtor_group'),
    bound as materialized (select id, array_agg(distinct at) as deals from found group by id)
    select l.id, l.limit_kind, l.subject_id, l.second_subject_id, l.term, l.limit_yen, l.limit_ppm, l.in_force_from, l.in_force_to,
      l.suspended_at, b.deals
    from bound b join credit_limit l on l.id = b.id
    where ${open} and (not l.set_aside or l.suspended_at is not null)
    order by l.limit_kind, l.id ${lock ? sql`for update of l` : sql``}`.execute(tx)
  return deals.map((_deal, at) => rows.filter(row => row.deals.includes(at)))
}

/** Deals as rows `d`: at, client_id, debtor_id, client_ids, debtor_ids. */
export function listed(deals: readonly DealParties[]) {
  const list = (ids: readonly Id[]) => `{${ids.join(',')}}`
  return sql`(select at, client_id, debtor_id, client_ids::uuid[] as client_ids, debtor_ids::uuid[] as debtor_ids
    from unnest(${deals.map((_deal, at) => at)}::int[], ${deals.map(deal => deal.clientId)}::uuid[],
      ${deals.map(deal => deal.debtorId)}::uuid[], ${deals.map(deal => list(deal.clientIds))}::text[],
      ${deals.map(deal => list(deal.debtorIds))}::text[]) as u(at, client_id, debtor_id, client_ids, debtor_ids)) d`
}

/** A stored limit as the rules take it; companies and groups are named as `partiesOfDeals` names them. */
export function toRuleLimit(row: LimitRow, deal: DealParties): Limit {
  const state: LimitState = row.suspended_at ? 'suspended' : 'in_force'
  const subject = subjectOf(row, deal)
  return {
    limitId: row.id,
    subject,
    term: row.term,
    state,
    limitYen: row.limit_yen,
    limitPpm: row.limit_ppm,
    inForceFrom: row.in_force_from,
    inForceTo: row.in_force_to,
  }
}

function subjectOf(row: LimitRow, deal: DealParties): Limit['subject'] {
  const { clientId, debtorId } = deal
  switch (row.limit_kind) {
    case 'client':
      return { limitKind: 'client', clientId }
    case 'group':
      return { limitKind: 'group', groupId: deal.clientGroup }
    case 'debtor':
      return { limitKind: 'debtor', debtorId }
    case 'debtor_group':
      return { limitKind: 'debtor_group', groupId: deal.debtorGroup }
    case 'pair':
      return { limitKind: 'pair', clientId, debtorId }
    case 'concentration':
      return { limitKind: 'concentration', debtorId }
  }
}

/**
 * What stands at risk around each deal, one row a client and debtor. Which records are the two companies is read by the same statement,
 * after the limits are locked: a merge that came between counts in full.
 */
export async function totalsAround(tx: Tx | Db, deals: readonly DealParties[]): Promise<PairRow[][]> {
  const { rows } = await sql<PairRow & { at: number }>`
    with asked as materialized (
      select d.at, d.client_ids, d.debtor_ids, array(select company_records(d.client_id)) as clients,
        array(select company_records(d.debtor_id)) as debtors from ${listed(deals)})
    select a.at, t.client_id, t.debtor_id, t.committed_yen, t.paid_yen, t.client_id = any(a.clients) as by_client,
      t.debtor_id = any(a.debtors) as of_debtor
    from asked a cross join unnest(a.client_ids || a.clients) m(id) join credit_pair_total t on t.client_id = m.id
    union select a.at, t.client_id, t.debtor_id, t.committed_yen, t.paid_yen, t.client_id = any(a.clients), t.debtor_id = any(a.debtors)
    from asked a cross join unnest(a.debtor_ids || a.debtors) m(id) join credit_pair_total t on t.debtor_id = m.id`.execute(
    tx,
  )
  return deals.map((_deal, at) => rows.filter(row => row.at === at))
}

/** The sums around the deal as facts for the rules; its own commitment is left out. */
export function factsOfDeal(
  rows: readonly PairRow[],
  deal: DealParties,
  own: { clientId: Id; debtorId: Id; amountYen: number } | null,
): ExposureFact[] {
  const facts: ExposureFact[] = []
  for (const row of rows) {
    const parties = partiesOfFact(row, deal)
    const isOwn = own !== null && own.clientId === row.client_id && own.debtorId === row.debtor_id
    const committed = row.committed_yen - (isOwn ? own.amountYen : 0)
    if (row.paid_yen > 0)
      facts.push({
        kind: 'purchase_paid',
        dealId: 'paid',
        ...parties,
        advanceYen: row.paid_yen,
        collectedYen: 0,
      })
    if (committed > 0)
      facts.push({ kind: 'purchase_committed', dealId: 'others', ...parties, advanceYen: committed })
  }
  return facts
}

export interface PairRow {
  client_id: Id
  debtor_id: Id
  committed_yen: number
  paid_yen: number
  by_client: boolean
  of_debtor: boolean
}

function partiesOfFact(row: PairRow, deal: DealParties) {
  return {
    clientId: row.by_client ? deal.clientId : row.client_id,
    debtorId: row.of_debtor ? deal.debtorId : row.debtor_id,
    clientGroupId: row.by_client || deal.clientIds.includes(row.client_id) ? deal.clientGroup : null,
    debtorGroupId: row.of_debtor || deal.debtorIds.includes(row.debtor_id) ? deal.debtorGroup : null,
  }
}

/** All that stands at risk. */
export async function wholeBookYen(tx: Tx | Db): Promise<Yen> {
  const { rows } = await sql<{ all_yen: number }>`
    select coalesce(sum(committed_yen + paid_yen), 0)::bigint as all_yen from credit_pair_total`.execute(tx)
  return rows[0]?.all_yen ?? 0
}

/** The book besides what stands around the deal, as one fact: what a concentration is measured against. */
export function restOfBook(bookYen: Yen, counted: readonly PairRow[]): ExposureFact {
  const known = counted.reduce((sum, row) => sum + row.committed_yen + row.paid_yen, 0)
  const restYen = Math.max(0, bookYen - known)
  return {
    kind: 'purchase_paid',
    dealId: 'rest',
    clientId: 'rest',
    debtorId: 'rest',
    advanceYen: restYen,
    collectedYen: 0,
  }
}

export function asking(deal: DealParties): DealAsking {
  const { clientId, debtorId } = deal
  return { clientId, debtorId, clientGroupId: deal.clientGroup, debtorGroupId: deal.debtorGroup }
}
