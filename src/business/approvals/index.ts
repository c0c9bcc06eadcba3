import { every } from '../../platform/every.ts'
import type { Slice } from '../../platform/slice.ts'
import { expireRequests } from './expire.ts'
import { lists } from './lists.ts'
import { permissions } from './permissions.ts'
import { commands, routes } from './routes.ts'

const HOUR_MS = 3_600_000

/** Change requests: what waits for a second person, and what became of it. */
export const approvals: Slice = {
  name: 'approvals',
  lists,
  permissions,
  commands,
  records: [{ kind: 'change_request', read: 'approvals.read' }],
  routes,
  start: async services =>
    every(
      HOUR_MS,
      () => expireRequests(services),
      error => services.log('expiring requests failed', { error }),
    ),
}

export { askedOf } from './asked.ts'
export { type Authority, authorityInForce, levelFor, setAuthority } from './authority.ts'
export { approve as approveChangeRequestCommand } from './commands.ts'
export { settleImpact, shownRequests } from './follow-up.ts'
export {
  type FurtherApproval,
  furtherApprovalsInForce,
  setFurtherApprovals,
} from './further.ts'
export { commandsWithImpact, type Impact, impactOf } from './impact.ts'
export { changeRequestDoor } from './open-request.ts'
