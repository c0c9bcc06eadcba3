import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import './tables.ts'

/** Who had which duty in a deal: its claims, the verdicts on them, and an individual contract made for it (master contracts are not a deal). */
export interface DealPeople {
  registrars: Id[]
  approvers: Id[]
}

/** Everybody who registered or approved what a purchase bought (architecture.md, Segregation over one deal). */
export async function dealPeople(tx: Db | Tx, purchaseId: Id): Promise<DealPeople> {
  const { rows } = await sql<{ duty: keyof DealPeople; person: Id }>`
    with claim as (select * from receivable where purchase_id = ${purchaseId}),
      deal_contract as (select c.* from contract c where c.contract_kind = 'individual' and c.id in (select contract_id from claim)),
      act(duty, person) as (
        select 'registrars', registered_by from claim
        union select 'registrars', drafted_by from deal_contract
        union select 'registrars', terms_by from deal_contract
        union select 'approvers', approved_by from claim
        union select 'approvers', exception_approved_by from claim
        union select 'approvers', o.approved_by from claim join limit_override o on o.deal_id = claim.id
          or o.deal_id = (select a.application_id from application_claim a where a.receivable_id = claim.id)
        union select 'approvers', d.confirmed_by from duplicate_check d join claim on claim.id = d.receivable_id where d.verdict = 'different'
        union select 'approvers', execution_approved_by from deal_contract
        union select 'approvers', v.approved_by from contract_version v join deal_contract c on c.id = v.contract_id)
    select duty, person from act where person is not null order by duty, person`.execute(tx)
  const of = (duty: keyof DealPeople) => rows.flatMap(row => (row.duty === duty ? [row.person] : []))
  return { registrars: of('registrars'), approvers: of('approvers') }
}
