import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { ContractTerms } from '../contracts/index.ts'
import { penaltyTriggerLabels } from '../contracts/labels.ts'
import { postJournal } from '../moneyledger/index.ts'
import { lockReceivable, type Receivable, subjectsOfReceivable } from '../receivables/index.ts'
import { termsOfClaim } from './claim-money.ts'
import { chargePenalty } from './debts-contract.ts'
import { penaltyFor } from './rules/damages.ts'
import { refreshLeft, refsOf } from './settle-claim.ts'
import { yenWords } from './yen-words.ts'

type Trigger = ContractTerms['penalties'][number]['trigger']

/** 違約金: the agreed amount each time its trigger happens, in a ledger kind of its own (FF §4.5). */
export const penalty = defineCommand(chargePenalty, {
  constraints: { penalty_stands_once: 'penalty_must_stand_once' },
  async critical(context, input): Promise<CriticalChange> {
    const { claim, clause, penaltyYen } = await agreed(context, input)
    return {
      subject: { kind: 'receivable', id: claim.id },
      related: subjectsOfReceivable(claim).slice(1),
      summary: `違約金　${claim.receivable_no}　${penaltyTriggerLabels[input.trigger]}　${penaltyYen.toLocaleString('ja-JP')}円`,
      readSet: [{ table: 'receivable', id: claim.id, version: claim.row_version }],
      items: [
        { field: 'trigger', label: '事由', old: null, new: penaltyTriggerLabels[input.trigger] },
        { field: 'clause', label: '契約の条項', old: null, new: clause },
        { field: 'happenedOn', label: '発生日', old: null, new: input.happenedOn },
        { field: 'penaltyYen', label: '違約金', old: null, new: yenWords(penaltyYen) },
      ],
      evidenceRequired: true,
      approve: 'reconciliation.approveDebtChange',
      amountYen: penaltyYen,
    }
  },
  async run(context, input) {
    const { claim, clause, penaltyYen } = await agreed(context, input)
    const { id, penaltyNo } = await bookPenalty(context, claim, {
      trigger: input.trigger,
      clause,
      penaltyYen,
      happenedOn: input.happenedOn,
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    await refreshLeft(context, claim.id)
    return { id, penaltyNo, penaltyYen }
  },
})

export interface PenaltyToBook {
  trigger: Trigger
  clause: string
  penaltyYen: Yen
  happenedOn: IsoDate
  reason: string
  evidence?: Id[]
}

/** Books an agreed penalty with its journal and event. The caller holds the claim and says what is left on it afterwards. */
export async function bookPenalty(
  context: CommandContext,
  claim: Receivable,
  { trigger, clause, penaltyYen, happenedOn, reason, evidence = [] }: PenaltyToBook,
): Promise<{ id: Id; penaltyNo: string }> {
  const { tx, actor, now, approval } = context
  const journalId = found(
    await postJournal(
      context,
      { kind: 'penalty_charged', refs: refsOf(claim), yen: penaltyYen },
      { valueOn: happenedOn },
    ),
    'journal',
  )
  const id = newId()
  const { penalty_no } = await tx
    .insertInto('penalty')
    .values({
      id,
      receivable_id: claim.id,
      trigger,
      clause,
      happened_on: happenedOn,
      amount_yen: penaltyYen,
      journal_id: journalId,
      reason,
      requested_by: actor.id,
      approved_by: approval?.approvedBy ?? null,
      recorded_at: now.toISOString(),
    })
    .returning('penalty_no')
    .executeTakeFirstOrThrow()
  await context.record({
    verb: 'penalty_charged',
    subjects: [{ kind: 'penalty', id }, ...subjectsOfReceivable(claim)],
    after: { trigger, penaltyYen, happenedOn },
    facts: {
      summary: `${penalty_no}　${claim.receivable_no}　${penaltyYen.toLocaleString('ja-JP')}円`,
      journalId,
    },
    reason,
    evidence,
  })
  return { id, penaltyNo: penalty_no }
}

async function agreed(
  context: CommandContext,
  input: { receivableId: Id; trigger: Trigger; happenedOn: string },
): Promise<{ claim: Receivable; clause: string; penaltyYen: Yen }> {
  const claim = await lockReceivable(context, input.receivableId)
  refuseUnless(['purchased', 'dunning', 'legal'].includes(claim.state), 'claim_must_be_bought')
  refuseUnless(input.happenedOn <= context.today, 'day_must_not_lie_ahead', {
    kind: 'invalid',
    field: 'happenedOn',
  })
  const terms = await termsOfClaim(context.tx, claim)
  const one = penaltiesOf(claim, terms).find(agreed => agreed.trigger === input.trigger)
  refuseUnless(one !== undefined, 'penalty_must_be_agreed', { field: 'trigger' })
  const insolvent = await context.tx
    .selectFrom('debtor_insolvency')
    .select('since_on')
    .where('receivable_id', '=', claim.id)
    .executeTakeFirst()
  // What the client holds back once its debtor is insolvent is the debtor's doing; a false statement stays the client's.
  const fromInsolvency =
    input.trigger === 'collections_withheld' &&
    insolvent !== undefined &&
    insolvent.since_on <= input.happenedOn
  refuseUnless(!fromInsolvency, 'penalty_must_not_follow_insolvency', { field: 'trigger' })
  return { claim, clause: one.clause, penaltyYen: one.penaltyYen }
}

/** What the contract agrees for each trigger, worked out on the price of this claim (P − fee, FF §4.2). */
export function penaltiesOf(
  claim: Pick<Receivable, 'purchased_yen' | 'fee_yen'>,
  terms: ContractTerms,
): { trigger: Trigger; clause: string; penaltyYen: Yen }[] {
  const priceYen = (claim.purchased_yen ?? 0) - (claim.fee_yen ?? 0)
  return terms.penalties.map(({ trigger, clause, amountYen, pricePpm }) => ({
    trigger,
    clause,
    penaltyYen: penaltyFor(
      { trigger, ...(amountYen === null ? {} : { amountYen }), ...(pricePpm === null ? {} : { pricePpm }) },
      priceYen,
      'withheld',
    ).penaltyYen,
  }))
}
