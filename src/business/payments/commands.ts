import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { hindrancesToPay, payoutAccount } from '../accounts/index.ts'
import { postJournal, reverseJournal } from '../moneyledger/index.ts'
import { lockParty } from '../parties/index.ts'
import { openDue, takeDuesBack } from '../payouts/index.ts'
import { holdPayment, judgeTwin, refundPayment, releasePayment, takeRefundBack } from './contract.ts'
import { importFile } from './import-statement.ts'
import { lockPayment, movePayment, type Payment } from './records.ts'
import { afterAct, type PaymentAct, type PaymentState } from './rules.ts'

/** A person told a possible twin from its twin: the same is dropped unbooked, another is booked now. */
export const judge = defineCommand(judgeTwin, {
  async run(context, input) {
    const payment = await lockPayment(context, input.paymentId)
    refuseUnless(payment.state === 'received', 'payment_must_be_a_twin')
    const other = input.verdict === 'other'
    const journalId = other
      ? await postJournal(
          context,
          { kind: 'deposit_received', refs: {}, yen: payment.amount_yen },
          { valueOn: payment.received_on },
        )
      : null
    await act(context, payment, other ? 'book' : 'drop', {
      verb: other ? 'payment_told_apart' : 'payment_dropped_as_duplicate',
      reason: input.reason,
      values: { journal_id: journalId, judged_by: context.actor.id },
    })
    return { id: payment.id }
  },
})

export const hold = defineCommand(holdPayment, {
  async run(context, input) {
    const payment = await lockPayment(context, input.paymentId)
    await act(context, payment, 'hold', {
      verb: 'payment_held',
      reason: input.reason,
      values: { held_reason: input.reason },
    })
    return { id: payment.id }
  },
})

export const release = defineCommand(releasePayment, {
  async run(context, input) {
    const payment = await lockPayment(context, input.paymentId)
    await act(context, payment, 'release', {
      verb: 'payment_released',
      reason: input.reason,
      values: { held_reason: null },
    })
    return { id: payment.id }
  },
})

/** Money nobody's claim takes goes back, never into income (FF §4.4); always two people (DD group 9, refund). */
export const refund = defineCommand(refundPayment, {
  async critical(context, input): Promise<CriticalChange> {
    const party = await lockParty(context, input.partyId)
    const { payment, account, yen } = await refundable(context, input.paymentId, input.partyId)
    const amount = `${yen.toLocaleString('ja-JP')}円`
    return {
      subject: { kind: 'payment_in', id: payment.id },
      related: [{ kind: 'party', id: party.id }],
      summary: `返金　${payment.payment_no}　${party.legal_name}　${amount}`,
      readSet: [
        { table: 'payment_in', id: payment.id, version: payment.row_version },
        { table: 'bank_account', id: account.id, version: account.row_version },
      ],
      items: [
        { field: 'refundYen', label: '返金額', old: null, new: amount },
        {
          field: 'refundTo',
          label: '返金先',
          old: null,
          new: `${account.bank_name} ${account.branch_name} ●●●●${account.account_no_last} ${account.holder_kana}`,
        },
      ],
      evidenceRequired: false,
      approve: 'payments.approveRefund',
    }
  },
  async run(context, input) {
    await lockParty(context, input.partyId)
    const { payment, account, yen } = await refundable(context, input.paymentId, input.partyId)
    const fromExcess = payment.state === 'partially_applied'
    const journalId = found(
      await postJournal(context, {
        kind: 'refund_decided',
        refs: { partyId: input.partyId },
        from: fromExcess ? 'excess' : 'unidentified',
        yen,
      }),
      'journal',
    )
    await openDue(context, {
      partyId: input.partyId,
      source: fromExcess ? 'excess' : 'unidentified',
      amountYen: yen,
      journalId,
      paymentInId: payment.id,
      aboutNo: payment.payment_no,
      dealApprovers: [],
    })
    await act(context, payment, 'refund', {
      verb: 'payment_refund_decided',
      reason: input.change.reasonText,
      parties: [input.partyId],
      values: {
        refund_yen: yen,
        refund_to: account.id,
        refund_journal_id: journalId,
        party_id: input.partyId,
        held_reason: null,
      },
    })
    return { id: payment.id, refundYen: yen }
  },
})

/** Less money leaves than was decided: one person may say so, before the payment is under way. */
export const withdrawRefund = defineCommand(takeRefundBack, {
  async run(context, input) {
    const payment = await lockPayment(context, input.paymentId)
    refuseUnless(
      payment.state === 'refund_pending' && payment.refund_journal_id !== null,
      'refund_must_be_pending',
    )
    const paid = await takeDuesBack(context, [payment.refund_journal_id], input.reason)
    refuseUnless(paid.length === 0, 'refund_must_not_be_paid')
    await reverseJournal(context, payment.refund_journal_id, input.reason)
    const keeps = payment.applied_yen > 0
    await act(context, payment, 'take_refund_back', {
      verb: 'payment_refund_taken_back',
      reason: input.reason,
      ...(payment.party_id ? { parties: [payment.party_id] } : {}),
      values: {
        refund_yen: 0,
        refund_to: null,
        refund_journal_id: null,
        party_id: keeps ? payment.party_id : null,
        held_reason: keeps ? null : input.reason,
      },
    })
    return { id: payment.id }
  },
})

export const commands = [importFile, judge, hold, release, refund, withdrawRefund]

async function refundable(context: CommandContext, paymentId: Id, partyId: Id) {
  const payment = await lockPayment(context, paymentId)
  refuseUnless(payment.taken_back_by === null, 'payment_must_not_be_taken_back')
  refuseUnless(afterAct(payment.state, 'refund') !== null, 'payment_must_be_waiting')
  refuseUnless(payment.party_id === null || payment.party_id === partyId, 'payment_must_be_waiting', {
    message: 'この入金は別の取引先のものです。返金先を確認してください。',
    field: 'partyId',
  })
  const yen = payment.amount_yen - payment.applied_yen
  refuseUnless(yen > 0, 'refund_must_have_money_left')
  const account = found(await payoutAccount(context.tx, partyId), 'bank_account')
  const hindrances = hindrancesToPay(
    {
      usage: account.usage,
      verificationResult: account.verification_result,
      coolingUntil: account.cooling_until,
      blocked: account.blocked_at !== null,
      validTo: account.valid_to,
      callbackMissing: account.callback_missing,
    },
    context.now,
  )
  refuseUnless(hindrances.length === 0, 'refund_account_must_be_verified', {
    facts: { codes: hindrances.map(one => one.code) },
  })
  return { payment, account, yen }
}

interface Act {
  verb: string
  reason: string
  values?: Parameters<typeof movePayment>[2]['values']
  parties?: Id[]
}

async function act(
  context: CommandContext,
  payment: Payment,
  name: PaymentAct,
  more: Act,
): Promise<PaymentState> {
  refuseUnless(payment.taken_back_by === null, 'payment_must_not_be_taken_back')
  const state = await movePayment(context, payment, { act: name, values: more.values })
  await context.record({
    verb: more.verb,
    subjects: [
      { kind: 'payment_in', id: payment.id },
      ...(more.parties ?? []).map(id => ({ kind: 'party', id })),
    ],
    before: { state: payment.state },
    after: { state },
    facts: { summary: `${payment.payment_no}　${payment.amount_yen.toLocaleString('ja-JP')}円` },
    reason: more.reason,
  })
  return state
}
