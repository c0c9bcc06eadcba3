import { sql } from 'kysely'
import type { z } from 'zod'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { foldOldForms, normalizeCompanyName } from '../names/index.ts'
import type { proposeCounterparties } from './contract.ts'

const LONGEST_KEY = 300

/** Companies the printed name may stand for: those of the same name in any spelling first, then those whose name begins so; old names too. */
export async function counterpartiesOf(
  { db, actor }: QueryContext,
  { name, limit }: z.output<typeof proposeCounterparties.input>,
): Promise<Seen<z.input<typeof proposeCounterparties.output>>> {
  const { core, foldedCore } = normalizeCompanyName(foldOldForms(name))
  const keys = [...new Set([core, foldedCore])].filter(key => key !== '' && key.length <= LONGEST_KEY)
  // Whoever is assigned some customers only is not told of others.
  if (keys.length === 0 || actor.reach !== 'all') return { body: { rows: [] }, seen: [] }
  const { rows } = await sql<{
    id: string
    seen_no: number
    party_no: string
    name: string
    place: string | null
    same: boolean
  }>`
    with hit as (
      select party_id, true as same from party_search_key
        where key = any(${keys}::text[]) and kind in ('core', 'folded', 'old_core', 'old_folded')
      union all
      (select party_id, false from party_search_key where key >= ${keys[0]!} and key < ${`${keys[0]!}\u{10ffff}`}
        and kind in ('core', 'folded') order by key limit 50))
    select p.id, p.seen_no, p.party_no, coalesce(p.shown_name, p.legal_name) as name, nullif(concat(p.pref, p.city), '') as place,
      bool_or(hit.same) as same
    from hit join party p on p.id = hit.party_id
    group by p.id order by bool_or(hit.same) desc, length(coalesce(p.shown_name, p.legal_name)), p.party_no limit ${limit}`.execute(
    db,
  )
  return {
    body: {
      rows: rows.map(row => ({
        id: row.id,
        partyNo: row.party_no,
        name: row.name,
        place: row.place,
        sameName: row.same,
      })),
    },
    seen: rows.map(row => row.seen_no),
  }
}
