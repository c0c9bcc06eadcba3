import type { Selectable } from 'kysely'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseAll } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { reverseJournal } from '../moneyledger/index.ts'
import { lockReceivable, subjectsOfReceivable } from '../receivables/index.ts'
import { claimBalances } from './claim-money.ts'
import { costKindLabels } from './labels.ts'
import { recordedSince } from './later-money.ts'
import { hindrancesToUndo } from './rules/undo.ts'
import { refreshLeft } from './settle-claim.ts'
import { undoCost } from './take-back-contract.ts'
import { yenWords } from './yen-words.ts'

/** Takes a booked cost back by reversal, by two people, while nothing of it was paid, set off or given up (FF §4.5). */
export const undoOfCost = defineCommand(undoCost, {
  async critical(context, input): Promise<CriticalChange> {
    const { row, claim } = await toUndo(context, input.costId)
    return {
      subject: { kind: 'receivable', id: claim.id },
      related: subjectsOfReceivable(claim).slice(1),
      summary: `立替費用の取消　${row.cost_no}　${claim.receivable_no}　${yenWords(row.amount_yen)}`,
      readSet: [{ table: 'receivable', id: claim.id, version: claim.row_version }],
      items: [
        { field: 'costKind', label: '費用の種類', old: costKindLabels[row.cost_kind], new: '取消' },
        { field: 'yen', label: '金額', old: yenWords(row.amount_yen), new: yenWords(0) },
      ],
      evidenceRequired: false,
      approve: 'reconciliation.approveDebtChange',
      amountYen: row.amount_yen,
    }
  },
  async run(context, input) {
    const { tx, actor, now, approval } = context
    const { row, claim } = await toUndo(context, input.costId)
    const reason = input.change.reasonText
    await reverseJournal(context, row.journal_id, reason, { valueOn: row.paid_on })
    await tx
      .updateTable('advanced_cost')
      .set({
        undone_by: actor.id,
        undone_approved_by: approval?.approvedBy ?? null,
        undone_at: now.toISOString(),
        undo_reason: reason,
      })
      .where('id', '=', row.id)
      .execute()
    await refreshLeft(context, claim.id)
    await context.record({
      verb: 'cost_undone',
      subjects: [{ kind: 'advanced_cost', id: row.id }, ...subjectsOfReceivable(claim)],
      before: { costKind: row.cost_kind, costYen: row.amount_yen },
      facts: {
        summary: `${row.cost_no}　${claim.receivable_no}　${row.amount_yen.toLocaleString('ja-JP')}円`,
      },
      reason,
      evidence: input.change.evidence,
    })
    return { id: row.id }
  },
})

async function toUndo(context: CommandContext, costId: Id) {
  const { tx } = context
  const find = () => tx.selectFrom('advanced_cost').selectAll().where('id', '=', costId).executeTakeFirst()
  const { receivable_id } = found(await find(), 'advanced_cost')
  const claim = await lockReceivable(context, receivable_id)
  const row = found(await find(), 'advanced_cost')
  const later = { undone: row.undone_at !== null, ...(await touching(context, row)), refund: null }
  refuseAll(hindrancesToUndo(later).map(({ code, sentence }) => ({ code, message: sentence })))
  return { row, claim }
}

/** Costs of one side stand in one sum: what is left of it tells whether any of this cost was paid, and the newest record says by what. */
async function touching({ tx }: CommandContext, row: Selectable<Tables['advanced_cost']>) {
  const untouched = { matchNo: null, setOffNo: null, waiverNo: null }
  if (row.undone_at !== null) return untouched
  const { recoverableCosts, debtorCosts } = await claimBalances(tx, row.receivable_id)
  const openYen = row.liable === 'debtor' ? debtorCosts : recoverableCosts - debtorCosts
  if (openYen >= row.amount_yen) return untouched
  return recordedSince(tx, row.receivable_id, row.id, {
    paid: ['cost'],
    waived: [row.liable === 'debtor' ? 'debtor_cost' : 'cost'],
  })
}
