import { sql } from 'kysely'
import { found } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { penaltyTriggerLabels } from '../contracts/labels.ts'
import { partiesInReach, recordsOfCompany } from '../parties/index.ts'
import { dueStateSql, netPayouts } from '../payouts/index.ts'
import { dueSourceLabels } from '../payouts/labels.ts'
import type { Receivable } from '../receivables/index.ts'
import { isLive, payingSide, roomOf, termsOfClaim } from './claim-money.ts'
import type { ClientDebts } from './debts-contract.ts'
import { clientDebtLabels, costKindLabels, takeBackKindLabels, waivableLabels } from './labels.ts'
import { penaltiesOf } from './penalty.ts'
import type { ClientDebtItem, CostKind, WaivableItem } from './tables.ts'
import { feeLeft } from './waive.ts'

/** What a client owes on a claim today and what happened to it; all zero before the claim is bought. */
export async function debtsOf(context: QueryContext, receivableId: Id): Promise<Seen<ClientDebts>> {
  const { db } = context
  const claim = found(
    (await db.selectFrom('receivable').selectAll().where('id', '=', receivableId).executeTakeFirst()) as
      | Receivable
      | undefined,
    'receivable',
  )
  const client = found(
    await partiesInReach(context)
      .select(['party.id', 'party.legal_name', 'party.seen_no'])
      .where('party.id', '=', claim.client_id)
      .executeTakeFirst(),
    'receivable',
  )
  const company = await recordsOfCompany(db, claim.client_id)
  const [dues, payouts, history] = await Promise.all([
    duesOf(db, company),
    netPayouts(db, { clientIds: company }),
    historyOf(db, claim.id),
  ])
  const { purchase_id, state, funded_on, left_to_settle_yen } = claim
  const owesStill = funded_on !== null || left_to_settle_yen > 0
  const bought = purchase_id !== null && (state !== 'rescinded' || owesStill)
  const terms = bought ? await termsOfClaim(db, claim) : null
  const room = terms ? await roomOf(db, claim, terms, todayInTokyo(context.now), 'client') : null
  const debts: [ClientDebtItem, number][] = room
    ? [
        ['principal', terms && payingSide(terms) === 'client' ? room.open.principalYen : 0],
        ['client_claim', room.open.clientClaimYen],
        ['late_damages', room.open.lateDamagesYen],
        ['penalty', room.open.penaltyYen],
        ['cost', room.open.costYen],
      ]
    : []
  return {
    body: {
      receivableNo: claim.receivable_no,
      client: { id: client.id, legalName: client.legal_name },
      bought,
      live: bought && isLive(claim),
      debts: debts.map(([item, openYen]) => ({ item, openYen })),
      feeYen: bought ? await feeLeft(db, claim) : 0,
      dues: dues.map(due => ({
        id: due.id,
        dueNo: due.due_no,
        what: dueSourceLabels[due.source],
        leftYen: due.amount_yen - due.set_off_yen,
      })),
      payouts: payouts
        .filter(one => one.waits && one.leftYen > 0)
        .map(({ purchaseId, purchaseNo, netYen, leftYen }) => ({ purchaseId, purchaseNo, netYen, leftYen })),
      debtorCostYen: room?.balances.debtorCosts ?? 0,
      penalties: terms ? penaltiesOf(claim, terms) : [],
      history: history.rows,
    },
    seen: [claim.seen_no, client.seen_no, ...dues.map(due => due.seen_no), ...history.seen],
  }
}

async function duesOf(db: Db, company: readonly Id[]) {
  return db
    .selectFrom('payout_due as d')
    .leftJoin('payment_out as o', join =>
      join.onRef('o.due_id', '=', 'd.id').on('o.state', '<>', 'cancelled'),
    )
    .selectAll('d')
    .where('d.party_id', 'in', [...company])
    .where(dueStateSql, '=', 'waiting')
    .orderBy('d.id')
    .limit(100)
    .execute()
}

interface Act {
  id: Id
  seen_no: number
  kind: ClientDebts['history'][number]['kind']
  no: string
  day: string
  what: string
  yen: number
  reason: string
  requested_by: Id
  approved_by: Id | null
  undo_reason: string | null
}

async function historyOf(db: Db, receivableId: Id) {
  const { rows } = await sql<Act>`
    select id, seen_no, 'penalty' as kind, penalty_no as no, happened_on::text as day, trigger as what, amount_yen as yen, reason,
      requested_by, approved_by, undo_reason from penalty where receivable_id = ${receivableId}
    union all
    select id, seen_no, 'waiver', waiver_no, waived_on::text, item, amount_yen, reason, requested_by, approved_by, null
      from waiver where receivable_id = ${receivableId}
    union all
    select s.id, s.seen_no, 'set_off', s.set_off_no, s.set_off_on::text, i.item, i.yen, s.reason, s.requested_by, s.approved_by,
      s.undo_reason from set_off_item i join set_off s on s.id = i.set_off_id where i.receivable_id = ${receivableId}
    union all
    select id, seen_no, 'cost', cost_no, paid_on::text, cost_kind, amount_yen, reason, requested_by, approved_by, undo_reason
      from advanced_cost where receivable_id = ${receivableId}
    union all
    select id, seen_no, 'take_back', take_back_no, taken_on::text, kind, owed_yen, reason, requested_by, approved_by, undo_reason
      from claim_take_back where receivable_id = ${receivableId}
    order by 1 desc limit 200`.execute(db)
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.requested_by, row.approved_by].filter(id => id !== null)),
  )
  return {
    seen: rows.map(row => row.seen_no),
    rows: rows.map(row => ({
      id: row.id,
      kind: row.kind,
      no: row.no,
      on: row.day,
      what: wordOf(row),
      yen: row.yen,
      requestedBy: names.get(row.requested_by) ?? '（不明）',
      approvedBy: names.get(row.approved_by ?? '') ?? '（不明）',
      reason: row.reason,
      undoneReason: row.undo_reason,
    })),
  }
}

function wordOf({ kind, what }: Pick<Act, 'kind' | 'what'>): string {
  if (kind === 'penalty') return penaltyTriggerLabels[what as keyof typeof penaltyTriggerLabels]
  if (kind === 'cost') return costKindLabels[what as CostKind]
  if (kind === 'take_back') return takeBackKindLabels[what as keyof typeof takeBackKindLabels]
  return kind === 'waiver' ? waivableLabels[what as WaivableItem] : clientDebtLabels[what as ClientDebtItem]
}
