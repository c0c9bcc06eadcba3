import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/database/database.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { shownFields } from '../../parties/index.ts'
import { personFields } from '../../people/fields.ts'
import type { Scope } from '../scope.ts'
import { dealData, masterData, removedRows, WORD } from './plan.ts'

/** Columns which say what a record is, not whom it is about: they stay. */
const KEPT_OF_PARTIES = ['party_kind', 'owner_staff_id', 'stage', 'status', 'roles', 'held_roles']
const NEVER_EMPTY: Readonly<Record<string, string>> = {
  legal_name: WORD,
  legal_form: 'none',
  legal_form_position: 'none',
  family_name: WORD,
  given_name: WORD,
  pep_kind: 'none',
}
/** Derived beside the described items of a person: what they are found and compared by, and what of them is shown masked. */
const BESIDE_PERSON_FIELDS = [
  ...['birth_date_hash', 'phone_hash', 'phone_last', 'mobile_hash', 'mobile_last', 'kana_key'],
  'birth_date_sealed',
  'home_address_sealed',
  'phone_sealed',
  'mobile_sealed',
]
const FLAGS = ['pep_past']

/** Table → rows that were blanked or removed in it. */
export type Counts = Record<string, number>

/** Destroys what the scope names, in the transaction that makes the disposal; answers how many rows of which table it was. */
export async function eraseScope(
  tx: Tx,
  { disposalId, at, today }: { disposalId: Id; at: string; today: string },
  scope: Scope,
): Promise<Counts> {
  const counts: Counts = {}
  const note = (table: string, rows: number | bigint | undefined) => {
    const done = Number(rows ?? 0)
    if (done > 0) counts[table] = (counts[table] ?? 0) + done
  }
  for (const { table, by, of } of removedRows) {
    if (scope[of].length === 0) continue
    const gone =
      await sql`delete from ${sql.table(table)} where ${sql.ref(by)} = any(${scope[of]}::uuid[])`.execute(tx)
    note(table, gone.numAffectedRows)
  }
  for (const { table, by, of, blank } of [...masterData, ...dealData]) {
    if (scope[of].length === 0) continue
    const { rows } = await sql<{ done: number }>`
      select erase_disposed(${disposalId}, ${table}::regclass, ${by}::name, ${scope[of]}::uuid[], ${JSON.stringify(blank)}::jsonb) as done`.execute(
      tx,
    )
    note(table, rows[0]?.done)
  }
  note('bank_account', await endAccounts(tx, scope.accounts, today))
  note('party', await eraseParties(tx, scope.parties, at))
  note('person', await erasePeople(tx, scope.people, at))
  if (scope.documents.length)
    await sql`update document set disposed_at = ${at}, row_version = row_version + 1
      where id = any(${scope.documents}::uuid[])`.execute(tx)
  return counts
}

/** No money goes to an account nobody knows any more. */
async function endAccounts(tx: Tx, accounts: readonly Id[], today: string): Promise<number> {
  if (accounts.length === 0) return 0
  await sql`update bank_account set valid_to = greatest(${today}::date, valid_from), row_version = row_version + 1
    where id = any(${[...accounts]}::uuid[]) and valid_to is null`.execute(tx)
  return 0
}

/** Every described item of the records, read from the description of the fields; the number stays. */
async function eraseParties(tx: Tx, parties: readonly Id[], at: string): Promise<bigint | undefined> {
  if (parties.length === 0) return 0n
  const columns = new Set(
    shownFields.flatMap(field => [...field.columns]).filter(column => !KEPT_OF_PARTIES.includes(column)),
  )
  for (const derived of ['shown_name'] as const) columns.add(derived)
  const blank = Object.fromEntries([...columns].map(column => [column, NEVER_EMPTY[column] ?? null]))
  const done = await tx
    .updateTable('party')
    .set({
      ...blank,
      roles: [],
      held_roles: [],
      status: 'closed',
      disposed_at: at,
      row_version: sql`row_version + 1`,
    } as never)
    .where('id', 'in', [...parties])
    .executeTakeFirst()
  return done.numUpdatedRows
}

async function erasePeople(tx: Tx, people: readonly Id[], at: string): Promise<bigint | undefined> {
  if (people.length === 0) return 0n
  const columns = new Set([
    ...Object.values(personFields).map(field => field.column),
    ...BESIDE_PERSON_FIELDS,
  ])
  const blank = Object.fromEntries(
    [...columns].map(column => [column, FLAGS.includes(column) ? false : (NEVER_EMPTY[column] ?? null)]),
  )
  const done = await tx
    .updateTable('person')
    .set({ ...blank, name_key: '', disposed_at: at, row_version: sql`row_version + 1` } as never)
    .where('id', 'in', [...people])
    .executeTakeFirst()
  return done.numUpdatedRows
}

/** Files of the papers that go, all versions, and of uploads and deliveries nobody took; read before their rows are blanked. */
export async function filesOf(tx: Db | Tx, scope: Scope): Promise<string[]> {
  const { rows } = await sql<{ path: string }>`
    select stored_path as path from document_version where document_id = any(${scope.documents}::uuid[]) and stored_path <> ''
    union select stored_path from document_time_stamp where document_id = any(${scope.documents}::uuid[]) and stored_path <> ''
    union select stored_path from communication_recording where party_id = any(${scope.parties}::uuid[]) and stored_path <> ''
    union select stored_path from document_upload
      where data_subject_id = any(${scope.records}::uuid[]) or record_id = any(${scope.records}::uuid[])
    union select stored_path from document_inbox where stored_path <> ''
      and (document_id = any(${scope.documents}::uuid[]) or proposed_party_id = any(${scope.parties}::uuid[]))`.execute(
    tx,
  )
  return rows.map(row => row.path)
}

/** Empties the events about these records but those of the request itself, and answers which they were. */
export async function eraseTrail(tx: Tx, disposalId: Id, records: readonly Id[], request: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select erase_event_texts(${disposalId}, (
      select coalesce(array_agg(distinct s.event_id), '{}') from audit_event_subject s where s.subject_id = any(${[...records]}::uuid[])
        and not exists (select from audit_event_subject own where own.event_id = s.event_id and own.subject_id = ${request}))) as id`.execute(
    tx,
  )
  return rows.map(row => row.id)
}
