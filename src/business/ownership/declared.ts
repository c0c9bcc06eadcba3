import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'

/** A person or deemed person as the trail and reviews name it: by number. */
export interface OwnerNumber {
  id: Id
  no: string
}

/** Declared beneficial owners beside those that follow from holdings, for one company. */
export interface OwnersCompared {
  companyId: Id
  /** What was computed, as one text; equal while nothing has changed. */
  factsKey: string
  computed: OwnerNumber[]
  declared: OwnerNumber[]
  /** Found by share, and nobody declared them. */
  undeclared: OwnerNumber[]
  /** Declared as holders of shares, and the holdings, being complete, do not bear it out. */
  unproven: OwnerNumber[]
  /** Companies that count as natural persons among the computed ones: they hold no role as people do. */
  deemed: number
}

/**
 * Compares, for companies (identities) of which owners were computed, what was declared with what follows from holdings. Somebody found
 * by share must be declared; somebody declared by share must be found, unless holders are missing so that nothing can be said. Companies
 * of which no holding is recorded are not in the answer.
 */
export async function ownersCompared(db: Db | Tx, companies: readonly Id[]): Promise<OwnersCompared[]> {
  const { rows } = await sql<{
    company_id: Id
    facts_key: string
    certain: boolean
    computed: { id: Id; no: string; basis: string; deemed: boolean }[] | null
    declared: { id: Id; no: string; basis: string | null }[] | null
  }>`
    select o.company_id, o.facts_key, o.certain,
      (select json_agg(json_build_object('id', c.holder_id, 'no', coalesce(p.person_no, h.party_no), 'basis', c.basis,
          'deemed', c.holder_kind = 'party') order by c.holder_id)
        from computed_owner c left join person p on p.id = c.holder_id left join party h on h.id = c.holder_id
        where c.company_id = o.company_id) as computed,
      (select json_agg(distinct jsonb_build_object('id', p.id, 'no', p.person_no, 'basis', r.bo_basis))
        from party_identity i join party_person r on r.party_id = i.party_id join person p on p.id = r.person_id
        where i.identity_id = o.company_id and r.person_role = 'beneficial_owner' and r.valid_to is null) as declared
    from computed_ownership o where o.company_id = any(${[...companies]}::uuid[]) and o.outcome <> 'not_needed'
      and exists (select from party_identity i join shareholding s on s.party_id = i.party_id
        where i.identity_id = o.company_id and s.valid_to is null)
    order by o.company_id`.execute(db)
  return rows.map(row => {
    const [computed, declared] = [row.computed ?? [], row.declared ?? []]
    const byShare = (basis: string | null) => basis !== null && /^(votes|profit)_/.test(basis)
    const isDeclared = new Set(declared.map(one => one.id))
    const isComputed = new Set(computed.map(one => one.id))
    const numbers = (list: { id: Id; no: string }[]) =>
      list.map(({ id, no }) => ({ id, no })).sort((a, b) => (a.no < b.no ? -1 : 1))
    return {
      companyId: row.company_id,
      factsKey: row.facts_key,
      computed: numbers(computed),
      declared: numbers(declared),
      undeclared: numbers(
        computed.filter(one => byShare(one.basis) && !one.deemed && !isDeclared.has(one.id)),
      ),
      unproven: numbers(
        row.certain ? declared.filter(one => byShare(one.basis) && !isComputed.has(one.id)) : [],
      ),
      deemed: computed.filter(one => one.deemed).length,
    }
  })
}

/** The comparison for the company of one record; null where no holding of it is recorded. */
export async function ownersComparedOf(db: Db | Tx, partyId: Id): Promise<OwnersCompared | null> {
  const { rows } = await sql<{
    id: Id
  }>`select identity_id as id from party_identity where party_id = ${partyId}`.execute(db)
  const [compared] = await ownersCompared(
    db,
    rows.map(row => row.id),
  )
  return compared ?? null
}
