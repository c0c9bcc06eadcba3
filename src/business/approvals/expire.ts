import { sql } from 'kysely'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'

const AT_ONCE = 200

/** Requests nobody decided in time end by themselves; the maker asks anew on the records as they are then. */
export async function expireRequests({ db, executor, clock, permissions }: Services): Promise<number> {
  return db.transaction().execute(async tx => {
    const due = await tx
      .selectFrom('change_request')
      .select(['id', 'change_no', 'object_kind', 'object_id', 'summary'])
      .where('state', 'in', ['pending', 'returned', 'stale'])
      .where('expires_at', '<', clock.now().toISOString())
      .limit(AT_ONCE)
      .forUpdate()
      .skipLocked()
      .execute()
    if (due.length === 0) return 0
    const ids = due.map(request => request.id)
    await tx
      .updateTable('change_request')
      .set({ state: 'expired', row_version: sql`row_version + 1` })
      .where('id', 'in', ids)
      .execute()
    await executor.context(tx, systemActor('schedule', permissions), 'expire-requests').record(
      ...due.map(request => ({
        verb: 'change_request_expired',
        subjects: [
          { kind: 'change_request', id: request.id },
          { kind: request.object_kind, id: request.object_id },
        ],
        facts: { changeNo: request.change_no, summary: request.summary },
      })),
    )
    return due.length
  })
}
