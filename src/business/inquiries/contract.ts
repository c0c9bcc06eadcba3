import { z } from 'zod'
import { command, id, listOf, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { communicationRefusals } from '../communications/contract.ts'
import { categories, channels, priorities } from '../communications/tables.ts'
import { customInput, firstValueRefusals } from '../customization/contract.ts'
import { inquiryStates } from './rules/states.ts'

export const inquiryRefusals = {
  transition_must_be_listed: '現在の状態からその操作はできません。',
  transition_must_follow_from_events: 'この状態へは自動で移ります。',
  transition_must_be_asked_for: 'この状態へは操作で移ります。',
  transition_must_follow_from_a_reversal: 'この状態へは取消しでのみ移ります。',
  sender_must_be_named: '顧客を選ぶか、未登録の相手の氏名を入力してください。',
  receipt_must_not_lie_ahead: '受付日時が将来です。',
  inquiry_must_be_open: 'この問合せは既に終わっています。',
  inquiry_must_have_no_party: 'この問合せの相手は既に特定されています。',
  inquiry_must_not_be_merged_into_itself: '同じ問合せには統合できません。',
  owner_must_be_staff: '担当者に選べるのは、利用中のユーザーだけです。',
  owner_must_change: 'この人は既に担当者です。',
  person_must_belong_to_party: communicationRefusals.person_must_belong_to_party,
  contact_must_not_lie_ahead: communicationRefusals.contact_must_not_lie_ahead,
  ...firstValueRefusals,
} as const

const done = z.object({ id, rowVersion: z.number().int() })
const which = { inquiryId: id, rowVersion: z.number().int() }
const reason = z.string().trim().min(2).max(300)

export const openInquiry = command({
  name: 'inquiries.open',
  path: '/api/inquiries',
  summary:
    'Takes in an inquiry or complaint; its deadlines follow by the business clock, and the contact stands in the history.',
  permission: 'inquiries.handle',
  input: z.object({
    partyId: id.nullish(),
    personId: id.nullish(),
    sender: z.string().trim().min(1).max(200).nullish(),
    channel: z.enum(channels),
    category: z.enum(categories),
    priority: z.enum(priorities).default('normal'),
    subject: z.string().trim().min(1).max(200),
    body: z.string().trim().min(1).max(20_000),
    receivedAt: z.iso.datetime({ offset: true }),
    custom: customInput.optional(),
  }),
  output: z.object({ id, inquiryNo: z.string(), firstAnswerDue: z.string(), resolutionDue: z.string() }),
  refusals: inquiryRefusals,
})

export const triageInquiry = command({
  name: 'inquiries.triage',
  path: '/api/inquiries/:inquiryId/triage',
  summary:
    'Says what a new inquiry is about and how urgent; the deadlines are counted again from its receipt.',
  permission: 'inquiries.handle',
  input: z.object({ ...which, category: z.enum(categories), priority: z.enum(priorities) }),
  output: done,
  refusals: inquiryRefusals,
})

export const assignInquiry = command({
  name: 'inquiries.assign',
  path: '/api/inquiries/:inquiryId/assign',
  summary: 'Gives an inquiry to somebody; handing on one that has an owner counts as a transfer.',
  permission: 'inquiries.handle',
  input: z.object({ ...which, ownerId: id, reason: reason.nullish() }),
  output: done,
  refusals: inquiryRefusals,
})

export const moveInquiry = command({
  name: 'inquiries.move',
  path: '/api/inquiries/:inquiryId/move',
  summary: 'Takes a step that FF §3 lists: waits, closes, opens again.',
  permission: 'inquiries.handle',
  input: z.object({
    ...which,
    to: z.enum(inquiryStates),
    reason,
    satisfaction: z.number().int().min(1).max(5).nullish(),
  }),
  output: done,
  refusals: inquiryRefusals,
})

export const answerInquiry = command({
  name: 'inquiries.answer',
  path: '/api/inquiries/:inquiryId/answer',
  summary: 'Records an answer that was given, as a contact of its own; the final one settles the inquiry.',
  permission: 'inquiries.handle',
  input: z.object({
    ...which,
    channel: z.enum(channels),
    answeredAt: z.iso.datetime({ offset: true }),
    summary: z.string().trim().min(1).max(1000),
    body: z.string().trim().min(1).max(20_000).nullish(),
    final: z.boolean(),
  }),
  output: done,
  refusals: inquiryRefusals,
})

export const mergeInquiry = command({
  name: 'inquiries.merge',
  path: '/api/inquiries/:inquiryId/merge',
  summary: 'Puts a new inquiry to an earlier one that asks the same.',
  permission: 'inquiries.handle',
  input: z.object({ ...which, intoNo: z.string().trim().min(3).max(20), reason }),
  output: done,
  refusals: inquiryRefusals,
})

export const identifySender = command({
  name: 'inquiries.identifySender',
  path: '/api/inquiries/:inquiryId/identify',
  summary: 'Says which customer an unknown sender is.',
  permission: 'inquiries.handle',
  input: z.object({ ...which, partyId: id }),
  output: done,
  refusals: inquiryRefusals,
})

const row = z.object({
  id,
  rowVersion: z.number().int(),
  inquiryNo: z.string(),
  party: z.object({ id, partyNo: z.string(), name: z.string() }).nullable(),
  sender: z.string().nullable(),
  channel: z.enum(channels),
  category: z.enum(categories),
  priority: z.enum(priorities),
  subject: z.string().nullable(),
  state: z.enum(inquiryStates),
  owner: z.object({ id, name: z.string() }).nullable(),
  receivedAt: z.string(),
  firstAnswerDue: z.string(),
  resolutionDue: z.string(),
  firstAnsweredAt: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  /** The deadline that counts now, and whether it has passed; none while the clock stands still. */
  nextDue: z.string().nullable(),
  isLate: z.boolean(),
  reopenedCount: z.number().int(),
  transfers: z.number().int(),
  answeredInFirst: z.boolean().nullable(),
  /** The company's own values shown in lists or exported, in words, by key; none of sensitive ones. */
  custom: z.record(z.string(), z.string()).optional(),
})
export type InquiryRow = z.infer<typeof row>

export const listInquiries = query({
  name: 'inquiries.list',
  path: '/api/inquiries',
  summary: 'Inquiries and complaints: open ones by their next deadline, ended ones newest first.',
  permission: 'inquiries.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    ended: z.stringbool().default(false),
    mine: z.stringbool().default(false),
    late: z.stringbool().default(false),
    state: listOf(z.enum(inquiryStates)),
    category: listOf(z.enum(categories)),
    priority: listOf(z.enum(priorities)),
    partyId: id.optional(),
  }),
  output: pageOf(row),
})

export const openInquiryPage = query({
  name: 'inquiries.openOne',
  path: '/api/inquiries/:inquiryId',
  summary: 'One inquiry with its words and what may be done next.',
  permission: 'inquiries.read',
  sight: 'open',
  input: z.object({ inquiryId: id }),
  output: row.extend({
    body: z.string().nullable(),
    person: z.object({ id, name: z.string() }).nullable(),
    pausedMinutes: z.number().int(),
    isPaused: z.boolean(),
    satisfaction: z.number().int().nullable(),
    mergedInto: z.object({ id, inquiryNo: z.string() }).nullable(),
    moves: z.array(z.enum(inquiryStates)),
    mayTriage: z.boolean(),
    mayAssign: z.boolean(),
    mayAnswer: z.boolean(),
    mayMerge: z.boolean(),
  }),
})
export type InquiryShown = z.infer<(typeof openInquiryPage)['output']>
