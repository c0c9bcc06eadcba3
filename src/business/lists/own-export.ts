import type { Actor } from '../../platform/commands/actor.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'

interface MadeBy {
  requested_by: Id
}

/** To whoever neither made an export nor oversees them it does not exist. */
export function refuseUnseenExport(actor: Actor, row: MadeBy): void {
  if (row.requested_by !== actor.id && !actor.permissions.has('lists.overseeExports'))
    found(undefined, 'list_export')
}

/** Its rows were cut to the rights of its maker: nobody else takes the file or throws it away. */
export function refuseOthersExport(actor: Actor, row: MadeBy): void {
  refuseUnseenExport(actor, row)
  refuseUnless(row.requested_by === actor.id, 'export_must_be_own', { kind: 'forbidden' })
}
