import { z } from 'zod'
import { command, dealYen, id, isoDate } from '../../platform/http/contract.ts'
import { customInput } from '../customization/contract.ts'
import { planUseRefusals } from '../plans/contract.ts'
import { offerReceivable, receivableRefusals } from '../receivables/contract.ts'
import { itemKinds } from './rules/checklist.ts'
import { channels, forms } from './tables.ts'

export const applicationRefusals = {
  ...receivableRefusals,
  ...planUseRefusals,
  transition_must_follow_from_events: '「実行済み」へは、支払の確定により自動で移ります。',
  application_must_be_open: 'この申込は既に終わっています。',
  application_must_be_editable: '見積を提示した後は、申込の内容を変えられません。',
  claims_must_be_linked:
    '債権が1件も紐づいていません。先に債権を登録するか、登録済みの債権を紐づけてください。',
  documents_must_be_there: '提出書類が揃っていません。',
  document_must_be_owed: '未提出の書類がありません。待つ書類を追加してから「書類待ち」にしてください。',
  drafter_must_not_decide: '申込を登録した人は、見積も謝絶もできません。別の審査担当者が行います。',
  claims_must_be_verified: '内容の確認が済んでいない債権があります。',
  quote_must_be_open: '回答を待つ見積がありません。',
  quote_must_not_be_expired: '見積の有効期限が過ぎています。審査に戻して、見積を出し直してください。',
  claims_must_be_approved: '見積の契約で承認されていない債権があります。',
  claims_must_not_be_bought: '買取済みの債権があるため、契約手続きには戻せません。',
  claims_must_be_ended_first: '買取済みの債権があります。支払の取消しと債権の解除を先に行ってください。',
  claim_must_be_the_clients: 'この債権は別の利用者のものです。',
  claim_must_be_open: '買取前の債権だけを紐づけられます。',
  claim_must_be_free: 'この債権は、既に別の申込に紐づいています。',
  claim_must_be_linked: 'この債権はこの申込に紐づいていません。',
  claims_must_not_change_now: '見積を提示した後は、債権を増減できません。審査に戻してから行ってください。',
  contract_must_not_have_ended: 'この契約は終了しています。',
  expiry_must_lie_ahead: '有効期限は今より後にしてください。',
  acceptance_must_be_proved: '承諾を裏付ける資料（メール、署名済みの見積書など）を添付してください。',
  answer_must_not_lie_ahead: '回答日が将来です。',
  document_must_be_known: '選ばれた書類が見つかりません。',
  item_must_have_a_document: '受領にするには、書類を選ぶか追加してください。',
  item_must_be_named: '「その他」の書類には名称を入力してください。',
  owner_must_be_staff: '担当者に選べるのは、利用中のユーザーだけです。',
  inquiry_must_exist: 'この番号の問合せがありません。',
  broker_must_have_the_role: '紹介元に選べるのは、役割に「紹介者」がある会社だけです。',
  something_must_change: '変更された項目がありません。',
  previous_factor_must_be_named: '乗り換え前の会社名を入力してください。',
} as const

const done = z.object({ id, rowVersion: z.number().int() })
const which = { applicationId: id, rowVersion: z.number().int() }
const reason = z.string().trim().min(2).max(1000)

const asked = {
  /** The version of a plan it is made under; null: without one. Left out of a correction: as it was. */
  planVersionId: id.nullish(),
  channel: z.enum(channels),
  form: z.enum(forms).default('full'),
  campaign: z.string().trim().min(1).max(100).nullish(),
  brokerId: id.nullish(),
  inquiryNo: z.string().trim().min(3).max(20).nullish(),
  requestedYen: dealYen.min(1),
  neededBy: isoDate.nullish(),
  previousFactorName: z.string().trim().min(1).max(150).nullish(),
  previousFactorEndedOn: isoDate.nullish(),
  previousFactorOpenYen: dealYen.min(0).nullish(),
}

const base = { refusals: applicationRefusals } as const

export const draftApplication = command({
  name: 'applications.draft',
  path: '/api/applications',
  summary: 'Drafts an application of a client with the checklist of documents its form asks for.',
  permission: 'applications.handle',
  input: z.object({ clientId: id, ...asked, custom: customInput.optional() }),
  output: z.object({ id, applicationNo: z.string() }),
  ...base,
})

export const changeApplication = command({
  name: 'applications.change',
  path: '/api/applications/:applicationId/change',
  summary: 'Corrects what was asked for, until a quote is made.',
  permission: 'applications.handle',
  input: z.object({ ...which, ...asked }).omit({ form: true }),
  output: done,
  ...base,
})

export const submitApplication = command({
  name: 'applications.submit',
  path: '/api/applications/:applicationId/submit',
  summary: 'Submits a draft: its clocks start, and a prospect becomes an applicant.',
  permission: 'applications.handle',
  input: z.object(which),
  /** A deadline whose clock starts later (documents complete, contracts signed) is not there yet. */
  output: done.extend({ decisionDue: z.string().nullable(), fundingDue: z.string().nullable() }),
  ...base,
})

export const endApplication = command({
  name: 'applications.end',
  path: '/api/applications/:applicationId/end',
  summary: 'Ends an application at the wish of the client, or a draft; claims not yet bought end with it.',
  permission: 'applications.handle',
  input: z.object({ ...which, to: z.enum(['abandoned', 'withdrawn', 'expired']), reason }),
  output: done,
  ...base,
})

export const reviewSteps = ['docs_pending', 'screening', 'in_review', 'rejected'] as const

export const reviewApplication = command({
  name: 'applications.review',
  path: '/api/applications/:applicationId/review',
  summary:
    'Takes a step of the review that FF §3 lists: waits for documents, screens, reviews, rejects; a quote that stands is taken back.',
  permission: 'applications.review',
  input: z.object({ ...which, to: z.enum(reviewSteps), reason }),
  output: done,
  ...base,
})

export const contractingSteps = ['contracting', 'ready_to_fund', 'cancelled', 'closed'] as const

export const contractApplication = command({
  name: 'applications.contract',
  path: '/api/applications/:applicationId/contract',
  summary: 'Takes a step between the acceptance and the money, or closes an application that was funded.',
  permission: 'applications.contract',
  input: z.object({ ...which, to: z.enum(contractingSteps), reason: reason.nullish() }),
  output: done,
  ...base,
})

export const assignApplication = command({
  name: 'applications.assign',
  path: '/api/applications/:applicationId/assign',
  summary: 'Gives an application to somebody.',
  permission: 'applications.assign',
  input: z.object({ ...which, ownerId: id, reason: reason.nullish() }),
  output: done,
  ...base,
})

export const issueQuote = command({
  name: 'applications.issueQuote',
  path: '/api/applications/:applicationId/quotes',
  summary:
    'Prices all claims under the terms of a contract, to the yen as the purchase would, and offers it until a time.',
  permission: 'applications.review',
  input: z.object({ ...which, contractId: id, expiresAt: z.iso.datetime({ offset: true }), reason }),
  output: done.extend({ quoteId: id, quoteNo: z.string(), netYen: z.number() }),
  ...base,
})

export const answerQuote = command({
  name: 'applications.answerQuote',
  path: '/api/applications/:applicationId/answer',
  summary: "Records the client's answer to the quote; an acceptance with the evidence for it.",
  permission: 'applications.handle',
  input: z.object({
    ...which,
    answer: z.enum(['accepted', 'declined']),
    answeredOn: isoDate,
    /** Who on the client's side said so. */
    answeredBy: z.string().trim().min(1).max(100),
    channel: z.enum(channels),
    documentIds: z.array(id).max(20).default([]),
    reason: reason.nullish(),
  }),
  output: done,
  ...base,
})

export const linkClaim = command({
  name: 'applications.linkClaim',
  path: '/api/applications/:applicationId/claims',
  summary: 'Puts a claim that was offered already to an application of the same client.',
  permission: 'applications.handle',
  input: z.object({ ...which, receivableId: id }),
  output: done,
  ...base,
})

export const offerClaim = command({
  name: 'applications.offerClaim',
  path: '/api/applications/:applicationId/offer',
  summary: 'Registers a claim and puts it to the application in one.',
  permission: 'applications.handle',
  input: offerReceivable.input.omit({ clientId: true }).extend(which),
  output: done.extend({
    receivableId: id,
    receivableNo: z.string(),
    duplicateResult: z.enum(['clear', 'suspect', 'confirmed']),
  }),
  ...base,
})

export const unlinkClaim = command({
  name: 'applications.unlinkClaim',
  path: '/api/applications/:applicationId/unlink',
  summary: 'Takes a claim out of an application; the claim itself stays as it is.',
  permission: 'applications.handle',
  input: z.object({ ...which, receivableId: id, reason }),
  output: done,
  ...base,
})

export const addItem = command({
  name: 'applications.addItem',
  path: '/api/applications/:applicationId/items',
  summary: 'Asks the client for one more document.',
  permission: 'applications.items',
  input: z.object({
    ...which,
    kind: z.enum(itemKinds),
    title: z.string().trim().min(1).max(100).nullish(),
    note: z.string().trim().min(1).max(500).nullish(),
  }),
  output: done,
  ...base,
})

export const recordItem = command({
  name: 'applications.recordItem',
  path: '/api/applications/:applicationId/items/:itemId',
  summary: 'Records that a document came, or was sent back as insufficient.',
  permission: 'applications.items',
  input: z.object({
    ...which,
    itemId: id,
    state: z.enum(['received', 'returned', 'missing']),
    documentId: id.nullish(),
    note: z.string().trim().min(1).max(500).nullish(),
  }),
  output: done,
  ...base,
})

export const waiveItem = command({
  name: 'applications.waiveItem',
  path: '/api/applications/:applicationId/items/:itemId/waive',
  summary: 'Does without a document, with the reason; identity checks have a case of their own and stay.',
  permission: 'applications.waive',
  input: z.object({ ...which, itemId: id, reason: z.string().trim().min(5).max(500) }),
  output: done,
  ...base,
})

export {
  type ApplicationRow,
  type ApplicationShown,
  claimsToLink,
  listApplications,
  openApplication,
  type PricedShown,
  previewQuote,
  printQuote,
  type QuoteShown,
} from './query-contract.ts'
