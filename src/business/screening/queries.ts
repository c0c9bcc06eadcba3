import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { settingsInForce, staffNames } from '../access/index.ts'
import { companyRecords } from '../audit/index.ts'
import { partiesInReach } from '../parties/index.ts'
import type { CaseRow, listCases, Standing, SubjectRow, screeningCoverage, watchLists } from './contract.ts'
import type { MediaScope } from './media-rules.ts'
import type { CaseState, ScreeningTrigger, SubjectKind } from './tables.ts'

export interface CaseColumns {
  id: Id
  case_no: string
  state: CaseState
  trigger: ScreeningTrigger
  searched_at: string
  next_due_on: IsoDate
  hit_count: number
  remembered_count: number
  conditions: string | null
  conditions_until: IsoDate | null
}

export function briefOf(row: CaseColumns) {
  return {
    id: row.id,
    caseNo: row.case_no,
    state: row.state,
    trigger: row.trigger,
    searchedAt: row.searched_at,
    nextDueOn: row.next_due_on,
    hits: row.hit_count,
    remembered: row.remembered_count,
    conditions: row.conditions,
    conditionsUntil: row.conditions_until,
  }
}

/** How a subject stands on a day: an open or rejected case says more than its date. */
export function standingOf(row: CaseColumns | null, today: IsoDate): Standing {
  if (!row) return 'unscreened'
  if (row.state === 'conditional' && (row.conditions_until ?? '') < today) return 'conditions_over'
  if ((row.state === 'cleared' || row.state === 'conditional') && row.next_due_on < today) return 'stale'
  return row.state
}

export async function screeningOf(
  context: QueryContext,
  partyId: Id,
): Promise<Seen<{ subjects: SubjectRow[]; listsLoaded: boolean }>> {
  const { db, today } = context
  const party = found(
    await partiesInReach(context).select('party.seen_no').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const company = await companyRecords(db, partyId)
  const { rows } = await sql<
    {
      subject_kind: SubjectKind
      subject_id: Id
      record_ids: Id[]
      relations: string[]
      name: string
      waiting: boolean
      subject_seen_no: number | null
    } & {
      case: (CaseColumns & { seen_no: number }) | null
    }
  >`
    with subject as (
      select subject_kind, subject_id, array_agg(distinct relation) as relations, array_agg(distinct party_id) as record_ids
      from screening_subject where party_id = any(${company.ids}::uuid[]) group by 1, 2)
    select s.*, coalesce(p.legal_name, h.family_name || ' ' || h.given_name) as name, q.subject_id is not null as waiting,
      coalesce(p.seen_no, h.seen_no) as subject_seen_no,
      case when c.id is null then null else to_jsonb(c) - 'snapshot_sealed' end as case
    from subject s
    left join party p on p.id = s.subject_id
    left join person h on h.id = s.subject_id
    left join screening_case c on c.subject_id = s.subject_id and c.superseded_at is null
    left join screening_queue q on q.subject_id = s.subject_id
    order by s.subject_kind, name limit 200`.execute(db)
  const lists = await db
    .selectFrom('watch_list_version')
    .select('id')
    .where('superseded_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return {
    body: {
      listsLoaded: lists !== undefined,
      subjects: rows.map(row => ({
        subjectKind: row.subject_kind,
        subjectId: row.subject_id,
        name: row.name,
        relations: row.relations,
        recordNos: row.record_ids.flatMap(id => company.numberOf(id) ?? []),
        standing: standingOf(row.case, today),
        waiting: row.waiting,
        current: row.case ? briefOf(row.case) : null,
      })),
    },
    seen: [
      party.seen_no,
      ...rows.flatMap(row => [row.case?.seen_no ?? [], row.subject_seen_no ?? []].flat()),
    ],
  }
}

export async function caseRows(
  { db }: QueryContext,
  input: z.output<typeof listCases.input>,
): Promise<Seen<{ rows: CaseRow[]; next: string | null }>> {
  let asked = db
    .selectFrom('screening_case')
    .selectAll()
    .where('superseded_at', 'is', null)
    .orderBy('id')
    .limit(input.limit + 1)
  const states: CaseState[] = input.state.length ? input.state : ['hit_review', 'escalated']
  asked = asked.where('state', 'in', states)
  if (input.trigger.length) asked = asked.where('trigger', 'in', input.trigger)
  if (input.after) asked = asked.where('id', '>', String(readMark(input.after, 1)[0]))
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const hits = await topHits(
    db,
    page.map(row => row.id),
  )
  const parties = await partiesOfSubjects(
    db,
    page.map(row => row.subject_id),
  )
  return {
    body: {
      rows: page.map(row => ({
        ...briefOf(row),
        subjectKind: row.subject_kind,
        subjectName: row.subject_name,
        parties: parties.get(row.subject_id) ?? [],
        topScore: hits.get(row.id)?.score ?? null,
        topName: hits.get(row.id)?.name ?? null,
        unjudged: hits.get(row.id)?.unjudged ?? 0,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: [
      ...page.map(row => row.seen_no),
      ...(await namedBy(
        db,
        page.map(row => row.subject_id),
      )),
    ],
  }
}

async function topHits(db: Db, caseIds: Id[]) {
  const { rows } = await sql<{ case_id: Id; score: number; name: string; unjudged: number }>`
    select case_id, max(score_thousandths) as score, (array_agg(matched_name order by score_thousandths desc, id))[1] as name,
      count(*) filter (where judgement is null)::int as unjudged
    from screening_hit where case_id = any(${caseIds}::uuid[]) group by case_id`.execute(db)
  return new Map(rows.map(row => [row.case_id, row]))
}

/** For the view record: the companies and persons who are screened, and the customers because of whom. */
export async function namedBy(db: Db, subjectIds: readonly Id[]): Promise<number[]> {
  const { rows } = await sql<{ seen_no: number }>`
    select seen_no from party where id = any(${subjectIds}::uuid[])
    union select seen_no from person where id = any(${subjectIds}::uuid[])
    union select p.seen_no from screening_subject s join party p on p.id = s.party_id
      where s.subject_id = any(${subjectIds}::uuid[])`.execute(db)
  return rows.map(row => row.seen_no)
}

/** The customers because of whom each subject is screened. */
export async function partiesOfSubjects(
  db: Db,
  subjectIds: Id[],
): Promise<Map<Id, { id: Id; legalName: string }[]>> {
  const { rows } = await sql<{ subject_id: Id; id: Id; legal_name: string }>`
    select distinct s.subject_id, p.id, p.legal_name from screening_subject s join party p on p.id = s.party_id
    where s.subject_id = any(${subjectIds}::uuid[]) order by p.legal_name`.execute(db)
  const bySubject = new Map<Id, { id: Id; legalName: string }[]>()
  for (const row of rows)
    bySubject.set(row.subject_id, [
      ...(bySubject.get(row.subject_id) ?? []),
      { id: row.id, legalName: row.legal_name },
    ])
  return bySubject
}

export async function listVersions(
  { db }: QueryContext,
  { all }: z.output<typeof watchLists.input>,
): Promise<Seen<z.input<typeof watchLists.output>>> {
  let asked = db
    .selectFrom('watch_list_version')
    .select([
      'id',
      'seen_no',
      'list_id',
      'title',
      'version_no',
      'published_on',
      'sha256',
      'files',
      'row_count',
      'entry_count',
      'added_count',
      'changed_count',
      'removed_count',
      'problem_count',
      'problems',
      'loaded_by',
      'loaded_at',
      'superseded_at',
      'delta_done_at',
      'delta_subjects',
      'delta_hits',
    ])
    .orderBy('superseded_at', order => order.desc().nullsFirst())
    .orderBy('list_id')
    .limit(200)
  if (!all) asked = asked.where('superseded_at', 'is', null)
  const rows = await asked.execute()
  const names = await staffNames(
    db,
    rows.map(row => row.loaded_by),
  )
  return {
    body: {
      versions: rows.map(row => ({
        id: row.id,
        listId: row.list_id,
        title: row.title,
        versionNo: row.version_no,
        publishedOn: row.published_on,
        sha256: row.sha256,
        files: row.files.map(({ file, rows }) => ({ file, rows })),
        rows: row.row_count,
        entries: row.entry_count,
        added: row.added_count,
        changed: row.changed_count,
        removed: row.removed_count,
        problems: row.problem_count,
        problemRows: row.problems.map(({ file, line, code, message }) => ({
          file,
          line: line ?? null,
          code,
          message,
        })),
        loadedBy: names.get(row.loaded_by) ?? '',
        loadedAt: row.loaded_at,
        inForce: row.superseded_at === null,
        comparedAt: row.delta_done_at,
        comparedSubjects: row.delta_subjects,
        comparedHits: row.delta_hits,
      })),
    },
    seen: rows.map(row => row.seen_no),
  }
}

export async function coverage({
  db,
  today,
}: QueryContext): Promise<Seen<z.input<typeof screeningCoverage.output>>> {
  const { rows } = await sql<Omit<z.input<typeof screeningCoverage.output>, 'news'>>`
    with subject as (select distinct subject_id from screening_subject)
    select count(*)::int as subjects,
      count(*) filter (where c.state in ('cleared', 'conditional') and c.next_due_on >= ${today})::int as current,
      count(*) filter (where c.state in ('cleared', 'conditional') and c.next_due_on < ${today})::int as stale,
      count(*) filter (where c.state in ('hit_review', 'escalated'))::int as open,
      count(*) filter (where c.state = 'rejected')::int as rejected,
      count(*) filter (where c.id is null)::int as unscreened,
      (select count(*)::int from screening_queue) as waiting
    from subject s left join screening_case c on c.subject_id = s.subject_id and c.superseded_at is null`.execute(
    db,
  )
  const counts = rows[0]
  if (!counts) throw new Error('counting gave no row')
  const { adverseMediaRule, creditEventRule } = await settingsInForce(db)
  const asked = [
    { scope: 'adverse_media' as const, rule: adverseMediaRule },
    { scope: 'credit_event' as const, rule: creditEventRule },
  ]
  const news = await newsCoverage(
    db,
    today,
    asked.filter(one => one.rule !== 'off').map(one => one.scope),
  )
  const none = { needed: 0, current: 0, overdue: 0, never: 0 }
  return {
    body: { ...counts, news: asked.map(one => ({ ...one, ...(news.get(one.scope) ?? none) })) },
    seen: [],
  }
}

/** How many subjects each scope of news is needed of (JR §3.12), and how they stand; a company of several records counts once. */
async function newsCoverage(db: Db, today: IsoDate, scopes: readonly MediaScope[]) {
  if (scopes.length === 0) return new Map<MediaScope, never>()
  const { rows } = await sql<{
    scope: MediaScope
    needed: number
    current: number
    overdue: number
    never: number
  }>`
    with need as (
      select distinct n.scope, coalesce(i.identity_id, n.subject_id) as subject_id
      from screening_media_need n left join party_identity i on i.party_id = n.subject_id
      where n.scope = any(${[...scopes]}::text[])),
    searched as (
      select s.scope, coalesce(i.identity_id, m.subject_id) as subject_id, max(m.next_due_on) as until
      from screening_media_search m cross join unnest(m.scope) s (scope) left join party_identity i on i.party_id = m.subject_id
      where m.superseded_at is null group by 1, 2)
    select need.scope, count(*)::int as needed, count(*) filter (where s.until >= ${today})::int as current,
      count(*) filter (where s.until < ${today})::int as overdue, count(*) filter (where s.until is null)::int as never
    from need left join searched s on s.scope = need.scope and s.subject_id = need.subject_id
    group by need.scope`.execute(db)
  return new Map(rows.map(({ scope, ...counts }) => [scope, counts]))
}
