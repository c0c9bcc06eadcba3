import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { sameCompany } from '../parties/index.ts'
import { groupsOfParties } from '../people/index.ts'
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
 * Limits that may bound the deal, not revoked or superseded; with `lock` they are locked in the order of kind and id, which is what
 * keeps parallel deals under one limit one after the other (architecture.md, Money). Limits of any record of the company count; one
 * that a merge set aside counts only while it is suspended, since a merge lifts no suspension.
 */
export async function limitsOfDeal(tx: Tx | Db, deal: DealParties, lock: boolean): Promise<LimitRow[]> {
  const client = sql`(select identity_id from party_identity where party_id = ${deal.clientId})`
  const debtor = sql`(select identity_id from party_identity where party_id = ${deal.debtorId})`
  const { rows } = await sql<LimitRow>`
    select id, limit_kind, subject_id, second_subject_id, term, limit_yen, limit_ppm, in_force_from, in_force_to, suspended_at
    from credit_limit
    where revoked_at is null and superseded_at is null and (not set_aside or suspended_at is not null) and (
      (limit_kind = 'client' and company_id = ${client})
      or (limit_kind in ('debtor', 'concentration') and company_id = ${debtor})
      or (limit_kind = 'pair' and company_id = ${client} and second_company_id = ${debtor})
      or (limit_kind = 'group' and subject_id = any(${deal.clientIds}::uuid[]))
      or (limit_kind = 'debtor_group' and subject_id = any(${deal.debtorIds}::uuid[])))
    order by limit_kind, id ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows
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
 * What stands at risk around the deal, one row a client and debtor. Which records are the two companies is read by the same statement,
 * after the limits are locked: a merge that came between counts in full.
 */
export async function totalsAround(tx: Tx | Db, deal: DealParties): Promise<PairRow[]> {
  const clients = sql`array${sameCompany(deal.clientId)}`
  const debtors = sql`array${sameCompany(deal.debtorId)}`
  const { rows } = await sql<PairRow>`
    select client_id, debtor_id, committed_yen, paid_yen, client_id = any(${clients}) as by_client, debtor_id = any(${debtors}) as of_debtor
    from credit_pair_total
    where client_id = any(${deal.clientIds}::uuid[] || ${clients}) or debtor_id = any(${deal.debtorIds}::uuid[] || ${debtors})`.execute(
    tx,
  )
  return rows
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

/** The book besides what stands around the deal, as one fact: what a concentration is measured against. */
export async function restOfBook(tx: Tx | Db, counted: readonly PairRow[]): Promise<ExposureFact> {
  const { rows } = await sql<{ all_yen: number }>`
    select coalesce(sum(committed_yen + paid_yen), 0)::bigint as all_yen from credit_pair_total`.execute(tx)
  const known = counted.reduce((sum, row) => sum + row.committed_yen + row.paid_yen, 0)
  const restYen = Math.max(0, (rows[0]?.all_yen ?? 0) - known)
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
