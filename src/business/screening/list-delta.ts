import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { buildIndex, diffLists, type ListEntry, screenDelta, screenSubject } from './engine/index.ts'
import { entriesOf, SCREENING_POLICY } from './list-versions.ts'
import { readSubjects, type SubjectNow, type SubjectRef } from './subjects.ts'
import type { SubjectKind } from './tables.ts'

const SUBJECTS_AT_ONCE = 500
/** Up to here every word is compared with every other; more entries go through the index, whose gates lose no pair. */
const EXHAUSTIVE_UP_TO = 200

/** What came, changed or left with a version, against the version before; everything is new with the first. */
export async function changesWith(db: Db | Tx, listId: string, versionNo: number, entries: ListEntry[]) {
  const before = await db
    .selectFrom('watch_list_version')
    .select('id')
    .where('list_id', '=', listId)
    .where('version_no', '=', versionNo - 1)
    .executeTakeFirst()
  return diffLists(before ? [{ entries: await entriesOf(db, before.id) }] : [], [{ entries }])
}

/** Subjects with a match among the entries given; exactly what a full search finds for those entries. */
export function matchedBy(
  changed: readonly ListEntry[],
  subjects: readonly SubjectNow[],
): { subject: SubjectNow; entryIds: string[] }[] {
  const options = { policy: SCREENING_POLICY }
  const byId = new Map(subjects.map(subject => [subject.id, subject]))
  const found =
    changed.length <= EXHAUSTIVE_UP_TO
      ? screenDelta(
          changed,
          subjects.map(subject => subject.snapshot),
          options,
        )
      : screenWithIndex(changed, subjects)
  return found.flatMap(({ subject, matches }) => {
    const known = byId.get(subject.id)
    return known ? [{ subject: known, entryIds: matches.map(match => match.listEntry.entryId) }] : []
  })
}

function screenWithIndex(changed: readonly ListEntry[], subjects: readonly SubjectNow[]) {
  const index = buildIndex([{ entries: changed }], { policy: SCREENING_POLICY })
  return subjects
    .map(subject => ({ subject: subject.snapshot, matches: screenSubject(index, subject.snapshot) }))
    .filter(({ matches }) => matches.length > 0)
}

/**
 * Compares everybody who has been searched with what the oldest uncompared version brought, and queues those it concerns: with a match
 * among new and changed entries, or an open hit on an entry that is gone. Returns false when no version waits.
 */
export async function compareNextVersion(services: Services): Promise<boolean> {
  const { db, executor, permissions, keys, clock } = services
  return db.transaction().execute(async tx => {
    const version = await tx
      .selectFrom('watch_list_version')
      .select(['id', 'list_id', 'version_no', 'title'])
      .where('delta_done_at', 'is', null)
      .orderBy('loaded_at')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!version) return false
    const entries = await entriesOf(tx, version.id)
    const { added, changed, removed } = await changesWith(tx, version.list_id, version.version_no, entries)
    const newer = [...added, ...changed.map(pair => pair.after)]
    const concerned = new Map<Id, SubjectKind>()
    let compared = 0
    for await (const subjects of searchedSubjects(tx, keys)) {
      compared += subjects.length
      for (const { subject } of matchedBy(newer, subjects)) concerned.set(subject.id, subject.kind)
    }
    const hits = concerned.size
    for (const row of await openHitsOn(tx, version.list_id, removed))
      concerned.set(row.subject_id, row.subject_kind)
    const at = clock.now().toISOString()
    if (concerned.size)
      await tx
        .insertInto('screening_queue')
        .values(
          [...concerned].map(([id, kind]) => ({
            subject_id: id,
            subject_kind: kind,
            trigger: 'list_change' as const,
            queued_at: at,
          })),
        )
        .onConflict(conflict => conflict.column('subject_id').doNothing())
        .execute()
    await tx
      .updateTable('watch_list_version')
      .set({
        delta_done_at: at,
        delta_subjects: compared,
        delta_hits: hits,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', version.id)
      .execute()
    await executor.context(tx, systemActor('schedule', permissions), 'screening').record({
      verb: 'watch_list_compared',
      subjects: [{ kind: 'watch_list', id: version.id }],
      after: { subjects: compared, hits, changedEntries: newer.length },
      facts: { summary: `${version.title} 第${version.version_no}版：対象${compared}件、候補あり${hits}件` },
    })
    return true
  })
}

async function* searchedSubjects(tx: Tx, keys: Services['keys']): AsyncGenerator<SubjectNow[]> {
  let after: Id = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await tx
      .selectFrom('screening_case')
      .select(['subject_id', 'subject_kind'])
      .where('superseded_at', 'is', null)
      .where('subject_id', '>', after)
      .orderBy('subject_id')
      .limit(SUBJECTS_AT_ONCE)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    after = last.subject_id
    const refs: SubjectRef[] = rows.map(row => ({ kind: row.subject_kind, id: row.subject_id }))
    yield await readSubjects(tx, keys, refs)
  }
}

async function openHitsOn(tx: Tx, listId: string, removed: readonly ListEntry[]) {
  if (removed.length === 0) return []
  return tx
    .selectFrom('screening_hit as h')
    .innerJoin('screening_case as c', 'c.id', 'h.case_id')
    .select(['c.subject_id', 'c.subject_kind'])
    .where('c.superseded_at', 'is', null)
    .where('c.state', '=', 'hit_review')
    .where('h.list_id', '=', listId)
    .where(sql<boolean>`h.entry_id = any(${removed.map(entry => entry.entryId)}::text[])`)
    .execute()
}
