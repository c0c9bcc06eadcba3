import { sql } from 'kysely'
import type { Db } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'

/** A record with the others of the same company, for what is told by company but was written for one of them. */
export interface CompanyRecords {
  /** The record asked about, and the others of its company when several were merged. */
  ids: Id[]
  /** The number of the record something was written for; null while the company has one record only, so that nobody is told it. */
  numberOf(recordId: Id | null): string | null
}

/** The records of the company a party belongs to; a record of another kind stands alone. */
export async function companyRecords(db: Db, recordId: Id): Promise<CompanyRecords> {
  const { rows } = await sql<{ id: Id; party_no: string }>`
    select p.id, p.party_no from party_identity own join party_identity mate on mate.identity_id = own.identity_id
    join party p on p.id = mate.party_id where own.party_id = ${recordId} order by p.id`.execute(db)
  const numbers = new Map(rows.length > 1 ? rows.map(row => [row.id, row.party_no]) : [])
  return {
    ids: rows.length > 1 ? rows.map(row => row.id) : [recordId],
    numberOf: id => (id === null ? null : (numbers.get(id) ?? null)),
  }
}
