import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { withOwnValues } from '../customization/index.ts'
import { partiesInReach } from '../parties/index.ts'
import {
  assessmentRefusals,
  type CreditReview,
  type listCreditReviews,
  type openRules,
  type WatchOfParty,
} from './contract.ts'
import { companyOf, rulesInForce } from './records.ts'
import { independentSources, reasonsAgainstDecision } from './rules/basis.ts'
import type { AssessmentRules } from './rules/rules-in-force.ts'
import { looksLikeLending } from './rules/security.ts'
import { strictestOf } from './rules/watch.ts'
import type { CreditReviewTable } from './tables.ts'

type ReviewRow = Omit<CreditReviewTable, 'row_version' | 'seen_no' | 'review_no'> & {
  row_version: number
  seen_no: number
  review_no: string
  party_name: string
  party_no: string
}

/** Reviews with the company's name; `where` speaks about `r`. */
export async function reviewRows(db: Db, where: RawBuilder<unknown>): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select r.*, coalesce(p.shown_name, p.legal_name) as party_name, p.party_no
    from credit_review r join party p on p.id = r.party_id ${where}`.execute(db)
  return rows
}

export function reviewView(
  row: ReviewRow,
  { today, names, rules }: { today: IsoDate; names: ReadonlyMap<Id, string>; rules: AssessmentRules },
): CreditReview {
  const facts = {
    outcome: row.outcome,
    recommendedYen: row.recommended_yen,
    conditions: row.conditions,
    assessedOn: row.assessed_on,
    reviewDueOn: row.review_due_on,
    basis: row.basis,
  }
  const missing = row.state === 'draft' ? reasonsAgainstDecision(facts, rules, today) : []
  const who = (id: Id) => names.get(id) ?? '（不明）'
  return {
    ...facts,
    id: row.id,
    rowVersion: row.row_version,
    reviewNo: row.review_no,
    party: { id: row.party_id, name: row.party_name, partyNo: row.party_no },
    subjectRole: row.subject_role,
    assessedBy: who(row.assessed_by),
    grounds: row.grounds,
    sources: independentSources(row.basis),
    overdue: row.state === 'decided' && row.review_due_on < today,
    evidence: row.evidence,
    state: row.state,
    decidedBy: row.decided_by && who(row.decided_by),
    decidedOn: row.decided_at && todayInTokyo(new Date(row.decided_at)),
    withdrawnReason: row.withdrawn_reason,
    missing: missing.map(
      ({ code, message }) => message ?? assessmentRefusals[code as keyof typeof assessmentRefusals] ?? code,
    ),
  }
}

export async function listReviews(
  context: QueryContext,
  input: z.output<typeof listCreditReviews.input>,
): Promise<Seen<{ rows: CreditReview[]; next: string | null }>> {
  const { db, today } = context
  const before = input.after ? String(readMark(input.after, 1)[0]) : null
  const conditions = [
    sql`r.party_id in ${partiesInReach(context).select('party.id')}`,
    ...(before ? [sql`r.id < ${before}::uuid`] : []),
    ...(input.state.length ? [sql`r.state = any(${input.state}::text[])`] : []),
    ...(input.outcome ? [sql`r.outcome = ${input.outcome}`] : []),
    ...(input.assessedBy ? [sql`r.assessed_by = ${input.assessedBy}`] : []),
    ...(input.dueBy ? [sql`r.state = 'decided' and r.review_due_on <= ${input.dueBy}`] : []),
    ...(input.partyId
      ? [
          sql`r.party_id in (select m.party_id from party_identity o join party_identity m on m.identity_id = o.identity_id
            where o.party_id = ${input.partyId})`,
        ]
      : []),
  ]
  const rows = await reviewRows(
    db,
    sql`where ${sql.join(conditions, sql` and `)} order by r.id desc limit ${input.limit + 1}`,
  )
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const [names, rules] = await Promise.all([namesIn(db, page), rulesInForce(db)])
  return {
    body: {
      rows: await withOwnValues(
        db,
        'credit_review',
        page.map(row => reviewView(row, { today, names, rules })),
      ),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: [
      ...page.map(row => row.seen_no),
      ...(await seenParties(
        context,
        page.map(row => row.party_id),
      )),
    ],
  }
}

/** The names of colleagues wherever a row names one. */
export async function namesIn(db: Db, rows: readonly object[]): Promise<Map<Id, string>> {
  const ids = rows.flatMap(row =>
    Object.entries(row).flatMap(([column, value]) =>
      /_by$/.test(column) && typeof value === 'string' ? [value] : [],
    ),
  )
  return staffNames(db, [...new Set(ids)])
}

export async function seenParties(context: QueryContext, ids: readonly Id[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await partiesInReach(context)
    .select('party.seen_no')
    .where('party.id', 'in', [...new Set(ids)])
    .execute()
  return rows.map(row => row.seen_no)
}

export async function watchOf(context: QueryContext, partyId: Id): Promise<Seen<WatchOfParty>> {
  const { db } = context
  const party = found(
    await partiesInReach(context).select('party.seen_no').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const company = await companyOf(db, partyId)
  const [standing, toJudge] = await Promise.all([
    db
      .selectFrom('watch_status')
      .selectAll()
      .where('party_id', 'in', company.partyIds)
      .where('superseded_at', 'is', null)
      .execute(),
    db
      .selectFrom('guarantee')
      .select('id')
      .where('party_id', 'in', company.partyIds)
      .where('personal', '=', true)
      .where('valid_to', 'is', null)
      .where('judged_at', 'is', null)
      .execute(),
  ])
  const state = strictestOf(standing.map(row => row.watch_state))
  const binding = state === 'normal' ? undefined : standing.find(row => row.watch_state === state)
  const names = await namesIn(db, standing)
  return {
    body: {
      state,
      reason: binding?.reason ?? null,
      since: binding?.since ?? null,
      reviewOn: binding?.review_on ?? null,
      setBy: binding ? (names.get(binding.recorded_by) ?? '（不明）') : null,
      guaranteesToJudge: looksLikeLending(true, company.roles) ? toJudge.length : 0,
    },
    seen: [party.seen_no],
  }
}

export async function rulesAnswer({ db }: QueryContext): Promise<Seen<z.input<typeof openRules.output>>> {
  const [rules, history] = await Promise.all([
    rulesInForce(db),
    db.selectFrom('assessment_rule').selectAll().orderBy('version', 'desc').limit(100).execute(),
  ])
  const names = await namesIn(db, history)
  return {
    body: {
      rules,
      history: history.map(row => ({
        version: row.version,
        scoreFallPpm: row.score_fall_ppm,
        fallWindowDays: row.fall_window_days,
        reportAgeDays: row.report_age_days,
        noticeDays: row.notice_days,
        basisThresholdYen: row.basis_threshold_yen,
        note: row.note,
        setBy: names.get(row.recorded_by) ?? '（不明）',
        approvedBy: row.approved_by && (names.get(row.approved_by) ?? '（不明）'),
        setOn: todayInTokyo(new Date(row.recorded_at)),
      })),
    },
    seen: [],
  }
}

/** Everybody who has a review, found by stepping from one to the next in the index, however many reviews there are. */
export async function reviewersAnswer({
  db,
}: QueryContext): Promise<Seen<{ rows: { id: Id; name: string }[] }>> {
  const { rows } = await sql<{ id: Id }>`
    with recursive reviewer as (
      (select assessed_by as id from credit_review order by assessed_by limit 1)
      union all
      select (select r.assessed_by from credit_review r where r.assessed_by > reviewer.id order by r.assessed_by limit 1)
      from reviewer where reviewer.id is not null)
    select id from reviewer where id is not null`.execute(db)
  const names = await staffNames(
    db,
    rows.map(row => row.id),
  )
  return {
    body: { rows: rows.map(({ id }) => ({ id, name: names.get(id) ?? '（不明）' })) },
    seen: [],
  }
}
