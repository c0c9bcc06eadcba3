import { sql } from 'kysely'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { postJournal } from '../moneyledger/index.ts'
import {
  allocatePartialPurchase,
  lockReceivable,
  moveMoney,
  subjectsOfReceivable,
} from '../receivables/index.ts'
import { advance } from './advance-cost.ts'
import { applyMatch } from './apply-match.ts'
import { claimBalances, termsOfClaim } from './claim-money.ts'
import {
  acceptAllSafe,
  acceptMatch,
  confirmDilution,
  proposeMatches,
  recordInsolvency,
  switchAlias,
} from './contract.ts'
import type { Match } from './engine/index.ts'
import { penalty } from './penalty.ts'
import { prove } from './proof.ts'
import { storeProposals, suggest } from './propose.ts'
import { offset, undoOffset } from './set-off.ts'
import { refsOf, settleIfCollected } from './settle-claim.ts'
import type { ShortReason } from './tables.ts'
import { repurchase, rescind } from './take-back.ts'
import { undoOfCost } from './undo-cost.ts'
import { undo } from './undo-match.ts'
import { undoOfTakeBack } from './undo-take-back.ts'
import { waive } from './waive.ts'

const MOST_AT_ONCE = 200

export const propose = defineCommand(proposeMatches, {
  async run(context) {
    await oneRunAtATime(context)
    const result = await suggest(context.tx)
    await storeProposals(context, result)
    const { deposits, auto, proposed, unidentified } = result.report
    await context.record({
      verb: 'matches_proposed',
      subjects: [],
      facts: {
        summary: `入金${deposits}件　安全${auto}・候補${proposed}・不明${unidentified}`,
        deposits,
        auto,
        proposed,
      },
    })
    return { deposits, auto, proposed, unidentified }
  },
})

/** A person decides; a proposal taken as it stands is told from a choice of one's own. */
export const accept = defineCommand(acceptMatch, {
  constraints: {
    payment_is_matched_once: 'payment_must_be_waiting',
    allocations_must_add_up_to_the_deposit: 'allocations_must_add_up_to_the_deposit',
  },
  async run(context, input) {
    const proposal = await context.tx
      .selectFrom('match_proposal')
      .selectAll()
      .where('payment_id', '=', input.paymentId)
      .executeTakeFirst()
    const same =
      proposal !== undefined &&
      proposal.allocations.length === input.lines.length &&
      proposal.allocations.every(one =>
        input.lines.some(line => line.receivableId === one.receivableId && line.yen === one.amount),
      ) &&
      input.lines.length > 0
    const done = await applyMatch(context, {
      paymentId: input.paymentId,
      lines: input.lines,
      partyId: input.partyId ?? null,
      method: same ? 'proposed' : 'manual',
      score: same ? Number(proposal.score) : null,
      reasons: same ? proposal.reasons : [],
      shortReason: input.shortReason ?? null,
    })
    return { id: done.id, matchNo: done.matchNo, excessYen: done.excessYen, settled: done.settled }
  },
})

/** Only what the engine, asked anew inside this transaction, calls `auto`; the rest keeps its place in the list. */
export const acceptSafe = defineCommand(acceptAllSafe, {
  constraints: { payment_is_matched_once: 'payment_must_be_waiting' },
  async run(context) {
    await oneRunAtATime(context)
    const result = await suggest(context.tx)
    await storeProposals(context, result)
    const safe = result.matches.filter(match => match.status === 'auto')
    let acceptedYen = 0
    for (const match of safe.slice(0, MOST_AT_ONCE)) {
      await applyMatch(context, {
        paymentId: match.depositId,
        lines: match.allocations.map(one => ({ receivableId: one.receivableId, yen: one.amount })),
        partyId: null,
        method: 'auto',
        score: match.score,
        reasons: match.reasons,
        shortReason: shortReasonOf(match),
      })
      acceptedYen += match.allocations.reduce((sum, one) => sum + one.amount, 0)
    }
    const accepted = Math.min(safe.length, MOST_AT_ONCE)
    await context.record({
      verb: 'matches_proposed',
      subjects: [],
      facts: { summary: `安全な候補を${accepted}件確定`, accepted, acceptedYen },
    })
    return { accepted, acceptedYen, left: safe.length - accepted }
  },
})

/** What the engine's reasons say of a shortfall. */
export function shortReasonOf(match: Pick<Match, 'reasons'>): ShortReason | null {
  const rules = new Set(match.reasons.map(one => one.rule))
  if (rules.has('transfer_fee_deducted')) return 'transfer_fee'
  if (rules.has('tax_difference')) return 'tax_difference'
  return rules.has('part_payment') ? 'part_payment' : null
}

/** Dilution is the client's risk: its own part first, then the reserve, then a claim on the client (FF §4.4). */
export const dilute = defineCommand(confirmDilution, {
  async run(context, input) {
    const { tx, actor, now } = context
    const claim = await lockReceivable(context, input.receivableId)
    refuseUnless(['purchased', 'dunning', 'legal'].includes(claim.state), 'claim_must_be_bought')
    const terms = await termsOfClaim(tx, claim)
    const earlier = await tx
      .selectFrom('dilution')
      .select(sql<number>`coalesce(sum(total_yen), 0)::bigint`.as('yen'))
      .where('receivable_id', '=', claim.id)
      .executeTakeFirstOrThrow()
    const partial = (dilutionYen: number) =>
      allocatePartialPurchase({
        eligibleYen: claim.face_yen - claim.deductions_yen - claim.ineligible_yen,
        purchasedYen: claim.purchased_yen ?? 0,
        receivedYen: 0,
        dilutionYen,
      }).dilutionYen
    const boughtYen = partial(earlier.yen + input.yen) - partial(earlier.yen)
    const openYen = (claim.purchased_yen ?? 0) - claim.collected_yen - claim.diluted_yen
    refuseUnless(boughtYen <= openYen, 'dilution_must_fit_the_claim', { kind: 'invalid', field: 'yen' })
    const { reserves } = await claimBalances(tx, claim.id)
    const fromReserveYen = Math.min(boughtYen, reserves)
    const journalId = await postJournal(
      context,
      { kind: 'dilution_confirmed', refs: refsOf(claim), yen: boughtYen, fromReserveYen },
      { valueOn: input.confirmedOn },
    )
    if (boughtYen > 0)
      await moveMoney(context, {
        receivableId: claim.id,
        on: input.confirmedOn,
        kind: 'confirmed_dilution',
        yen: boughtYen,
        journalId,
      })
    await tx
      .insertInto('dilution')
      .values({
        id: newId(),
        receivable_id: claim.id,
        confirmed_on: input.confirmedOn,
        total_yen: input.yen,
        bought_yen: boughtYen,
        from_reserve_yen: fromReserveYen,
        reason: input.reason,
        confirmed_by: actor.id,
        recorded_at: now.toISOString(),
      })
      .execute()
    const settled = await settleIfCollected(context, claim.id, terms, input.confirmedOn, null)
    const clientClaimYen = boughtYen - fromReserveYen
    await context.record({
      verb: 'dilution_confirmed',
      subjects: subjectsOfReceivable(claim),
      after: { yen: input.yen, boughtYen, fromReserveYen, clientClaimYen },
      facts: { summary: `${claim.receivable_no}　${input.yen.toLocaleString('ja-JP')}円` },
      reason: input.reason,
    })
    return { boughtYen, fromReserveYen, clientClaimYen, settled: settled ? [settled] : [] }
  },
})

export const insolvency = defineCommand(recordInsolvency, {
  constraints: { debtor_insolvency_pkey: 'insolvency_must_be_new' },
  async critical(context, input): Promise<CriticalChange> {
    const claim = await lockReceivable(context, input.receivableId)
    refuseUnless(claim.purchase_id !== null, 'claim_must_be_bought')
    return {
      subject: { kind: 'receivable', id: claim.id },
      related: subjectsOfReceivable(claim).slice(1),
      summary: `売掛先の支払不能　${claim.receivable_no}`,
      readSet: [{ table: 'receivable', id: claim.id, version: claim.row_version }],
      items: [{ field: 'sinceOn', label: '支払不能となった日', old: null, new: input.sinceOn }],
      evidenceRequired: true,
      approve: 'reconciliation.approveInsolvency',
    }
  },
  async run(context, input) {
    const { tx, actor, now, approval } = context
    const claim = await lockReceivable(context, input.receivableId)
    await tx
      .insertInto('debtor_insolvency')
      .values({
        receivable_id: claim.id,
        since_on: input.sinceOn,
        reason: input.change.reasonText,
        requested_by: actor.id,
        approved_by: approval?.approvedBy ?? null,
        recorded_at: now.toISOString(),
      })
      .execute()
    await context.record({
      verb: 'debtor_insolvency_recorded',
      subjects: subjectsOfReceivable(claim),
      after: { sinceOn: input.sinceOn },
      facts: { summary: claim.receivable_no },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: claim.id }
  },
})

export const switchName = defineCommand(switchAlias, {
  async run(context, input) {
    const { tx, actor, now } = context
    const alias = found(
      await tx
        .selectFrom('payer_alias')
        .selectAll()
        .where('id', '=', input.aliasId)
        .forUpdate()
        .executeTakeFirst(),
      'payer_alias',
    )
    await tx
      .updateTable('payer_alias')
      .set({
        disabled_by: input.enabled ? null : actor.id,
        disabled_at: input.enabled ? null : now.toISOString(),
        disabled_reason: input.enabled ? null : input.reason,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', alias.id)
      .execute()
    await context.record({
      verb: input.enabled ? 'payer_name_enabled' : 'payer_name_disabled',
      subjects: [
        { kind: 'payer_alias', id: alias.id },
        { kind: 'party', id: alias.party_id },
      ],
      before: { enabled: alias.disabled_at === null },
      after: { enabled: input.enabled },
      reason: input.reason,
    })
    return { id: alias.id }
  },
})

export const commands = [
  propose,
  accept,
  acceptSafe,
  undo,
  dilute,
  insolvency,
  switchName,
  penalty,
  waive,
  offset,
  undoOffset,
  repurchase,
  rescind,
  undoOfTakeBack,
  advance,
  undoOfCost,
  prove,
]

async function oneRunAtATime({ tx }: CommandContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('reconciliation.propose'))`.execute(tx)
}
