import { z } from 'zod'
import { command, id, isoDate, listOf, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { changeOutcomes, changeSources, registerStates } from './tables.ts'

/** Signs a person brings; the register's own are found by comparison. */
export const reportedSources = [
  'registry_document',
  'gbiz_representative',
  'returned_mail',
  'payee_mismatch',
  'score_drop',
  'yearly_confirmation',
] as const satisfies readonly (typeof changeSources)[number][]

export const changewatchRefusals = {
  review_must_be_open: 'この確認は既に終了しています。',
  facts_must_be_new: '同じ内容の確認が既に登録されています。',
  evidence_must_be_attached: '「変更あり」で終えるときは、裏付け資料を添えてください。',
} as const

const difference = z.object({
  field: z.enum(['legalName', 'address', 'status', 'representative', 'owners', 'other']),
  ours: z.string().nullable(),
  theirs: z.string().nullable(),
})

export const reviewShape = z.object({
  id,
  rowVersion: z.number().int(),
  reviewNo: z.string(),
  partyId: id,
  partyNo: z.string(),
  partyName: z.string(),
  source: z.enum(changeSources),
  sentence: z.string(),
  rule: z.string(),
  differences: z.array(difference),
  ownerRole: z.string(),
  dueOn: isoDate,
  openedBy: z.string(),
  openedAt: z.string(),
  suspendedLimits: z.number().int(),
  outcome: z.enum(changeOutcomes).nullable(),
  outcomeReason: z.string().nullable(),
  closedBy: z.string().nullable(),
  closedAt: z.string().nullable(),
})
export type Review = z.output<typeof reviewShape>

export const listReviews = query({
  name: 'changewatch.listReviews',
  path: '/api/change-reviews',
  summary: 'Signs of changes at customers, the most urgent first; the open ones unless asked otherwise.',
  permission: 'changewatch.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    source: listOf(z.enum(changeSources)),
    state: z.enum(['open', 'closed']).default('open'),
    partyId: id.optional(),
  }),
  output: pageOf(reviewShape),
})

export const registerCheckOf = query({
  name: 'changewatch.registerCheck',
  path: '/api/parties/:partyId/register-check',
  summary: 'How one party stands against the published corporate numbers.',
  permission: 'changewatch.read',
  sight: 'open',
  input: z.object({ partyId: id }),
  output: z.object({
    state: z.enum(registerStates).nullable(),
    checkedAt: z.string().nullable(),
    registerUpdatedOn: isoDate.nullable(),
  }),
})

export const openReview = command({
  name: 'changewatch.openReview',
  path: '/api/parties/:partyId/change-reviews',
  summary:
    'Reports a sign of change at a customer: returned mail, another payee on an invoice, a new registry document. Opens a review with owner and deadline; where the rule says so, headroom is suspended at once.',
  permission: 'changewatch.report',
  input: z.object({
    partyId: id,
    source: z.enum(reportedSources),
    what: z.string().trim().min(5).max(400),
    evidence: z.array(id).max(20).default([]),
  }),
  output: z.object({ id, reviewNo: z.string(), dueOn: isoDate, suspended: z.number().int() }),
  refusals: changewatchRefusals,
})

export const closeReview = command({
  name: 'changewatch.closeReview',
  path: '/api/change-reviews/:reviewId/close',
  summary: 'Ends a review with its outcome. Suspended limits stay suspended until two people lift them.',
  permission: 'changewatch.judge',
  input: z.object({
    reviewId: id,
    rowVersion: z.number().int(),
    outcome: z.enum(changeOutcomes),
    reason: z.string().trim().min(5).max(1000),
    evidence: z.array(id).max(20).default([]),
  }),
  output: z.object({ id }),
  refusals: changewatchRefusals,
})
