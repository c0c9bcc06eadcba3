import { z } from 'zod'
import {
  changeReason,
  command,
  dealYen,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { watchRefusals } from '../assessment/labels.ts'
import { charge, receivableKinds } from '../contracts/contract.ts'
import { customInput, firstValueRefusals } from '../customization/contract.ts'
import { kycRefusals } from '../kyc/labels.ts'
import { screeningRefusals } from '../screening/labels.ts'
import { registrationShown } from './registration-contract.ts'
import { evidenceKinds, noticeKinds, noticeMethods } from './tables.ts'

export const receivableStates = [
  'offered',
  'verifying',
  'verified',
  'approved',
  'purchased',
  'notified',
  'partially_collected',
  'due',
  'overdue',
  'dunning',
  'legal',
  'collected',
  'settled',
  'written_off',
  'recovered',
  'repurchased',
  'rejected',
  'withdrawn',
  'lapsed',
  'rescinded',
  'closed',
] as const

export const receivableRefusals = {
  due_date_must_be_near: '支払期日が30年より先になっています。日付を確認してください。',
  claim_must_not_be_offered_already: 'この債権は既に登録されています。',
  invoice_number_must_have_letters_or_digits: '請求書番号に英数字・文字がありません。',
  debtor_must_differ_from_client: '売掛先が利用者自身です。',
  party_must_have_the_role: '利用者または売掛先として登録されていません。',
  party_must_not_be_stopped: '取引が停止または禁止されている顧客・売掛先です。',
  dates_must_be_in_order: '発行日・支払期日の順序が正しくありません。',
  amounts_must_fit_the_face: '控除額・対象外額・希望額が額面を超えています。',
  contract_must_be_chosen: '買取の条件となる契約を選んでください。',
  contract_must_belong_to_the_client: '契約が利用者のものではありません。',
  contract_must_cover_the_kind: 'この種類の債権は契約の対象外です。',
  contract_must_be_executed: '契約が締結されていません。',
  contract_must_be_in_force: '契約が有効期間内ではありません。',
  transition_must_be_listed: '現在の状態からこの操作はできません。',
  transition_must_be_asked_for: 'この状態へは操作ではなく入金や日付で移ります。',
  transition_must_follow_from_events: 'この状態へは操作ではなく入金や日付で移ります。',
  transition_must_follow_from_a_reversal: 'この状態へは取消しでのみ移ります。',
  duplicate_must_be_judged: '二重譲渡の疑いがあります。2人の判断が済むまで進められません。',
  duplicate_must_be_suspected: '判断を待つ二重譲渡の疑いがありません。',
  evidence_must_agree: '裏付け資料が債権の内容と一致していません。',
  invoice_must_be_attached: '請求書など、債権を裏付ける資料を添付してください。',
  assignment_must_be_possible: '債権を譲り受けられない事情があります。',
  approver_must_not_purchase: '債権を承認した人は、その債権を買い取れません。別の担当者が行います。',
  registrar_must_not_approve: '登録した人は承認できません。',
  charge_must_be_agreed:
    '契約に定めのない費用です。費用は、契約に定めた種類・税区分・負担者で、定めた額以下にしてください。',
  price_must_be_possible: 'この条件では買取代金を計算できません。',
  approval_must_match_the_terms: '承認時の条件から契約が変わりました。承認をやり直してください。',
  claims_must_belong_together: '同じ利用者・同じ契約の債権だけをまとめて買い取れます。',
  account_must_be_registered: '利用者の支払先口座が登録されていません。',
  account_must_be_in_force: '支払先口座が使用中ではありません。',
  account_must_not_be_blocked: '支払先口座が使用停止です。',
  account_must_be_verified: '支払先口座が確認済みではありません。',
  account_must_have_cooled_off: '口座変更後の待機期間が終わっていません。',
  limit_must_be_in_force: '有効な与信枠がありません。',
  limit_must_not_be_suspended: '与信枠が停止中です。',
  limit_must_cover_the_purchase: '与信枠の空きが足りません。',
  override_approver_must_not_approve:
    'この債権の超過承認を承認した人は、債権の承認はできません。別の担当者が承認してください。',
  ...kycRefusals,
  ...screeningRefusals,
  ...watchRefusals,
  notice_needs_a_trigger: '2社間の取引で売掛先に知らせるには、そのきっかけの記録が必要です。',
  notice_must_come_from_the_assignor:
    '譲受人からの通知だけでは、売掛先に対抗できません。譲渡人の名義で通知するか、登記の後に登記事項証明書を添えて通知してください。',
  registration_needs_a_corporation: '債権譲渡登記は、利用者が法人のときだけできます。',
  registration_needs_its_particulars: '登記の完了は、登記番号などとともに「登記を記録」で記録してください。',
  notice_must_be_open: 'この通知の結果は既に記録されています。',
  claim_must_be_bought: '買い取った債権だけが対象です。',
  application_must_be_ready_to_fund:
    'この債権は申込に紐づいています。申込が「実行準備完了」になってから買い取れます。',
  money_must_not_have_left: '送金後の買取は、この操作では取り消せません。',
  ...firstValueRefusals,
} as const

const offered = {
  clientId: id,
  debtorId: id,
  receivableKind: z.enum(receivableKinds).default('invoice'),
  invoiceNo: z.string().trim().min(1).max(50),
  lineNo: z.number().int().min(1).max(9999).nullish(),
  issuedOn: isoDate,
  dueOn: isoDate,
  faceYen: dealYen.min(1),
  /** Yen alone is dealt in: said rather than guessed. */
  currency: z.literal('JPY', '取り扱う通貨は日本円（JPY）だけです。').default('JPY'),
}

export const offerReceivable = command({
  name: 'receivables.offerReceivable',
  path: '/api/receivables/offer',
  summary:
    'Registers a claim a client offers; the same live claim is refused, a likeness to any other is stored as a suspicion.',
  permission: 'receivables.register',
  input: z.object({
    ...offered,
    contractId: id.nullish(),
    deductionsYen: dealYen.min(0).default(0),
    ineligibleYen: dealYen.min(0).default(0),
    /** The part the client wants to sell; left out: all that is eligible. */
    askedYen: dealYen.min(1).nullish(),
    assignmentRestriction: z.enum(['none', 'exists', 'unknown']).default('unknown'),
    documentIds: z.array(id).max(20).default([]),
    custom: customInput.optional(),
  }),
  output: z.object({
    id,
    receivableNo: z.string(),
    duplicateResult: z.enum(['clear', 'suspect', 'confirmed']),
  }),
  refusals: receivableRefusals,
})

export const verifyReceivable = command({
  name: 'receivables.verifyReceivable',
  path: '/api/receivables/:receivableId/verify',
  summary:
    'States that the evidence agrees on debtor, amount and date, and what speaks against the assignment.',
  permission: 'receivables.verify',
  input: z.object({
    receivableId: id,
    assignmentRestriction: z.enum(['none', 'exists', 'unknown']),
    restrictionKnown: z.boolean().default(false),
    debtorConsented: z.boolean().default(false),
    setOffRisk: z.enum(['none', 'low', 'high', 'unknown']),
    disputeOpen: z.boolean().default(false),
    payeeIsSomeoneElse: z.boolean().default(false),
    debtorInsolvent: z.boolean().default(false),
    evidence: z
      .array(z.object({ documentId: id, kind: z.enum(evidenceKinds), agrees: z.boolean() }))
      .max(20)
      .default([]),
  }),
  output: z.object({ id, findings: z.array(z.object({ rule: z.string(), outcome: z.string() })) }),
  refusals: receivableRefusals,
})

export const approveReceivable = command({
  name: 'receivables.approveReceivable',
  path: '/api/receivables/:receivableId/approve',
  summary:
    'Approves a verified claim and holds the limits for it; with findings for compliance it waits for them.',
  permission: 'receivables.approve',
  critical: 'sometimes',
  input: z.object({ receivableId: id, contractId: id.nullish(), change: changeReason.optional() }),
  output: z.object({ id, advanceYen: z.number() }),
  refusals: receivableRefusals,
})

export const endOffer = command({
  name: 'receivables.endOffer',
  path: '/api/receivables/:receivableId/end',
  summary: 'Rejects, withdraws or lets lapse a claim not yet bought; what was held for it is released.',
  permission: 'receivables.verify',
  input: z.object({
    receivableId: id,
    to: z.enum(['rejected', 'withdrawn', 'lapsed']),
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({ id }),
  refusals: receivableRefusals,
})

export const judgeDuplicate = command({
  name: 'receivables.judgeDuplicate',
  path: '/api/receivables/:receivableId/judge-duplicate',
  summary: 'The verdict on a suspected double assignment: two people, whatever it is.',
  permission: 'receivables.verify',
  critical: 'always',
  input: z.object({ receivableId: id, verdict: z.enum(['different', 'same']), change: changeReason }),
  output: z.object({ id }),
  refusals: receivableRefusals,
})

export const purchaseReceivables = command({
  name: 'receivables.purchaseReceivables',
  path: '/api/receivables/purchase',
  summary: 'Buys approved claims of one client under one contract; prices them and books the journal.',
  permission: 'receivables.purchase',
  input: z.object({
    receivableIds: z.array(id).min(1).max(200),
    /** Left out: the charges of the contract. Named ones are among them, and no higher. */
    charges: z.array(charge).max(20).optional(),
  }),
  output: z.object({
    id,
    purchaseNo: z.string(),
    purchasedYen: z.number(),
    advanceYen: z.number(),
    reserveYen: z.number(),
    feeYen: z.number(),
    chargesYen: z.number(),
    taxYen: z.number(),
    netYen: z.number(),
  }),
  refusals: receivableRefusals,
})

export const recordNotice = command({
  name: 'receivables.recordNotice',
  path: '/api/receivables/:receivableId/notices',
  summary:
    'Records a notice, consent request or registration; sent to the debtor in a two-party deal it needs a trigger and a second person.',
  permission: 'receivables.notify',
  critical: 'sometimes',
  input: z.object({
    receivableId: id,
    noticeKind: z.enum(noticeKinds),
    method: z.enum(noticeMethods),
    sentTo: z.string().trim().min(1).max(300),
    /** Null: signed and kept unsent. */
    sentOn: isoDate.nullable(),
    postNo: z.string().trim().max(50).nullish(),
    fixedDateKind: z.string().trim().max(50).nullish(),
    /** The day of the dated stamp. */
    fixedOn: isoDate.nullish(),
    /** Whether the client gives the notice itself; null: not told. */
    byAssignor: z.boolean().nullish(),
    department: z.string().trim().min(1).max(100).nullish(),
    trigger: z.string().trim().max(500).nullish(),
    change: changeReason.optional(),
  }),
  output: z.object({ id }),
  refusals: receivableRefusals,
})

export const recordNoticeOutcome = command({
  name: 'receivables.recordNoticeOutcome',
  path: '/api/receivable-notices/:noticeId/outcome',
  summary:
    'Records that a notice arrived, a consent or registration came, or that it came back. Arrival decides.',
  permission: 'receivables.notify',
  input: z.object({
    noticeId: id,
    outcome: z.enum(['delivered', 'returned']),
    on: isoDate,
    deliveredTo: z.string().trim().max(200).nullish(),
    /** The hour it arrived: of two dated notices the one that arrived first counts. */
    deliveredTime: z
      .string()
      .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, '時刻は 10:15 の形で入力してください。')
      .nullish(),
  }),
  output: z.object({ id }),
  refusals: receivableRefusals,
})

const row = z.object({
  id,
  receivableNo: z.string(),
  clientId: id,
  clientName: z.string(),
  debtorId: id,
  debtorName: z.string(),
  invoiceNo: z.string(),
  lineNo: z.number().nullable(),
  issuedOn: z.string(),
  dueOn: z.string(),
  payableOn: z.string(),
  faceYen: z.number(),
  purchasedYen: z.number().nullable(),
  advanceYen: z.number().nullable(),
  openYen: z.number().nullable(),
  state: z.enum(receivableStates),
  daysPastDue: z.number(),
  duplicateResult: z.enum(['clear', 'suspect', 'confirmed', 'judged_different', 'judged_same']),
  perfection: z.string(),
  /** Of invoice and delivery, where it was recorded. */
  particulars: z
    .object({
      transactionFrom: z.string().nullable(),
      transactionTo: z.string().nullable(),
      acceptedOn: z.string().nullable(),
      receivedOn: z.string().nullable(),
      issuerRegNo: z.string().nullable(),
      toritekiFlag: z.boolean().nullable(),
      disputeYen: z.number().nullable(),
    })
    .optional(),
  /** The company's own values shown in lists or exported, in words, by key; none of sensitive ones. */
  custom: z.record(z.string(), z.string()).optional(),
})
export type ReceivableRow = z.infer<typeof row>

export const ageingBuckets = ['current', '1-30', '31-60', '61-90', '91+'] as const

export const listReceivables = query({
  name: 'receivables.listReceivables',
  path: '/api/receivables',
  summary: 'Claims, newest first, by filters; state and ageing as of today.',
  permission: 'receivables.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    clientId: id.optional(),
    debtorId: id.optional(),
    partyId: id.optional(),
    state: listOf(z.enum(receivableStates)),
    bucket: listOf(z.enum(ageingBuckets)),
    suspect: z.enum(['true', 'false']).default('false'),
    text: z.string().trim().max(60).default(''),
  }),
  output: pageOf(row),
})

const explained = z.object({ rule: z.string(), sentence: z.string(), source: z.string() })

export const openReceivable = query({
  name: 'receivables.openReceivable',
  path: '/api/receivables/:receivableId',
  summary: 'One claim: money, state with its reason, duplicates explained, notices, evidence.',
  permission: 'receivables.read',
  sight: 'open',
  input: z.object({ receivableId: id }),
  output: row.extend({
    rowVersion: z.number(),
    /** Yen alone is dealt in. */
    currency: z.literal('JPY'),
    /** Until when the record of the transaction must be kept (犯収法7条); null: not bought yet. */
    transactionRecordUntil: z.string().nullable(),
    contractId: id.nullable(),
    contractNo: z.string().nullable(),
    legalKind: z.string().nullable(),
    receivableKind: z.enum(receivableKinds),
    deductionsYen: z.number(),
    ineligibleYen: z.number(),
    eligibleYen: z.number(),
    reserveYen: z.number().nullable(),
    feeYen: z.number().nullable(),
    priceYen: z.number().nullable(),
    collectedYen: z.number(),
    dilutedYen: z.number(),
    leftToSettleYen: z.number(),
    fundedOn: z.string().nullable(),
    stateReason: explained,
    assignmentRestriction: z.enum(['none', 'exists', 'unknown']),
    setOffRisk: z.string(),
    findings: z.array(explained.extend({ outcome: z.string() })),
    registeredBy: z.object({ id, name: z.string() }),
    verifiedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    perfectedOn: z.string().nullable(),
    purchase: z
      .object({
        id,
        purchaseNo: z.string(),
        purchasedOn: z.string(),
        chargesYen: z.number(),
        taxYen: z.number(),
        netYen: z.number(),
        annualisedPpm: z.number().nullable(),
        claims: z.number(),
      })
      .nullable(),
    checks: z.array(
      z.object({
        id,
        occasion: z.enum(['offer', 'payout']),
        result: z.enum(['clear', 'suspect', 'confirmed']),
        checkedAt: z.string(),
        verdict: z.enum(['different', 'same']).nullable(),
        verdictReason: z.string().nullable(),
        judgedBy: z.string().nullable(),
        confirmedBy: z.string().nullable(),
        matches: z.array(
          z.object({
            receivableId: id,
            receivableNo: z.string(),
            clientName: z.string(),
            debtorName: z.string(),
            invoiceNo: z.string(),
            faceYen: z.number(),
            dueOn: z.string(),
            points: z.number(),
            result: z.enum(['suspect', 'confirmed', 'weak']),
            signals: z.array(explained.extend({ points: z.number() })),
          }),
        ),
      }),
    ),
    notices: z.array(
      z.object({
        id,
        noticeKind: z.enum(noticeKinds),
        method: z.enum(noticeMethods),
        sentTo: z.string(),
        sentOn: z.string().nullable(),
        postNo: z.string().nullable(),
        department: z.string().nullable(),
        byAssignor: z.boolean().nullable(),
        fixedDateKind: z.string().nullable(),
        fixedOn: z.string().nullable(),
        deliveredTo: z.string().nullable(),
        deliveredTime: z.string().nullable(),
        registration: registrationShown,
        deliveredOn: z.string().nullable(),
        returnedOn: z.string().nullable(),
        trigger: z.string().nullable(),
      }),
    ),
    evidence: z.array(z.object({ documentId: id, title: z.string(), kind: z.string(), agrees: z.boolean() })),
    quote: z
      .object({ advanceYen: z.number(), reserveYen: z.number(), feeYen: z.number(), days: z.number() })
      .nullable(),
  }),
})
export type ReceivableShown = z.infer<(typeof openReceivable)['output']>

export const likelyDuplicates = query({
  name: 'receivables.likelyDuplicates',
  method: 'POST',
  path: '/api/receivables/likely-duplicates',
  summary: 'What a claim being typed resembles, over all clients and past offers.',
  permission: 'receivables.register',
  sight: 'search',
  input: z.object({ ...offered, documentIds: z.array(id).max(20).default([]) }),
  output: z.object({
    result: z.enum(['clear', 'suspect', 'confirmed']),
    matches: z.array(
      z.object({
        receivableId: id,
        receivableNo: z.string(),
        clientName: z.string(),
        invoiceNo: z.string(),
        points: z.number(),
        result: z.string(),
        sentences: z.array(z.string()),
      }),
    ),
  }),
})
