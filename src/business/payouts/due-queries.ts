import type { z } from 'zod'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import type { DueRow, listDues } from './contract.ts'
import { dueStateSql } from './dues.ts'
import './tables.ts'

/** Debts within the actor's reach, newest first, each with its payment. */
export async function dues(
  context: QueryContext,
  input: z.output<typeof listDues.input>,
): Promise<Seen<{ rows: DueRow[]; next: string | null }>> {
  const { db } = context
  let query = db
    .selectFrom('payout_due as d')
    .innerJoin('party as p', 'p.id', 'd.party_id')
    .leftJoin('payment_out as o', join =>
      join.onRef('o.due_id', '=', 'd.id').on('o.state', '<>', 'cancelled'),
    )
    .selectAll('d')
    .select(['p.legal_name', 'o.id as payout_id', 'o.payout_no'])
    .select(dueStateSql.as('state'))
    .orderBy('d.id', 'desc')
    .limit(input.limit + 1)
  if (context.actor.reach !== 'all')
    query = query.where('d.party_id', 'in', partiesInReach(context).select('party.id'))
  if (input.state.length) query = query.where(dueStateSql, 'in', input.state)
  if (input.source.length) query = query.where('d.source', 'in', input.source)
  if (input.partyId) query = query.where('d.party_id', 'in', sameCompany(input.partyId))
  if (input.receivableId) query = query.where('d.receivable_id', '=', input.receivableId)
  if (input.paymentInId) query = query.where('d.payment_in_id', '=', input.paymentInId)
  if (input.after) query = query.where('d.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const names = await staffNames(
    db,
    page.flatMap(row => [row.decided_by, row.approved_by].filter(id => id !== null)),
  )
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        dueNo: row.due_no,
        partyId: row.party_id,
        partyName: row.legal_name,
        source: row.source,
        state: row.state,
        amountYen: row.amount_yen,
        setOffYen: row.set_off_yen,
        leftYen: row.amount_yen - row.set_off_yen,
        about: row.receivable_id
          ? { kind: 'receivable' as const, id: row.receivable_id, no: row.about_no }
          : { kind: 'payment_in' as const, id: row.payment_in_id ?? '', no: row.about_no },
        decidedBy: names.get(row.decided_by) ?? '（不明）',
        approvedBy: row.approved_by ? (names.get(row.approved_by) ?? '（不明）') : null,
        decidedAt: row.decided_at,
        payout: row.payout_id ? { id: row.payout_id, payoutNo: row.payout_no ?? '' } : null,
        cancelledReason: row.cancelled_reason,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: await seenNumbersOf(
      db,
      page
        .flatMap(row => [row.id, row.party_id, row.receivable_id, row.payment_in_id, row.payout_id])
        .filter(id => id !== null),
    ),
  }
}
