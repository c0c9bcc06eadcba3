import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { groupMemberIds } from '../people/index.ts'
import type { ExposureFact } from './rules/exposure.ts'
import type { DealAsking, Limit, LimitState } from './rules/headroom.ts'
import type { StoredLimitKind } from './tables.ts'

/** A deal's parties as the rules know them: identities, and groups named by the smallest id of their members. */
export interface DealParties {
  clientIds: Id[]
  debtorIds: Id[]
  clientGroup: Id
  debtorGroup: Id
}

export async function partiesOfDeal(tx: Tx | Db, clientId: Id, debtorId: Id): Promise<DealParties> {
  const clientIds = await groupMemberIds(tx, clientId)
  const debtorIds = await groupMemberIds(tx, debtorId)
  return { clientIds, debtorIds, clientGroup: smallest(clientIds), debtorGroup: smallest(debtorIds) }
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
 * keeps parallel deals under one limit one after the other (architecture.md, Money).
 */
export async function limitsOfDeal(
  tx: Tx | Db,
  clientId: Id,
  debtorId: Id,
  deal: DealParties,
  lock: boolean,
): Promise<LimitRow[]> {
  const { rows } = await sql<LimitRow>`
    select id, limit_kind, subject_id, second_subject_id, term, limit_yen, limit_ppm, in_force_from, in_force_to, suspended_at
    from credit_limit
    where revoked_at is null and superseded_at is null and (
      (limit_kind = 'client' and subject_id = ${clientId})
      or (limit_kind in ('debtor', 'concentration') and subject_id = ${debtorId})
      or (limit_kind = 'pair' and subject_id = ${clientId} and second_subject_id = ${debtorId})
      or (limit_kind = 'group' and subject_id = any(${deal.clientIds}::uuid[]))
      or (limit_kind = 'debtor_group' and subject_id = any(${deal.debtorIds}::uuid[])))
    order by limit_kind, id ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows
}

/** A stored limit as the rules take it; the group is named as `partiesOfDeal` names it. */
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
  switch (row.limit_kind) {
    case 'client':
      return { limitKind: 'client', clientId: row.subject_id }
    case 'group':
      return { limitKind: 'group', groupId: deal.clientGroup }
    case 'debtor':
      return { limitKind: 'debtor', debtorId: row.subject_id }
    case 'debtor_group':
      return { limitKind: 'debtor_group', groupId: deal.debtorGroup }
    case 'pair':
      return { limitKind: 'pair', clientId: row.subject_id, debtorId: row.second_subject_id ?? '' }
    case 'concentration':
      return { limitKind: 'concentration', debtorId: row.subject_id }
  }
}

/** What stands at risk around the deal, one fact a client and debtor; with a concentration limit also the rest of the book. */
export async function factsOfDeal(
  tx: Tx | Db,
  deal: DealParties,
  own: { receivableId: Id; clientId: Id; debtorId: Id; amountYen: number } | null,
  withWhole: boolean,
): Promise<ExposureFact[]> {
  const { rows } = await sql<{ client_id: Id; debtor_id: Id; committed_yen: number; paid_yen: number }>`
    select client_id, debtor_id, committed_yen, paid_yen from credit_pair_total
    where client_id = any(${deal.clientIds}::uuid[]) or debtor_id = any(${deal.debtorIds}::uuid[])`.execute(
    tx,
  )
  const facts: ExposureFact[] = []
  for (const row of rows) {
    const parties = partiesOfFact(row.client_id, row.debtor_id, deal)
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
  if (withWhole) facts.push(await restOfBook(tx, rows))
  return facts
}

function partiesOfFact(clientId: Id, debtorId: Id, deal: DealParties) {
  return {
    clientId,
    debtorId,
    clientGroupId: deal.clientIds.includes(clientId) ? deal.clientGroup : null,
    debtorGroupId: deal.debtorIds.includes(debtorId) ? deal.debtorGroup : null,
  }
}

async function restOfBook(
  tx: Tx | Db,
  counted: { committed_yen: number; paid_yen: number }[],
): Promise<ExposureFact> {
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

export function asking(clientId: Id, debtorId: Id, deal: DealParties): DealAsking {
  return { clientId, debtorId, clientGroupId: deal.clientGroup, debtorGroupId: deal.debtorGroup }
}
