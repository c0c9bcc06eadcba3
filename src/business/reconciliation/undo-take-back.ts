import { type Selectable, sql } from 'kysely'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseAll } from '../../platform/commands/refusal.ts'
import type { Db, Tables, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { reverseJournal } from '../moneyledger/index.ts'
import {
  dealPeople,
  lockReceivable,
  type Receivable,
  restoreTakenBack,
  stateBeforeTakeBack,
  subjectsOfReceivable,
} from '../receivables/index.ts'
import { receivableStateLabels } from '../receivables/labels.ts'
import { takeBackKindLabels } from './labels.ts'
import { recordedSince, refundOf } from './later-money.ts'
import { hindrancesToUndo, type LaterMoney } from './rules/undo.ts'
import { reclaimPaidDues, refreshLeft } from './settle-claim.ts'
import { undoTakeBack } from './take-back-contract.ts'
import { yenWords } from './yen-words.ts'

export type TakeBackRow = Selectable<Tables['claim_take_back']>

/**
 * Takes a repurchase or a rescission back by reversal, by two people (FF §3): every journal it booked is mirrored, the claim is to be
 * collected and at risk as before, and a penalty charged with it ends. Refused with the reason while later money depends on it.
 */
export const undoOfTakeBack = defineCommand(undoTakeBack, {
  constraints: { receivable_live_number: 'number_must_not_be_live_again' },
  async critical(context, input): Promise<CriticalChange> {
    const { row, claim } = await toUndo(context, input.takeBackId)
    const what = takeBackKindLabels[row.kind]
    const deal = await dealPeople(context.tx, found(claim.purchase_id, 'purchase'))
    const to = await stateBeforeTakeBack(context.tx, claim.id)
    const atRisk = Math.max(0, (claim.advance_yen ?? 0) - claim.collected_yen)
    return {
      subject: { kind: 'receivable', id: claim.id },
      related: subjectsOfReceivable(claim).slice(1),
      summary: `${what}の取消　${row.take_back_no}　${claim.receivable_no}　${yenWords(row.open_yen)}`,
      readSet: [{ table: 'receivable', id: claim.id, version: claim.row_version }],
      items: [
        {
          field: 'state',
          label: '債権',
          old: receivableStateLabels[claim.state],
          new: receivableStateLabels[to],
        },
        { field: 'openYen', label: '未回収額', old: yenWords(0), new: yenWords(row.open_yen) },
        {
          field: 'fromReserveYen',
          label: '留保金へ戻す額',
          old: null,
          new: yenWords(row.from_reserve_yen + (row.kind === 'repurchase' ? row.refund_yen : 0)),
        },
        { field: 'owedYen', label: '利用者への求償', old: yenWords(row.owed_yen), new: yenWords(0) },
        ...(row.fee_yen > 0
          ? [{ field: 'feeYen', label: '手数料', old: yenWords(0), new: yenWords(row.fee_yen) }]
          : []),
        ...(row.refund_yen > 0
          ? [{ field: 'refundYen', label: '利用者へ返す額', old: yenWords(row.refund_yen), new: yenWords(0) }]
          : []),
        { field: 'exposureYen', label: '与信残高', old: yenWords(0), new: yenWords(atRisk) },
      ],
      evidenceRequired: false,
      approve:
        row.compliance_reason === null
          ? 'reconciliation.approveDebtChange'
          : 'reconciliation.approveRecourse',
      amountYen: row.open_yen,
      mayNotApprove: deal.registrars,
    }
  },
  async run(context, input) {
    const { tx, actor, now, approval } = context
    const { row, claim, journals } = await toUndo(context, input.takeBackId)
    const reason = input.change.reasonText
    await reclaimPaidDues(
      context,
      journals.map(one => one.id),
      reason,
    )
    for (const one of journals) await reverseJournal(context, one.id, reason, { valueOn: one.value_on })
    const ended = { undone_at: now.toISOString(), undo_reason: reason }
    if (row.penalty_id) await tx.updateTable('penalty').set(ended).where('id', '=', row.penalty_id).execute()
    const state = await restoreTakenBack(context, claim, reason)
    await tx
      .updateTable('claim_take_back')
      .set({ ...ended, undone_by: actor.id, undone_approved_by: approval?.approvedBy ?? null })
      .where('id', '=', row.id)
      .execute()
    await refreshLeft(context, claim.id)
    await context.record({
      verb: 'take_back_undone',
      subjects: [{ kind: 'claim_take_back', id: row.id }, ...subjectsOfReceivable(claim)],
      before: { state: claim.state, owedYen: row.owed_yen, refundYen: row.refund_yen },
      after: { state, openYen: row.open_yen },
      facts: {
        summary: `${row.take_back_no}　${claim.receivable_no}　${takeBackKindLabels[row.kind]}の取消`,
      },
      reason,
      evidence: input.change.evidence,
    })
    return { id: row.id, receivableId: claim.id, state }
  },
})

/** What has happened since a take-back, and the journals that would be mirrored. Locks nothing. */
export async function laterThanTakeBack(
  db: Db | Tx,
  row: TakeBackRow,
): Promise<{ later: LaterMoney; journals: { id: Id; value_on: IsoDate }[] }> {
  const journals = await journalsOf(db, row)
  const since = await recordedSince(db, row.receivable_id, row.id, {
    paid: 'all',
    waived: ['client_claim', 'late_damages', ...(row.penalty_id ? (['penalty'] as const) : [])],
  })
  const refund = await refundOf(
    db,
    journals.map(one => one.id),
  )
  return { later: { undone: row.undone_at !== null, ...since, refund }, journals }
}

async function toUndo(
  context: CommandContext,
  takeBackId: Id,
): Promise<{ row: TakeBackRow; claim: Receivable; journals: { id: Id; value_on: IsoDate }[] }> {
  const { tx } = context
  const find = () =>
    tx.selectFrom('claim_take_back').selectAll().where('id', '=', takeBackId).executeTakeFirst()
  const { receivable_id } = found(await find(), 'claim_take_back')
  const claim = await lockReceivable(context, receivable_id)
  // Read again under the lock of its claim: whoever took it back first has done so by now.
  const row = found(await find(), 'claim_take_back')
  const { later, journals } = await laterThanTakeBack(tx, row)
  refuseAll(hindrancesToUndo(later).map(({ code, sentence }) => ({ code, message: sentence })))
  return { row, claim, journals }
}

/**
 * The standing journals of a take-back: its own, what it gave back to the client with it, the penalty, and since then what a collection
 * taken back carried over and damages that grew on what the client owed. Damages billed until that day stay: they grew anyway.
 */
async function journalsOf(db: Db | Tx, row: TakeBackRow): Promise<{ id: Id; value_on: IsoDate }[]> {
  const { rows } = await sql<{ id: Id; value_on: IsoDate }>`
    select j.id, j.value_on from journal j
    where j.reversal_of is null and not exists (select from journal r where r.reversal_of = j.id)
      and j.id in (select e.journal_id from ledger_entry e where e.receivable_id = ${row.receivable_id})
      and (j.id = ${row.journal_id}
        or j.id = (select p.journal_id from penalty p where p.id = ${row.penalty_id})
        or j.event_kind in ('repurchased', 'rescinded', 'damages_accrued') and j.id > ${row.journal_id}
        or j.event_kind in ('reserve_released', 'refund_decided') and j.id > ${row.journal_id} and j.id < ${row.id})
    order by j.id desc`.execute(db)
  return rows
}
