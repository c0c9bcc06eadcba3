import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type CompanyFacts, keysOf } from './rules.ts'
import './tables.ts'

type Row = { id: Id } & { [K in keyof CompanyFacts]: CompanyFacts[K] | null }

/** Writes the keys of companies anew (identities); those whose record is folded into another lose theirs. Five hundred at once. */
export async function renewKeys(tx: Tx, companies: readonly Id[]): Promise<void> {
  const ids = [...companies]
  const { rows } = await sql<Row>`
    select c.id,
      (select json_agg(distinct p.address_original) from party p join party_identity i on i.party_id = p.id
        where i.identity_id = c.id and p.address_original is not null) as addresses,
      (select json_agg(distinct p.phone) from party p join party_identity i on i.party_id = p.id
        where i.identity_id = c.id and p.phone is not null) as phones,
      (select json_agg(distinct p.email_domain) from party p join party_identity i on i.party_id = p.id
        where i.identity_id = c.id and p.email_domain is not null) as "emailDomains",
      (select json_agg(distinct a.account_hash) from bank_account a join party_identity i on i.party_id = a.party_id
        where i.identity_id = c.id and a.valid_to is null) as accounts,
      (select json_agg(distinct jsonb_build_object('personId', h.id, 'nameKey', h.name_key, 'birthHash', h.birth_date_hash))
        from party_person r join party_identity i on i.party_id = r.party_id join person h on h.id = r.person_id
        where i.identity_id = c.id and r.person_role = 'representative' and r.valid_to is null and h.disposed_at is null) as representatives,
      (select json_agg(o.holder_id) from computed_owner o
        where o.company_id = c.id and o.basis in ('votes_over_50', 'profit_over_50') and o.holder_kind = 'person') as owners
    from unnest(${ids}::uuid[]) as c(id) join party_identity own on own.party_id = c.id and own.identity_id = c.id`.execute(
    tx,
  )
  await sql`delete from tie_key where company_id = any(${ids}::uuid[])`.execute(tx)
  await insertMany(
    tx,
    'tie_key',
    rows.flatMap(row =>
      keysOf({
        addresses: row.addresses ?? [],
        phones: row.phones ?? [],
        emailDomains: row.emailDomains ?? [],
        accounts: row.accounts ?? [],
        representatives: row.representatives ?? [],
        owners: row.owners ?? [],
      }).map(({ kind, key }) => ({ kind, key, company_id: row.id })),
    ),
  )
}
