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
} from '../../platform/http/contract.ts'
import { paymentStates } from './rules.ts'

export const LARGEST_STATEMENT_BYTES = 8 * 1024 * 1024

export const paymentRefusals = {
  statement_must_be_readable: 'ファイルを読み取れません。',
  statement_must_not_be_too_large: 'ファイルが大きすぎます（上限8MB）。期間を分けて取得してください。',
  statement_account_must_be_known:
    '明細の口座が自社口座に登録されていません。口座台帳に登録してから取り込んでください。',
  statement_account_must_be_chosen: 'このファイルには口座番号がありません。どの口座の明細か選んでください。',
  statement_must_be_of_the_chosen_account: '選んだ口座と、明細に書かれた口座が違います。',
  payment_must_be_waiting: 'この入金は現在の状態ではその操作ができません。',
  payment_must_be_a_twin: 'この入金は重複の確認待ちではありません。',
  payment_must_not_be_taken_back: 'この入金は銀行が取り消しています。',
  refund_account_must_be_verified: '返金先の口座が確認済みではありません。',
  refund_must_have_money_left: '返金できる残額がありません。',
  refund_must_be_pending: 'この入金には、取り消せる返金の決定がありません。',
  refund_must_not_be_paid: 'この返金は支払済みです。組戻しになったときに支払のページで記録してください。',
  repayment_must_not_be_under_way: 'この返金の支払が手続き中です。先にその支払を取り消してください。',
  set_off_must_be_reversed_first: 'この返金は相殺に使われています。先に相殺を取り消してください。',
} as const

const importResult = z.object({
  fileId: id,
  fileNo: z.string(),
  /** True: the very same bytes were taken before, and nothing was done. */
  alreadyImported: z.boolean(),
  linesTotal: z.number().int(),
  linesNew: z.number().int(),
  linesKnown: z.number().int(),
  depositsNew: z.number().int(),
  depositsYen: z.number().int(),
  twins: z.number().int(),
  takenBack: z.number().int(),
  notices: z.array(z.string()),
})
export type ImportResult = z.infer<typeof importResult>

export const importStatement = command({
  name: 'payments.importStatement',
  path: '/api/payments/import-statement',
  summary:
    'Takes a bank statement (入出金取引明細, 振込入金通知 or CSV) whole or not at all; each line is kept once, however often it is sent.',
  permission: 'payments.import',
  bodyLimit: Math.ceil((LARGEST_STATEMENT_BYTES * 4) / 3) + 10_000,
  input: z.object({
    fileName: z.string().trim().min(1).max(255),
    contentBase64: z.base64(),
    /** Which account the file is of, when it does not say so itself. */
    accountId: id.nullish(),
    twoDigitYears: z.enum(['wareki', 'western']).default('wareki'),
  }),
  output: importResult,
  refusals: paymentRefusals,
})

export const judgeTwin = command({
  name: 'payments.judgeTwin',
  path: '/api/payments/:paymentId/judge-twin',
  summary:
    'Says whether a deposit that looks like one already kept is the same (dropped) or another (booked).',
  permission: 'payments.judge',
  input: z.object({
    paymentId: id,
    verdict: z.enum(['same', 'other']),
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({ id }),
  refusals: paymentRefusals,
})

export const holdPayment = command({
  name: 'payments.holdPayment',
  path: '/api/payments/:paymentId/hold',
  summary: 'Puts a deposit aside with the reason, until more is known.',
  permission: 'payments.judge',
  input: z.object({ paymentId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: paymentRefusals,
})

export const releasePayment = command({
  name: 'payments.releasePayment',
  path: '/api/payments/:paymentId/release',
  summary: 'Takes a deposit that was put aside up again.',
  permission: 'payments.judge',
  input: z.object({ paymentId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: paymentRefusals,
})

export const refundPayment = command({
  name: 'payments.refundPayment',
  path: '/api/payments/:paymentId/refund',
  summary:
    'Decides that what no claim takes of a deposit goes back to a verified account; a second person decides.',
  permission: 'payments.refund',
  critical: 'always',
  input: z.object({ paymentId: id, partyId: id, change: changeReason }),
  output: z.object({ id, refundYen: z.number().int() }),
  refusals: paymentRefusals,
})

export const takeRefundBack = command({
  name: 'payments.takeRefundBack',
  path: '/api/payments/:paymentId/take-refund-back',
  summary: 'Takes a decided refund back before it is paid; the deposit can be matched or refunded anew.',
  permission: 'payments.refund',
  input: z.object({ paymentId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: paymentRefusals,
})

const paymentRow = z.object({
  id,
  paymentNo: z.string(),
  receivedOn: z.string(),
  bookedOn: z.string(),
  amountYen: z.number(),
  appliedYen: z.number(),
  refundYen: z.number(),
  payerKana: z.string(),
  payerBank: z.string(),
  payerBranch: z.string(),
  edi: z.string(),
  bankSummary: z.string(),
  unclearedYen: z.number(),
  state: z.enum(paymentStates),
  heldReason: z.string().nullable(),
  takenBack: z.boolean(),
  party: z.object({ id, legalName: z.string() }).nullable(),
  account: z.object({ id, name: z.string() }),
  file: z.object({ id, fileNo: z.string(), lineNo: z.number().int() }),
  twinOf: z
    .object({
      paymentNo: z.string().nullable(),
      bookedOn: z.string(),
      payerKana: z.string(),
      fileNo: z.string(),
      lineNo: z.number().int(),
    })
    .nullable(),
})
export type PaymentRow = z.infer<typeof paymentRow>

export const listPayments = query({
  name: 'payments.listPayments',
  path: '/api/payments',
  summary: 'Deposits, newest first, by state, day, party and payer.',
  permission: 'payments.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    state: listOf(z.enum(paymentStates)),
    from: isoDate.optional(),
    to: isoDate.optional(),
    partyId: id.optional(),
    payer: z.string().trim().max(50).optional(),
  }),
  output: pageOf(paymentRow),
})

export const openPayment = query({
  name: 'payments.openPayment',
  path: '/api/payments/:paymentId',
  summary: 'One deposit with its bank line.',
  permission: 'payments.read',
  sight: 'open',
  input: z.object({ paymentId: id }),
  output: paymentRow.extend({
    /** Until when the record of this deposit is kept, by the rule book in force; null: it is none of ours yet. */
    transactionRecordUntil: z.string().nullable(),
    /** The years that follow from the rule book. */
    transactionRecordYears: z.number().int().nullable(),
  }),
})
export type OpenedPayment = z.output<typeof openPayment.output>

const fileRow = z.object({
  id,
  fileNo: z.string(),
  fileName: z.string(),
  format: z.string(),
  sizeBytes: z.number().int(),
  fromOn: z.string(),
  toOn: z.string(),
  linesTotal: z.number().int(),
  linesNew: z.number().int(),
  linesKnown: z.number().int(),
  depositsNew: z.number().int(),
  depositsYen: z.number(),
  twins: z.number().int(),
  notices: z.array(z.string()),
  importedBy: z.object({ id, name: z.string() }),
  importedAt: z.string(),
})
export type StatementFileRow = z.infer<typeof fileRow>

export const listStatementFiles = query({
  name: 'payments.listStatementFiles',
  path: '/api/statement-files',
  summary: 'Statement files taken in, newest first, with what came of each.',
  permission: 'payments.read',
  sight: 'list',
  input: z.object({ ...pageInput }),
  output: pageOf(fileRow),
})

export const downloadStatementFile = query({
  name: 'payments.downloadStatementFile',
  path: '/api/statement-files/:fileId/file',
  summary: 'The statement file, byte for byte as the bank gave it.',
  permission: 'payments.downloadFile',
  sight: 'download',
  input: z.object({ fileId: id }),
  output: z.unknown(),
})
