import { sql } from 'kysely'
import type { Actor } from '../../platform/commands/actor.ts'
import type { RecordDirectory } from '../../platform/records.ts'

/**
 * SQL over `change_request`: a request tells the old and the new values of a record, so it is there for whoever may look at records of that
 * kind, for its maker, and for those who may approve it: whom a customer resembles in a list of sanctions is not told by asking for the
 * verdict. To everybody else it does not exist, whatever they ask of it.
 */
export function isShown(records: RecordDirectory, { actor }: { actor: Actor }) {
  return sql<boolean>`(not object_kind = any(${records.hiddenFrom(actor)}::text[]) or requested_by = ${actor.id}
    or approve_permission = any(${[...actor.permissions]}::text[]))`
}
