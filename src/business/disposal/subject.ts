import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { SubjectKind } from './tables.ts'
import './tables.ts'

/** A record as a disposal names it. */
export interface Subject {
  kind: SubjectKind
  id: Id
  number: string
  name: string
  seenNo: number
  rowVersion: number
  disposed: boolean
}

/** The records of one kind by id, with number and name; of a company the record that stands for it. */
export async function subjectsOf(
  db: Db | Tx,
  kind: SubjectKind,
  ids: readonly Id[],
): Promise<Map<Id, Subject>> {
  if (ids.length === 0) return new Map()
  const columns = {
    party: sql`party_no as number, coalesce(shown_name, legal_name) as name from party`,
    person: sql`person_no as number, family_name || ' ' || given_name as name from person`,
    document: sql`doc_no as number, title as name from document`,
  }[kind]
  const { rows } = await sql<Omit<Subject, 'kind'>>`
    select id, seen_no as "seenNo", row_version as "rowVersion", disposed_at is not null as disposed, ${columns}
    where id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.id, { ...row, kind }]))
}

/** The id under which a record is judged and disposed of: that of its company, where records were merged. */
export async function headOf(db: Db | Tx, kind: SubjectKind, id: Id): Promise<Id> {
  if (kind !== 'party') return id
  const row = await db
    .selectFrom('party_identity')
    .select('identity_id')
    .where('party_id', '=', id)
    .executeTakeFirst()
  return row?.identity_id ?? id
}
