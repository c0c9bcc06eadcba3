import type { CommandContext } from '../../platform/commands/command.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { RecordDirectory } from '../../platform/records.ts'
import { isShown } from './shown.ts'
import './tables.ts'

/** Says that everything a request touches has been followed up; the caller's event tells what came of it. */
export async function settleImpact({ tx, now }: CommandContext, requestId: Id): Promise<void> {
  await tx
    .updateTable('change_request')
    .set({ impact_settled_at: now.toISOString() })
    .where('id', '=', requestId)
    .execute()
}

/** Those of the requests that this person may look at. */
export async function shownRequests(
  records: RecordDirectory,
  context: QueryContext,
  ids: readonly Id[],
): Promise<ReadonlySet<Id>> {
  if (ids.length === 0) return new Set()
  const rows = await context.db
    .selectFrom('change_request')
    .select('id')
    .where('id', 'in', [...ids])
    .where(isShown(records, context))
    .execute()
  return new Set(rows.map(row => row.id))
}
