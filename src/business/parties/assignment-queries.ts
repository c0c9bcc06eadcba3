import type { z } from 'zod'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import type { AssignmentRow, listAssignments } from './assignment-contract.ts'
import './tables.ts'

export async function assignments(
  { db, today }: QueryContext,
  input: z.output<typeof listAssignments.input>,
): Promise<Seen<{ rows: AssignmentRow[]; next: string | null }>> {
  let query = db
    .selectFrom('party_assignment as a')
    .innerJoin('party as p', 'p.id', 'a.party_id')
    .selectAll('a')
    .select(['p.party_no', 'p.legal_name'])
    .orderBy('a.id', 'desc')
    .limit(input.limit + 1)
  if (input.staffId) query = query.where('a.staff_id', '=', input.staffId)
  if (input.partyId) query = query.where('a.party_id', '=', input.partyId)
  if (input.after) query = query.where('a.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const names = await staffNames(
    db,
    page.flatMap(row => [row.staff_id, row.assigned_by, row.ended_by ?? []].flat()),
  )
  const name = (id: string) => names.get(id) ?? '（不明）'
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        party: { id: row.party_id, partyNo: row.party_no, legalName: row.legal_name },
        staff: { id: row.staff_id, name: name(row.staff_id) },
        startsOn: row.starts_on,
        endsOn: row.ends_on,
        reason: row.reason,
        assignedBy: name(row.assigned_by),
        endedAt: row.ended_at,
        endedBy: row.ended_by ? name(row.ended_by) : null,
        endedReason: row.ended_reason,
        inForce: row.ended_at === null && row.ends_on >= today,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: await seenNumbersOf(
      db,
      page.flatMap(row => [row.id, row.party_id, row.staff_id]),
    ),
  }
}
