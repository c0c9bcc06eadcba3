import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { insertMany } from '../../platform/database/insert-many.ts'
import { every } from '../../platform/every.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { candidatesOf } from './candidates.ts'
import { judgedFacts } from './judged-facts.ts'
import { partyFacts } from './party-facts.ts'
import './tables.ts'

const EVERY_MS = 5_000
const AT_ONCE = 10
/** Comparing is work for the processor that also answers people: it takes at most a third of the time. */
const REST_FACTOR = 2

type Parts = Pick<Services, 'db' | 'clock'>

/** Looks for candidates of parties that are new or changed, in the background; returns the function that stops it. */
export async function startLooking(services: Services): Promise<() => Promise<void>> {
  let stopping = false
  const step = async () => {
    while (!stopping) {
      const startedAt = performance.now()
      if ((await lookForCandidates(services)) === 0) return
      await sleep((performance.now() - startedAt) * REST_FACTOR)
    }
  }
  const stop = every(EVERY_MS, step, error => services.log('looking for duplicates failed', { error }))
  return async () => {
    stopping = true
    await stop()
  }
}

/**
 * Makes the candidates of the next new or changed parties anew, in one transaction; of several processes one works at a time.
 * Returns how many parties were looked at.
 */
export async function lookForCandidates({ db, clock }: Parts): Promise<number> {
  return db.transaction().execute(async tx => {
    const lock = await sql<{
      mine: boolean
    }>`select pg_try_advisory_xact_lock(hashtext('party_candidate')) as mine`.execute(tx)
    if (!lock.rows[0]?.mine) return 0
    const due = await tx
      .selectFrom('party_candidate_due')
      .selectAll()
      .orderBy('due_no')
      .limit(AT_ONCE)
      .execute()
    const ids = [...new Set(due.map(row => row.party_id))]
    if (ids.length === 0) return 0
    const facts = await partyFacts(tx, ids)
    const pairs = new Map<string, Parameters<typeof insertMany>[2][number]>()
    for (const fact of facts.values())
      for (const other of await candidatesOf(tx, fact.row, { prefix: false, except: fact.id })) {
        const [first, second] = [fact.id, other.id].sort() as [Id, Id]
        pairs.set(`${first} ${second}`, {
          party_id: first,
          other_party_id: second,
          score: other.score,
          decision: other.decision,
          guard: other.guard,
          reasons: other.reasons.map(({ rule, bits, sentence }) => ({ rule, bits, sentence })),
          weights: other.weights,
          facts: judgedFacts(fact, other),
          computed_at: clock.now().toISOString(),
        })
      }
    await sql`delete from party_candidate where party_id = any(${ids}::uuid[]) or other_party_id = any(${ids}::uuid[])`.execute(
      tx,
    )
    await insertMany(tx, 'party_candidate', [...pairs.values()])
    await sql`delete from party_candidate_due where due_no = any(${due.map(row => row.due_no)}::bigint[])`.execute(
      tx,
    )
    return ids.length
  })
}
