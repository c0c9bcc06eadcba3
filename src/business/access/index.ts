import type { Slice } from '../../platform/slice.ts'

export { actorOf, loadActor, permissionsOf, staffNames } from './actors.ts'
export { type Role, roles } from './roles.ts'
export { systemActor } from './system-actors.ts'

/** Who may do what: sign-in, roles, grants. */
export const access: Slice = { name: 'access', permissions: [], commands: [], routes: () => [] }
