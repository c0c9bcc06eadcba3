import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { FileAnswer, QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import { recordKept } from '../policy/index.ts'
import {
  type BatchRow,
  type listBatches,
  type listPayouts,
  type PayoutRow,
  type PayoutShown,
  payoutRefusals,
} from './contract.ts'
import { netPayoutOf } from './deductions.ts'
import { claimsOf, hindrancesToPayout } from './guards.ts'
import type { Payout } from './records.ts'
import { PAYOUT_MACHINE } from './rules.ts'
import './tables.ts'

function payoutsInReach(context: QueryContext) {
  const all = context.db
    .selectFrom('payment_out as o')
    .innerJoin('party as p', 'p.id', 'o.party_id')
    .innerJoin('bank_account as a', 'a.id', 'o.account_id')
    .leftJoin('payout_batch as b', 'b.id', 'o.batch_id')
    .leftJoin('purchase as u', 'u.id', 'o.purchase_id')
    .leftJoin('payout_due as e', 'e.id', 'o.due_id')
    .selectAll('o')
    .select([
      'p.legal_name',
      'p.seen_no as party_seen_no',
      'a.bank_name',
      'a.branch_name',
      'a.account_no_last',
      'a.holder_kana',
      'b.batch_no',
      'b.seen_no as batch_seen_no',
      'u.purchase_no',
      'u.seen_no as purchase_seen_no',
      'e.source as due_source',
      'e.due_no',
      'e.about_no',
      'e.decided_by as due_decided_by',
      'e.approved_by as due_approved_by',
    ])
  return context.actor.reach === 'all'
    ? all
    : all.where('o.party_id', 'in', partiesInReach(context).select('party.id'))
}
type NamedPayout = Awaited<ReturnType<ReturnType<typeof payoutsInReach>['execute']>>[number]

export async function list(
  context: QueryContext,
  input: z.output<typeof listPayouts.input>,
): Promise<Seen<{ rows: PayoutRow[]; next: string | null }>> {
  let query = payoutsInReach(context)
    .orderBy('o.id', 'desc')
    .limit(input.limit + 1)
  if (input.state.length) query = query.where('o.state', 'in', input.state)
  if (input.purpose.length) query = query.where('o.purpose', 'in', input.purpose)
  if (input.partyId) query = query.where('o.party_id', 'in', sameCompany(input.partyId))
  if (input.batchId) query = query.where('o.batch_id', '=', input.batchId)
  if (input.purchaseId) query = query.where('o.purchase_id', '=', input.purchaseId)
  if (input.after) query = query.where('o.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const name = await namesOf(context, page)
  return {
    body: {
      rows: page.map(row => toRow(row, name)),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: seenIn(page),
  }
}

/** Payments with what each of them names: who is paid, the bank's file and the purchase. */
const seenIn = (rows: readonly NamedPayout[]): number[] =>
  rows.flatMap(row =>
    [row.seen_no, row.party_seen_no, row.batch_seen_no, row.purchase_seen_no].filter(no => no !== null),
  )

/** The page's rules are told by the same guards that refuse; nothing is locked or written for it. */
export async function open(context: QueryContext, payoutId: Id): Promise<Seen<PayoutShown>> {
  const { db } = context
  const row = found(
    await payoutsInReach(context).where('o.id', '=', payoutId).executeTakeFirst(),
    'payment_out',
  )
  const claims = await claimsOf(db, row)
  const name = await namesOf(
    context,
    [row],
    [row.checked_by, row.due_decided_by, row.due_approved_by, ...claims.map(claim => claim.approved_by)],
  )
  const waiting = ['prepared', 'checked', 'returned'].includes(row.state)
  const reasons = waiting
    ? await db
        .transaction()
        .execute(tx => hindrancesToPayout({ ...context, tx } as never, row as Payout, claims))
    : []
  const sentences: Record<string, string> = payoutRefusals
  const kept = row.confirmed_on ? await recordKept(db, row.confirmed_on) : null
  const net = row.purchase_id ? await netPayoutOf(db, row.purchase_id) : null
  return {
    body: {
      ...toRow(row, name),
      rowVersion: row.row_version,
      purchaseId: row.purchase_id,
      purchaseNo: row.purchase_no,
      deductedYen: net?.deductedYen ?? 0,
      checkedBy: name(row.checked_by),
      preparedAt: row.prepared_at,
      approvedAt: row.approved_at,
      duplicatesCheckedAt: row.duplicates_checked_at,
      transferFeeYen: row.transfer_fee_yen,
      outcomeReason: row.outcome_reason,
      transactionRecordUntil: kept?.until ?? null,
      transactionRecordYears: kept?.years ?? null,
      due: row.due_id
        ? {
            id: row.due_id,
            dueNo: row.due_no ?? '',
            about: row.receivable_id
              ? { kind: 'receivable' as const, id: row.receivable_id, no: row.about_no ?? '' }
              : { kind: 'payment_in' as const, id: row.payment_in_id ?? '', no: row.about_no ?? '' },
            decidedBy: name(row.due_decided_by) ?? '',
            approvedBy: name(row.due_approved_by),
          }
        : null,
      barred: row.deal_approvers.includes(context.actor.id)
        ? payoutRefusals.deal_approver_must_not_pay_out
        : null,
      nextStates: [...PAYOUT_MACHINE[row.state]],
      claims: claims.map(claim => ({
        id: claim.id,
        receivableNo: claim.receivable_no,
        debtorName: claim.debtor_name,
        invoiceNo: claim.invoice_no,
        purchasedYen: claim.purchased_yen ?? 0,
        advanceYen: claim.advance_yen ?? 0,
        feeYen: claim.fee_yen ?? 0,
        approvedBy: name(claim.approved_by),
      })),
      hindrances: reasons.map(reason => ({
        code: reason.code,
        sentence: reason.message ?? sentences[reason.code] ?? reason.code,
      })),
    },
    seen: [
      ...seenIn([row]),
      ...(await seenNumbersOf(
        db,
        [row.due_id, row.receivable_id, row.payment_in_id].filter(id => id !== null),
      )),
      ...claims.flatMap(claim => [claim.seen_no, claim.debtor_seen_no]),
    ],
  }
}

async function namesOf({ db }: QueryContext, rows: readonly NamedPayout[], more: (Id | null)[] = []) {
  const ids = [...rows.flatMap(row => [row.prepared_by, row.approved_by]), ...more]
  const names = await staffNames(
    db,
    ids.filter(id => id !== null),
  )
  return (id: Id | null) => (id === null ? null : (names.get(id) ?? '（不明）'))
}

function toRow(row: NamedPayout, name: (id: Id | null) => string | null): PayoutRow {
  return {
    id: row.id,
    payoutNo: row.payout_no,
    partyId: row.party_id,
    partyName: row.legal_name,
    purpose: row.purpose,
    dueSource: row.due_source,
    amountYen: row.amount_yen,
    transferOn: row.transfer_on,
    state: row.state,
    bank: `${row.bank_name} ${row.branch_name}`,
    accountNoLast: row.account_no_last,
    holderKana: row.holder_kana,
    preparedBy: name(row.prepared_by) ?? '',
    approvedBy: name(row.approved_by),
    confirmedOn: row.confirmed_on,
    batchId: row.batch_id,
    batchNo: row.batch_no,
  }
}

export async function listFiles(
  { db }: QueryContext,
  input: z.output<typeof listBatches.input>,
): Promise<Seen<{ rows: BatchRow[]; next: string | null }>> {
  let query = db
    .selectFrom('payout_batch')
    .select([
      'id',
      'seen_no',
      'batch_no',
      'transfer_on',
      'item_count',
      'total_yen',
      'file_hash',
      'created_by',
      'created_at',
      'sent_at',
    ])
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (input.after) query = query.where('id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.map(row => row.created_by),
  )
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        batchNo: row.batch_no,
        transferOn: row.transfer_on,
        count: row.item_count,
        totalYen: row.total_yen,
        fileHash: row.file_hash,
        createdBy: names.get(row.created_by) ?? '（不明）',
        createdAt: row.created_at,
        sentAt: row.sent_at,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.map(row => row.seen_no),
  }
}

/** The file as the bank gets it; its sight is recorded as a download of the file and of every payment and payee in it. */
export async function download(keys: SubjectKeys, { db }: QueryContext, batchId: Id): Promise<FileAnswer> {
  const batch = found(
    await db.selectFrom('payout_batch').selectAll().where('id', '=', batchId).executeTakeFirst(),
    'payout_batch',
  )
  const payouts = await db
    .selectFrom('payment_out as o')
    .innerJoin('party as p', 'p.id', 'o.party_id')
    .select(['o.seen_no', 'p.seen_no as party_seen_no'])
    .where('o.batch_id', '=', batchId)
    .execute()
  const content = found(await keys.openBytes(db, batch.file_sealed), 'payout_batch')
  return {
    file: { name: `${batch.batch_no}_${batch.transfer_on}.txt`, mime: 'application/octet-stream', content },
    seen: [batch.seen_no, ...payouts.flatMap(row => [row.seen_no, row.party_seen_no])],
  }
}
