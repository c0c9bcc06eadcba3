import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { visibleClasses } from '../documents/index.ts'
import { policyInForce } from '../policy/index.ts'
import type {
  DisposalDone,
  DisposalDue,
  DisposalJudged,
  judgeDisposal,
  listDisposalDue,
  listDisposals,
} from './contract.ts'
import { filesOf } from './erasure/erase.ts'
import { hindranceSentences, ruleLabel } from './labels.ts'
import { judge } from './other-facts.ts'
import { disposalReasons, type Hindrance } from './rules/retention.ts'
import { scopeOf } from './scope.ts'
import { headOf, type Subject, subjectsOf } from './subject.ts'
import { type SubjectKind, subjectKinds } from './tables.ts'

const COUNTED = 1_000
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Papers of a class the person may not see are not there. */
const isVisible = (context: QueryContext) => sql<SqlBool>`(d.subject_kind <> 'document' or exists (
  select from document v where v.id = d.subject_id and v.confidentiality = any(${[...visibleClasses(context)]}::text[])))`

export async function listDue(
  context: QueryContext,
  input: z.output<typeof listDisposalDue.input>,
): Promise<Seen<z.input<typeof listDisposalDue.output>>> {
  const { db } = context
  let query = db
    .selectFrom('disposal_due as d')
    .selectAll('d')
    .where(isVisible(context))
    .orderBy('d.due_on')
    .orderBy('d.subject_id')
    .limit(input.limit + 1)
  if (input.kind.length) query = query.where('d.subject_kind', 'in', input.kind)
  if (input.state !== 'all')
    query = query.where(sql<SqlBool>`(cardinality(d.hindrances) = 0) = ${input.state === 'free'}`)
  if (input.after) {
    const [day, id] = readMark(input.after, 2)
    query = query.where(sql<SqlBool>`(d.due_on, d.subject_id) > (${day}::date, ${id}::uuid)`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const subjects = await namedSubjects(
    context,
    page.map(row => ({ kind: row.subject_kind, id: row.subject_id })),
  )
  const waiting = await openRequests(
    context,
    page.map(row => row.subject_id),
  )
  const last = page.at(-1)
  return {
    body: {
      rows: page.flatMap((row): DisposalDue[] => {
        const subject = subjects.get(row.subject_id)
        if (!subject || subject.disposed) return []
        const { kind, id, number, name } = subject
        return [
          {
            ...{ subjectKind: kind, subjectId: id, number, name },
            retentionClass: row.retention_class,
            dueOn: row.due_on,
            hindrances: row.hindrances as Hindrance[],
            changeRequestId: waiting.get(row.subject_id) ?? null,
          },
        ]
      }),
      next: rows.length > input.limit && last ? markOf([last.due_on, last.subject_id]) : null,
      foundAt: await walkedAt(context),
      counts: await countsOf(context, input.kind),
    },
    seen: [...subjects.values()].map(subject => subject.seenNo),
  }
}

async function walkedAt({ db }: QueryContext): Promise<string | null> {
  const walks = await db.selectFrom('disposal_walk').select('done_at').execute()
  const days = walks.flatMap(walk => walk.done_at ?? [])
  // All three kinds have been walked over; the oldest walk says since when the list holds.
  return days.length < subjectKinds.length ? null : (days.sort()[0] ?? null)
}

/** Counted up to a thousand, so that a large backlog costs no more than a page. */
async function countsOf(context: QueryContext, kinds: readonly SubjectKind[]) {
  const count = async (free: boolean) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
      select from disposal_due d where (cardinality(d.hindrances) = 0) = ${free} and ${isVisible(context)}
        and (cardinality(${[...kinds]}::text[]) = 0 or d.subject_kind = any(${[...kinds]}::text[])) limit ${COUNTED}) c`.execute(
      context.db,
    )
    return rows[0]?.count ?? 0
  }
  return { free: await count(true), blocked: await count(false) }
}

async function namedSubjects({ db }: QueryContext, refs: readonly { kind: SubjectKind; id: Id }[]) {
  const named = new Map<Id, Subject>()
  for (const kind of new Set(refs.map(ref => ref.kind)))
    for (const [id, subject] of await subjectsOf(
      db,
      kind,
      refs.filter(ref => ref.kind === kind).map(ref => ref.id),
    ))
      named.set(id, subject)
  return named
}

/** Requests to dispose of these records that wait for a second person. */
async function openRequests({ db }: QueryContext, ids: readonly Id[]): Promise<Map<Id, Id>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('change_request')
    .select(['id', 'object_id'])
    .where('object_id', 'in', [...ids])
    .where('command', '=', 'disposal.propose')
    .where('state', 'in', ['pending', 'returned', 'stale'])
    .execute()
  return new Map(rows.map(row => [row.object_id, row.id]))
}

/** The rules asked about one record now, whatever the last walk found. */
export async function judgeOne(
  context: QueryContext,
  input: z.output<typeof judgeDisposal.input>,
): Promise<Seen<DisposalJudged>> {
  const { db, today } = context
  const id = await headOf(db, input.subjectKind, input.subjectId)
  const subject = found((await subjectsOf(db, input.subjectKind, [id])).get(id), input.subjectKind)
  if (subject.kind === 'document') {
    const seen = await db
      .selectFrom('document')
      .select('id')
      .where('id', '=', id)
      .where('confidentiality', 'in', visibleClasses(context))
      .executeTakeFirst()
    found(seen, 'document')
  }
  const { retention } = await policyInForce(db)
  const judged = (await judge(db, subject.kind, [id], retention)).get(id)
  const scope = await scopeOf(db, subject, NOBODY)
  const reasons =
    judged && !subject.disposed
      ? disposalReasons(judged, today, {
          ruleLabel: ruleLabel(judged.rule),
          sentenceOf: code => hindranceSentences[code],
        })
      : []
  return {
    body: {
      subjectKind: subject.kind,
      subjectId: id,
      number: subject.number,
      name: subject.name,
      retentionClass: judged?.rule ?? '',
      dueOn: judged?.until ?? '',
      changeRequestId: (await openRequests(context, [id])).get(id) ?? null,
      reasons: reasons.map(({ code, message }) => ({ code, message: message ?? code })),
      goesWithIt: {
        parties: scope.parties.length,
        people: scope.people.length,
        documents: scope.documents.length,
        files: (await filesOf(db, scope)).length,
      },
      disposed: subject.disposed,
    },
    seen: [subject.seenNo],
  }
}

export async function listDone(
  context: QueryContext,
  input: z.output<typeof listDisposals.input>,
): Promise<Seen<z.input<typeof listDisposals.output>>> {
  const { db } = context
  let query = db
    .selectFrom('disposal as d')
    .selectAll('d')
    .select(
      sql<number>`(select count(*)::int from disposal_file f where f.disposal_id = d.id and f.removed_at is null)`.as(
        'files_left',
      ),
    )
    .select([
      sql<number>`(select c.seen_no from change_request c where c.id = d.change_request_id)`.as(
        'request_seen_no',
      ),
      sql<number | null>`(select p.seen_no from document p where p.id = d.certificate_document_id)`.as(
        'paper_seen_no',
      ),
    ])
    .orderBy('d.executed_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(input.limit + 1)
  const { subjectId } = input
  if (subjectId)
    query = query.where('d.id', 'in', eb =>
      eb.selectFrom('disposal_subject').select('disposal_id').where('subject_id', '=', subjectId),
    )
  if (input.after) {
    const [at, id] = readMark(input.after, 2)
    query = query.where(sql<SqlBool>`(d.executed_at, d.id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const [names, subjects] = await Promise.all([
    staffNames(
      db,
      page.flatMap(row => [row.proposed_by, row.approved_by]),
    ),
    namedSubjects(
      context,
      page.map(row => ({ kind: row.subject_kind, id: row.subject_id })),
    ),
  ])
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(
        (row): DisposalDone => ({
          id: row.id,
          disposalNo: row.disposal_no,
          subjectKind: row.subject_kind,
          subjectId: row.subject_id,
          number: subjects.get(row.subject_id)?.number ?? '',
          retentionClass: row.retention_class,
          dueOn: row.due_on,
          executedAt: row.executed_at,
          proposedBy: names.get(row.proposed_by) ?? '（不明）',
          approvedBy: names.get(row.approved_by) ?? '（不明）',
          reason: row.reason,
          parties: row.scope.parties.length,
          people: row.scope.people.length,
          documents: row.scope.documents.length,
          files: row.scope.files,
          filesLeft: row.files_left,
          rows: row.rows,
          keysDestroyed: row.keys_destroyed,
          changeRequestId: row.change_request_id,
          certificateDocumentId: row.certificate_document_id,
        }),
      ),
      next: rows.length > input.limit && last ? markOf([last.executed_at, last.id]) : null,
    },
    seen: [
      ...page.flatMap(row => [row.seen_no, row.request_seen_no, row.paper_seen_no ?? []].flat()),
      ...[...subjects.values()].map(subject => subject.seenNo),
    ],
  }
}
