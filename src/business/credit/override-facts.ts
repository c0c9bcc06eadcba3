import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type DealParties, listed } from './exposure-facts.ts'
import type { Outside } from './rules/headroom.ts'
import type { OverrideStanding } from './rules/override.ts'
import type { StoredLimitKind } from './tables.ts'
import './tables.ts'

interface Row {
  what: 'own' | 'outside'
  receivable_id: Id
  limit_kind: StoredLimitKind
  yen: number
  at: number | null
  id: Id | null
  override_no: string | null
  until: IsoDate | null
  is_revoked: boolean | null
  used_by_others: number | null
}

/** The exceptions around deals: those of the claims themselves, and what others have taken beyond the same limits. */
export class Overrides {
  readonly #rows: readonly Row[]
  constructor(rows: readonly Row[]) {
    this.#rows = rows
  }

  /** The newest exception of a claim, or of its application, for a kind of limit. */
  of(receivableId: Id | null, limitKind: string): OverrideStanding | null {
    const own = this.#rows.filter(
      row => row.what === 'own' && row.receivable_id === receivableId && row.limit_kind === limitKind,
    )
    const standing = own.find(row => !row.is_revoked) ?? own[0]
    return standing
      ? {
          id: standing.id ?? '',
          overrideNo: standing.override_no ?? '',
          limitKind: standing.limit_kind,
          beyondYen: standing.yen,
          until: standing.until ?? '',
          isRevoked: standing.is_revoked ?? true,
          usedByOthersYen: standing.used_by_others ?? 0,
        }
      : null
  }

  /** What stands outside the limits of the deal at a place, by kind; what the claim itself took is left out. */
  outside(at: number, receivableId: Id | null): Outside {
    const sums: Outside = {}
    for (const row of this.#rows)
      if (row.what === 'outside' && row.at === at && row.receivable_id !== receivableId)
        sums[row.limit_kind] = (sums[row.limit_kind] ?? 0) + row.yen
    return sums
  }
}

/**
 * Reads them in one statement, once the limits are locked; with `lock` the claims' own exceptions are locked too, so that one being revoked
 * is revoked before or after the deal and not between. What a deal took beyond a limit shrinks first as its money comes back.
 */
export async function overridesAround(
  tx: Tx | Db,
  deals: readonly DealParties[],
  receivableIds: readonly Id[],
  lock: boolean,
): Promise<Overrides> {
  const { rows } = await sql<Row>`
    with named as (
      select r.id as receivable_id, r.id as deal_id from unnest(${[...receivableIds]}::uuid[]) r(id)
      union all select c.receivable_id, c.application_id from application_claim c where c.receivable_id = any(${[...receivableIds]}::uuid[])),
    held as materialized (select o.* from limit_override o
      where o.deal_id in (select deal_id from named) and o.replaced_at is null order by o.id ${lock ? sql`for update` : sql``}),
    asked as materialized (
      select d.at, d.client_ids || array(select company_records(d.client_id)) as client_group,
        d.debtor_ids || array(select company_records(d.debtor_id)) as debtor_group,
        array(select company_records(d.client_id)) as clients, array(select company_records(d.debtor_id)) as debtors
      from ${listed(deals)}
      where exists (select from limit_override_use))
    select 'own' as what, n.receivable_id, o.limit_kind, o.beyond_yen as yen, null::integer as at, o.id, o.override_no, o.until,
      o.revoked_at is not null as is_revoked,
      (select coalesce(sum(u.used_yen), 0)::bigint from limit_override_use u join credit_exposure e on e.receivable_id = u.receivable_id
        where u.override_id = o.id and u.receivable_id <> n.receivable_id and e.state <> 'ended') as used_by_others
    from held o join named n on n.deal_id = o.deal_id
    union all
    select 'outside', u.receivable_id, u.limit_kind, greatest(0, u.used_yen - (u.amount_yen - e.amount_yen)), a.at, null, null, null, null, null
    from asked a cross join limit_override_use u join credit_exposure e on e.receivable_id = u.receivable_id
    where e.state <> 'ended' and case u.limit_kind
      when 'client' then e.client_id = any(a.clients)
      when 'group' then e.client_id = any(a.client_group)
      when 'debtor_group' then e.debtor_id = any(a.debtor_group)
      when 'pair' then e.client_id = any(a.clients) and e.debtor_id = any(a.debtors)
      else e.debtor_id = any(a.debtors) end
    order by 1, 6 desc nulls last`.execute(tx)
  return new Overrides(rows)
}
