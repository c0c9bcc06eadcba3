import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { NORM_VERSION } from '../names/index.ts'
import { refreshSearchKeys } from './search-keys.ts'
import './tables.ts'

const AT_ONCE = 100
/** A register of a million is renewed beside people's work: half of the time is theirs. */
const REST_FACTOR = 1

/**
 * After an upgrade the rules of writing may be newer than the stored keys: they are made anew in the background, so that
 * keys of two versions never stand beside each other for long (matching.md §6.1). Returns the function that stops it.
 */
export async function startRenewingSearchKeys(services: Services): Promise<() => Promise<void>> {
  let stopping = false
  const running = (async () => {
    while (!stopping) {
      const startedAt = performance.now()
      if ((await renewSearchKeys(services)) === 0) return
      await sleep((performance.now() - startedAt) * REST_FACTOR)
    }
  })().catch(error => services.log('renewing search keys failed', { error }))
  return async () => {
    stopping = true
    await running
  }
}

/** Makes the keys of up to 100 parties anew, in one transaction; of several processes one works at a time. Returns how many. */
export async function renewSearchKeys({ db }: Pick<Services, 'db'>): Promise<number> {
  return db.transaction().execute(async tx => {
    const lock = await sql<{
      mine: boolean
    }>`select pg_try_advisory_xact_lock(hashtext('renew_search_keys')) as mine`.execute(tx)
    if (!lock.rows[0]?.mine) return 0
    const old = await sql<{ party_id: Id }>`select distinct party_id from party_search_key
      where norm_version < ${NORM_VERSION} limit ${AT_ONCE}`.execute(tx)
    for (const { party_id } of old.rows) await refreshSearchKeys(tx, party_id)
    return old.rows.length
  })
}
