import { sql } from 'kysely'
import { everyInTurn } from '../../platform/every.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { leavesAfter } from '../../platform/trail/follow.ts'
import { systemActor } from '../access/index.ts'
import { companiesOf } from '../parties/index.ts'
import { recompute } from './recompute.ts'
import './tables.ts'

const EVERY_MS = 5_000
const EVENTS_AT_ONCE = 500
const LOCK = 7_203_085

/** Events besides those of holdings after which owners and parents may be others. */
const VERBS = [
  'party_changed',
  'parties_merged',
  'parties_unmerged',
  'person_added',
  'person_role_ended',
  'person_role_changed',
]

/** Keeps what follows from holdings up to date after merges, listings and roles; holdings themselves do so as they are recorded. */
export async function startOwnership(services: Services): Promise<() => Promise<void>> {
  return everyInTurn(
    EVERY_MS,
    async () => {
      while (await followTrail(services));
    },
    error => services.log('computing owners failed, will try again', { error }),
  )
}

/**
 * Reads the trail on from where it was read last and computes anew the companies named which have holdings. One step; true while
 * there is more. What a merge folded away is no company of its own any longer.
 */
export async function followTrail({ db, executor, permissions }: Services): Promise<boolean> {
  return db.transaction().execute(async tx => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
    const leaves = await leavesAfter(tx, 'ownership_mark', EVENTS_AT_ONCE)
    if (leaves.length === 0) return false
    const { rows } = await sql<{ id: Id }>`
      select distinct s.subject_id as id
      from audit_event e join audit_event_subject s on s.event_id = e.id
        join party_identity i on i.party_id = s.subject_id join party_identity j on j.identity_id = i.identity_id
      where e.id = any(${leaves.map(leaf => leaf.event_id)}::uuid[]) and e.verb = any(${VERBS}::text[])
        and (exists (select from shareholding h where h.party_id = j.party_id or h.holder_party_id = j.party_id)
          or exists (select from computed_ownership c where c.company_id = j.party_id))`.execute(tx)
    const context = executor.context(tx, systemActor('schedule', permissions), 'ownership')
    if (rows.length > 0) {
      const ids = rows.map(row => row.id)
      const companies = await companiesOf(tx, ids)
      await sql`delete from computed_ownership c using party_identity i
        where i.party_id = c.company_id and i.identity_id <> c.company_id and c.company_id = any(${ids}::uuid[])`.execute(
        tx,
      )
      await recompute(context, [...new Set(companies.values())].sort())
    }
    const last = leaves.at(-1)!
    await tx.updateTable('ownership_mark').set({ block: last.block, position: last.position }).execute()
    return leaves.length === EVENTS_AT_ONCE
  })
}
