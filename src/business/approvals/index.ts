import type { Slice } from '../../platform/slice.ts'
import { permissions } from './permissions.ts'
import { commands, routes } from './routes.ts'

/** Change requests: what waits for a second person, and what became of it. */
export const approvals: Slice = { name: 'approvals', permissions, commands, routes }

export { changeRequestDoor } from './open-request.ts'
