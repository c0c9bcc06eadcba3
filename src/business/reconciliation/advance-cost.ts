import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { postJournal } from '../moneyledger/index.ts'
import { lockReceivable, subjectsOfReceivable } from '../receivables/index.ts'
import { payingSide, termsOfClaim } from './claim-money.ts'
import { costKindLabels, liableLabels } from './labels.ts'
import { costRefs, refreshLeft } from './settle-claim.ts'
import type { LiableSide } from './tables.ts'
import { advanceCost } from './take-back-contract.ts'
import { yenWords } from './yen-words.ts'

/** 立替費用: what was paid for the liable party; its next receipt pays it first (FF §4.5, application order). */
export const advance = defineCommand(advanceCost, {
  async critical(context, input): Promise<CriticalChange> {
    const claim = await toCharge(context, input)
    return {
      subject: { kind: 'receivable', id: claim.id },
      related: subjectsOfReceivable(claim).slice(1),
      summary: `立替費用　${claim.receivable_no}　${costKindLabels[input.costKind]}　${input.yen.toLocaleString('ja-JP')}円`,
      readSet: [{ table: 'receivable', id: claim.id, version: claim.row_version }],
      items: [
        { field: 'costKind', label: '費用の種類', old: null, new: costKindLabels[input.costKind] },
        { field: 'payee', label: '支払先', old: null, new: input.payee },
        { field: 'paidOn', label: '支払日', old: null, new: input.paidOn },
        { field: 'liable', label: '負担する人', old: null, new: liableLabels[input.liable] },
        { field: 'yen', label: '金額', old: null, new: yenWords(input.yen) },
      ],
      evidenceRequired: true,
      approve: 'reconciliation.approveDebtChange',
      amountYen: input.yen,
    }
  },
  async run(context, input) {
    const { tx, actor, now, approval } = context
    const claim = await toCharge(context, input)
    const journalId = found(
      await postJournal(
        context,
        { kind: 'cost_advanced', refs: costRefs(claim, input.liable), yen: input.yen },
        { valueOn: input.paidOn },
      ),
      'journal',
    )
    const id = newId()
    const { cost_no } = await tx
      .insertInto('advanced_cost')
      .values({
        id,
        receivable_id: claim.id,
        cost_kind: input.costKind,
        liable: input.liable,
        payee: input.payee,
        paid_on: input.paidOn,
        amount_yen: input.yen,
        journal_id: journalId,
        reason: input.change.reasonText,
        requested_by: actor.id,
        approved_by: approval?.approvedBy ?? null,
        recorded_at: now.toISOString(),
      })
      .returning('cost_no')
      .executeTakeFirstOrThrow()
    await refreshLeft(context, claim.id)
    await context.record({
      verb: 'cost_advanced',
      subjects: [{ kind: 'advanced_cost', id }, ...subjectsOfReceivable(claim)],
      after: { costKind: input.costKind, liable: input.liable, costYen: input.yen, paidOn: input.paidOn },
      facts: {
        summary: `${cost_no}　${claim.receivable_no}　${input.yen.toLocaleString('ja-JP')}円`,
        journalId,
      },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id, costNo: cost_no }
  },
})

async function toCharge(
  context: CommandContext,
  input: { receivableId: Id; liable: LiableSide; paidOn: string },
) {
  const claim = await lockReceivable(context, input.receivableId)
  refuseUnless(claim.purchase_id !== null && claim.funded_on !== null, 'claim_must_be_bought')
  refuseUnless(claim.state !== 'closed', 'claim_must_not_be_closed')
  refuseUnless(input.paidOn <= context.today, 'day_must_not_lie_ahead', { kind: 'invalid', field: 'paidOn' })
  const terms = await termsOfClaim(context.tx, claim)
  refuseUnless(input.liable === 'client' || payingSide(terms) === 'debtor', 'cost_must_be_owed_by_who_pays', {
    field: 'liable',
  })
  return claim
}
