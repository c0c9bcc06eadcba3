import { sql } from 'kysely'
import type { z } from 'zod'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { offeredColumns } from '../../platform/list-export.ts'
import { askedCompanies } from '../parties/index.ts'
import { limitKindLabels } from './labels.ts'
import { limitUse } from './use-contract.ts'

interface UseRow {
  company_id: Id
  limit_kind: 'client' | 'debtor'
  limit_yen: number
  exposure_yen: number
  suspended: boolean
}

/** Permanent and temporary limits in force together, as a commitment counts them (commit.ts), against what stands at risk. */
export async function useOf(
  context: QueryContext,
  ids: readonly Id[],
): Promise<Seen<z.input<typeof limitUse.output>>> {
  const { db, today } = context
  const companies = await askedCompanies(context, ids)
  const records = companies.flatMap(({ recordIds }) => recordIds)
  const { rows } = await sql<UseRow & { record_ids: Id[] }>`
    with held as (
      select l.company_id, l.limit_kind, sum(l.limit_yen)::bigint as limit_yen, bool_or(l.suspended_at is not null) as suspended,
        (array_agg(l.subject_id order by l.id))[1] as subject_id
      from credit_limit l
      where l.company_id in (select identity_id from party_identity where party_id = any(${records}::uuid[]))
        and l.limit_kind in ('client', 'debtor') and l.limit_yen is not null and not l.set_aside
        and l.revoked_at is null and l.superseded_at is null
        and l.in_force_from <= ${today} and (l.in_force_to is null or l.in_force_to >= ${today})
      group by l.company_id, l.limit_kind)
    select h.company_id, h.limit_kind, h.limit_yen, h.suspended, t.exposure_yen,
      (select array_agg(party_id) from party_identity where identity_id = h.company_id) as record_ids
    from held h cross join lateral exposure_under(h.limit_kind, h.subject_id, null) t`.execute(db)
  const told = companies.flatMap(company => {
    const own = rows.filter(row => row.record_ids.includes(company.id))
    const fullest = own.toSorted((a, b) => shareOf(b) - shareOf(a))[0]
    return fullest ? [{ company, fullest }] : []
  })
  return {
    body: {
      rows: told.map(({ company, fullest }) => ({
        id: company.id,
        limitKind: fullest.limit_kind,
        limitYen: fullest.limit_yen,
        exposureYen: fullest.exposure_yen,
        suspended: fullest.suspended,
      })),
    },
    seen: told.map(({ company }) => company.seenNo),
  }
}

/** Used part of a limit; any use of a limit of nothing is more than all. */
function shareOf({
  limit_yen: limit,
  exposure_yen: used,
}: Pick<UseRow, 'limit_yen' | 'exposure_yen'>): number {
  return limit > 0 ? used / limit : used > 0 ? Number.POSITIVE_INFINITY : 0
}

export const listColumns = [
  offeredColumns('party', limitUse, [
    { key: 'limitUse', title: '枠の使用（%）', kind: 'number', value: row => percentOf(row) },
    { key: 'limit', title: '限度額', kind: 'yen', value: row => row.limitYen },
    { key: 'exposure', title: '与信残高', kind: 'yen', value: row => row.exposureYen },
    { key: 'limitKind', title: '枠の種別', value: row => limitKindLabels[row.limitKind] },
  ]),
]

const percentOf = ({ limitYen, exposureYen }: { limitYen: number; exposureYen: number }) =>
  limitYen > 0 ? Math.floor((exposureYen * 100) / limitYen) : null
