import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { partiesInReach } from '../parties/index.ts'
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
  suspended_at: string | null
  suspended_reason: string | null
  revoked_at: string | null
  superseded_at: string | null
  committed_yen: number
  exposure_yen: number
}

/**
 * Limits with the exposure of their subject: committed and paid sums of the pairs they speak about. Group kinds count the party
 * they are set on and every party connected with it.
 */
const limitRows = sql`
  select l.id, l.seen_no, l.limit_no, l.limit_kind, l.subject_id, p.legal_name as subject_name, l.second_subject_id,
    q.legal_name as second_name, l.term, l.limit_yen, l.limit_ppm, l.in_force_from, l.in_force_to, l.review_due_on, l.assessed_on,
    l.grounds, l.requested_by, l.approved_by, l.suspended_at, l.suspended_reason, l.revoked_at, l.superseded_at,
    coalesce(t.committed_yen, 0)::bigint as committed_yen, coalesce(t.exposure_yen, 0)::bigint as exposure_yen
  from credit_limit l join party p on p.id = l.subject_id left join party q on q.id = l.second_subject_id
  cross join lateral (
    select sum(committed_yen) as committed_yen, sum(committed_yen + paid_yen) as exposure_yen from credit_pair_total c
    where case l.limit_kind
      when 'client' then c.client_id = l.subject_id
      when 'group' then c.client_id = l.subject_id
      when 'pair' then c.client_id = l.subject_id and c.debtor_id = l.second_subject_id
      else c.debtor_id = l.subject_id end) t`

export async function limitsOf(context: QueryContext, partyId: Id): Promise<Seen<{ limits: LimitView[] }>> {
  const { db } = context
  found(
    await partiesInReach(context).select('party.id').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const { rows } = await sql<LimitRow>`${limitRows}
    where l.subject_id = ${partyId} or l.second_subject_id = ${partyId}
    order by l.revoked_at is not null or l.superseded_at is not null, l.id desc limit 200`.execute(db)
  return { body: { limits: await toViews(context, rows) }, seen: rows.map(row => row.seen_no) }
}

export async function list(
  context: QueryContext,
  input: z.output<typeof listLimits.input>,
): Promise<Seen<{ rows: LimitView[]; next: string | null }>> {
  const before = input.after ? String(readMark(input.after, 1)[0]) : null
  const share = input.use === 'exceeded' ? 1 : input.use === 'high' ? 0.8 : null
  const { rows } = await sql<LimitRow>`${limitRows}
    where l.revoked_at is null and l.superseded_at is null
      and (${before}::uuid is null or l.id < ${before}::uuid)
      and (${input.limitKind ?? null}::text is null or l.limit_kind = ${input.limitKind ?? null})
      and (${share}::float is null or (l.limit_yen is not null and t.exposure_yen > 0
        and case when ${input.use ?? null} = 'exceeded' then t.exposure_yen > l.limit_yen else t.exposure_yen >= l.limit_yen * ${share}::float end))
    order by l.id desc limit ${input.limit + 1}`.execute(context.db)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: await toViews(context, page),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.map(row => row.seen_no),
  }
}

async function toViews({ db, today }: QueryContext, rows: LimitRow[]): Promise<LimitView[]> {
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.requested_by, ...(row.approved_by ? [row.approved_by] : [])]),
  )
  const person = (id: Id) => ({ id, name: names.get(id) ?? '（不明）' })
  return rows.map(row => ({
    id: row.id,
    limitNo: row.limit_no,
    limitKind: row.limit_kind,
    subject: { id: row.subject_id, name: row.subject_name },
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
    requestedBy: person(row.requested_by),
    approvedBy: row.approved_by ? person(row.approved_by) : null,
    suspendedReason: row.suspended_reason,
  }))
}

/** Derived, never stored: a limit lapses by itself on the day after its end (DD group 5, limit_state). */
function stateOf(row: LimitRow, today: IsoDate): LimitView['state'] {
  if (row.revoked_at) return 'revoked'
  if (row.superseded_at) return 'superseded'
  if (row.in_force_to && row.in_force_to < today) return 'lapsed'
  if (row.suspended_at) return 'suspended'
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
