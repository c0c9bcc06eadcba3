import { sql } from 'kysely'
import type { Db, Tx } from '../database/database.ts'
import { type Id, newId } from '../ids/uuid.ts'
import { canonicalText, contentHash, type Json } from './canonical.ts'
import './tables.ts'

/** What one command did, to which records, by whom and why (data dictionary, group 12, audit_event). */
export interface EventToRecord {
  /** Past tense, from the trade: `party_registered`. */
  verb: string
  actorId: Id
  /** Everybody who acted: the maker of an approved change stands here beside the approver. */
  actors: Json
  requestId: string
  ip: string | null
  /** The records this is about; each shows the event in its history. */
  subjects: { kind: string; id: Id }[]
  /** Old and new values by field; values of a personal-data class arrive here already sealed. */
  before?: Json
  after?: Json
  facts?: Json
  reason?: string | null
  evidence?: Id[]
  /** A permission: whoever lacks it is not shown the event anywhere (suspicious-transaction material: not even the auditor). */
  restrictedTo?: string
}

/** An event's id, the exact text that is kept, and its hash. */
export function eventText(event: EventToRecord, at: string): { id: Id; text: string; hash: Buffer } {
  const id = newId()
  const text = canonicalText({ ...event, id, at, subjects: event.subjects.map(subject => ({ ...subject })) })
  return { id, text, hash: contentHash(text) }
}

/** Writes events in the caller's transaction, in one statement each for events and subjects; returns their ids. */
export async function recordEvents(tx: Tx | Db, now: Date, events: EventToRecord[]): Promise<Id[]> {
  if (events.length === 0) return []
  const at = now.toISOString()
  const ids: Id[] = []
  const texts: string[] = []
  const hashes: Buffer[] = []
  const subjectIds: Id[] = []
  const subjectEvents: Id[] = []
  for (const event of events) {
    const { id, text, hash } = eventText(event, at)
    ids.push(id)
    texts.push(text)
    hashes.push(hash)
    for (const subjectId of new Set(event.subjects.map(subject => subject.id))) {
      subjectIds.push(subjectId)
      subjectEvents.push(id)
    }
  }
  const actorIds = events.map(event => event.actorId)
  const verbs = events.map(event => event.verb)
  await sql`with written as (
    insert into audit_event (id, at, actor_id, verb, canonical_text, content_hash)
    select id, ${at}::timestamptz, actor_id, verb, canonical_text, content_hash
    from unnest(${ids}::uuid[], ${actorIds}::uuid[], ${verbs}::text[], ${texts}::text[], ${hashes}::bytea[])
      as u(id, actor_id, verb, canonical_text, content_hash)
  ) insert into audit_event_subject (subject_id, event_id)
    select * from unnest(${subjectIds}::uuid[], ${subjectEvents}::uuid[])`.execute(tx)
  return ids
}
