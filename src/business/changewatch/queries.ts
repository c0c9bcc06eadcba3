import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { staffNames } from '../access/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import type { listReviews, registerCheckOf } from './contract.ts'
import { reactionList } from './rules.ts'

const sentenceOf = new Map(reactionList.map(rule => [rule.code, rule.sentence]))

export async function reviews(
  context: QueryContext,
  input: z.output<typeof listReviews.input>,
): Promise<Seen<z.input<typeof listReviews.output>>> {
  const { db } = context
  let asked = db
    .selectFrom('change_review as w')
    .innerJoin('party as p', 'p.id', 'w.party_id')
    .selectAll('w')
    .select(['p.id as company_id', 'p.legal_name', 'p.party_no', 'p.seen_no as party_seen_no'])
    .where('w.party_id', 'in', partiesInReach(context).select('party.id'))
    .limit(input.limit + 1)
  const open = input.state === 'open'
  asked = open
    ? asked.where('w.closed_at', 'is', null).orderBy('w.due_on').orderBy('w.id')
    : asked.where('w.closed_at', 'is not', null).orderBy('w.id', 'desc')
  if (input.partyId) asked = asked.where('w.party_id', 'in', sameCompany(input.partyId))
  if (input.source.length) asked = asked.where('w.source', 'in', input.source)
  if (input.after && open) {
    const [dueOn, id] = readMark(input.after, 2)
    asked = asked.where(sql<boolean>`(w.due_on, w.id) > (${dueOn}::date, ${id}::uuid)`)
  } else if (input.after) asked = asked.where('w.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.flatMap(row => [row.opened_by, row.closed_by ?? row.opened_by]),
  )
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        rowVersion: row.row_version,
        reviewNo: row.review_no,
        partyId: row.company_id,
        partyNo: row.party_no,
        partyName: row.legal_name,
        source: row.source,
        sentence: row.sentence,
        rule: sentenceOf.get(row.rule_code) ?? row.rule_code,
        differences: row.differences,
        ownerRole: row.owner_role,
        dueOn: row.due_on,
        openedBy: names.get(row.opened_by) ?? '',
        openedAt: row.opened_at,
        suspendedLimits: row.suspended_limits.length,
        outcome: row.outcome,
        outcomeReason: row.outcome_reason,
        closedBy: row.closed_by ? (names.get(row.closed_by) ?? '') : null,
        closedAt: row.closed_at,
      })),
      next: rows.length > input.limit && last ? markOf(open ? [last.due_on, last.id] : [last.id]) : null,
    },
    seen: page.flatMap(row => [row.seen_no, row.party_seen_no]),
  }
}

export async function registerCheck(
  context: QueryContext,
  { partyId }: z.output<typeof registerCheckOf.input>,
): Promise<Seen<z.input<typeof registerCheckOf.output>>> {
  const party = found(
    await partiesInReach(context).select('party.seen_no').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const check = await context.db
    .selectFrom('party_register_check')
    .selectAll()
    .where('party_id', '=', partyId)
    .executeTakeFirst()
  return {
    body: {
      state: check?.state ?? null,
      checkedAt: check?.checked_at ?? null,
      registerUpdatedOn: check?.register_updated_on ?? null,
    },
    seen: [party.seen_no],
  }
}
