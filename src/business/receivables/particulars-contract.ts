import { z } from 'zod'
import { command, dealYen, id, isoDate, ppm, query } from '../../platform/http/contract.ts'
import { limitationKinds } from './tables.ts'

export const particularsRefusals = {
  dates_must_be_in_order: '取引期間の開始と終了の順序が正しくありません。',
  date_must_not_be_in_the_future: '将来の日付は入力できません。',
  issuer_number_must_be_valid:
    '登録番号の形が正しくありません。Tと13桁の数字で入力してください（例：T7000012050002）。',
  dispute_must_fit_the_face: '争いのある金額が額面を超えています。',
  rate_must_stand_once: '同じ税率が2回あります。',
  reason_must_be_given: '訂正の理由を入力してください。',
  particulars_must_differ: '登録されている内容と同じです。',
  claim_must_be_bought: '買い取った債権だけが対象です。',
  months_must_be_given: '協議の合意では、期間（1〜12か月）を入力してください。',
  event_must_stand: 'この記録は既に取り消されています。',
} as const

/** Tax of the invoice at one rate; 0 ppm: exempt or outside. */
const taxRow = z.object({
  ratePpm: ppm.max(1_000_000),
  baseYen: dealYen.min(0),
  basis: z.enum(['excluding_tax', 'including_tax']),
  taxYen: dealYen.min(0),
})

const values = {
  transactionFrom: isoDate.nullish(),
  transactionTo: isoDate.nullish(),
  acceptedOn: isoDate.nullish(),
  receivedOn: isoDate.nullish(),
  issuerRegNo: z.string().trim().max(30).nullish(),
  taxes: z.array(taxRow).max(3).default([]),
  /** Null: not known. */
  toritekiFlag: z.boolean().nullish(),
  disputeYen: dealYen.min(0).nullish(),
}

export const recordParticulars = command({
  name: 'receivables.recordParticulars',
  path: '/api/receivables/:receivableId/particulars/record',
  summary:
    'Keeps what invoice and delivery say beside number, dates and face; a correction with its reason. What does not agree is answered.',
  permission: 'receivables.recordParticulars',
  input: z.object({
    receivableId: id,
    /** 0: nothing was recorded yet. */
    rowVersion: z.number().int().min(0),
    ...values,
    reason: z.string().trim().max(500).default(''),
  }),
  output: z.object({ id, rowVersion: z.number().int(), findings: z.array(z.object({ rule: z.string() })) }),
  refusals: particularsRefusals,
})

export const recordLimitationEvent = command({
  name: 'receivables.recordLimitationEvent',
  path: '/api/receivables/:receivableId/limitation-events',
  summary:
    'Records what holds off or renews the limitation of a bought claim, with the paper that proves it.',
  permission: 'receivables.recordLimitation',
  input: z.object({
    receivableId: id,
    kind: z.enum(limitationKinds),
    on: isoDate,
    months: z.number().int().min(1).max(12).nullish(),
    documentIds: z.array(id).max(20).default([]),
  }),
  output: z.object({ id, limitationOn: isoDate }),
  refusals: particularsRefusals,
})

export const withdrawLimitationEvent = command({
  name: 'receivables.withdrawLimitationEvent',
  path: '/api/limitation-events/:eventId/withdraw',
  summary: 'Takes back what was recorded by mistake; it stays readable and counts no more.',
  permission: 'receivables.recordLimitation',
  input: z.object({ eventId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id, limitationOn: isoDate }),
  refusals: particularsRefusals,
})

const explained = z.object({ rule: z.string(), sentence: z.string(), source: z.string() })

export const openParticulars = query({
  name: 'receivables.openParticulars',
  path: '/api/receivables/:receivableId/particulars',
  summary:
    'What invoice and delivery say of a claim, what does not agree among them, and when the claim lapses by limitation.',
  permission: 'receivables.read',
  sight: 'open',
  input: z.object({ receivableId: id }),
  output: z.object({
    rowVersion: z.number().int(),
    transactionFrom: z.string().nullable(),
    transactionTo: z.string().nullable(),
    acceptedOn: z.string().nullable(),
    receivedOn: z.string().nullable(),
    issuerRegNo: z.string().nullable(),
    taxes: z.array(taxRow),
    toritekiFlag: z.boolean().nullable(),
    /** The last day the debtor may pay on; null where the act does not apply or the day of receipt is not known. */
    toritekiLimitOn: z.string().nullable(),
    disputeYen: z.number().nullable(),
    recordedBy: z.string().nullable(),
    recordedAt: z.string().nullable(),
    findings: z.array(explained),
    /** The day at whose end the claim lapses; null before it is bought. */
    limitationOn: z.string().nullable(),
    limitationEvents: z.array(
      z.object({
        id,
        kind: z.enum(limitationKinds),
        on: z.string(),
        months: z.number().int().nullable(),
        documents: z.array(z.object({ id, title: z.string() })),
        recordedBy: z.string(),
        withdrawnReason: z.string().nullable(),
      }),
    ),
  }),
})
export type ParticularsShown = z.output<(typeof openParticulars)['output']>
