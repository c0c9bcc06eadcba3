import type { Actor } from '../../platform/commands/actor.ts'
import type { Reason } from '../../platform/commands/refusal.ts'
import { type Authority, levelFor, whyNotCovered } from './authority.ts'

export interface ApprovalFacts {
  state: string
  /** Its last day has passed, whether or not the hourly job has closed it yet. */
  expired: boolean
  requestedBy: string
  mayNotApprove: readonly string[]
  approvePermission: string
  /** The role a further approver must hold; null: the permission is enough. */
  approveRole: string | null
  /** Yen the request is about, and the authority table in force. */
  amountYen: number | null
  authority: readonly Authority[]
}

interface ApprovalRule {
  code: string
  /** The rule as an English sentence, with its source. */
  sentence: string
  holds(request: ApprovalFacts, actor: Actor): boolean
  /** More than the contract's sentence says, where facts belong in it. */
  says?(request: ApprovalFacts, actor: Actor): string | null
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
  {
    code: 'approver_must_have_authority',
    sentence:
      'The second person holds a role whose authority covers the amount; whoever is asked after that is named by role (DD group 5, authority table by amount).',
    holds: (request, actor) =>
      request.approveRole !== null || levelFor(request.authority, asked(request), actor.roles) !== null,
    says: (request, actor) => whyNotCovered(request.authority, asked(request), actor.roles),
  },
]

const asked = (request: ApprovalFacts) => ({
  permission: request.approvePermission,
  amountYen: request.amountYen,
})

/** Every rule that stands between this person and the decision; empty when they may decide. */
export function hindrancesToDecide(request: ApprovalFacts, actor: Actor): Reason[] {
  return approvalRules
    .filter(rule => !rule.holds(request, actor))
    .map(rule => {
      const message = rule.says?.(request, actor)
      return { code: rule.code, ...(message ? { message } : {}) }
    })
}
