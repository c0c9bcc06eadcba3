import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { dueStateSql } from '../payouts/index.ts'
import type { LaterMoney } from './rules/undo.ts'
import type { WaivableItem } from './tables.ts'

/** Matches, set-offs and waivers recorded on a claim after an act, the newest of each that stands. */
export async function recordedSince(
  db: Db | Tx,
  receivableId: Id,
  actId: Id,
  items: { paid: readonly string[] | 'all'; waived: readonly WaivableItem[] },
): Promise<Pick<LaterMoney, 'matchNo' | 'setOffNo' | 'waiverNo'>> {
  const paid = items.paid === 'all' ? null : [...items.paid]
  const { rows } = await sql<{
    match_no: string | null
    set_off_no: string | null
    waiver_no: string | null
  }>`
    select
      (select m.match_no from allocation a join reconciliation_match m on m.id = a.match_id
        where a.receivable_id = ${receivableId} and m.undone_at is null and m.id > ${actId}
          and (${paid}::text[] is null or a.kind = any(${paid}::text[])) order by m.id desc limit 1) as match_no,
      (select s.set_off_no from set_off_item i join set_off s on s.id = i.set_off_id
        where i.receivable_id = ${receivableId} and s.undone_at is null and s.id > ${actId}
          and (${paid}::text[] is null or i.item = any(${paid}::text[])) order by s.id desc limit 1) as set_off_no,
      (select w.waiver_no from waiver w where w.receivable_id = ${receivableId} and w.id > ${actId}
        and w.item = any(${[...items.waived]}::text[]) order by w.id desc limit 1) as waiver_no`.execute(db)
  const { match_no, set_off_no, waiver_no } = rows[0]!
  return { matchNo: match_no, setOffNo: set_off_no, waiverNo: waiver_no }
}

/** What one of these journals made us owe the client, and how far its payment is; null where nothing is owed. */
export async function refundOf(db: Db | Tx, journalIds: readonly Id[]): Promise<LaterMoney['refund']> {
  if (journalIds.length === 0) return null
  const row = await db
    .selectFrom('payout_due as d')
    .leftJoin('payment_out as o', join =>
      join.onRef('o.due_id', '=', 'd.id').on('o.state', '<>', 'cancelled'),
    )
    .select(['d.due_no', 'd.set_off_yen', dueStateSql.as('state')])
    .where('d.journal_id', 'in', [...journalIds])
    .where('d.cancelled_at', 'is', null)
    .orderBy('d.id')
    .limit(1)
    .executeTakeFirst()
  if (!row || row.state === 'cancelled') return null
  return { dueNo: row.due_no, state: row.state === 'waiting' && row.set_off_yen > 0 ? 'set_off' : row.state }
}
