import { z } from 'zod'
import {
  changeReason,
  command,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
  yen,
} from '../../platform/http/contract.ts'
import { watchRefusals } from '../assessment/labels.ts'
import { kycRefusals } from '../kyc/labels.ts'
import { receivableRefusals } from '../receivables/contract.ts'
import { screeningRefusals } from '../screening/labels.ts'
import { dueSources, dueStates, payoutPurposes, payoutStates } from './tables.ts'

export const payoutRefusals = {
  transition_must_be_listed: '現在の状態からこの操作はできません。',
  purchase_must_not_be_paid_twice: 'この買取の支払は既に依頼されています。',
  purchase_must_stand: '解除された買取は支払えません。',
  checker_must_not_have_prepared: '依頼した人は確認できません。',
  deal_approver_must_not_pay_out:
    'この取引や返金を承認した人は、その支払に関われません（依頼・確認・承認・振込）。別の担当者が行います。',
  registrar_must_not_approve_payout: 'この債権を登録した人は、その支払を承認できません。',
  payout_takes_two: '支払は、依頼者と別の人が承認しなければなりません。',
  account_must_be_unchanged: '支払先口座が依頼の後に変わりました。依頼をやり直してください。',
  holder_must_match_party: '支払先口座の名義が顧客と一致していません。',
  payout_condition_must_be_met: '契約が定める送金の条件（通知・承諾・登記）がまだ満たされていません。',
  duplicate_must_be_judged: '二重譲渡の疑いがあります。2人の判断が済むまで支払えません。',
  transfer_day_must_be_within_reach: '振込日は、銀行が今から受け付ける最も早い振込日以後にしてください。',
  payouts_must_be_approved: '承認済みの支払だけを振込ファイルにできます。',
  own_account_must_be_in_force: '出金する自社口座が使用中ではありません。',
  originator_code_must_be_set: '委託者コードが会社設定にありません。',
  transfer_file_must_be_valid: '振込ファイルを作成できません。',
  file_must_not_be_sent_twice: 'この振込ファイルは既に送信済みです。',
  journal_must_not_be_reversed_twice: 'この支払の仕訳は既に取り消されています。',
  due_must_stand: 'この返還・返金は取り消されています。',
  due_must_not_be_paid_twice: 'この返還・返金の支払は既に依頼されています。',
  due_must_have_money_left: 'この返還・返金は相殺により残額がありません。',
  money_must_not_have_left:
    '支払が振込ファイルに入ったか、送金済みです。送金前の解除はできません（送金後は、債権ごとに「利用者の債務」のタブから解除します）。',
  set_off_must_be_reversed_first:
    'この買取の送金額は相殺に使われています。先に「利用者の債務」のタブで相殺を取り消してください。',
  claims_must_be_untouched:
    'この買取の債権に、入金・希薄化・違約金・立替費用・免除のいずれかが既に記録されています。先にそれを取り消してください。',
  request_must_be_decided_first:
    'この買取の差引（相殺）または解除が承認待ちです。承認・却下・取下げの後に支払を進めてください。',
  payout_must_have_money_left: 'この買取の送金額は、相殺により残っていません。',
  payout_must_be_what_is_left:
    '支払の金額が、差引後の送金額と違います。支払を取り消し、依頼し直してください。',
  deduction_must_fit_the_payout: '差し引く額が、送金額の残りを超えています。',
  account_must_be_registered: receivableRefusals.account_must_be_registered,
  account_must_be_in_force: receivableRefusals.account_must_be_in_force,
  account_must_not_be_blocked: receivableRefusals.account_must_not_be_blocked,
  account_must_be_verified: receivableRefusals.account_must_be_verified,
  account_must_have_cooled_off: receivableRefusals.account_must_have_cooled_off,
  limit_must_be_in_force: receivableRefusals.limit_must_be_in_force,
  limit_must_not_be_suspended: receivableRefusals.limit_must_not_be_suspended,
  limit_must_cover_the_purchase: receivableRefusals.limit_must_cover_the_purchase,
  ...kycRefusals,
  ...screeningRefusals,
  ...watchRefusals,
} as const

const done = z.object({ id, state: z.enum(payoutStates) })
const why = z.string().trim().min(5).max(500)

export const preparePayout = command({
  name: 'payouts.preparePayout',
  path: '/api/payouts/prepare',
  summary: 'Asks that the net price of a purchase be paid to the client’s payout account.',
  permission: 'payouts.prepare',
  input: z.object({ purchaseId: id, transferOn: isoDate }),
  output: z.object({ id, payoutNo: z.string(), amountYen: z.number() }),
  refusals: payoutRefusals,
})

export const prepareDues = command({
  name: 'payouts.prepareDues',
  path: '/api/payout-dues/prepare',
  summary:
    'Asks that released reserves, refunds and clients’ shares be paid, one payment each, to the verified account of whom they belong to.',
  permission: 'payouts.prepare',
  input: z.object({ dueIds: z.array(id).min(1).max(200), transferOn: isoDate }),
  output: z.object({ payouts: z.array(z.object({ id, payoutNo: z.string(), amountYen: z.number() })) }),
  refusals: payoutRefusals,
})

export const prepareAgain = command({
  name: 'payouts.prepareAgain',
  path: '/api/payouts/:payoutId/prepare-again',
  summary: 'Prepares a returned, failed or bounced payment anew, to the account now in force.',
  permission: 'payouts.prepare',
  input: z.object({ payoutId: id, transferOn: isoDate }),
  output: done,
  refusals: payoutRefusals,
})

export const checkPayout = command({
  name: 'payouts.checkPayout',
  path: '/api/payouts/:payoutId/check',
  summary: 'Checks a prepared payment and looks for double assignments again.',
  permission: 'payouts.check',
  input: z.object({ payoutId: id }),
  output: done.extend({ suspicious: z.number() }),
  refusals: payoutRefusals,
})

export const returnPayout = command({
  name: 'payouts.returnPayout',
  path: '/api/payouts/:payoutId/return',
  summary: 'Gives a checked payment back to whoever prepared it.',
  permission: 'payouts.check',
  input: z.object({ payoutId: id, reason: why }),
  output: done,
  refusals: payoutRefusals,
})

export const approvePayout = command({
  name: 'payouts.approvePayout',
  path: '/api/payouts/:payoutId/approve',
  summary:
    'Lets money leave: always a second person, who neither prepared the payment nor approved the deal; every guard is checked again.',
  permission: 'payouts.check',
  critical: 'always',
  input: z.object({ payoutId: id, change: changeReason }),
  output: done,
  refusals: payoutRefusals,
})

export const createBatch = command({
  name: 'payouts.createBatch',
  path: '/api/payout-batches/create',
  summary: 'Writes approved payments into a bank transfer file (総合振込).',
  permission: 'payouts.send',
  input: z.object({ payoutIds: z.array(id).min(1).max(1000), fromAccountId: id, transferOn: isoDate }),
  output: z.object({
    id,
    batchNo: z.string(),
    count: z.number(),
    totalYen: z.number(),
    fileHash: z.string(),
  }),
  refusals: payoutRefusals,
})

export const sendBatch = command({
  name: 'payouts.sendBatch',
  path: '/api/payout-batches/:batchId/sent',
  summary: 'Notes that the file was given to the bank. It is never sent twice.',
  permission: 'payouts.send',
  input: z.object({ batchId: id }),
  output: z.object({ id, sent: z.number() }),
  refusals: payoutRefusals,
})

export const confirmPayouts = command({
  name: 'payouts.confirmPayouts',
  path: '/api/payouts/confirm',
  summary: 'Notes that the bank paid: books the journal, and the claims count as funded.',
  permission: 'payouts.send',
  input: z.object({
    payoutIds: z.array(id).min(1).max(1000),
    confirmedOn: isoDate,
    /** What the bank took from us for each transfer. */
    transferFeeYen: yen.min(0).max(100_000).default(0),
  }),
  output: z.object({ confirmed: z.number() }),
  refusals: payoutRefusals,
})

export const reportOutcome = command({
  name: 'payouts.reportOutcome',
  path: '/api/payouts/:payoutId/outcome',
  summary:
    'Notes that the bank refused a payment or that its answer is missing; an unknown one is never sent again.',
  permission: 'payouts.send',
  input: z.object({ payoutId: id, outcome: z.enum(['failed', 'unknown']), reason: why }),
  output: done,
  refusals: payoutRefusals,
})

export const bouncePayout = command({
  name: 'payouts.bouncePayout',
  path: '/api/payouts/:payoutId/bounce',
  summary: 'Notes that a confirmed payment came back (組戻し): its journal is reversed.',
  permission: 'payouts.send',
  input: z.object({ payoutId: id, bouncedOn: isoDate, reason: why }),
  output: done,
  refusals: payoutRefusals,
})

export const cancelPayout = command({
  name: 'payouts.cancelPayout',
  path: '/api/payouts/:payoutId/cancel',
  summary: 'Cancels a payment before it is in a file; the purchase stands (see `payouts.rescindPurchase`).',
  permission: 'payouts.cancel',
  input: z.object({ payoutId: id, reason: why }),
  output: done,
  refusals: payoutRefusals,
})

export const rescindPurchase = command({
  name: 'payouts.rescindPurchase',
  path: '/api/purchases/:purchaseId/rescind',
  summary:
    'Takes a purchase back before its money left: the payment is cancelled, the purchase booked back, the limits freed; no claim on the client; two people.',
  permission: 'payouts.requestRescission',
  critical: 'always',
  input: z.object({ purchaseId: id, change: changeReason }),
  output: z.object({ id, purchaseNo: z.string(), claims: z.number().int() }),
  refusals: payoutRefusals,
})

export const transferDay = query({
  name: 'payouts.transferDay',
  path: '/api/payouts/transfer-day',
  summary:
    'The first day on which the bank carries out a transfer handed in now, and the cut-off of the company settings (HH:MM, Tokyo).',
  permission: 'payouts.read',
  sight: null,
  input: z.object({}),
  output: z.object({ earliestOn: z.string(), cutOff: z.string() }),
})

export const netPayout = query({
  name: 'payouts.netPayout',
  path: '/api/purchases/:purchaseId/net-payout',
  summary:
    'What a purchase pays out: N with its parts (N + fee + charges + tax + reserve = P), what of N was set off, and what is left to pay.',
  permission: 'payouts.read',
  sight: 'open',
  input: z.object({ purchaseId: id }),
  output: z.object({
    purchaseNo: z.string(),
    purchasedYen: z.number(),
    feeYen: z.number(),
    chargesYen: z.number(),
    taxYen: z.number(),
    reserveYen: z.number(),
    netYen: z.number(),
    deductedYen: z.number(),
    leftYen: z.number(),
    /** Whether the purchase stands; a rescinded one pays nothing. */
    stands: z.boolean(),
    /** The request to deduct from it or to rescind it that waits for its second person. */
    waiting: z.object({ changeRequestId: id, changeNo: z.string() }).nullable(),
    /** Why its payment cannot be asked for now; null when it can. */
    whyNotPay: z.string().nullable(),
    /** Why the purchase cannot be taken back before its payment; null when it can. */
    whyNotRescind: z.string().nullable(),
  }),
})
export type NetPayoutShown = z.infer<(typeof netPayout)['output']>

const row = z.object({
  id,
  payoutNo: z.string(),
  partyId: id,
  partyName: z.string(),
  purpose: z.enum(payoutPurposes),
  /** Why it is owed, for all but purchase prices. */
  dueSource: z.enum(dueSources).nullable(),
  amountYen: z.number(),
  transferOn: z.string(),
  state: z.enum(payoutStates),
  bank: z.string(),
  accountNoLast: z.string(),
  holderKana: z.string(),
  preparedBy: z.string(),
  approvedBy: z.string().nullable(),
  confirmedOn: z.string().nullable(),
  batchId: id.nullable(),
  batchNo: z.string().nullable(),
})
export type PayoutRow = z.infer<typeof row>

export const listPayouts = query({
  name: 'payouts.listPayouts',
  path: '/api/payouts',
  summary: 'Payments out, newest first, by filters.',
  permission: 'payouts.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    state: listOf(z.enum(payoutStates)),
    purpose: listOf(z.enum(payoutPurposes)),
    partyId: id.optional(),
    batchId: id.optional(),
    purchaseId: id.optional(),
  }),
  output: pageOf(row),
})

export const openPayout = query({
  name: 'payouts.openPayout',
  path: '/api/payouts/:payoutId',
  summary: 'One payment with its claims and every rule that now stands against it.',
  permission: 'payouts.read',
  sight: 'open',
  input: z.object({ payoutId: id }),
  output: row.extend({
    rowVersion: z.number(),
    purchaseId: id.nullable(),
    purchaseNo: z.string().nullable(),
    /** What of the purchase's net payout was set off and is not part of this payment. */
    deductedYen: z.number(),
    checkedBy: z.string().nullable(),
    preparedAt: z.string(),
    approvedAt: z.string().nullable(),
    duplicatesCheckedAt: z.string().nullable(),
    transferFeeYen: z.number().nullable(),
    outcomeReason: z.string().nullable(),
    /** Until when the record of this payment is kept, by the rule book in force; null: not paid yet. */
    transactionRecordUntil: z.string().nullable(),
    transactionRecordYears: z.number().int().nullable(),
    /** The debt that is paid: a claim's reserve or share, or a deposit. */
    due: z
      .object({
        id,
        dueNo: z.string(),
        about: z.object({ kind: z.enum(['receivable', 'payment_in']), id, no: z.string() }),
        decidedBy: z.string(),
        approvedBy: z.string().nullable(),
      })
      .nullable(),
    /** Why the person who looks may have no hand in this payment; null when they may. */
    barred: z.string().nullable(),
    nextStates: z.array(z.enum(payoutStates)),
    claims: z.array(
      z.object({
        id,
        receivableNo: z.string(),
        debtorName: z.string(),
        invoiceNo: z.string(),
        purchasedYen: z.number(),
        advanceYen: z.number(),
        feeYen: z.number(),
        approvedBy: z.string().nullable(),
      }),
    ),
    hindrances: z.array(z.object({ code: z.string(), sentence: z.string() })),
  }),
})
export type PayoutShown = z.infer<(typeof openPayout)['output']>

const due = z.object({
  id,
  dueNo: z.string(),
  partyId: id,
  partyName: z.string(),
  source: z.enum(dueSources),
  state: z.enum(dueStates),
  amountYen: z.number(),
  setOffYen: z.number(),
  leftYen: z.number(),
  about: z.object({ kind: z.enum(['receivable', 'payment_in']), id, no: z.string() }),
  decidedBy: z.string(),
  approvedBy: z.string().nullable(),
  decidedAt: z.string(),
  payout: z.object({ id, payoutNo: z.string() }).nullable(),
  cancelledReason: z.string().nullable(),
})
export type DueRow = z.infer<typeof due>

export const listDues = query({
  name: 'payouts.listDues',
  path: '/api/payout-dues',
  summary: 'What the company owes besides purchase prices: released reserves, refunds, clients’ shares.',
  permission: 'payouts.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    state: listOf(z.enum(dueStates)),
    source: listOf(z.enum(dueSources)),
    partyId: id.optional(),
    receivableId: id.optional(),
    paymentInId: id.optional(),
  }),
  output: pageOf(due),
})

const batch = z.object({
  id,
  batchNo: z.string(),
  transferOn: z.string(),
  count: z.number(),
  totalYen: z.number(),
  fileHash: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
})
export type BatchRow = z.infer<typeof batch>

export const listBatches = query({
  name: 'payouts.listBatches',
  path: '/api/payout-batches',
  summary: 'Transfer files, newest first.',
  permission: 'payouts.read',
  sight: 'list',
  input: z.object({ ...pageInput }),
  output: pageOf(batch),
})

export const downloadBatch = query({
  name: 'payouts.downloadBatch',
  path: '/api/payout-batches/:batchId/file',
  summary: 'The transfer file as it was written, for the bank.',
  permission: 'payouts.send',
  sight: 'download',
  input: z.object({ batchId: id }),
  output: z.any(),
})
