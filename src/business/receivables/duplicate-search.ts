import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { numberTail } from './number-tail.ts'
import { type CandidateClaim, checkDuplicates, type DuplicateCheck } from './rules/duplicates.ts'
import { numberKey } from './rules/number-key.ts'
import type { ReceivableState } from './rules/states.ts'

export interface ClaimToCompare {
  receivableId: Id | null
  clientId: Id
  debtorId: Id
  invoiceNo: string
  lineNo: number | null
  faceYen: Yen
  issuedOn: IsoDate | null
  dueOn: IsoDate | null
  documentHashes: string[]
}

const CANDIDATE_LIMIT = 2000

interface CandidateRow {
  id: Id
  client_identity: Id
  debtor_identity: Id
  debtor_name_key: string | null
  invoice_no: string
  line_no: number | null
  face_yen: Yen
  issued_on: IsoDate
  due_on: IsoDate
  state: ReceivableState
  hashes: string[]
}

/** The scored check over every client and every claim ever offered (FF §7): the database finds candidates, the rule judges. */
export async function searchDuplicates(tx: Db | Tx, claim: ClaimToCompare): Promise<DuplicateCheck> {
  const parties = await partiesOf(tx, claim.clientId, claim.debtorId)
  const candidates = await candidatesOf(tx, claim, parties)
  return checkDuplicates(
    {
      ...claim,
      receivableId: claim.receivableId ?? '',
      clientId: parties.clientIdentity,
      debtorId: parties.debtorIdentity,
      debtorNameKey: parties.debtorNameKey,
    },
    candidates,
  )
}

export interface ComparedParties {
  clientIdentity: Id
  debtorIdentity: Id
  debtorNameKey: string | null
}

/** Identities (merged records are one) and the match key of the debtor's name. */
export async function partiesOf(tx: Db | Tx, clientId: Id, debtorId: Id): Promise<ComparedParties> {
  const { rows } = await sql<{ client: Id | null; debtor: Id | null; name_key: string | null }>`
    select (select identity_id from party_identity where party_id = ${clientId}) as client,
      (select identity_id from party_identity where party_id = ${debtorId}) as debtor,
      (select min(key) from party_search_key where party_id = ${debtorId} and kind = 'core') as name_key`.execute(
    tx,
  )
  return {
    clientIdentity: rows[0]?.client ?? clientId,
    debtorIdentity: rows[0]?.debtor ?? debtorId,
    debtorNameKey: rows[0]?.name_key ?? null,
  }
}

async function candidatesOf(
  tx: Db | Tx,
  claim: ClaimToCompare,
  parties: ComparedParties,
): Promise<CandidateClaim[]> {
  const key = numberKey(claim.invoiceNo)
  const { rows } = await sql<CandidateRow>`
    with likely as (
      select r.id from receivable r
      where (r.debtor_id in (select party_id from party_identity where identity_id = ${parties.debtorIdentity})
          or r.debtor_name_key = ${parties.debtorNameKey})
        and (r.number_tail = ${numberTail(key)}
          or (r.face_yen between ${Math.floor(claim.faceYen * 0.88)} and ${Math.ceil(claim.faceYen * 1.13)}
            and abs(r.due_on - ${claim.dueOn}::date) <= 7))
      union
      select r.id from receivable r
      where r.number_key = ${key} and r.face_yen = ${claim.faceYen}
        and r.client_id in (select party_id from party_identity where identity_id = ${parties.clientIdentity})
      union
      select e.receivable_id from receivable_evidence e where e.content_hash = any(${claim.documentHashes}::text[])
      limit ${CANDIDATE_LIMIT})
    select r.id, coalesce(c.identity_id, r.client_id) as client_identity, coalesce(d.identity_id, r.debtor_id) as debtor_identity,
      r.debtor_name_key, r.invoice_no, r.line_no, r.face_yen, r.issued_on, r.due_on, r.state,
      coalesce((select array_agg(e.content_hash) from receivable_evidence e where e.receivable_id = r.id), '{}') as hashes
    from likely join receivable r on r.id = likely.id
    left join party_identity c on c.party_id = r.client_id
    left join party_identity d on d.party_id = r.debtor_id`.execute(tx)
  return rows.map(row => ({
    receivableId: row.id,
    clientId: row.client_identity,
    debtorId: row.debtor_identity,
    debtorNameKey: row.debtor_name_key,
    invoiceNo: row.invoice_no,
    lineNo: row.line_no,
    faceYen: row.face_yen,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    documentHashes: row.hashes,
    state: row.state,
  }))
}

/** Keyed hashes of the newest versions of documents: equal = the same file. */
export async function hashesOf(tx: Db | Tx, documentIds: readonly Id[]): Promise<Map<Id, string>> {
  if (documentIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('document as d')
    .innerJoin('document_version as v', join =>
      join.onRef('v.document_id', '=', 'd.id').onRef('v.version_no', '=', 'd.newest_version'),
    )
    .select(['d.id', 'v.content_hash'])
    .where('d.id', 'in', [...documentIds])
    .execute()
  return new Map(rows.map(row => [row.id, row.content_hash]))
}
