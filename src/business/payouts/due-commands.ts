import { defineCommand } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import { prepareDues } from './contract.ts'
import { lockDues, paymentOfDue } from './dues.ts'
import { dealOf, prepareOut, refuseTransferDay } from './records.ts'

/** Asks for the payment of debts: each becomes one payment, which others check and approve like every other (FF §3, payment_out). */
export const payDues = defineCommand(prepareDues, {
  constraints: {
    payment_out_due_once: 'due_must_not_be_paid_twice',
    deal_approver_must_not_pay_out: 'deal_approver_must_not_pay_out',
  },
  async run(context, { dueIds, transferOn }) {
    refuseTransferDay(context, transferOn)
    const payouts = []
    for (const due of await lockDues(context, dueIds)) {
      const facts = { dueNo: due.due_no }
      refuseUnless(due.cancelled_at === null, 'due_must_stand', { facts })
      refuseUnless((await paymentOfDue(context.tx, due.id)) === null, 'due_must_not_be_paid_twice', { facts })
      const amountYen = due.amount_yen - due.set_off_yen
      refuseUnless(amountYen > 0, 'due_must_have_money_left', { facts })
      const { id, payoutNo } = await prepareOut(context, {
        partyId: due.party_id,
        purpose: due.source === 'reserve' ? 'reserve_release' : 'refund',
        amountYen,
        transferOn,
        contractId: due.contract_id,
        dueId: due.id,
        paymentInId: due.payment_in_id,
        ...(due.receivable_id ? { receivableId: due.receivable_id } : {}),
        deal: await dealOf(context.tx, { ...due, purchase_id: null }),
      })
      payouts.push({ id, payoutNo, amountYen })
    }
    return { payouts }
  },
})
