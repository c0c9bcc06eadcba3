import type { Id } from '../ids/uuid.ts'
import { Refusal } from './refusal.ts'

/** Who acts: a person signed in, or a named part of the program (a job, an import, the command line). */
export interface Actor {
  id: Id
  kind: 'person' | 'system'
  name: string
  roles: readonly string[]
  permissions: ReadonlySet<string>
  /** `assigned`: sees and changes only records assigned to this person (contractors). */
  reach: 'all' | 'assigned'
  ip: string | null
}

export function mayDo(actor: Actor, permission: string): boolean {
  return actor.permissions.has(permission)
}

/** Refuses unless the actor holds the permission; the attempt is recorded by whoever runs the command. */
export function permit(actor: Actor, permission: string): void {
  if (!mayDo(actor, permission))
    throw new Refusal('forbidden', [{ code: 'permission_must_be_held', facts: { permission } }])
}
