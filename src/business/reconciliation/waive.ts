import { sql } from 'kysely'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { postJournal } from '../moneyledger/index.ts'
import { openDue } from '../payouts/index.ts'
import { lockReceivable, type Receivable, subjectsOfReceivable } from '../receivables/index.ts'
import { roomOf, termsOfClaim } from './claim-money.ts'
import { waiveDebt } from './debts-contract.ts'
import { waivableLabels } from './labels.ts'
import { costRefs, dueOf, refreshLeft, refsOf } from './settle-claim.ts'
import type { WaivableItem } from './tables.ts'
import { yenWords } from './yen-words.ts'

/** 免除: what the company gives up of damages, penalties, costs, claims on the client or its fee; always two people (DD group 12). */
export const waive = defineCommand(waiveDebt, {
  async critical(context, input): Promise<CriticalChange> {
    const { claim, openYen } = await toWaive(context, input)
    return {
      subject: { kind: 'receivable', id: claim.id },
      related: subjectsOfReceivable(claim).slice(1),
      summary: `免除　${claim.receivable_no}　${waivableLabels[input.item]}　${input.yen.toLocaleString('ja-JP')}円`,
      readSet: [{ table: 'receivable', id: claim.id, version: claim.row_version }],
      items: [
        { field: 'item', label: '免除する項目', old: null, new: waivableLabels[input.item] },
        { field: 'openYen', label: '残り', old: yenWords(openYen), new: yenWords(openYen - input.yen) },
        { field: 'waivedOn', label: '免除日', old: null, new: input.waivedOn },
      ],
      evidenceRequired: true,
      approve: 'reconciliation.approveDebtChange',
      amountYen: input.yen,
    }
  },
  async run(context, input) {
    const { tx, actor, now, approval } = context
    const { claim, unbilledYen } = await toWaive(context, input)
    if (input.item === 'late_damages') await billDamages(context, claim, unbilledYen, input.waivedOn)
    const journalId = found(
      await postJournal(
        context,
        {
          kind: 'waived',
          refs: input.item === 'debtor_cost' ? costRefs(claim, 'debtor') : refsOf(claim),
          item: input.item === 'debtor_cost' ? 'cost' : input.item,
          yen: input.yen,
        },
        { valueOn: input.waivedOn },
      ),
      'journal',
    )
    if (input.item === 'fee') await openDue(context, dueOf(claim, 'fee_waived', input.yen, journalId))
    const id = newId()
    const { waiver_no } = await tx
      .insertInto('waiver')
      .values({
        id,
        receivable_id: claim.id,
        item: input.item,
        amount_yen: input.yen,
        waived_on: input.waivedOn,
        journal_id: journalId,
        reason: input.change.reasonText,
        requested_by: actor.id,
        approved_by: approval?.approvedBy ?? null,
        recorded_at: now.toISOString(),
      })
      .returning('waiver_no')
      .executeTakeFirstOrThrow()
    await refreshLeft(context, claim.id)
    await context.record({
      verb: 'debt_waived',
      subjects: [{ kind: 'waiver', id }, ...subjectsOfReceivable(claim)],
      after: { waivedItem: input.item, waivedYen: input.yen, waivedOn: input.waivedOn },
      facts: {
        summary: `${waiver_no}　${claim.receivable_no}　${waivableLabels[input.item]}　${input.yen.toLocaleString('ja-JP')}円`,
        journalId,
      },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id, waiverNo: waiver_no }
  },
})

/** Damages that grew until a day and were not billed yet are booked before anything is taken from them. */
export async function billDamages(
  context: CommandContext,
  claim: Receivable,
  unbilledYen: Yen,
  on: IsoDate,
): Promise<void> {
  await postJournal(
    context,
    { kind: 'damages_accrued', refs: refsOf(claim), yen: unbilledYen },
    { valueOn: on },
  )
}

/** What of the fee of a claim has not been given up, in yen; a rescission gave up all of it. */
export async function feeLeft(
  db: Db | Tx,
  claim: Pick<Receivable, 'id' | 'fee_yen' | 'state'>,
): Promise<Yen> {
  if (claim.state === 'rescinded') return 0
  const { yen } = await db
    .selectFrom('waiver')
    .select(sql<number>`coalesce(sum(amount_yen), 0)::bigint`.as('yen'))
    .where('receivable_id', '=', claim.id)
    .where('item', '=', 'fee')
    .executeTakeFirstOrThrow()
  return (claim.fee_yen ?? 0) - yen
}

async function toWaive(
  context: CommandContext,
  input: { receivableId: Id; item: WaivableItem; yen: Yen; waivedOn: IsoDate },
) {
  const claim = await lockReceivable(context, input.receivableId)
  refuseUnless(claim.purchase_id !== null, 'claim_must_be_bought')
  refuseUnless(input.waivedOn <= context.today, 'day_must_not_lie_ahead', {
    kind: 'invalid',
    field: 'waivedOn',
  })
  const terms = await termsOfClaim(context.tx, claim)
  const { open, balances, unbilledYen } = await roomOf(context.tx, claim, terms, input.waivedOn, 'client')
  const openYen = {
    fee: await feeLeft(context.tx, claim),
    late_damages: open.lateDamagesYen,
    penalty: open.penaltyYen,
    cost: open.costYen,
    debtor_cost: balances.debtorCosts,
    client_claim: open.clientClaimYen,
  }[input.item]
  refuseUnless(input.yen <= openYen, 'waiver_must_fit_what_is_owed', {
    kind: 'invalid',
    field: 'yen',
    facts: { openYen },
  })
  return { claim, openYen, unbilledYen }
}
