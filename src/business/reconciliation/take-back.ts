import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { ContractTerms } from '../contracts/index.ts'
import { postJournal } from '../moneyledger/index.ts'
import { openDue } from '../payouts/index.ts'
import {
  dealPeople,
  lockReceivable,
  type Receivable,
  stateNow,
  stepReceivable,
  subjectsOfReceivable,
  toleranceYenOf,
} from '../receivables/index.ts'
import { claimBalances, roomOf, termsOfClaim } from './claim-money.ts'
import { groundLabels } from './labels.ts'
import { bookPenalty, penaltiesOf } from './penalty.ts'
import {
  goesToCompliance,
  hindrancesTo,
  repurchaseAmounts,
  repurchaseRules,
  rescissionAmounts,
  rescissionRules,
  type TakeBackAmounts,
  type TakeBackFacts,
  type TakeBackGround,
} from './rules/take-back.ts'
import { dueOf, refreshLeft, refsOf } from './settle-claim.ts'
import { repurchaseClaim, rescindClaim } from './take-back-contract.ts'
import { billDamages, feeLeft } from './waive.ts'
import { yenWords } from './yen-words.ts'

/**
 * 買戻し: the client takes the open claim back, less the reserve (FF §3, §4.4); damages until that day are billed, what it owes then
 * is a claim on it that its money or a set-off pays, and the claim is at risk no more (FF §4.8).
 */
export const repurchase = defineCommand(repurchaseClaim, {
  constraints: { claim_is_taken_back_once: 'claim_must_not_be_taken_back_twice' },
  async critical(context, input): Promise<CriticalChange> {
    const { claim, facts, amounts, damagesYen } = await toRepurchase(context, input)
    return {
      ...(await described(context, claim, '買戻し', amounts, damagesYen, input)),
      approve: goesToCompliance(facts, input.ground)
        ? 'reconciliation.approveRecourse'
        : 'reconciliation.approveDebtChange',
    }
  },
  async run(context, input) {
    const { claim, state, amounts, unbilledYen, damagesYen } = await toRepurchase(context, input)
    const { openYen, fromReserveYen, refundYen } = amounts
    await billDamages(context, claim, unbilledYen, input.takenOn)
    const on = { valueOn: input.takenOn }
    const refs = refsOf(claim)
    const journalId = found(
      await postJournal(context, { kind: 'repurchased', refs, openYen, reserveYen: fromReserveYen }, on),
      'journal',
    )
    const released = await postJournal(context, { kind: 'reserve_released', refs, yen: refundYen }, on)
    if (released) await openDue(context, dueOf(claim, 'reserve', refundYen, released))
    await stepReceivable(context, claim, { to: 'repurchased', from: state, reason: input.change.reasonText })
    const written = await writeTakeBack(context, claim, {
      kind: 'repurchase',
      input,
      amounts,
      damagesYen,
      journalId,
    })
    await refreshLeft(context, claim.id)
    return { ...written, owedYen: amounts.owedYen, refundYen }
  },
})

/**
 * 解除 after the payout: misrepresentation makes the purchase void (FF §3). The client owes the price it was paid less what was
 * collected; the fee is given up, the agreed penalty is charged with it when asked for.
 */
export const rescind = defineCommand(rescindClaim, {
  constraints: {
    claim_is_taken_back_once: 'claim_must_not_be_taken_back_twice',
    penalty_stands_once: 'penalty_must_stand_once',
  },
  async critical(context, input): Promise<CriticalChange> {
    const { claim, amounts, damagesYen, penalty } = await toRescind(context, input)
    const change = await described(context, claim, '解除（送金後）', amounts, damagesYen, input)
    return {
      ...change,
      items: [
        ...change.items,
        ...(penalty
          ? [
              {
                field: 'penaltyYen',
                label: `違約金（${penalty.clause}）`,
                old: null,
                new: yenWords(penalty.penaltyYen),
              },
            ]
          : []),
      ],
      approve: 'reconciliation.approveDebtChange',
    }
  },
  async run(context, input) {
    const { claim, state, amounts, unbilledYen, damagesYen, penalty } = await toRescind(context, input)
    const { openYen, fromReserveYen, feeYen, refundYen } = amounts
    await billDamages(context, claim, unbilledYen, input.takenOn)
    const on = { valueOn: input.takenOn }
    const refs = refsOf(claim)
    const journalId = found(
      await postJournal(
        context,
        { kind: 'rescinded', refs, openYen, reserveYen: fromReserveYen, feeYen },
        on,
      ),
      'journal',
    )
    const refund = await postJournal(
      context,
      { kind: 'refund_decided', refs, from: 'excess', yen: refundYen },
      on,
    )
    if (refund) await openDue(context, dueOf(claim, 'rescission', refundYen, refund))
    const penaltyId = penalty
      ? (
          await bookPenalty(context, claim, {
            ...penalty,
            trigger: input.ground,
            happenedOn: input.takenOn,
            reason: input.change.reasonText,
          })
        ).id
      : null
    await stepReceivable(context, claim, { to: 'rescinded', from: state, reason: input.change.reasonText })
    const written = await writeTakeBack(context, claim, {
      kind: 'rescission',
      input,
      amounts,
      damagesYen,
      journalId,
      penaltyId,
    })
    await refreshLeft(context, claim.id)
    const penaltyYen = penalty?.penaltyYen ?? 0
    return { ...written, owedYen: amounts.owedYen, refundYen, penaltyYen }
  },
})

type Ask = {
  receivableId: Id
  ground: TakeBackGround
  clause: string
  takenOn: IsoDate
  dueOn?: IsoDate | null | undefined
  complianceReason?: string | null | undefined
  change: { reasonText: string; evidence: Id[] }
}

async function toRepurchase(
  context: CommandContext,
  input: Ask & { ground: 'warranty_breach' | 'dilution' | 'recourse' },
) {
  const { claim, terms, facts, ...money } = await looked(context, input)
  refuseAll(hindrancesTo(repurchaseRules, facts, input.ground).map(({ code }) => ({ code, field: 'ground' })))
  return { claim, terms, facts, ...money, amounts: repurchaseAmounts(money.openYen, money.reserveYen) }
}

async function toRescind(
  context: CommandContext,
  input: Ask & { ground: 'false_statement' | 'double_assignment'; withPenalty: boolean },
) {
  const { claim, terms, facts, ...money } = await looked(context, input)
  refuseAll(hindrancesTo(rescissionRules, facts, input.ground).map(({ code }) => ({ code, field: 'ground' })))
  const agreed = penaltiesOf(claim, terms).find(one => one.trigger === input.ground)
  refuseUnless(!input.withPenalty || agreed !== undefined, 'penalty_must_be_agreed', { field: 'withPenalty' })
  const amounts = rescissionAmounts(money.openYen, money.reserveYen, await feeLeft(context.tx, claim))
  return { claim, terms, ...money, amounts, penalty: input.withPenalty ? agreed : undefined }
}

/** The claim locked, with its money as the journal has it and the facts the rules ask about. */
async function looked(context: CommandContext, input: Ask) {
  const { tx, today } = context
  const claim = await lockReceivable(context, input.receivableId)
  refuseUnless(claim.purchase_id !== null, 'claim_must_be_bought')
  refuseUnless(input.takenOn <= today, 'day_must_not_lie_ahead', { kind: 'invalid', field: 'takenOn' })
  refuseUnless((input.dueOn ?? input.takenOn) >= input.takenOn, 'due_day_must_not_come_before_it_goes_back', {
    kind: 'invalid',
    field: 'dueOn',
  })
  const terms = await termsOfClaim(tx, claim)
  const facts = await takeBackFacts(context, claim, terms, input.complianceReason ?? null)
  const { reserves } = await claimBalances(tx, claim.id)
  const { open, unbilledYen } = await roomOf(tx, claim, terms, input.takenOn, 'client')
  return {
    claim,
    terms,
    facts,
    state: stateNow(claim, today, await toleranceYenOf(tx)).state,
    openYen: open.principalYen,
    reserveYen: reserves,
    unbilledYen,
    damagesYen: open.lateDamagesYen,
  }
}

export async function takeBackFacts(
  { tx, today }: { tx: Db | Tx; today: IsoDate },
  claim: Receivable,
  terms: ContractTerms,
  complianceReason: string | null,
): Promise<TakeBackFacts> {
  const insolvency = await tx
    .selectFrom('debtor_insolvency')
    .select('since_on')
    .where('receivable_id', '=', claim.id)
    .executeTakeFirst()
  return {
    state: stateNow(claim, today, await toleranceYenOf(tx)).state,
    paidOut: claim.funded_on !== null,
    recourse: terms.recourse,
    debtorInsolventSince: insolvency?.since_on ?? null,
    today,
    complianceReason,
  }
}

async function described(
  { tx }: CommandContext,
  claim: Receivable,
  what: string,
  amounts: TakeBackAmounts,
  damagesYen: Yen,
  input: Ask,
): Promise<Omit<CriticalChange, 'approve'>> {
  const deal = await dealPeople(tx, found(claim.purchase_id, 'purchase'))
  return {
    subject: { kind: 'receivable', id: claim.id },
    related: subjectsOfReceivable(claim).slice(1),
    summary: `${what}　${claim.receivable_no}　${yenWords(amounts.openYen)}`,
    readSet: [{ table: 'receivable', id: claim.id, version: claim.row_version }],
    items: [
      { field: 'ground', label: '事由', old: null, new: groundLabels[input.ground] },
      { field: 'clause', label: '契約の条項', old: null, new: input.clause },
      { field: 'takenOn', label: '効力日', old: null, new: input.takenOn },
      { field: 'dueOn', label: '利用者の支払期日', old: null, new: input.dueOn ?? input.takenOn },
      { field: 'openYen', label: '未回収額', old: yenWords(amounts.openYen), new: yenWords(0) },
      { field: 'fromReserveYen', label: '留保金から充当', old: null, new: yenWords(amounts.fromReserveYen) },
      ...(amounts.feeYen > 0
        ? [{ field: 'feeYen', label: '手数料の取消し', old: yenWords(amounts.feeYen), new: yenWords(0) }]
        : []),
      { field: 'owedYen', label: '利用者が負う額（債権分）', old: null, new: yenWords(amounts.owedYen) },
      { field: 'damagesYen', label: '効力日までの遅延損害金', old: null, new: yenWords(damagesYen) },
      ...(amounts.refundYen > 0
        ? [{ field: 'refundYen', label: '利用者へ返す額', old: null, new: yenWords(amounts.refundYen) }]
        : []),
      ...(input.complianceReason
        ? [
            {
              field: 'complianceReason',
              label: '貸付に当たらない理由',
              old: null,
              new: input.complianceReason,
            },
          ]
        : []),
    ],
    evidenceRequired: true,
    amountYen: amounts.openYen,
    // Who registered the deal does not decide that it is undone (architecture.md, Segregation over one deal).
    mayNotApprove: deal.registrars,
  }
}

interface TakeBack {
  kind: 'repurchase' | 'rescission'
  input: Ask
  amounts: TakeBackAmounts
  damagesYen: Yen
  journalId: Id
  penaltyId?: Id | null
}

async function writeTakeBack(
  context: CommandContext,
  claim: Receivable,
  { kind, input, amounts, damagesYen, journalId, penaltyId = null }: TakeBack,
): Promise<{ id: Id; takeBackNo: string }> {
  const { tx, actor, now, approval } = context
  const id = newId()
  const { take_back_no } = await tx
    .insertInto('claim_take_back')
    .values({
      id,
      receivable_id: claim.id,
      kind,
      ground: input.ground,
      clause: input.clause,
      compliance_reason: input.complianceReason ?? null,
      taken_on: input.takenOn,
      due_on: input.dueOn ?? input.takenOn,
      open_yen: amounts.openYen,
      from_reserve_yen: amounts.fromReserveYen,
      fee_yen: amounts.feeYen,
      damages_yen: damagesYen,
      owed_yen: amounts.owedYen,
      refund_yen: amounts.refundYen,
      penalty_id: penaltyId,
      journal_id: journalId,
      reason: input.change.reasonText,
      requested_by: actor.id,
      approved_by: approval?.approvedBy ?? null,
      recorded_at: now.toISOString(),
    })
    .returning('take_back_no')
    .executeTakeFirstOrThrow()
  await context.record({
    verb: kind === 'repurchase' ? 'claim_repurchased' : 'claim_rescinded',
    subjects: [{ kind: 'claim_take_back', id }, ...subjectsOfReceivable(claim)],
    before: { openYen: amounts.openYen },
    after: {
      ground: input.ground,
      takenOn: input.takenOn,
      dueOn: input.dueOn ?? input.takenOn,
      fromReserveYen: amounts.fromReserveYen,
      owedYen: amounts.owedYen,
      refundYen: amounts.refundYen,
    },
    facts: {
      summary: `${take_back_no}　${claim.receivable_no}　${amounts.owedYen.toLocaleString('ja-JP')}円`,
      journalId,
    },
    reason: input.change.reasonText,
    evidence: input.change.evidence,
  })
  return { id, takeBackNo: take_back_no }
}
