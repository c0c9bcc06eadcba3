import { sql } from 'kysely'
import { type Actor, mayDo } from '../../platform/commands/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { DocumentRecord } from './records.ts'

/** Whether this version is closed to the person: an individual number was found in it, and compliance alone opens it. */
export function isClosedTo(
  actor: Actor,
  document: Pick<DocumentRecord, 'quarantined_at' | 'closed_versions'>,
  versionNo: number,
): boolean {
  const closed = document.quarantined_at !== null || versionNo <= document.closed_versions
  return closed && !mayDo(actor, 'documents.quarantine')
}

export interface PaperQuarantined {
  id: Id
  docNo: string
  partyId: Id | null
  quarantinedAt: string
}

/** Papers that wait for compliance because an individual number was found in them. */
export async function papersQuarantined(tx: Tx): Promise<PaperQuarantined[]> {
  const { rows } = await sql<{ id: Id; doc_no: string; party_id: Id | null; quarantined_at: string }>`
    select d.id, d.doc_no, p.id as party_id, d.quarantined_at from document d left join party p on p.id = d.data_subject_id
    where d.quarantined_at is not null and d.struck_at is null and d.confidentiality <> 'compliance'
    order by d.id`.execute(tx)
  return rows.map(row => ({
    id: row.id,
    docNo: row.doc_no,
    partyId: row.party_id,
    quarantinedAt: row.quarantined_at,
  }))
}
