import { found } from '../../platform/commands/refusal.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { partiesInReach } from '../parties/index.ts'
import { type NetPayoutShown, payoutRefusals } from './contract.ts'
import { netPayoutOf, waitingRequest } from './deductions.ts'
import { PAYOUT_MACHINE } from './rules.ts'

/** The money of one purchase on its way out: the identity of FF §4.2, and beside it what was deducted from N. */
export async function showNetPayout(context: QueryContext, purchaseId: Id): Promise<Seen<NetPayoutShown>> {
  const { db } = context
  const purchase = found(
    await db
      .selectFrom('purchase')
      .selectAll()
      .where('id', '=', purchaseId)
      .where('client_id', 'in', partiesInReach(context).select('party.id'))
      .executeTakeFirst(),
    'purchase',
  )
  const [net, waiting, payout, claims] = await Promise.all([
    netPayoutOf(db, purchaseId),
    waitingRequest(db, purchaseId),
    db
      .selectFrom('payment_out')
      .select(['state', 'payout_no'])
      .where('purchase_id', '=', purchaseId)
      .where('state', '<>', 'cancelled')
      .executeTakeFirst(),
    db
      .selectFrom('receivable')
      .select(['state', 'funded_on'])
      .where('purchase_id', '=', purchaseId)
      .execute(),
  ])
  const request = waiting ? payoutRefusals.request_must_be_decided_first : null
  const stands = claims.every(claim => claim.state === 'purchased')
  const gone = claims.some(claim => claim.funded_on !== null)
  const stuck = payout !== undefined && !mayEnd(payout.state)
  return {
    body: {
      purchaseNo: purchase.purchase_no,
      purchasedYen: purchase.purchased_yen,
      feeYen: purchase.fee_yen,
      chargesYen: purchase.charges_yen,
      taxYen: purchase.tax_yen,
      reserveYen: purchase.reserve_yen,
      netYen: net.netYen,
      deductedYen: net.deductedYen,
      leftYen: stands ? net.leftYen : 0,
      stands,
      waiting: waiting && { changeRequestId: waiting.id, changeNo: waiting.change_no },
      whyNotPay: !stands
        ? payoutRefusals.purchase_must_stand
        : payout
          ? payoutRefusals.purchase_must_not_be_paid_twice
          : net.leftYen === 0
            ? payoutRefusals.payout_must_have_money_left
            : request,
      whyNotRescind: !stands
        ? payoutRefusals.purchase_must_stand
        : gone || stuck
          ? payoutRefusals.money_must_not_have_left
          : net.deductedYen > 0
            ? payoutRefusals.set_off_must_be_reversed_first
            : request,
    },
    seen: [purchase.seen_no, ...(waiting ? [waiting.seen_no] : [])],
  }
}

/** A payment ends before its money leaves as long as it stands in no bank file. */
function mayEnd(state: keyof typeof PAYOUT_MACHINE): boolean {
  return state === 'checked' || (state !== 'batched' && PAYOUT_MACHINE[state].includes('cancelled'))
}
