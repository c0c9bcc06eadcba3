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

/** An event as it will be stored: worded and hashed, and no more to be changed. */
export interface WordedEvent {
  id: Id
  at: string
  actorId: Id
  verb: string
  text: string
  hash: Buffer
  subjectIds: Id[]
}

export function wordEvent(now: Date, event: EventToRecord): WordedEvent {
  const at = now.toISOString()
  const subjectIds = [...new Set(event.subjects.map(subject => subject.id))]
  return { ...eventText(event, at), at, actorId: event.actorId, verb: event.verb, subjectIds }
}

/** Words events of this moment and writes them in the caller's transaction; returns their ids. */
export async function recordEvents(tx: Tx | Db, now: Date, events: EventToRecord[]): Promise<Id[]> {
  const worded = events.map(event => wordEvent(now, event))
  await writeEvents(tx, worded)
  return worded.map(event => event.id)
}

/** Writes events and their subjects in the caller's transaction, in one statement. */
export async function writeEvents(tx: Tx | Db, events: readonly WordedEvent[]): Promise<void> {
  if (events.length === 0) return
  const of = <T>(pick: (event: WordedEvent) => T) => events.map(pick)
  const subjectIds = events.flatMap(event => event.subjectIds)
  const subjectEvents = events.flatMap(event => event.subjectIds.map(() => event.id))
  await sql`with written as (
    insert into audit_event (id, at, actor_id, verb, canonical_text, content_hash)
    select id, at, actor_id, verb, canonical_text, content_hash
    from unnest(${of(event => event.id)}::uuid[], ${of(event => event.at)}::timestamptz[],
      ${of(event => event.actorId)}::uuid[], ${of(event => event.verb)}::text[], ${of(event => event.text)}::text[],
      ${of(event => event.hash)}::bytea[]) as u(id, at, actor_id, verb, canonical_text, content_hash)
  ) insert into audit_event_subject (subject_id, event_id)
    select * from unnest(${subjectIds}::uuid[], ${subjectEvents}::uuid[])`.execute(tx)
}
