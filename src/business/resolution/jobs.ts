import { sql } from 'kysely'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { candidatesOf } from './candidates.ts'
import { partyFacts } from './party-facts.ts'
import './tables.ts'

const EVERY_MS = 5_000
const AT_ONCE = 50

type Parts = Pick<Services, 'db' | 'clock'>

/** Looks for candidates of parties that are new or changed, in the background; returns the function that stops it. */
export async function startLooking(services: Services): Promise<() => Promise<void>> {
  let stopping = false
  let lookedUntil: string | null = null
  let running: Promise<void> = Promise.resolve()
  const step = async () => {
    const newest = await newestEvent(services)
    if (newest === lookedUntil) return
    while (!stopping && (await lookForCandidates(services)) > 0);
    lookedUntil = newest
  }
  const timer = setInterval(() => {
    running = running
      .then(step)
      .catch(error => services.log('looking for duplicates failed', { error: String(error) }))
  }, EVERY_MS)
  return async () => {
    stopping = true
    clearInterval(timer)
    await running
  }
}

/** Nothing was recorded since: nothing can have changed. */
async function newestEvent({ db }: Parts): Promise<string | null> {
  const row = await db
    .selectFrom('audit_event')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

/**
 * Makes the candidates of up to 50 new or changed parties anew, in one transaction; of several processes one works at a time.
 * Returns how many parties were looked at.
 */
export async function lookForCandidates({ db, clock }: Parts): Promise<number> {
  return db.transaction().execute(async tx => {
    const lock = await sql<{
      mine: boolean
    }>`select pg_try_advisory_xact_lock(hashtext('party_candidate')) as mine`.execute(tx)
    if (!lock.rows[0]?.mine) return 0
    const changed = await sql<{ id: Id; row_version: number }>`select p.id, p.row_version from party p
      left join party_candidate_mark m on m.party_id = p.id
      where m.row_version is distinct from p.row_version order by p.id limit ${AT_ONCE}`.execute(tx)
    const ids = changed.rows.map(row => row.id)
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
          computed_at: clock.now().toISOString(),
        })
      }
    await sql`delete from party_candidate where party_id = any(${ids}::uuid[]) or other_party_id = any(${ids}::uuid[])`.execute(
      tx,
    )
    await insertMany(tx, 'party_candidate', [...pairs.values()])
    await sql`insert into party_candidate_mark (party_id, row_version)
      select * from unnest(${ids}::uuid[], ${changed.rows.map(row => row.row_version)}::integer[])
      on conflict (party_id) do update set row_version = excluded.row_version`.execute(tx)
    return ids.length
  })
}
