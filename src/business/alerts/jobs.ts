import { sql } from 'kysely'
import { inTurn } from '../../platform/every.ts'
import type { Services } from '../../platform/slice.ts'
import { raiseAlerts } from './raise.ts'

const EVERY_MS = 60_000
const LOOK_MS = 3_000
/** In a large book a check takes longer: it never takes more than a twentieth of the time. */
const REST_FACTOR = 20

/**
 * Brings the alerts in line with the records every minute, and within seconds after something was done: reads and the job's own
 * events do not count. Returns the function that stops it.
 */
export async function startAlerts(services: Services): Promise<() => Promise<void>> {
  let running: Promise<void> = Promise.resolve()
  let ranAt = Number.NEGATIVE_INFINITY
  let restUntil = Number.NEGATIVE_INFINITY
  let seen = ''
  let stopping = false
  const step = async () => {
    const now = performance.now()
    if (stopping || now < restUntil) return
    const newest = await newestEvent(services)
    if (newest === seen && now - ranAt < EVERY_MS) return
    const startedAt = await inTurn(async () => {
      const began = performance.now()
      if (!stopping) await raiseAlerts(services)
      return began
    })
    seen = newest
    ranAt = performance.now()
    restUntil = ranAt + (ranAt - startedAt) * REST_FACTOR
  }
  const timer = setInterval(() => {
    running = running.then(step).catch(error => services.log('checking alerts failed', { error }))
  }, LOOK_MS)
  return async () => {
    stopping = true
    clearInterval(timer)
    await running
  }
}

/** The newest event's id; a commit that comes late with an older id is met by the next whole minute. */
async function newestEvent({ db }: Services): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from audit_event order by id desc limit 1`.execute(db)
  return rows[0]?.id ?? ''
}
