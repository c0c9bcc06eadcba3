import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../database/database.ts'
import { contentHash } from './canonical.ts'

/** What names a set of events in the event of the disposal that emptied them. */
export function markOfErased(eventIds: readonly string[]): string {
  return createHash('sha256')
    .update([...eventIds].sort().join('\n'), 'utf8')
    .digest('hex')
}

/**
 * The events whose text was taken out by a disposal, as far as an event of the trail that is whole itself says so: it names its disposal
 * and the set of them. An emptied text nobody vouches for is a changed one.
 */
export async function erasedEvents(db: Db | Tx): Promise<Set<string>> {
  const { rows } = await sql<{ disposal_id: string; events: string[] }>`
    select disposal_id, array_agg(event_id::text order by event_id) as events from audit_erasure group by disposal_id`.execute(
    db,
  )
  if (rows.length === 0) return new Set()
  const said = await sql<{ subject_id: string; canonical_text: string; content_hash: Buffer }>`
    select s.subject_id, e.canonical_text, e.content_hash from audit_event_subject s join audit_event e on e.id = s.event_id
    where s.subject_id = any(${rows.map(row => row.disposal_id)}::uuid[])`.execute(db)
  const vouched = new Map<string, string>()
  for (const { subject_id, canonical_text, content_hash } of said.rows) {
    if (!contentHash(canonical_text).equals(content_hash)) continue
    const mark = JSON.parse(canonical_text).facts?.erasedTexts
    if (typeof mark === 'string') vouched.set(subject_id, mark)
  }
  return new Set(
    rows.flatMap(({ disposal_id, events }) =>
      vouched.get(disposal_id) === markOfErased(events) ? events : [],
    ),
  )
}
