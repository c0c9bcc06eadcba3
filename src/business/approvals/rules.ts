import type { Actor } from '../../platform/commands/actor.ts'
import type { Reason } from '../../platform/commands/refusal.ts'

export interface ApprovalFacts {
  state: string
  /** Its last day has passed, whether or not the hourly job has closed it yet. */
  expired: boolean
  requestedBy: string
  mayNotApprove: readonly string[]
  approvePermission: string
  /** The role a further approver must hold; null: the permission is enough. */
  approveRole: string | null
}

interface ApprovalRule {
  code: string
  /** The rule as an English sentence, with its source. */
  sentence: string
  holds(request: ApprovalFacts, actor: Actor): boolean
}

/** Who may decide a change request, and when (architecture.md, Change requests; data dictionary, group 12). */
export const approvalRules: readonly ApprovalRule[] = [
  {
    code: 'request_must_be_pending',
    sentence: 'Only a pending request can be decided (DD group 12, states).',
    holds: request => request.state === 'pending',
  },
  {
    code: 'request_must_not_be_expired',
    sentence: 'A request nobody decided in time is asked anew (DD group 12, states).',
    holds: request => !request.expired,
  },
  {
    code: 'system_must_not_approve',
    sentence: 'System actors request, never approve (DD group 12, approved_by).',
    holds: (_request, actor) => actor.kind === 'person',
  },
  {
    code: 'maker_must_not_approve',
    sentence: 'The approver is another person than the requester (DD group 12, approved_by).',
    holds: (request, actor) => request.requestedBy !== actor.id,
  },
  {
    code: 'approver_must_be_independent',
    sentence:
      'Over one deal, who registered does not approve and who approved does not pay out (architecture.md, Change requests).',
    holds: (request, actor) => !request.mayNotApprove.includes(actor.id),
  },
  {
    code: 'approver_must_hold_permission',
    sentence: 'The approver holds the permission which the change asks for (DD group 12, approved_by).',
    holds: (request, actor) => actor.permissions.has(request.approvePermission),
  },
  {
    code: 'approver_must_hold_role',
    sentence:
      'After the second person the rule book names the role of the next (DD 13 approval_route: may add people, never takes the second one away).',
    holds: (request, actor) => request.approveRole === null || actor.roles.includes(request.approveRole),
  },
]

/** Every rule that stands between this person and the decision; empty when they may decide. */
export function hindrancesToDecide(request: ApprovalFacts, actor: Actor): Reason[] {
  return approvalRules.filter(rule => !rule.holds(request, actor)).map(rule => ({ code: rule.code }))
}
