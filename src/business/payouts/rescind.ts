import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { dealPeople, type Receivable, rescindClaims, subjectsOfReceivable } from '../receivables/index.ts'
import { rescindPurchase } from './contract.ts'
import { lockPurchase, netPayoutOf, refuseUnlessUnpaid } from './deductions.ts'
import { payoutStateLabels } from './labels.ts'
import { lockPayout, movePayout, type Payout, subjectsOf } from './records.ts'
import type { PayoutState } from './tables.ts'

/** How a payment that has not left ends: what a second pair of eyes has checked is given back first, no step is skipped (FF §3). */
const WAY_TO_CANCELLED: Partial<Record<PayoutState, readonly PayoutState[]>> = {
  prepared: ['cancelled'],
  checked: ['returned', 'cancelled'],
  returned: ['cancelled'],
  approved: ['cancelled'],
  failed: ['cancelled'],
  bounced: ['cancelled'],
}

/**
 * 解除 before the money left (FF §3, ready_to_fund→cancelled): the payment ends, the purchase is booked back, limits are free again,
 * and the client owes nothing. Two people; refused as soon as the payment stands in a bank file.
 */
export const rescind = defineCommand(rescindPurchase, {
  async critical(context, { purchaseId }): Promise<CriticalChange> {
    const { purchase, claims, payout } = await toRescind(context, purchaseId)
    const deal = await dealPeople(context.tx, purchaseId)
    return {
      subject: { kind: 'purchase', id: purchaseId },
      related: subjectsOfAll(claims, payout),
      summary: `買取の解除（送金前）　${purchase.purchaseNo}　${yenWords(purchase.netYen)}`,
      readSet: [
        ...claims.map(claim => ({ table: 'receivable', id: claim.id, version: claim.row_version })),
        ...(payout ? [{ table: 'payment_out', id: payout.id, version: payout.row_version }] : []),
      ],
      items: [
        { field: 'state', label: '買取', old: '買取済み', new: '解除' },
        { field: 'netYen', label: '送金額', old: yenWords(purchase.netYen), new: yenWords(0) },
        ...claims.map(claim => ({
          field: claim.id,
          label: `債権 ${claim.receivable_no}`,
          old: yenWords(claim.purchased_yen ?? 0),
          new: yenWords(0),
        })),
        ...(payout
          ? [
              {
                field: 'payout',
                label: `支払 ${payout.payout_no}`,
                old: payoutStateLabels[payout.state],
                new: payoutStateLabels.cancelled,
              },
            ]
          : []),
      ],
      evidenceRequired: true,
      approve: 'payouts.approveRescission',
      amountYen: purchase.purchasedYen,
      mayNotApprove: deal.registrars,
    }
  },
  async run(context, { purchaseId, change }) {
    const { purchase, claims, payout } = await toRescind(context, purchaseId)
    if (payout) await endPayout(context, payout, change.reasonText)
    await rescindClaims(context, purchase.journalId, claims, change.reasonText)
    await context.record({
      verb: 'purchase_rescinded',
      subjects: [{ kind: 'purchase', id: purchaseId }, ...subjectsOfAll(claims, payout)],
      before: { state: 'purchased', netYen: purchase.netYen },
      after: { state: 'rescinded' },
      facts: { summary: `${purchase.purchaseNo}　${claims.length}件　送金前` },
      reason: change.reasonText,
      evidence: change.evidence,
    })
    return { id: purchaseId, purchaseNo: purchase.purchaseNo, claims: claims.length }
  },
})

/** Claims before the payment, in this order everywhere: the purchase is locked by its claims. Looks, and refuses what cannot be taken back. */
export async function toRescind(context: CommandContext, purchaseId: Id) {
  const { tx } = context
  const claims = await lockPurchase(context, purchaseId)
  refuseUnlessUnpaid(claims)
  const { deductedYen } = await netPayoutOf(tx, purchaseId)
  refuseUnless(deductedYen === 0, 'set_off_must_be_reversed_first')
  refuseUnless(await untouched(context, claims), 'claims_must_be_untouched')
  const standing = await tx
    .selectFrom('payment_out')
    .select('id')
    .where('purchase_id', '=', purchaseId)
    .where('state', '<>', 'cancelled')
    .executeTakeFirst()
  const payout = standing ? await lockPayout(context, standing.id) : null
  refuseUnless(payout === null || WAY_TO_CANCELLED[payout.state] !== undefined, 'money_must_not_have_left', {
    facts: { payoutNo: payout?.payout_no ?? '' },
  })
  const row = found(
    await tx.selectFrom('purchase').selectAll().where('id', '=', purchaseId).executeTakeFirst(),
    'purchase',
  )
  const { purchase_no, net_yen, purchased_yen, journal_id } = row
  const purchase = {
    purchaseNo: purchase_no,
    netYen: net_yen,
    purchasedYen: purchased_yen,
    journalId: journal_id,
  }
  return { purchase, claims, payout }
}

/** Nothing but the purchase itself is booked on the claims: its reversal is all there is to take back. */
async function untouched({ tx }: CommandContext, claims: readonly Receivable[]): Promise<boolean> {
  const moved = claims.some(
    claim =>
      claim.collected_yen !== 0 || claim.diluted_yen !== 0 || claim.left_to_settle_yen !== claim.reserve_yen,
  )
  if (moved) return false
  const due = await tx
    .selectFrom('payout_due')
    .select('id')
    .where(
      'receivable_id',
      'in',
      claims.map(claim => claim.id),
    )
    .where('cancelled_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return due === undefined
}

async function endPayout(context: CommandContext, payout: Payout, reason: string): Promise<void> {
  let { state } = payout
  for (const to of found(WAY_TO_CANCELLED[payout.state], 'payment_out')) {
    await movePayout(context, { ...payout, state }, to, { outcome_reason: reason })
    await context.record({
      verb: to === 'returned' ? 'payout_returned' : 'payout_cancelled',
      subjects: subjectsOf(payout),
      before: { state },
      after: { state: to },
      facts: { summary: payout.payout_no },
      reason,
    })
    state = to
  }
}

function subjectsOfAll(claims: readonly Receivable[], payout: Payout | null) {
  const all = [
    ...claims.flatMap(subjectsOfReceivable),
    ...(payout ? [{ kind: 'payment_out', id: payout.id }] : []),
  ]
  return [...new Map(all.map(one => [one.id, one])).values()]
}

function yenWords(yen: number): string {
  return `${yen.toLocaleString('ja-JP')}円`
}
