import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { closeQuote, endClaims, lockApplication, movedEvent, setApplication } from './records.ts'
import './tables.ts'

const DAY_MS = 86_400_000
/** Days after a quote has run out in which it may still be taken back and made anew; then the application ends (our default). */
export const DAYS_AFTER_QUOTE = 7
const AT_ONCE = 20
const REASON = '見積の有効期限が過ぎ、利用者の回答がないため'

/** Applications whose quote nobody answered end by themselves, and the limits they held are free; each in a transaction of its own. */
export async function expireApplications({ db, executor, clock, permissions }: Services): Promise<number> {
  const before = new Date(clock.now().getTime() - DAYS_AFTER_QUOTE * DAY_MS).toISOString()
  const due = await db
    .selectFrom('quote as q')
    .innerJoin('application as a', 'a.id', 'q.application_id')
    .select('a.id')
    .where('q.state', '=', 'offered')
    .where('q.expires_at', '<', before)
    .where('a.state', '=', 'quoted')
    .limit(AT_ONCE)
    .execute()
  let ended = 0
  for (const { id } of due)
    await db.transaction().execute(async tx => {
      // Looked at again under the lock: somebody may have recorded the answer meanwhile.
      const now = await tx
        .selectFrom('application')
        .select('row_version')
        .where('id', '=', id)
        .where('state', '=', 'quoted')
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      if (!now) return
      const context = executor.context(tx, systemActor('schedule', permissions), 'expire-applications')
      const row = await lockApplication(context, { applicationId: id, rowVersion: now.row_version })
      await closeQuote(context, id, 'expired')
      await setApplication(context, row, { state: 'expired' })
      await context.record(movedEvent(row, 'expired', { reason: REASON }))
      await endClaims(context, row, 'expired', REASON)
      ended += 1
    })
  return ended
}
