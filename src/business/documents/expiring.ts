import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { docKindLabels } from './labels.ts'
import type { DocKind } from './tables.ts'

/** A paper of a customer that expires soon or has expired, with no later one of its kind. */
export interface PaperExpiring {
  id: Id
  docNo: string
  kindWord: string
  partyId: Id | null
  partyName: string | null
  ownerId: Id | null
  expiresOn: IsoDate
}

/**
 * Papers that expire on or before `until`, newest of their kind about the company or person they are of. What is for compliance alone is
 * nobody else's alert; papers of a person stand on the first company the person acts for.
 */
export async function papersExpiring(tx: Tx, until: IsoDate): Promise<PaperExpiring[]> {
  const { rows } = await sql<{
    id: Id
    doc_no: string
    doc_kind: DocKind
    party_id: Id | null
    name: string | null
    owner_staff_id: Id | null
    expires_on: IsoDate
  }>`
    select d.id, d.doc_no, d.doc_kind, p.id as party_id, coalesce(p.shown_name, p.legal_name) as name, p.owner_staff_id, d.expires_on
    from document d
    left join lateral (
      select d.data_subject_id as id where exists (select from party x where x.id = d.data_subject_id)
      union all
      (select r.party_id from party_person r where r.person_id = d.data_subject_id and r.valid_to is null order by r.party_id limit 1)
      limit 1) s on true
    left join party p on p.id = s.id
    where d.expires_on <= ${until}::date and d.struck_at is null and d.disposed_at is null and d.confidentiality <> 'compliance'
      and coalesce(p.status, 'normal') <> 'closed'
      and not exists (select from document n where n.data_subject_id = d.data_subject_id and n.doc_kind = d.doc_kind
        and n.id > d.id and n.struck_at is null)
    order by d.id`.execute(tx)
  return rows.map(row => ({
    id: row.id,
    docNo: row.doc_no,
    kindWord: docKindLabels[row.doc_kind],
    partyId: row.party_id,
    partyName: row.name,
    ownerId: row.owner_staff_id,
    expiresOn: row.expires_on,
  }))
}
