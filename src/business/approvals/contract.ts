import { z } from 'zod'
import { command, id, listOf, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { impacts } from './impact.ts'

export { impacts }

export const changeRequestStates = [
  'draft',
  'pending',
  'returned',
  'stale',
  'approved',
  'applied',
  'rejected',
  'withdrawn',
  'expired',
  'reverted',
] as const

const row = z.object({
  id,
  changeNo: z.string(),
  objectKind: z.string(),
  objectId: id,
  command: z.string(),
  summary: z.string(),
  state: z.enum(changeRequestStates),
  reasonText: z.string(),
  requestedBy: z.object({ id, name: z.string() }),
  requestedAt: z.string(),
  decidedBy: z.object({ id, name: z.string() }).nullable(),
  decidedAt: z.string().nullable(),
})
export type ChangeRequestRow = z.infer<typeof row>

const detail = row.extend({
  /** What else must be looked at again when it takes effect. */
  impact: z.array(z.enum(impacts)),
  reasonCode: z.string(),
  evidence: z.array(id),
  items: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      old: z.unknown(),
      new: z.unknown(),
      masked: z.boolean(),
    }),
  ),
  /** Who has approved so far while more must, and the role the request waits for. */
  approvedSoFar: z.array(z.object({ id, name: z.string(), at: z.string(), comment: z.string().nullable() })),
  waitsForRole: z.string().nullable(),
  /** Yen it is about, and by the authority table who decides; null where there is none. */
  amountYen: z.number().nullable(),
  deciders: z.string().nullable(),
  decisionComment: z.string().nullable(),
  expiresAt: z.string(),
  appliedAt: z.string().nullable(),
  contractVersion: z.number().int(),
  /** Records it was decided on, with the version each had: one that moves makes it stale. */
  readSet: z.array(z.object({ record: z.string(), id, version: z.number().int() })),
  /** How often the maker has put it forward: 1, and once more for each re-base on records that had moved. */
  timesAsked: z.number().int(),
  /** True when a record this was decided on has moved since: approving would only mark it stale. */
  moved: z.boolean(),
  /** Why this person may not approve; empty when they may. */
  hindrances: z.array(z.object({ code: z.string(), message: z.string() })),
  mayWithdraw: z.boolean(),
})
export type ChangeRequestDetail = z.infer<typeof detail>

export const listChangeRequests = query({
  name: 'approvals.listChangeRequests',
  path: '/api/change-requests',
  summary: 'Change requests, newest first; `waitingForMe` keeps those this person may decide now.',
  permission: 'approvals.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    state: listOf(z.enum(changeRequestStates)),
    waitingForMe: z.stringbool().default(false),
    mine: z.stringbool().default(false),
    objectId: id.optional(),
  }),
  output: pageOf(row),
})

export const countWaiting = query({
  name: 'approvals.countWaiting',
  path: '/api/change-requests/waiting-count',
  summary: 'How many change requests this person may decide now, counted up to 99.',
  permission: 'approvals.read',
  sight: null,
  input: z.object({}),
  output: z.object({ count: z.number().int() }),
})

export const openChangeRequest = query({
  name: 'approvals.openChangeRequest',
  path: '/api/change-requests/:changeRequestId',
  summary: 'One change request with before and after, evidence, and whether this person may approve it.',
  permission: 'approvals.read',
  sight: 'open',
  input: z.object({ changeRequestId: id }),
  output: detail,
})

const decisionRefusals = {
  request_must_be_pending: 'この申請は承認待ちではありません。',
  request_must_not_be_expired: 'この申請は期限が過ぎました。申請者が改めて申請してください。',
  maker_must_not_approve: '申請した本人は承認できません。別の担当者が承認してください。',
  approver_must_be_independent: 'この案件に関わった担当者は承認できません。',
  approver_must_hold_permission: 'この申請を承認する権限がありません。',
  approver_must_have_authority: 'この金額は、あなたの決裁権限を超えています。',
  approver_must_hold_role: 'この申請は、運用規程が定める次の役割の承認を待っています。',
  evidence_must_stand:
    '裏付けの書類が、申請の後に抹消されました。却下するか差し戻し、正しい書類で申請し直してもらってください。',
  maker_must_still_be_allowed: '申請者の権限が変わったため実行できません。差し戻してください。',
  system_must_not_approve: 'システムは承認できません。',
  request_must_be_ours: '申請した本人だけが取り下げられます。',
}

const outcome = z.object({ id, state: z.enum(changeRequestStates), answer: z.unknown() })

export const approveChangeRequest = command({
  name: 'approvals.approveChangeRequest',
  path: '/api/change-requests/:changeRequestId/approve',
  summary:
    'Approves and carries out the change unchanged; answers `stale` when a record it rests on has moved.',
  permission: 'approvals.decide',
  input: z.object({ changeRequestId: id, comment: z.string().max(2000).default('') }),
  output: outcome,
  refusals: decisionRefusals,
})

const decisionWithReason = z.object({ changeRequestId: id, comment: z.string().trim().min(5).max(2000) })

export const rejectChangeRequest = command({
  name: 'approvals.rejectChangeRequest',
  path: '/api/change-requests/:changeRequestId/reject',
  summary: 'Rejects the change for good, with a reason.',
  permission: 'approvals.decide',
  input: decisionWithReason,
  output: outcome,
  refusals: decisionRefusals,
})

export const returnChangeRequest = command({
  name: 'approvals.returnChangeRequest',
  path: '/api/change-requests/:changeRequestId/return',
  summary: 'Gives the change back to its maker with a question.',
  permission: 'approvals.decide',
  input: decisionWithReason,
  output: outcome,
  refusals: decisionRefusals,
})

export const withdrawChangeRequest = command({
  name: 'approvals.withdrawChangeRequest',
  path: '/api/change-requests/:changeRequestId/withdraw',
  summary: 'The maker takes the change back.',
  permission: 'approvals.read',
  input: z.object({ changeRequestId: id }),
  output: outcome,
  refusals: decisionRefusals,
})

export const resubmitChangeRequest = command({
  name: 'approvals.resubmitChangeRequest',
  path: '/api/change-requests/:changeRequestId/resubmit',
  summary:
    'The maker puts a returned or stale change forward again, on the records as they are now; earlier approvals are void.',
  permission: 'approvals.read',
  input: z.object({ changeRequestId: id, comment: z.string().max(2000).default('') }),
  output: outcome,
  refusals: {
    ...decisionRefusals,
    request_must_be_returned_or_stale: '差し戻しまたは要再申請の申請だけを再申請できます。',
  },
})
