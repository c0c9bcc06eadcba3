import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { SubjectKind } from './tables.ts'

/** Everything that goes with one disposal, by kind of record. */
export interface Scope {
  parties: Id[]
  people: Id[]
  documents: Id[]
  contracts: Id[]
  claims: Id[]
  applications: Id[]
  accounts: Id[]
  kycCases: Id[]
  incidents: Id[]
  requests: Id[]
  deposits: Id[]
  lines: Id[]
  journals: Id[]
  limits: Id[]
  merges: Id[]
  /** Imports whose staged rows name one of the records: what would undo them goes with it. */
  imports: Id[]
  /** Any record whose own fields, tags, history or key go with the subject. */
  records: Id[]
}

const EMPTY: Scope = {
  parties: [],
  people: [],
  documents: [],
  contracts: [],
  claims: [],
  applications: [],
  accounts: [],
  kycCases: [],
  incidents: [],
  requests: [],
  deposits: [],
  lines: [],
  journals: [],
  limits: [],
  merges: [],
  imports: [],
  records: [],
}

/** The records of one subject: of a company all its records, its people who belong to nobody else, its papers and its deals. */
export async function scopeOf(
  tx: Db | Tx,
  subject: { kind: SubjectKind; id: Id },
  exceptRequest: Id,
): Promise<Scope> {
  if (subject.kind === 'document')
    return {
      ...EMPTY,
      documents: [subject.id],
      requests: await requestsOf(tx, [subject.id], exceptRequest),
      records: [subject.id],
    }
  const parties =
    subject.kind === 'party'
      ? await idsOf(
          tx,
          sql`
    select party_id as id from party_identity where identity_id = (select identity_id from party_identity where party_id = ${subject.id})`,
        )
      : []
  const people = subject.kind === 'person' ? [subject.id] : await peopleOfNobodyElse(tx, parties)
  const of = (table: string, column: string, ids: readonly Id[]) =>
    idsOf(tx, sql`select id from ${sql.table(table)} where ${sql.ref(column)} = any(${[...ids]}::uuid[])`)
  const [contracts, applications, accounts, kycCases, deposits, inquiries, reviews, asClient, asDebtor] =
    await Promise.all([
      of('contract', 'party_id', parties),
      of('application', 'client_id', parties),
      of('bank_account', 'party_id', parties),
      of('kyc_case', 'party_id', parties),
      of('payment_in', 'party_id', parties),
      of('inquiry', 'party_id', parties),
      of('credit_review', 'party_id', parties),
      of('receivable', 'client_id', parties),
      of('receivable', 'debtor_id', parties),
    ])
  const claims = [...new Set([...asClient, ...asDebtor])]
  const collections = await of('collection_case', 'receivable_id', claims)
  const incidents = await idsOf(
    tx,
    sql`
    select s.incident_id as id from incident_subject s where s.party_id = any(${parties}::uuid[])
    group by 1 having not exists (select from incident_subject o join party p on p.id = o.party_id
      where o.incident_id = s.incident_id and p.disposed_at is null and p.id <> all(${parties}::uuid[]))`,
  )
  const known = [
    ...[...parties, ...people, ...contracts, ...applications, ...accounts, ...kycCases],
    ...[...deposits, ...inquiries, ...reviews, ...claims, ...collections, ...incidents],
  ]
  const documents = await papersOf(tx, [...parties, ...people, ...incidents], known)
  const records = [...known, ...documents]
  const journals = await idsOf(
    tx,
    sql`
    select distinct journal_id as id from ledger_entry where party_id = any(${parties}::uuid[])`,
  )
  return {
    ...{
      parties,
      people,
      documents,
      contracts,
      claims,
      applications,
      accounts,
      kycCases,
      incidents,
      deposits,
    },
    requests: await requestsOf(tx, records, exceptRequest),
    lines: await idsOf(tx, sql`select line_id as id from payment_in where id = any(${deposits}::uuid[])`),
    journals,
    limits: await idsOf(
      tx,
      sql`select id from credit_limit
      where subject_id = any(${parties}::uuid[]) or second_subject_id = any(${parties}::uuid[])`,
    ),
    merges: await idsOf(
      tx,
      sql`select distinct merge_id as id from party_merge_member where party_id = any(${parties}::uuid[])`,
    ),
    imports: await idsOf(
      tx,
      sql`select distinct batch_id as id from import_row
      where party_id = any(${parties}::uuid[]) or record_id = any(${known}::uuid[])`,
    ),
    records,
  }
}

async function idsOf(tx: Db | Tx, query: ReturnType<typeof sql>): Promise<Id[]> {
  const { rows } = await (query as ReturnType<typeof sql<{ id: Id }>>).execute(tx)
  return rows.map(row => row.id)
}

/** People who stand with these companies and with no other one that still lives. */
function peopleOfNobodyElse(tx: Db | Tx, parties: readonly Id[]): Promise<Id[]> {
  const mine = sql`any(${[...parties]}::uuid[])`
  return idsOf(
    tx,
    sql`
    with tied as (
      select person_id as id from party_person where party_id = ${mine}
      union select holder_person_id from shareholding where party_id = ${mine} and holder_person_id is not null
      union select guarantor_person_id from guarantee where party_id = ${mine} and guarantor_person_id is not null),
    others as (
      select r.person_id as id from tied t join party_person r on r.person_id = t.id join party p on p.id = r.party_id
        where p.disposed_at is null and p.id <> all(${[...parties]}::uuid[])
      union select s.holder_person_id from tied t join shareholding s on s.holder_person_id = t.id join party p on p.id = s.party_id
        where p.disposed_at is null and p.id <> all(${[...parties]}::uuid[])
      union select g.guarantor_person_id from tied t join guarantee g on g.guarantor_person_id = t.id join party p on p.id = g.party_id
        where p.disposed_at is null and p.id <> all(${[...parties]}::uuid[]))
    select h.id from tied t join person h on h.id = t.id
    where h.disposed_at is null and h.id not in (select id from others)`,
  )
}

/** Papers of these data subjects, and papers filed with nothing but what goes; certificates of disposals stay. */
function papersOf(tx: Db | Tx, subjects: readonly Id[], known: readonly Id[]): Promise<Id[]> {
  return idsOf(
    tx,
    sql`
    select d.id from document d where d.disposed_at is null and (d.data_subject_id = any(${[...subjects]}::uuid[])
      or d.id in (select l.document_id from document_link l where l.object_id = any(${[...known]}::uuid[])
        and not exists (select from document_link o where o.document_id = l.document_id and o.object_id <> all(${[...known]}::uuid[]))))
    and not exists (select from document_link k where k.document_id = d.id and k.object_kind = 'disposal')`,
  )
}

function requestsOf(tx: Db | Tx, records: readonly Id[], except: Id): Promise<Id[]> {
  return idsOf(
    tx,
    sql`
    select id from change_request where id <> ${except}
      and (object_id = any(${[...records]}::uuid[]) or related_ids && ${[...records]}::uuid[])`,
  )
}
