import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { every, inTurn } from '../../platform/every.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { proposeTies } from './propose.ts'
import { renewKeys } from './tie-keys.ts'
import './tables.ts'

const EVERY_MS = 10_000
const COMPANIES_AT_ONCE = 500
const EVENTS_AT_ONCE = 500
/** The first way through a large ledger takes hours: it never takes more than a quarter of the time from the people at work. */
const REST_FACTOR = 3
const LOCK = 7_203_087

/** Verbs after which what a company shares with others may have changed: of parties, people, accounts, holdings and ties. */
const VERBS = '^(party_|parties_|person_|account_|ownership_|tie_ended)'

/** Keeps what companies share up to date and proposes ties: first through all companies, 500 at a time, then as records change. */
export async function startGroups(services: Services): Promise<() => Promise<void>> {
  let stopping = false
  /** How long a pass took, in ms; null when nothing was to do. */
  const pass = () =>
    inTurn(async () => {
      const startedAt = performance.now()
      const wasBusy = !stopping && (await findTies(services))
      return wasBusy ? performance.now() - startedAt : null
    })
  const stop = every(
    EVERY_MS,
    async () => {
      for (let took = await pass(); took !== null; took = await pass()) await sleep(took * REST_FACTOR)
    },
    error => services.log('proposing ties failed, will try again', { error }),
  )
  return () => {
    stopping = true
    return stop()
  }
}

/** One pass over at most 500 companies; true while there is more to do. Another process at it: false. */
export async function findTies(services: Services): Promise<boolean> {
  const { db, executor, permissions } = services
  return db.transaction().execute(async tx => {
    const { rows: locks } = await sql<{
      got: boolean
    }>`select pg_try_advisory_xact_lock(${LOCK}) as got`.execute(tx)
    if (!locks[0]?.got) return false
    const scan = await tx.selectFrom('tie_scan').selectAll().executeTakeFirstOrThrow()
    const context = executor.context(tx, systemActor('schedule', permissions), 'groups')
    if (scan.done_at === null) {
      const { rows } = await sql<{ id: Id }>`select id from party
        where folded_into is null and (${scan.swept_to}::uuid is null or id > ${scan.swept_to}::uuid)
        order by id limit ${COMPANIES_AT_ONCE}`.execute(tx)
      const ids = rows.map(row => row.id)
      await renewKeys(tx, ids)
      await proposeTies(context, ids)
      const isOver = ids.length < COMPANIES_AT_ONCE
      await tx
        .updateTable('tie_scan')
        .set({
          swept_to: ids.at(-1) ?? scan.swept_to,
          done_at: isOver ? context.now.toISOString() : null,
        })
        .execute()
      return true
    }
    const { rows: leaves } = await sql<{ block: number; position: number; event_id: Id }>`
      select l.block, l.position, l.event_id from audit_leaf l
      where (l.block, l.position) > (${scan.block}, ${scan.position}) order by l.block, l.position limit ${EVENTS_AT_ONCE}`.execute(
      tx,
    )
    const last = leaves.at(-1)
    if (!last) return false
    await tx.updateTable('tie_scan').set({ block: last.block, position: last.position }).execute()
    const { rows } = await sql<{ id: Id; company: Id }>`
      select distinct i.party_id as id, i.identity_id as company
      from audit_event e join audit_event_subject s on s.event_id = e.id join party_identity i on i.party_id = s.subject_id
      where e.id = any(${leaves.map(leaf => leaf.event_id)}::uuid[]) and e.verb ~ ${VERBS}`.execute(tx)
    const companies = [...new Set(rows.map(row => row.company))].sort()
    const folded = rows.map(row => row.id).filter(id => !companies.includes(id))
    for (let at = 0; at < companies.length; at += COMPANIES_AT_ONCE) {
      const some = companies.slice(at, at + COMPANIES_AT_ONCE)
      await renewKeys(tx, some)
      await proposeTies(context, some)
    }
    if (folded.length > 0) {
      await renewKeys(tx, folded)
      await proposeTies(context, folded)
    }
    return leaves.length === EVENTS_AT_ONCE
  })
}
