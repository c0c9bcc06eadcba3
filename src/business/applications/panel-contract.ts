import { z } from 'zod'
import { command, dealYen, id, isoDate, query } from '../../platform/http/contract.ts'
import { sendingStates, sharedItems } from './rules/panel.ts'
import { channels } from './tables.ts'

export const panelRefusals = {
  application_must_be_open: 'この申込は既に終わっています。',
  panel_must_precede_acceptance: '一括見積は、申込を受け付けてから見積の承諾までの間だけ送れます。',
  panel_must_be_in_the_plan:
    'この申込の商品には一括見積がありません。一括見積の社数を定めた商品で申し込んでください。',
  panel_must_stay_within_the_plan: '商品が定める社数を超えています。',
  funder_must_be_known: '選ばれた提携買取会社が見つかりません。',
  funder_must_have_the_role: '役割に「提携買取会社」がある会社だけに送れます。',
  funder_must_not_be_the_client: '申込の利用者自身には送れません。',
  funder_must_not_be_stopped: '取引を停止している会社には送れません。',
  funder_must_not_be_asked_twice: 'この申込を既に送った会社です。',
  consent_must_be_on_file:
    '同意書（種類が「同意書」で有効期限内の書類）を、この利用者の書類から選んでください。同意のない送信はできません。',
  sending_must_be_open: 'この会社の回答は、もう記録できません。',
  answer_must_not_lie_ahead: '回答日が将来です。',
  answer_must_follow_the_sending: '回答日が、送信した日より前です。',
  offer_must_have_its_price: '買取額・手数料・費用・留保金・有効期限を入力してください。',
  line_must_name_a_claim: 'この申込の、買取前の債権ではありません。',
  line_must_stand_once: '同じ債権の内訳が2つあります。',
  line_must_stay_within_the_claim: '内訳の金額が、債権の額面または対象額を超えています。',
  line_must_be_advance_and_reserve: '内訳の前渡額と留保金の合計が、買取額と合いません。',
  line_must_leave_an_advance: '内訳の手数料が、前渡額を超えています。',
  lines_must_add_up: '内訳の合計が、回答の金額と合いません。',
  offer_must_leave_a_payout: '手取額が残りません。金額を確かめてください。',
  offer_must_lie_ahead: '有効期限は今より後にしてください。',
  decline_must_have_its_reason: '見送りの理由を入力してください。',
  offer_must_be_open: '承諾できるのは、回答のあった会社の、期限が切れていない提示だけです。',
  acceptance_must_follow_the_answer: '承諾した日が、提携買取会社の回答日より前です。',
  acceptance_must_be_proved: '承諾を裏付ける資料（メール、署名済みの書面など）を添付してください。',
  transition_must_be_listed: 'この申込の状態からは行えません。',
  claims_must_be_ended_first: '買取済みの債権があります。支払の取消しと債権の解除を先に行ってください。',
} as const

const offerLine = z.object({
  receivableId: id,
  eligibleYen: dealYen.min(1),
  purchasedYen: dealYen.min(1),
  advanceYen: dealYen.min(0),
  reserveYen: dealYen.min(0),
  feeYen: dealYen.min(0),
})

const which = { applicationId: id, rowVersion: z.number().int() }
const done = z.object({ id, rowVersion: z.number().int() })
const base = { refusals: panelRefusals } as const

export const sendToFunders = command({
  name: 'applications.sendToFunders',
  path: '/api/applications/:applicationId/panel',
  summary:
    'Records that an application went to funders, with what was shared and the consent of the client; as many as the plan allows.',
  permission: 'applications.handle',
  input: z.object({
    ...which,
    funderIds: z.array(id).min(1).max(20),
    shared: z.array(z.enum(sharedItems)).min(1),
    /** The consent of the client, filed as such. */
    documentIds: z.array(id).length(1),
  }),
  output: done,
  ...base,
})

export const recordFunderAnswer = command({
  name: 'applications.recordFunderAnswer',
  path: '/api/applications/:applicationId/panel/:sendingId/answer',
  summary:
    "Records a funder's answer: an offer with price and expiry, or that it declines; a better offer replaces it.",
  permission: 'applications.handle',
  input: z.object({
    ...which,
    sendingId: id,
    answer: z.enum(['approved', 'declined']),
    answeredOn: isoDate,
    purchasedYen: dealYen.min(1).nullish(),
    feeYen: dealYen.min(0).nullish(),
    /** Other charges with consumption tax. */
    chargesYen: dealYen.min(0).nullish(),
    reserveYen: dealYen.min(0).nullish(),
    expiresAt: z.iso.datetime({ offset: true }).nullish(),
    /** What the offer is per claim; their sums are the totals. Empty: the funder named totals alone. */
    lines: z.array(offerLine).max(200).default([]),
    declineReason: z.string().trim().min(2).max(500).nullish(),
    documentIds: z.array(id).max(20).default([]),
  }),
  output: done.extend({ netYen: z.number().nullable() }),
  ...base,
})

export const acceptFunder = command({
  name: 'applications.acceptFunder',
  path: '/api/applications/:applicationId/panel/:sendingId/accept',
  summary:
    "Records that the client takes a funder's offer: all others and our own quote are withdrawn, and the application ends with its unbought claims.",
  permission: 'applications.handle',
  input: z.object({
    ...which,
    sendingId: id,
    acceptedOn: isoDate,
    acceptedBy: z.string().trim().min(1).max(100),
    channel: z.enum(channels),
    documentIds: z.array(id).max(20).default([]),
  }),
  output: done,
  ...base,
})

export const openPanel = query({
  name: 'applications.openPanel',
  path: '/api/applications/:applicationId/panel',
  summary:
    'To whom an application was sent and what came back, the highest net payout first, beside our own quote.',
  permission: 'applications.read',
  sight: 'open',
  input: z.object({ applicationId: id }),
  output: z.object({
    /** The most funders the plan lets be asked; null: no panel. */
    most: z.number().int().nullable(),
    /** Why nothing can be sent now; null: it can. */
    whyNot: z.string().nullable(),
    ours: z
      .object({ quoteNo: z.string(), netYen: z.number(), expiresAt: z.string(), isOpen: z.boolean() })
      .nullable(),
    sendings: z.array(
      z.object({
        id,
        funder: z.object({ id, partyNo: z.string(), name: z.string() }),
        consentId: id,
        shared: z.array(z.enum(sharedItems)),
        sentBy: z.string(),
        sentAt: z.string(),
        state: z.enum(sendingStates),
        /** An offer whose time has passed: it stands, and cannot be taken. */
        isExpired: z.boolean(),
        answeredOn: z.string().nullable(),
        purchasedYen: z.number().nullable(),
        feeYen: z.number().nullable(),
        chargesYen: z.number().nullable(),
        reserveYen: z.number().nullable(),
        netYen: z.number().nullable(),
        expiresAt: z.string().nullable(),
        lines: z.array(
          offerLine.extend({ receivableNo: z.string(), debtorName: z.string(), faceYen: z.number() }),
        ),
        declineReason: z.string().nullable(),
        answerDocuments: z.array(id),
        answerRecordedBy: z.string().nullable(),
        acceptedOn: z.string().nullable(),
        acceptedBy: z.string().nullable(),
        acceptDocuments: z.array(id),
      }),
    ),
  }),
})
export type PanelShown = z.output<(typeof openPanel)['output']>
export type SendingShown = PanelShown['sendings'][number]
