import { sql } from 'kysely'
import type { z } from 'zod'
import { Refusal } from '../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Reading } from '../../platform/reading.ts'
import type { Services } from '../../platform/slice.ts'
import { staffNames } from '../access/index.ts'
import { type CompanyRecords, companyRecords } from './company-records.ts'
import type { listEvents, recordHistory, TrailEvent, ViewRow, whoSaw } from './contract.ts'
import { seenNumbersOf } from './seen-numbers.ts'

interface EventRow {
  id: Id
  at: string
  actor_id: Id
  verb: string
  canonical_text: string
  block: number | null
}

type Page<T> = Seen<{ rows: T[]; next: string | null }>

/** Events this person may see: one restricted to a permission is there for nobody else (EventToRecord, restrictedTo). */
export function visibleTo({ actor }: QueryContext) {
  const permissions = [...actor.permissions]
  return sql<boolean>`coalesce(e.canonical_text::json ->> 'restrictedTo' = any(${permissions}::text[]), true)`
}

export async function history(
  { records, reading }: Pick<Services, 'records' | 'reading'>,
  context: QueryContext,
  input: z.output<typeof recordHistory.input>,
): Promise<Page<TrailEvent>> {
  const before = input.after ? String(readMark(input.after, 1)[0]) : null
  const company = await companyRecords(context.db, input.recordId)
  const { rows } = await sql<EventRow>`
    select e.id, e.at, e.actor_id, e.verb, e.canonical_text, l.block
    from ${subjectsOf(company)} s join audit_event e on e.id = s.event_id left join audit_leaf l on l.event_id = e.id
    where ${visibleTo(context)} and (${before}::uuid is null or s.event_id < ${before}::uuid)
    order by s.event_id desc limit ${input.limit + 1}`.execute(context.db)
  // Whoever may not look at a record learns nothing of it from its history.
  const kinds = new Set(rows.flatMap(row => company.ids.flatMap(id => kindIn(row, id))))
  for (const kind of kinds)
    if (!records.mayRead(context.actor, kind))
      throw new Refusal('forbidden', [{ code: 'permission_must_be_held', facts: { kind } }])
  return pageOfEvents({ db: context.db, reading }, rows, input.limit, [input.recordId], company)
}

/** Events of a record as they lie in the index; of several records each event once. */
function subjectsOf({ ids }: CompanyRecords) {
  return ids.length === 1
    ? sql`(select event_id from audit_event_subject where subject_id = ${ids[0]})`
    : sql`(select distinct event_id from audit_event_subject where subject_id = any(${ids}::uuid[]))`
}

/** A refused attempt names records by what somebody typed: that says nothing about their kind. */
function kindIn(row: EventRow, recordId: Id): string[] {
  if (row.verb === 'attempt_refused') return []
  const subjects: { kind: string; id: Id }[] = JSON.parse(row.canonical_text).subjects
  return subjects.flatMap(({ kind, id }) => (id === recordId && kind !== 'related' ? [kind] : []))
}

export async function events(
  reading: Reading,
  context: QueryContext,
  input: z.output<typeof listEvents.input>,
): Promise<Page<TrailEvent>> {
  const { db } = context
  let query = db
    .selectFrom('audit_event as e')
    .leftJoin('audit_leaf as l', 'l.event_id', 'e.id')
    .select(['e.id', 'e.at', 'e.actor_id', 'e.verb', 'e.canonical_text', 'l.block'])
    .where(visibleTo(context))
    .orderBy('e.id', 'desc')
    .limit(input.limit + 1)
  if (input.actorId) query = query.where('e.actor_id', '=', input.actorId)
  if (input.verb) query = query.where('e.verb', '=', input.verb)
  if (input.from) query = query.where('e.at', '>=', startOfDay(input.from))
  if (input.to) query = query.where('e.at', '<', endOfDay(input.to))
  if (input.after) query = query.where('e.id', '<', String(readMark(input.after, 1)[0]))
  return pageOfEvents({ db, reading }, await query.execute(), input.limit)
}

/** The ids of records which the values of an event name: a journal, a document, the other party. */
const idsIn = (values: object): Id[] =>
  JSON.stringify(values).match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? []

/** An event shows old and new values of its records: whoever reads it has seen all of them. */
export async function pageOfEvents(
  { db, reading }: Pick<Services, 'db' | 'reading'>,
  rows: EventRow[],
  limit: number,
  askedFor: Id[] = [],
  company: CompanyRecords | null = null,
): Promise<Page<TrailEvent>> {
  const page = rows.slice(0, limit).map(row => ({ row, said: JSON.parse(row.canonical_text) }))
  const people = page.flatMap(({ row, said }) => [
    row.actor_id,
    ...(said.actors?.approvedBy ? [said.actors.approvedBy] : []),
  ])
  const names = await staffNames(db, people)
  const shown = page.flatMap(({ said: { subjects, before, after, facts } }) => [
    ...subjects.map((subject: { id: Id }) => subject.id),
    ...idsIn({ before, after, facts }),
  ])
  const person = (id: Id) => ({ id, name: names.get(id) ?? 'システム' })
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(({ row, said }) => ({
        id: row.id,
        at: row.at,
        verb: row.verb,
        actor: person(row.actor_id),
        approvedBy: said.actors?.approvedBy ? person(said.actors.approvedBy) : null,
        subjects: said.subjects,
        before: withoutSealed(said.before),
        after: withoutSealed(said.after),
        facts: withoutSealed(said.facts),
        attempted:
          row.verb === 'attempt_refused'
            ? reading.words(said.facts?.command ?? said.facts?.query ?? '')
            : null,
        reason: said.reason ?? null,
        sealedIn: row.block,
        recordNos: said.subjects.flatMap((subject: { id: Id }) => company?.numberOf(subject.id) ?? []),
      })),
      next: rows.length > limit && last ? markOf([last.row.id]) : null,
    },
    seen: await seenNumbersOf(db, [...askedFor, ...shown]),
  }
}

/** Sealed personal values are said to have changed; what they are stays where unmasking is logged. */
function withoutSealed(values: unknown): Record<string, unknown> | null {
  if (values === null || typeof values !== 'object' || Array.isArray(values)) return null
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('enc1.') ? '（秘匿）' : value,
    ]),
  )
}

export async function viewsOf(
  reading: Reading,
  context: QueryContext,
  input: z.output<typeof whoSaw.input>,
): Promise<Page<ViewRow>> {
  const { db } = context
  const [seenNo] = await seenNumbersOf(db, [input.recordId])
  if (seenNo === undefined || (await isHidden(context, input.recordId)))
    throw new Refusal('missing', [{ code: 'record_must_exist', facts: { what: 'record' } }])
  const before = input.after ? String(readMark(input.after, 1)[0]) : null
  const { rows } = await sql<StoredView>`
    select id, at, actor_id, kind, cardinality(seen) as shown, canonical_text from view_event
    where seen @> array[${seenNo}]::integer[]
      and at >= ${startOfDay(input.from)}::timestamptz and at < ${endOfDay(input.to)}::timestamptz
      and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${input.limit + 1}`.execute(db)
  const page = rows.slice(0, input.limit)
  const names = await staffNames(
    db,
    page.map(row => row.actor_id),
  )
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => viewRowOf(reading, row, names)),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: [seenNo],
  }
}

interface StoredView {
  id: Id
  at: string
  actor_id: Id
  kind: ViewRow['kind']
  shown: number
  canonical_text: string
}

export function viewRowOf(reading: Reading, row: StoredView, names: ReadonlyMap<Id, string>): ViewRow {
  const said = JSON.parse(row.canonical_text)
  return {
    id: row.id,
    at: row.at,
    actor: { id: row.actor_id, name: names.get(row.actor_id) ?? 'システム' },
    kind: row.kind,
    query: said.query?.name ?? '',
    queryWords: reading.words(said.query?.name ?? ''),
    shown: row.shown,
    ip: said.ip ?? null,
    reason: said.reason ?? null,
  }
}

/** A record whose own events are restricted is not there for whoever lacks the permission; it is the first subject of its events. */
async function isHidden(context: QueryContext, recordId: Id): Promise<boolean> {
  const { rows } = await sql`select 1 from audit_event_subject s join audit_event e on e.id = s.event_id
    where s.subject_id = ${recordId} and not ${visibleTo(context)}
      and e.canonical_text::json -> 'subjects' -> 0 ->> 'id' = ${recordId} limit 1`.execute(context.db)
  return rows.length > 0
}

export async function state({ db }: QueryContext) {
  const last = await db
    .selectFrom('audit_block')
    .select(['block', 'root', 'sealed_at'])
    .orderBy('block', 'desc')
    .limit(1)
    .executeTakeFirst()
  const waiting = await sql<{ count: number; oldest: string | null }>`
    select count(*)::int as count, min(at) as oldest from (select at from audit_unsealed limit 100000) w`.execute(
    db,
  )
  return {
    body: {
      blocks: last?.block ?? 0,
      lastRoot: last?.root.toString('hex') ?? null,
      lastSealedAt: last?.sealed_at ?? null,
      unsealed: waiting.rows[0]?.count ?? 0,
      oldestUnsealedAt: waiting.rows[0]?.oldest ?? null,
    },
    seen: [],
  }
}

export function startOfDay(date: string): string {
  return `${date}T00:00:00+09:00`
}

export function endOfDay(date: string): string {
  return new Date(Date.parse(startOfDay(date)) + 86_400_000).toISOString()
}
