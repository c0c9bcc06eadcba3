import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, type Reason, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { fundPurchase, lockReceivables, type Receivable, unfundPurchase } from '../receivables/index.ts'
import './tables.ts'

/** What is paid for a purchase: N, what of it was set off, and what is left to pay (N = deducted + left). */
export interface NetPayout {
  purchaseId: Id
  purchaseNo: string
  clientId: Id
  contractId: Id
  netYen: Yen
  deductedYen: Yen
  leftYen: Yen
  /**
   * Whether we owe it and nobody has asked for its payment: only then may something be deducted. True too of a payout that came back
   * after its claims were taken back; what was rescinded before its payout is booked back and owed no more.
   */
  waits: boolean
}

/** Net payouts of these purchases, or of what these parties sold and nobody has asked to pay yet; in order of purchase. */
export async function netPayouts(
  db: Db | Tx,
  of: { purchaseIds: readonly Id[] } | { clientIds: readonly Id[] },
): Promise<NetPayout[]> {
  const wanted =
    'purchaseIds' in of
      ? sql`b.id = any(${[...of.purchaseIds]}::uuid[])`
      : sql`b.id in (select purchase_id from receivable where client_id = any(${[...of.clientIds]}::uuid[])
          and state in ('purchased', 'repurchased', 'rescinded', 'closed') and funded_on is null and purchase_id is not null)`
  const { rows } = await sql<NetPayout>`
    select b.id as "purchaseId", b.purchase_no as "purchaseNo", b.client_id as "clientId", b.contract_id as "contractId",
      b.net_yen as "netYen", coalesce(d.deducted_yen, 0)::bigint as "deductedYen",
      (b.net_yen - coalesce(d.deducted_yen, 0))::bigint as "leftYen",
      not exists (select from payment_out o where o.purchase_id = b.id and o.state <> 'cancelled')
        and not exists (select from receivable r where r.purchase_id = b.id and r.funded_on is not null)
        and not exists (select from journal j where j.reversal_of = b.journal_id) as waits
    from purchase b left join payout_deduction d on d.id = b.id
    where ${wanted} order by b.id limit 100`.execute(db)
  return rows
}

export async function netPayoutOf(db: Db | Tx, purchaseId: Id): Promise<NetPayout> {
  return found((await netPayouts(db, { purchaseIds: [purchaseId] }))[0], 'purchase')
}

/** The claims a purchase bought, locked in order of id: whoever asks for its payment, deducts from it or takes it back goes one by one. */
export async function lockPurchase(context: CommandContext, purchaseId: Id): Promise<Receivable[]> {
  const ids = await claimIdsOf(context.tx, [purchaseId])
  return lockReceivables(context, found(ids.length > 0 ? ids : null, 'purchase'))
}

export async function claimIdsOf(tx: Db | Tx, purchaseIds: readonly Id[]): Promise<Id[]> {
  if (purchaseIds.length === 0) return []
  const rows = await tx
    .selectFrom('receivable')
    .select('id')
    .where('purchase_id', 'in', [...purchaseIds])
    .orderBy('id')
    .execute()
  return rows.map(row => row.id)
}

/**
 * Takes part of a purchase's net payout by set-off, or gives it back with a negative amount. Where nothing is left to pay, the claims
 * count as paid for by the set-off (`on`). The caller has locked the purchase's claims, books the journal and records the event.
 */
export async function deductFromPayout(
  context: CommandContext,
  purchaseId: Id,
  yen: Yen,
  on: IsoDate,
): Promise<void> {
  const { tx } = context
  const before = await netPayoutOf(tx, purchaseId)
  if (yen < 0 && before.leftYen === 0) await unfundPurchase(context, purchaseId)
  if (yen > 0)
    await sql`insert into payout_deduction (id, net_yen, deducted_yen) values (${purchaseId}, ${before.netYen}, ${yen})
      on conflict (id) do update set deducted_yen = payout_deduction.deducted_yen + excluded.deducted_yen,
        row_version = payout_deduction.row_version + 1`.execute(tx)
  else
    await tx
      .updateTable('payout_deduction')
      .set({ deducted_yen: sql`deducted_yen + ${yen}`, row_version: sql`row_version + 1` })
      .where('id', '=', purchaseId)
      .execute()
  if (yen > 0 && before.leftYen === yen) await fundPurchase(context, purchaseId, on)
}

/** Commands that change or end a purchase's payment; while one of them waits for its second person, no money leaves for it. */
const DECIDED_FIRST = ['reconciliation.setOff', 'payouts.rescindPurchase']

/** A waiting request to set the payout off or to take the purchase back is decided before its money leaves. */
export async function requestsToDecide(tx: Db | Tx, purchaseId: Id): Promise<Reason[]> {
  const waiting = await waitingRequest(tx, purchaseId)
  return waiting ? [{ code: 'request_must_be_decided_first', facts: { changeNo: waiting.change_no } }] : []
}

/** The first request that changes or ends the payment of a purchase and waits for its second person. */
export async function waitingRequest(tx: Db | Tx, purchaseId: Id) {
  const row = await tx
    .selectFrom('change_request')
    .select(['id', 'change_no', 'seen_no'])
    .where('state', '=', 'pending')
    .where('command', 'in', DECIDED_FIRST)
    .where(sql<boolean>`(object_id = ${purchaseId} or ${purchaseId}::uuid = any(related_ids))`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Refuses `purchase_must_stand` unless every claim of the purchase is bought and unpaid. */
export function refuseUnlessUnpaid(claims: readonly Pick<Receivable, 'state' | 'funded_on'>[]): void {
  refuseUnless(
    claims.length > 0 && claims.every(claim => claim.state === 'purchased' && claim.funded_on === null),
    'purchase_must_stand',
  )
}
