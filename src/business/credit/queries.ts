import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { isRole, roleLabels, staffNames } from '../access/index.ts'
import { partiesInReach } from '../parties/index.ts'
import { breachesOf } from './breach.ts'
import { headroomFor } from './commit.ts'
import type { LimitView, listLimits } from './contract.ts'
import type { StoredLimitKind } from './tables.ts'

interface LimitRow {
  id: Id
  seen_no: number
  limit_no: string
  limit_kind: StoredLimitKind
  subject_id: Id
  subject_name: string
  party_no: string
  second_subject_id: Id | null
  second_name: string | null
  term: 'permanent' | 'temporary'
  limit_yen: number | null
  limit_ppm: number | null
  in_force_from: IsoDate
  in_force_to: IsoDate | null
  review_due_on: IsoDate
  assessed_on: IsoDate
  grounds: string
  requested_by: Id
  approved_by: Id | null
  authority_level: string | null
  suspended_at: string | null
  suspended_reason: string | null
  revoked_at: string | null
  superseded_at: string | null
  set_aside: boolean
  review_id: Id | null
  review_no: string | null
  review_seen_no: number | null
  subject_seen_no: number
  second_seen_no: number | null
  committed_yen: number
  exposure_yen: number
}

/**
 * Limits with what stands at risk under each: `exposure_under` counts the company or the group, as a commitment does (commit.ts);
 * a test holds both equal. `where` speaks about `l`; the exposure is `t`.
 */
function limitRows(where: RawBuilder<unknown>) {
  return sql<LimitRow>`
  select l.id, l.seen_no, l.limit_no, l.limit_kind, l.subject_id, coalesce(p.shown_name, p.legal_name) as subject_name, p.party_no,
    l.second_subject_id, coalesce(q.shown_name, q.legal_name) as second_name, l.term, l.limit_yen, l.limit_ppm, l.in_force_from,
    l.in_force_to, l.review_due_on, l.assessed_on, l.grounds, l.requested_by, l.approved_by, l.authority_level, l.suspended_at, l.suspended_reason,
    l.revoked_at, l.superseded_at, l.set_aside, l.review_id, r.review_no, r.seen_no as review_seen_no,
    p.seen_no as subject_seen_no, q.seen_no as second_seen_no, t.committed_yen, t.exposure_yen
  from credit_limit l join party p on p.id = l.subject_id left join party q on q.id = l.second_subject_id
  left join credit_review r on r.id = l.review_id
  cross join lateral exposure_under(l.limit_kind, l.subject_id, l.second_subject_id) t
  ${where}`
}

/** Only limits of companies with something at risk, so that the exposure of the others is not computed. */
const drawnOn = sql`(l.limit_kind in ('group', 'debtor_group') or exists (
  select from credit_pair_total c where (c.committed_yen > 0 or c.paid_yen > 0)
    and case when l.limit_kind in ('client', 'pair') then c.client_id else c.debtor_id end
      in (select i.party_id from party_identity i where i.identity_id = l.company_id)))`

export async function limitsOf(context: QueryContext, partyId: Id): Promise<Seen<{ limits: LimitView[] }>> {
  const { db } = context
  found(
    await partiesInReach(context).select('party.id').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const company = sql`(select identity_id from party_identity where party_id = ${partyId})`
  const { rows } = await limitRows(sql`where l.company_id = ${company} or l.second_company_id = ${company}
    order by l.revoked_at is not null or l.superseded_at is not null, l.set_aside, l.id desc limit 200`).execute(
    db,
  )
  return { body: { limits: await toViews(context, rows) }, seen: seenIn(rows) }
}

export async function list(
  context: QueryContext,
  input: z.output<typeof listLimits.input>,
): Promise<Seen<{ rows: LimitView[]; next: string | null }>> {
  const before = input.after ? String(readMark(input.after, 1)[0]) : null
  const share = input.use === 'exceeded' ? 1 : input.use === 'high' ? 0.8 : null
  const { rows } = await limitRows(sql`
    where l.revoked_at is null and l.superseded_at is null and not l.set_aside
      and (${before}::uuid is null or l.id < ${before}::uuid)
      and (${input.limitKind ?? null}::text is null or l.limit_kind = ${input.limitKind ?? null})
      ${
        share === null
          ? sql``
          : sql`and l.limit_yen is not null and ${drawnOn} and t.exposure_yen > 0
      and case when ${input.use ?? null} = 'exceeded' then t.exposure_yen > l.limit_yen else t.exposure_yen >= l.limit_yen * ${share}::float end`
      }
    order by l.id desc limit ${input.limit + 1}`).execute(context.db)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: await toViews(context, page),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: seenIn(page),
  }
}

/** Limits, and the companies and reviews they name. */
const seenIn = (rows: readonly LimitRow[]): number[] =>
  rows.flatMap(row =>
    [row.seen_no, row.subject_seen_no, row.second_seen_no, row.review_seen_no].filter(no => no !== null),
  )

async function toViews({ db, today }: QueryContext, rows: LimitRow[]): Promise<LimitView[]> {
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.requested_by, ...(row.approved_by ? [row.approved_by] : [])]),
  )
  const breaches = await breachesOf(
    db,
    rows.map(row => row.id),
  )
  const person = (id: Id) => ({ id, name: names.get(id) ?? '（不明）' })
  return rows.map(row => ({
    id: row.id,
    limitNo: row.limit_no,
    limitKind: row.limit_kind,
    subject: { id: row.subject_id, name: row.subject_name, partyNo: row.party_no },
    secondSubject: row.second_subject_id ? { id: row.second_subject_id, name: row.second_name ?? '' } : null,
    term: row.term,
    state: stateOf(row, today),
    limitYen: row.limit_yen,
    limitPpm: row.limit_ppm,
    exposureYen: row.exposure_yen,
    committedYen: row.committed_yen,
    inForceFrom: row.in_force_from,
    inForceTo: row.in_force_to,
    reviewDueOn: row.review_due_on,
    assessedOn: row.assessed_on,
    grounds: row.grounds,
    review: row.review_id ? { id: row.review_id, reviewNo: row.review_no ?? '' } : null,
    requestedBy: person(row.requested_by),
    approvedBy: row.approved_by ? person(row.approved_by) : null,
    authorityLevel:
      row.authority_level && isRole(row.authority_level)
        ? roleLabels[row.authority_level]
        : row.authority_level,
    suspendedReason: row.suspended_reason,
    suspendedOn: row.suspended_at ? todayInTokyo(new Date(row.suspended_at)) : null,
    exceededYen:
      row.limit_yen !== null && ended(row) === null && row.exposure_yen > row.limit_yen
        ? row.exposure_yen - row.limit_yen
        : null,
    breaches: breaches.get(row.id) ?? [],
    endedOn: ended(row),
  }))
}

function ended(row: LimitRow): IsoDate | null {
  const at = row.revoked_at ?? row.superseded_at
  return at ? todayInTokyo(new Date(at)) : null
}

/** Derived, never stored: a limit lapses by itself on the day after its end (DD group 5, limit_state). */
function stateOf(row: LimitRow, today: IsoDate): LimitView['state'] {
  if (row.revoked_at) return 'revoked'
  if (row.superseded_at) return 'superseded'
  if (row.in_force_to && row.in_force_to < today) return 'lapsed'
  if (row.suspended_at) return 'suspended'
  if (row.set_aside) return 'set_aside'
  return row.in_force_from > today ? 'reserved' : 'in_force'
}

export async function headroomAnswer(context: QueryContext, clientId: Id, debtorId: Id) {
  const room = await headroomFor(context.db, context.today, clientId, debtorId)
  return {
    body: {
      headroomYen: room.headroomYen,
      lines: room.lines.map(line => ({
        limitKind: line.limitKind,
        rule: line.rule,
        sentence: line.sentence,
        limitYen: line.limitYen,
        exposureYen: line.exposure.totalYen,
        headroomYen: line.headroomYen,
        binding: line === room.binding,
      })),
    },
    seen: [],
  }
}

/** A limit in yen that stands and is drawn on. */
export interface LimitInUse {
  id: Id
  limitNo: string
  partyId: Id
  partyName: string
  limitYen: number
  exposureYen: number
  ownerId: Id
}

/** Limits in yen in force today of which at least `percent` is used, for those who warn. */
export async function limitsInUse(db: Db | Tx, today: IsoDate, percent: number): Promise<LimitInUse[]> {
  const { rows } = await sql<LimitInUse>`
    select l.id, l.limit_no as "limitNo", p.id as "partyId", coalesce(p.shown_name, p.legal_name) as "partyName",
      l.limit_yen as "limitYen", t.exposure_yen as "exposureYen", p.owner_staff_id as "ownerId"
    from credit_limit l join party p on p.id = l.company_id
    cross join lateral exposure_under(l.limit_kind, l.subject_id, l.second_subject_id) t
    where l.revoked_at is null and l.superseded_at is null and not l.set_aside and l.limit_yen is not null
      and l.in_force_from <= ${today} and (l.in_force_to is null or l.in_force_to >= ${today}) and ${drawnOn}
      and t.exposure_yen > 0 and t.exposure_yen * 100 >= l.limit_yen * ${percent}::bigint`.execute(db)
  return rows
}
