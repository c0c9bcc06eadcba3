import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { refuseDayOutside } from '../../platform/commands/days.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { payoutAccount } from '../accounts/index.ts'
import { postJournal, reverseJournal } from '../moneyledger/index.ts'
import { dealPeople, fundPurchase, insertCheck, unfundPurchase } from '../receivables/index.ts'
import {
  approvePayout,
  bouncePayout,
  cancelPayout,
  checkPayout,
  confirmPayouts,
  prepareAgain,
  preparePayout,
  reportOutcome,
  returnPayout,
} from './contract.ts'
import { lockPurchase, netPayoutOf, refuseUnlessUnpaid, requestsToDecide } from './deductions.ts'
import { lockDues } from './dues.ts'
import {
  claimsOf,
  type FreshCheck,
  freshChecks,
  hindrancesToPayout,
  type PaidClaim,
  recheckLimits,
} from './guards.ts'
import { dueSourceLabels, purposeLabels } from './labels.ts'
import {
  dealOf,
  handledBy,
  lockPayout,
  lockPayouts,
  movePayout,
  type Payout,
  prepareOut,
  refuseDealApprover,
  refuseTransferDay,
  subjectsOf,
} from './records.ts'

const words = (yen: number) => `${yen.toLocaleString('ja-JP')}円`

export const prepare = defineCommand(preparePayout, {
  constraints: {
    payment_out_once: 'purchase_must_not_be_paid_twice',
    deal_approver_must_not_pay_out: 'deal_approver_must_not_pay_out',
  },
  async run(context, { purchaseId, transferOn }) {
    refuseTransferDay(context, transferOn)
    refuseUnlessUnpaid(await lockPurchase(context, purchaseId))
    refuseAll(await requestsToDecide(context.tx, purchaseId))
    const purchase = found(
      await context.tx.selectFrom('purchase').selectAll().where('id', '=', purchaseId).executeTakeFirst(),
      'purchase',
    )
    const { leftYen: amountYen } = await netPayoutOf(context.tx, purchaseId)
    refuseUnless(amountYen > 0, 'payout_must_have_money_left')
    const { id, payoutNo } = await prepareOut(context, {
      partyId: purchase.client_id,
      purpose: 'advance',
      amountYen,
      transferOn,
      purchaseId,
      contractId: purchase.contract_id,
      deal: await dealPeople(context.tx, purchaseId),
    })
    return { id, payoutNo, amountYen }
  },
})

export const prepareOnceMore = defineCommand(prepareAgain, {
  async run(context, { payoutId, transferOn }) {
    refuseTransferDay(context, transferOn)
    const payout = await lockPayout(context, payoutId)
    const [due] = payout.due_id ? await lockDues(context, [payout.due_id]) : []
    refuseUnless(!due?.cancelled_at, 'due_must_stand', { facts: { dueNo: due?.due_no } })
    if (payout.purchase_id) refuseUnlessUnpaid(await claimsOf(context.tx, payout))
    const account = await payoutAccount(context.tx, payout.party_id)
    refuseUnless(account !== null, 'account_must_be_registered')
    const deal = await dealOf(context.tx, payout)
    refuseDealApprover(context, [{ ...payout, deal_approvers: deal.approvers }])
    await movePayout(context, payout, 'prepared', {
      deal_approvers: deal.approvers,
      deal_registrars: deal.registrars,
      account_id: account.id,
      transfer_on: transferOn,
      attempt: payout.attempt + 1,
      prepared_by: context.actor.id,
      prepared_at: context.now.toISOString(),
      checked_by: null,
      approved_by: null,
      approved_at: null,
      batch_id: null,
      confirmed_on: null,
      journal_id: null,
    })
    await context.record({
      verb: 'payout_prepared',
      subjects: subjectsOf(payout),
      before: { state: payout.state },
      after: { state: 'prepared', transferOn },
      facts: { summary: payout.payout_no },
    })
    return { id: payout.id, state: 'prepared' as const }
  },
})

/** A further pair of eyes before approval; looks for double assignments anew and keeps what was found (FF §7). */
export const check = defineCommand(checkPayout, {
  async run(context, { payoutId }) {
    const payout = await lockPayout(context, payoutId)
    refuseUnless(payout.prepared_by !== context.actor.id, 'checker_must_not_have_prepared', {
      kind: 'forbidden',
    })
    refuseDealApprover(context, [payout])
    const claims = await claimsOf(context.tx, payout)
    const fresh = await freshChecks(context.tx, claims)
    await keepChecks(context, fresh)
    const suspicious = fresh.filter(one => one.unjudged.length > 0)
    await movePayout(context, payout, 'checked', {
      checked_by: context.actor.id,
      duplicates_checked_at: context.now.toISOString(),
    })
    await context.record({
      verb: 'payout_checked',
      subjects: subjectsOf(payout, claims),
      before: { state: payout.state },
      after: { state: 'checked' },
      facts: {
        summary: `${payout.payout_no} ${words(payout.amount_yen)}`,
        suspicious: suspicious.map(one => one.claim.id),
      },
    })
    return { id: payout.id, state: 'checked' as const, suspicious: suspicious.length }
  },
})

async function keepChecks(context: CommandContext, fresh: readonly FreshCheck[]): Promise<void> {
  for (const { claim, check: result, unjudged } of fresh) {
    await insertCheck(context, claim.id, 'payout', result)
    const standing = ['suspect', 'confirmed'].includes(claim.duplicate_result)
    if (unjudged.length === 0 && !standing) continue
    await context.tx
      .updateTable('receivable')
      .set({
        duplicate_result: unjudged.length > 0 ? 'suspect' : 'judged_different',
        duplicate_checked_at: context.now.toISOString(),
      })
      .where('id', '=', claim.id)
      .execute()
  }
}

export const giveBack = defineCommand(returnPayout, {
  async run(context, { payoutId, reason }) {
    const payout = await lockPayout(context, payoutId)
    await movePayout(context, payout, 'returned')
    await context.record({
      verb: 'payout_returned',
      subjects: subjectsOf(payout),
      before: { state: payout.state },
      after: { state: 'returned' },
      facts: { summary: payout.payout_no },
      reason,
    })
    return { id: payout.id, state: 'returned' as const }
  },
})

/** Money leaves only by two people, and only while every guard holds at that moment (FF §3, checked→approved). */
export const approve = defineCommand(approvePayout, {
  constraints: {
    payout_takes_two: 'payout_takes_two',
    deal_approver_must_not_pay_out: 'deal_approver_must_not_pay_out',
    registrar_must_not_approve_payout: 'registrar_must_not_approve_payout',
  },
  async critical(context, { payoutId }): Promise<CriticalChange> {
    const payout = await lockPayout(context, payoutId)
    refuseDealApprover(context, [payout])
    return describePayment(context, payout, await guarded(context, payout))
  },
  async run(context, { payoutId, change }) {
    const { approval, now } = context
    const payout = await lockPayout(context, payoutId)
    if (!approval) throw new Error('money leaves by two people only')
    const claims = await guarded(context, payout)
    const deal = await dealOf(context.tx, payout)
    await movePayout(context, payout, 'approved', {
      deal_approvers: deal.approvers,
      deal_registrars: deal.registrars,
      handled_by: handledBy(context),
      approved_by: approval.approvedBy,
      approved_at: now.toISOString(),
      duplicates_checked_at: now.toISOString(),
    })
    await context.record({
      verb: 'payout_approved',
      subjects: subjectsOf(payout, claims),
      before: { state: payout.state },
      after: { state: 'approved' },
      facts: { summary: `${payout.payout_no} ${words(payout.amount_yen)}` },
      reason: change.reasonText,
      evidence: change.evidence,
    })
    return { id: payout.id, state: 'approved' as const }
  },
})

async function describePayment(
  { tx }: CommandContext,
  payout: Payout,
  claims: readonly PaidClaim[],
): Promise<CriticalChange> {
  const { legal_name } = await tx
    .selectFrom('party')
    .select('legal_name')
    .where('id', '=', payout.party_id)
    .executeTakeFirstOrThrow()
  const account = await tx
    .selectFrom('bank_account')
    .select(['bank_name', 'branch_name', 'account_no_last', 'holder_kana'])
    .where('id', '=', payout.account_id)
    .executeTakeFirstOrThrow()
  const deal = await dealOf(tx, payout)
  const place = `${account.bank_name} ${account.branch_name} ●●●●${account.account_no_last} ${account.holder_kana}`
  return {
    subject: { kind: 'payment_out', id: payout.id },
    related: subjectsOf(payout, claims).slice(1),
    summary: `支払　${legal_name}　${words(payout.amount_yen)}`,
    readSet: [
      { table: 'payment_out', id: payout.id, version: payout.row_version },
      ...claims.map(claim => ({ table: 'receivable', id: claim.id, version: claim.row_version })),
    ],
    items: [
      { field: 'amountYen', label: '金額', old: null, new: words(payout.amount_yen) },
      { field: 'purpose', label: '支払の種類', old: null, new: await kindOf(tx, payout) },
      { field: 'account', label: '支払先口座', old: null, new: place },
      { field: 'transferOn', label: '振込日', old: null, new: payout.transfer_on },
      ...claims.map(claim => ({
        field: claim.id,
        label: '債権',
        old: null,
        new: `${claim.receivable_no} ${claim.debtor_name} ${words(claim.purchased_yen ?? 0)}`,
      })),
    ],
    evidenceRequired: false,
    approve: 'payouts.approve',
    amountYen: payout.amount_yen,
    mayNotApprove: [payout.prepared_by, ...deal.approvers, ...deal.registrars],
  }
}

/** What a payment is for; for a debt also what it comes from: 「留保金の返還 R-000123」. */
async function kindOf(tx: CommandContext['tx'], payout: Payout): Promise<string> {
  if (payout.due_id === null) return purposeLabels[payout.purpose]
  const due = await tx
    .selectFrom('payout_due')
    .select(['source', 'about_no'])
    .where('id', '=', payout.due_id)
    .executeTakeFirstOrThrow()
  return `${dueSourceLabels[due.source]}　${due.about_no}`
}

/** Every guard, all at once; the duplicate check runs anew in this very transaction, so it is never older than the approval. */
async function guarded(context: CommandContext, payout: Payout): Promise<PaidClaim[]> {
  refuseUnless(payout.state === 'checked', 'transition_must_be_listed')
  const claims = await claimsOf(context.tx, payout)
  const reasons = await hindrancesToPayout(context, payout, claims)
  for (const { claim, unjudged } of await freshChecks(context.tx, claims))
    if (unjudged.length > 0 && !reasons.some(reason => reason.code === 'duplicate_must_be_judged'))
      reasons.push({
        code: 'duplicate_must_be_judged',
        facts: { receivableId: claim.id, resembles: unjudged },
      })
  refuseAll(reasons)
  await recheckLimits(context, claims)
  return claims
}

/** The bank paid: the journal is booked, the claims count as funded and their exposure as paid (FF §3, ready_to_fund→funded). */
export const confirm = defineCommand(confirmPayouts, {
  async run(context, { payoutIds, confirmedOn, transferFeeYen }) {
    const payouts = await lockPayouts(context, payoutIds)
    for (const { prepared_at } of payouts)
      refuseDayOutside(
        { field: 'confirmedOn', day: confirmedOn },
        { from: todayInTokyo(new Date(prepared_at)), to: context.today },
      )
    refuseDealApprover(context, payouts)
    for (const payout of payouts) {
      const refs = {
        partyId: payout.party_id,
        ...(payout.contract_id ? { contractId: payout.contract_id } : {}),
        ...(payout.receivable_id ? { receivableId: payout.receivable_id } : {}),
      }
      const journalId = await postJournal(
        context,
        { kind: 'payout_confirmed', refs, purpose: payout.purpose, yen: payout.amount_yen, transferFeeYen },
        { valueOn: confirmedOn },
      )
      await movePayout(context, payout, 'confirmed', {
        confirmed_on: confirmedOn,
        transfer_fee_yen: transferFeeYen,
        journal_id: journalId,
        handled_by: handledBy(context),
      })
      const funded = payout.purchase_id ? await fundPurchase(context, payout.purchase_id, confirmedOn) : []
      await context.record({
        verb: 'payout_confirmed',
        subjects: subjectsOf(
          payout,
          funded.map(id => ({ id })),
        ),
        before: { state: payout.state },
        after: { state: 'confirmed', confirmedOn, transferFeeYen },
        facts: { summary: `${payout.payout_no} ${words(payout.amount_yen)}`, journalId },
      })
    }
    return { confirmed: payoutIds.length }
  },
})

export const report = defineCommand(reportOutcome, {
  async run(context, { payoutId, outcome, reason }) {
    const payout = await lockPayout(context, payoutId)
    await movePayout(context, payout, outcome, { outcome_reason: reason })
    await context.record({
      verb: outcome === 'failed' ? 'payout_failed' : 'payout_unknown',
      subjects: subjectsOf(payout),
      before: { state: payout.state },
      after: { state: outcome },
      facts: { summary: payout.payout_no },
      reason,
    })
    return { id: payout.id, state: outcome }
  },
})

export const bounce = defineCommand(bouncePayout, {
  async run(context, { payoutId, bouncedOn, reason }) {
    const payout = await lockPayout(context, payoutId)
    refuseDayOutside(
      { field: 'bouncedOn', day: bouncedOn },
      { from: payout.confirmed_on ?? context.today, to: context.today },
    )
    await movePayout(context, payout, 'bounced', { outcome_reason: reason })
    const reversal = await reverseJournal(context, payout.journal_id ?? '', reason, { valueOn: bouncedOn })
    const claims = await claimsOf(context.tx, payout)
    if (payout.purchase_id) await unfundPurchase(context, payout.purchase_id)
    await context.record({
      verb: 'payout_bounced',
      subjects: subjectsOf(payout, claims),
      before: { state: payout.state },
      after: { state: 'bounced', bouncedOn },
      facts: { summary: payout.payout_no, journalId: reversal },
      reason,
    })
    return { id: payout.id, state: 'bounced' as const }
  },
})

export const cancel = defineCommand(cancelPayout, {
  async run(context, { payoutId, reason }) {
    const payout = await lockPayout(context, payoutId)
    // What already stands in a bank file is taken out by the bank's answer, not by us.
    refuseUnless(payout.state !== 'batched', 'transition_must_be_listed')
    await movePayout(context, payout, 'cancelled', { outcome_reason: reason })
    await context.record({
      verb: 'payout_cancelled',
      subjects: subjectsOf(payout),
      before: { state: payout.state },
      after: { state: 'cancelled' },
      facts: { summary: payout.payout_no },
      reason,
    })
    return { id: payout.id, state: 'cancelled' as const }
  },
})
