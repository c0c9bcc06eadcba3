import { z } from 'zod'
import {
  command,
  dealYen,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { contactRuleLabels } from './labels.ts'
import {
  categories,
  channels,
  directions,
  linkKinds,
  policyChecks,
  priorities,
  recordingKinds,
  scopes,
} from './tables.ts'

export const communicationRefusals = {
  ...contactRuleLabels,
  contact_must_not_lie_ahead: '将来の連絡は記録できません。予定として登録してください。',
  plan_must_lie_ahead: '予定は現在より後の日時にしてください。',
  plan_must_be_open: 'この予定は既に終わっています。',
  plan_must_be_of_the_party: 'この予定は別の取引先のものです。',
  person_must_belong_to_party: 'この人は、この取引先の関係者として登録されていません。',
  related_record_must_exist: '関連付ける記録が見つかりません。',
  promise_claim_must_be_of_the_party: '約束の対象の債権は、この取引先のものではありません。',
  promise_must_not_be_open: 'この債権には、既に期日前の約束があります。',
  promise_must_be_given_in_the_case:
    '回収案件がある債権の約束は、債権の「回収」タブの「支払約束を記録」で登録してください。',
  promise_must_not_lie_in_the_past: '約束の期日は連絡した日以降にしてください。',
  promise_must_be_without_claim: '債権についての約束は、入金と日付で自動的に判断します。',
  promise_must_be_unjudged: 'この約束は既に判断されています。',
  scope_must_be_permitted: '「コンプライアンスのみ」の記録は、コンプライアンスだけが登録・変更できます。',
  version_must_be_newest: 'この記録は既に訂正されています。最新の内容を読み込んでください。',
  file_must_not_be_empty: '空のファイルは保存できません。',
  file_must_be_harmless: 'このファイルは安全でないため保存できません。',
  file_content_must_match_its_name: 'ファイルの中身が拡張子と一致しません。',
  file_kind_must_be_accepted: 'この形式のファイルは保存できません。',
  file_must_not_be_too_large: 'ファイルが大きすぎます（上限30MB）。',
  upload_must_be_waiting: 'アップロードされたファイルが見つかりません。もう一度添付してください。',
  record_must_be_linkable: 'この取引先には録音を追加できません。開き直してやり直してください。',
  recording_must_be_sound: '録音は .mp3 .wav .m4a .ogg のファイルで添付してください。',
  transcript_must_be_text: '文字起こしは .txt か .pdf のファイルで添付してください。',
  recording_must_be_of_the_party:
    'このファイルは別の取引先のために添付されたものです。もう一度添付してください。',
  notice_must_say_how: '録音することをどのように伝えたかを入力してください。',
  recording_must_be_kept_for_a_time: '保存期限は、今日から10年以内の日にしてください。',
  recording_must_be_disposed_of_no_more: 'この録音・文字起こしは廃棄済みです。',
  correction_must_change_something: '変更された項目がありません。',
} as const

const content = {
  personId: id.nullish(),
  channel: z.enum(channels),
  direction: z.enum(directions),
  occurredAt: z.iso.datetime({ offset: true }),
  durationS: z.number().int().min(0).max(86_400).nullish(),
  reached: z.boolean().nullish(),
  category: z.enum(categories),
  subCategory: z.string().trim().min(1).max(100).nullish(),
  priority: z.enum(priorities).default('normal'),
  subject: z.string().trim().min(1).max(200).nullish(),
  summary: z.string().trim().min(1).max(1000),
  body: z.string().trim().min(1).max(20_000).nullish(),
  agreedPoints: z.string().trim().min(1).max(2000).nullish(),
  disclosureScope: z.enum(scopes).default('all'),
}

/** The sound or the written words of a communication, as it is filed. */
export const attachedRecording = z.object({
  uploadId: id,
  kind: z.enum(recordingKinds),
  /** Whether the other side was told that it is recorded. */
  consentGiven: z.boolean(),
  consentHow: z.string().trim().min(2).max(300).nullish(),
  retainUntil: isoDate,
})

const link = z.object({ kind: z.enum(linkKinds), id })
const policy = z.object({
  check: z.enum(policyChecks),
  rules: z.array(z.object({ code: z.string(), sentence: z.string() })),
})

export const recordCommunication = command({
  name: 'communications.record',
  path: '/api/parties/:partyId/communications',
  summary:
    'Records a call, mail, letter, visit or message that has happened. One against a rule is recorded with the rule named, and compliance is alerted.',
  permission: 'communications.record',
  input: z.object({
    partyId: id,
    ...content,
    related: z.array(link).max(20).default([]),
    promise: z.object({ dueOn: isoDate, amountYen: dealYen.min(1), receivableId: id.nullish() }).nullish(),
    planId: id.nullish(),
    recordings: z.array(attachedRecording).max(5).default([]),
  }),
  output: z.object({ id, communicationNo: z.string(), policy }),
  refusals: communicationRefusals,
})

export const correctCommunication = command({
  name: 'communications.correct',
  path: '/api/communications/:communicationId/correct',
  summary: 'Puts a further version over a communication, with the reason; the earlier one stays readable.',
  permission: 'communications.record',
  input: z.object({
    communicationId: id,
    versionNo: z.number().int(),
    ...content,
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({ id, versionNo: z.number().int() }),
  refusals: communicationRefusals,
})

export const planContact = command({
  name: 'communications.plan',
  path: '/api/parties/:partyId/contact-plans',
  summary: 'Plans an outgoing contact; refused, naming the rule, when it may not be made.',
  permission: 'communications.record',
  input: z.object({
    partyId: id,
    personId: id.nullish(),
    channel: z.enum(channels),
    category: z.enum(categories).default('other'),
    plannedAt: z.iso.datetime({ offset: true }),
    purpose: z.string().trim().min(2).max(200),
    receivableIds: z.array(id).max(20).default([]),
  }),
  output: z.object({ id }),
  refusals: communicationRefusals,
})

export const cancelPlan = command({
  name: 'communications.cancelPlan',
  path: '/api/contact-plans/:planId/cancel',
  summary: 'Gives up a planned contact, with the reason.',
  permission: 'communications.record',
  input: z.object({ planId: id, rowVersion: z.number().int(), reason: z.string().trim().min(2).max(200) }),
  output: z.object({ id }),
  refusals: communicationRefusals,
})

export const judgePromise = command({
  name: 'communications.judgePromise',
  path: '/api/payment-promises/:promiseId/judge',
  summary:
    'Says whether a promise that is about no single claim was kept; those about claims follow from payments.',
  permission: 'communications.record',
  input: z.object({ promiseId: id, outcome: z.enum(['kept', 'broken']) }),
  output: z.object({ id }),
  refusals: communicationRefusals,
})

const promiseShape = z.object({
  id,
  dueOn: z.string(),
  amountYen: z.number(),
  outcome: z.enum(['kept', 'broken']).nullable(),
  receivable: z.object({ id, receivableNo: z.string() }).nullable(),
})

const row = z.object({
  /** The first version's id, by which it is linked and opened. */
  id,
  communicationNo: z.string(),
  versionNo: z.number().int(),
  party: z.object({ id, partyNo: z.string(), name: z.string() }),
  person: z.object({ id, name: z.string() }).nullable(),
  channel: z.enum(channels),
  direction: z.enum(directions),
  occurredAt: z.string(),
  timeKnown: z.boolean(),
  durationS: z.number().int().nullable(),
  reached: z.boolean().nullable(),
  category: z.enum(categories),
  subCategory: z.string().nullable(),
  priority: z.enum(priorities),
  subject: z.string().nullable(),
  /** Null when the words were disposed of. */
  summary: z.string().nullable(),
  disclosureScope: z.enum(scopes),
  policyCheck: z.enum(policyChecks),
  policyRules: z.array(z.string()),
  handledBy: z.string(),
  imported: z.boolean(),
  promise: promiseShape.nullable(),
})
export type CommunicationRow = z.infer<typeof row>

export const listCommunications = query({
  name: 'communications.list',
  path: '/api/communications',
  summary:
    'Contacts, newest first: of one company with all its records, of one person, of this person or this person’s team, of some days. Those for compliance alone are shown to compliance alone.',
  permission: 'communications.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    partyId: id.optional(),
    personId: id.optional(),
    relatedId: id.optional(),
    whose: z.enum(['all', 'mine', 'team']).default('all'),
    channel: listOf(z.enum(channels)),
    direction: z.enum(directions).optional(),
    category: listOf(z.enum(categories)),
    policyCheck: listOf(z.enum(policyChecks)),
    from: isoDate.optional(),
    to: isoDate.optional(),
  }),
  output: pageOf(row),
})

export const openCommunication = query({
  name: 'communications.open',
  path: '/api/communications/:communicationId',
  summary: 'One communication with its words, what it is about, its promise and every earlier version.',
  permission: 'communications.read',
  sight: 'open',
  input: z.object({ communicationId: id }),
  output: row.extend({
    body: z.string().nullable(),
    agreedPoints: z.string().nullable(),
    /** True for those who work for another company: body and agreed points are kept from them. */
    masked: z.boolean(),
    recordedAt: z.string(),
    recordedBy: z.string(),
    /** The sound and the written words, for those who may hear them. */
    recordings: z.array(
      z.object({
        id,
        kind: z.enum(recordingKinds),
        fileName: z.string(),
        mime: z.string(),
        sizeBytes: z.number().int(),
        consentGiven: z.boolean(),
        consentHow: z.string().nullable(),
        retainUntil: z.string(),
        /** It should be disposed of. */
        pastItsTime: z.boolean(),
        addedBy: z.string(),
        addedAt: z.string(),
      }),
    ),
    /** How many there are that this person may not hear. */
    recordingsHidden: z.number().int(),
    related: z.array(z.object({ kind: z.enum(linkKinds), id, label: z.string() })),
    earlier: z.array(
      z.object({
        versionNo: z.number().int(),
        recordedAt: z.string(),
        recordedBy: z.string(),
        supersededBecause: z.string(),
        channel: z.enum(channels),
        direction: z.enum(directions),
        occurredAt: z.string(),
        category: z.enum(categories),
        subject: z.string().nullable(),
        summary: z.string().nullable(),
        body: z.string().nullable(),
        agreedPoints: z.string().nullable(),
      }),
    ),
  }),
})
export type CommunicationShown = z.infer<(typeof openCommunication)['output']>

export const checkContact = query({
  name: 'communications.checkContact',
  path: '/api/parties/:partyId/contact-check',
  summary: 'Whether an outgoing contact may be made, and which rules it would break.',
  permission: 'communications.read',
  sight: null,
  input: z.object({
    partyId: id,
    personId: id.optional(),
    channel: z.enum(channels),
    direction: z.enum(directions).default('out'),
    category: z.enum(categories).default('other'),
    at: z.iso.datetime({ offset: true }).optional(),
    receivableId: listOf(id),
  }),
  output: policy.extend({ contactWindow: z.string().nullable() }),
})

const planShape = z.object({
  id,
  rowVersion: z.number().int(),
  party: z.object({ id, name: z.string() }),
  person: z.object({ id, name: z.string() }).nullable(),
  channel: z.enum(channels),
  plannedAt: z.string(),
  purpose: z.string().nullable(),
  owner: z.string(),
  mine: z.boolean(),
})
export type ContactPlan = z.infer<typeof planShape>

export const listPlans = query({
  name: 'communications.listPlans',
  path: '/api/contact-plans',
  summary: 'Contacts that are planned and not made yet, the next first.',
  permission: 'communications.read',
  sight: 'list',
  input: z.object({ partyId: id.optional(), mine: z.stringbool().default(false) }),
  output: z.object({ rows: z.array(planShape) }),
})

export const listPromises = query({
  name: 'communications.listPromises',
  path: '/api/parties/:partyId/payment-promises',
  summary: 'Promises of a company to pay, from calls and from collection cases, the latest first.',
  permission: 'communications.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({ rows: z.array(promiseShape.extend({ promisedOn: z.string() })) }),
})
