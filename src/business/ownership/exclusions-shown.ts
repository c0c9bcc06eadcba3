import type { z } from 'zod'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { recordsOfCompany } from '../parties/index.ts'
import type { exclusionsOfParty } from './contract.ts'
import { whoCouldControl } from './exclusions.ts'
import { companyInReach } from './queries.ts'
import { personsOf } from './read-graph.ts'

/** Who is and was left out of the beneficial owners of a company, on all its records, and who could be. */
export async function exclusionsOf(
  context: QueryContext,
  partyId: Id,
): Promise<Seen<z.input<typeof exclusionsOfParty.output>>> {
  const { db } = context
  const { company, seenNo } = await companyInReach(context, partyId)
  const rows = await db
    .selectFrom('control_exclusion')
    .selectAll()
    .where('party_id', 'in', await recordsOfCompany(db, company))
    .orderBy('recorded_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  const { everybody, unable } = await whoCouldControl(db, company)
  const people = await personsOf(db, [...new Set([...everybody, ...rows.map(row => row.person_id)])])
  const staff = await staffNames(
    db,
    rows.flatMap(row =>
      [row.requested_by, row.approved_by, row.ended_requested_by, row.ended_approved_by].filter(
        id => id !== null,
      ),
    ),
  )
  const nameOf = (id: Id | null) => staff.get(id ?? '') ?? '（不明）'
  return {
    body: {
      rows: rows.map(row => ({
        id: row.id,
        personId: row.person_id,
        personNo: people.get(row.person_id)?.personNo ?? '',
        name: people.get(row.person_id)?.name ?? '（記録なし）',
        ground: row.ground,
        from: row.valid_from,
        to: row.valid_to,
        began: {
          reason: row.reason,
          by: nameOf(row.requested_by),
          approvedBy: nameOf(row.approved_by),
          at: row.recorded_at,
          evidence: row.evidence,
        },
        ended:
          row.ended_recorded_at === null
            ? null
            : {
                reason: row.ended_reason ?? '',
                by: nameOf(row.ended_requested_by),
                approvedBy: nameOf(row.ended_approved_by),
                at: row.ended_recorded_at,
                evidence: row.ended_evidence ?? [],
              },
      })),
      candidates: [...everybody]
        .filter(id => !unable.has(id))
        .flatMap(id => {
          const person = people.get(id)
          return person ? [{ personId: id, personNo: person.personNo, name: person.name }] : []
        })
        .sort((a, b) => (a.personNo < b.personNo ? -1 : 1)),
    },
    seen: [seenNo, ...[...people.values()].map(person => person.seenNo)],
  }
}
