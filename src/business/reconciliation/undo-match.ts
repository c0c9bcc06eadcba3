import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { reverseJournal } from '../moneyledger/index.ts'
import { lockPayment, movePayment } from '../payments/index.ts'
import { lockReceivables, moveMoney, subjectsOfReceivable } from '../receivables/index.ts'
import { unlearnPayer } from './aliases.ts'
import { undoMatch } from './contract.ts'
import { carryReopened, reclaimPaidDues, refreshLeft, undoSettlement } from './settle-claim.ts'

/** Undoes a match by reversal: every journal is mirrored, claims and deposit stand as before, and what it taught is forgotten. */
export const undo = defineCommand(undoMatch, {
  constraints: { receivable_live_number: 'number_must_not_be_live_again' },
  async run(context, { matchId, reason }) {
    const { tx, actor, now } = context
    const match = found(
      await tx
        .selectFrom('reconciliation_match')
        .selectAll()
        .where('id', '=', matchId)
        .forUpdate()
        .executeTakeFirst(),
      'reconciliation_match',
    )
    refuseUnless(match.undone_at === null, 'match_must_stand')
    const payment = await lockPayment(context, match.payment_id)
    refuseUnless(payment.state !== 'refund_pending', 'refund_must_be_taken_back_first')
    const parts = await tx
      .selectFrom('allocation')
      .selectAll()
      .where('match_id', '=', match.id)
      .orderBy('line_no')
      .execute()
    const ids = [...new Set(parts.flatMap(part => part.receivable_id ?? []))].sort()
    const claims = ids.length ? await lockReceivables(context, ids) : []
    await refuseUnlessLast(context, match, ids)
    const principal = new Set(parts.flatMap(part => (part.kind === 'principal' ? part.receivable_id : null)))
    for (const id of ids) if (principal.has(id)) await undoSettlement(context, id, reason)
    const journals = (await journalsOf(context, match.id)).map(one => one.journal_id)
    await reclaimPaidDues(context, journals, reason)
    const kept = await accrualsToKeep(context, match.id, ids)
    for (const id of journals)
      if (!kept.has(id)) await reverseJournal(context, id, reason, { valueOn: match.received_on })
    for (const part of parts) {
      if (!part.receivable_id) continue
      const kind = part.kind === 'principal' ? 'collection' : part.kind === 'recovery' ? 'recovery' : null
      if (kind)
        await moveMoney(context, {
          receivableId: part.receivable_id,
          on: match.received_on,
          kind,
          yen: -part.yen,
          journalId: null,
        })
    }
    for (const claim of claims) {
      await carryReopened(context, claim.id)
      await refreshLeft(context, claim.id)
    }
    if (match.alias_id) await unlearnPayer(context, match.alias_id)
    await tx
      .updateTable('reconciliation_match')
      .set({
        undone_by: actor.id,
        undone_at: now.toISOString(),
        undo_reason: reason,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', match.id)
      .execute()
    if (payment.taken_back_by && payment.journal_id)
      await reverseJournal(context, payment.journal_id, '銀行による入金の取消')
    const state = await movePayment(context, payment, {
      act: payment.taken_back_by ? 'void' : 'undo',
      values: { applied_yen: 0, party_id: null },
    })
    const subjects = new Map(claims.flatMap(subjectsOfReceivable).map(one => [one.id, one]))
    await context.record({
      verb: 'match_undone',
      subjects: [
        { kind: 'payment_in', id: payment.id },
        { kind: 'reconciliation_match', id: match.id },
        ...subjects.values(),
      ],
      before: { state: payment.state },
      after: { state },
      facts: { summary: `${match.match_no}　${match.amount_yen.toLocaleString('ja-JP')}円` },
      reason,
    })
    return { id: match.id }
  },
})

function journalsOf({ tx }: CommandContext, matchId: Id) {
  return tx
    .selectFrom('match_journal')
    .select('journal_id')
    .where('match_id', '=', matchId)
    .orderBy('journal_id', 'desc')
    .execute()
}

/**
 * Damages booked with this match that were forgiven or set off since: what grew until that day stays booked, else the claim would
 * show less than nothing owed. They are the same yen whether or not the match stands.
 */
async function accrualsToKeep(
  { tx }: CommandContext,
  matchId: Id,
  receivableIds: readonly Id[],
): Promise<ReadonlySet<Id>> {
  if (receivableIds.length === 0) return new Set()
  const { rows } = await sql<{ id: Id }>`
    select j.id from match_journal m join journal j on j.id = m.journal_id
    where m.match_id = ${matchId} and j.event_kind = 'damages_accrued' and exists (
      select from ledger_entry e where e.journal_id = j.id and e.receivable_id = any(${[...receivableIds]}::uuid[]) and (
        exists (select from waiver w where w.receivable_id = e.receivable_id and w.item = 'late_damages' and w.id > ${matchId})
        or exists (select from set_off_item i where i.receivable_id = e.receivable_id and i.item = 'late_damages'
          and i.set_off_id > ${matchId})))`.execute(tx)
  return new Set(rows.map(row => row.id))
}

/** Where damages grew, later deposits were divided by what this one had left open: the last one goes first. */
async function refuseUnlessLast(
  { tx }: CommandContext,
  match: { id: Id; confirmed_at: string },
  receivableIds: readonly Id[],
): Promise<void> {
  if (receivableIds.length === 0) return
  const later = await tx
    .selectFrom('allocation as a')
    .innerJoin('reconciliation_match as m', 'm.id', 'a.match_id')
    .innerJoin('receivable as r', 'r.id', 'a.receivable_id')
    .select('m.match_no')
    .where('a.receivable_id', 'in', [...receivableIds])
    .where('m.undone_at', 'is', null)
    .where('m.id', '>', match.id)
    .where(sql<boolean>`m.received_on > least(r.payable_on, (select t.due_on from claim_take_back t
      where t.receivable_id = r.id and t.undone_at is null))`)
    .limit(1)
    .executeTakeFirst()
  refuseUnless(later === undefined, 'later_match_must_be_undone_first', {
    facts: { matchNo: later?.match_no ?? '' },
  })
  const setOff = await tx
    .selectFrom('set_off_item as i')
    .innerJoin('set_off as s', 's.id', 'i.set_off_id')
    .select('s.set_off_no')
    .where('i.receivable_id', 'in', [...receivableIds])
    .where('s.undone_at', 'is', null)
    .where('s.id', '>', match.id)
    .limit(1)
    .executeTakeFirst()
  refuseUnless(setOff === undefined, 'later_set_off_must_be_undone_first', {
    facts: { setOffNo: setOff?.set_off_no ?? '' },
  })
}
