import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { leavesAfter } from '../../platform/trail/follow.ts'
import { systemActor } from '../access/index.ts'
import { compareNextVersion } from './list-delta.ts'
import { listsAreLoaded, listsInForce } from './list-versions.ts'
import { searchSubject } from './search-subject.ts'
import { readSubjects, type SubjectRef } from './subjects.ts'
import type { ScreeningTrigger } from './tables.ts'

const EVERY_MS = 2_000
const LOOK_OVER_EVERY_MS = 3_600_000
const SUBJECTS_AT_ONCE = 25
const EVENTS_AT_ONCE = 5_000
const QUEUED_AT_ONCE = 20_000
const MARK_LOCK = 7_203_020

/** Events after which a subject is searched again, or a new one appears. */
const VERBS = [
  'party_registered',
  'party_renamed',
  'party_changed',
  'party_roles_changed',
  'person_added',
  'person_changed',
  'shareholding_recorded',
]

/** Events after which others may have become subjects of the companies named; these themselves have not changed. */
const VERBS_OF_GRAPH = ['ownership_computed', 'parties_merged']

/** Keeps screening up to date in the background; returns the function that stops it. */
export async function startScreening(services: Services): Promise<() => Promise<void>> {
  let running: Promise<void> = Promise.resolve()
  let lookedOverAt: number | null = null
  let stopping = false
  const step = async () => {
    if (stopping) return
    await queueFromTrail(services)
    if (lookedOverAt === null || performance.now() - lookedOverAt > LOOK_OVER_EVERY_MS) {
      const queued = await queueUnscreenedAndDue(services)
      // Without a list, or with more to come, it looks again at the next step.
      if (queued !== null && queued < QUEUED_AT_ONCE) lookedOverAt = performance.now()
    }
    while (!stopping && (await compareNextVersion(services)));
    while (!stopping && (await searchNext(services)) > 0);
  }
  const timer = setInterval(() => {
    running = running.then(step).catch(error => services.log('screening failed, will try again', { error }))
  }, EVERY_MS)
  return async () => {
    stopping = true
    clearInterval(timer)
    await running
  }
}

/**
 * Reads the trail from where it was read last, by (block, position), and queues the subjects of the events that matter: the records
 * named, and those of their people, holders and computed owners who have never been searched.
 */
export async function queueFromTrail({ db, clock }: Services): Promise<number> {
  const at = clock.now().toISOString()
  return db.transaction().execute(async tx => {
    await sql`select pg_advisory_xact_lock(${MARK_LOCK})`.execute(tx)
    const leaves = await leavesAfter(tx, 'screening_mark', EVENTS_AT_ONCE)
    const last = leaves.at(-1)
    if (!last) return 0
    await tx.updateTable('screening_mark').set({ block: last.block, position: last.position }).execute()
    const { rows } = await sql<{ subject_id: Id; changed: boolean }>`
      select s.subject_id, bool_or(e.verb = any(${VERBS}::text[])) as changed
      from audit_event e join audit_event_subject s on s.event_id = e.id
      where e.id = any(${leaves.map(leaf => leaf.event_id)}::uuid[])
        and e.verb = any(${[...VERBS, ...VERBS_OF_GRAPH]}::text[]) group by 1`.execute(tx)
    const ids = rows.filter(row => row.changed).map(row => row.subject_id)
    const named = rows.map(row => row.subject_id)
    if (named.length === 0) return 0
    const queued = await sql`
      insert into screening_queue (subject_id, subject_kind, trigger, queued_at)
      select distinct on (s.subject_id) s.subject_id, s.subject_kind, case when c.id is null then 'created' else 'changed' end, ${at}::timestamptz
      from screening_subject s left join screening_case c on c.subject_id = s.subject_id and c.superseded_at is null
      where s.subject_id = any(${ids}::uuid[]) or (c.id is null and s.party_id in (
        select mate.party_id from party_identity own join party_identity mate on mate.identity_id = own.identity_id
        where own.party_id = any(${named}::uuid[])))
      on conflict (subject_id) do nothing`.execute(tx)
    return Number(queued.numAffectedRows ?? 0)
  })
}

/**
 * Queues who was never searched, and whose day of re-check has come: at most 20,000 at a time. Null, and nobody is queued, while no list
 * has been loaded: whoever was never searched stays unscreened without it.
 */
export async function queueUnscreenedAndDue({ db, clock }: Services): Promise<number | null> {
  if (!(await listsAreLoaded(db))) return null
  const now = clock.now()
  const queued = await sql`
    insert into screening_queue (subject_id, subject_kind, trigger, queued_at)
    select distinct on (s.subject_id) s.subject_id, s.subject_kind, case when c.id is null then 'created' else 'periodic' end,
      ${now.toISOString()}::timestamptz
    from screening_subject s left join screening_case c on c.subject_id = s.subject_id and c.superseded_at is null
    where (c.id is null or (c.next_due_on <= ${todayInTokyo(now)} and c.state in ('cleared', 'conditional')))
      and not exists (select from screening_queue q where q.subject_id = s.subject_id)
    limit ${QUEUED_AT_ONCE}
    on conflict (subject_id) do nothing`.execute(db)
  return Number(queued.numAffectedRows ?? 0)
}

/**
 * Searches the next subjects of the queue, claimed so that two processes never take the same, each batch in one transaction with its
 * events. Returns how many; 0 when nothing waits or no list has been loaded, in which case everybody stays unscreened.
 */
export async function searchNext(services: Services): Promise<number> {
  const { db, executor, permissions, keys } = services
  const inForce = await listsInForce(db)
  if (!inForce) return 0
  return db.transaction().execute(async tx => {
    const claimed = await claim(tx)
    if (claimed.length === 0) return 0
    const context = executor.context(tx, systemActor('schedule', permissions), 'screening')
    const refs: SubjectRef[] = claimed.map(row => ({ kind: row.subject_kind, id: row.subject_id }))
    const triggers = new Map<Id, ScreeningTrigger>(claimed.map(row => [row.subject_id, row.trigger]))
    for (const subject of await readSubjects(tx, keys, refs))
      await searchSubject(context, inForce, subject, triggers.get(subject.id) ?? 'changed')
    await tx
      .deleteFrom('screening_queue')
      .where(
        'subject_id',
        'in',
        refs.map(ref => ref.id),
      )
      .execute()
    return claimed.length
  })
}

async function claim(tx: Tx) {
  return tx
    .selectFrom('screening_queue')
    .selectAll()
    .orderBy('queued_at')
    .orderBy('subject_id')
    .limit(SUBJECTS_AT_ONCE)
    .forUpdate()
    .skipLocked()
    .execute()
}
