import { sql } from 'kysely'
import type { z } from 'zod'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { offeredColumns } from '../../platform/list-export.ts'
import { askedCompanies } from '../parties/index.ts'
import type { Standing } from './contract.ts'
import { type CaseColumns, standingOf } from './queries.ts'
import { standingWords } from './standing-words.ts'
import { screeningStandings } from './standings-contract.ts'

/** From the worst to the best: what stops a deal comes first. */
const BY_WEIGHT: readonly Standing[] = [
  'rejected',
  'escalated',
  'hit_review',
  'conditions_over',
  'stale',
  'unscreened',
  'conditional',
  'cleared',
]

/** The worst standing; nobody screened yet is unscreened. */
export function worstStanding(standings: readonly Standing[]): Standing {
  return BY_WEIGHT.find(one => standings.includes(one)) ?? 'unscreened'
}

export async function standingsOf(
  context: QueryContext,
  ids: readonly Id[],
): Promise<Seen<z.input<typeof screeningStandings.output>>> {
  const companies = await askedCompanies(context, ids)
  const records = companies.flatMap(({ recordIds }) => recordIds)
  const { rows } = await sql<{ party_id: Id; subject_id: Id; case: CaseColumns | null }>`
    select distinct on (s.party_id, s.subject_id) s.party_id, s.subject_id,
      case when c.id is null then null else to_jsonb(c) - 'snapshot_sealed' end as case
    from screening_subject s left join screening_case c on c.subject_id = s.subject_id and c.superseded_at is null
    where s.party_id = any(${records}::uuid[])`.execute(context.db)
  return {
    body: {
      rows: companies.map(company => {
        const own = rows.filter(row => company.recordIds.includes(row.party_id))
        const due = own.flatMap(row => row.case?.next_due_on ?? []).toSorted()
        return {
          id: company.id,
          standing: worstStanding(own.map(row => standingOf(row.case, context.today))),
          nextDueOn: due[0] ?? null,
          subjects: new Set(own.map(row => row.subject_id)).size,
        }
      }),
    },
    seen: companies.map(({ seenNo }) => seenNo),
  }
}

export const listColumns = [
  offeredColumns('party', screeningStandings, [
    { key: 'screening', title: '反社・制裁', value: row => standingWords[row.standing] },
    { key: 'screeningDue', title: '再照合の期日', kind: 'date', value: row => row.nextDueOn },
  ]),
]
