import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { lawfulRetentionOfPaper } from '../documents/index.ts'
import type { DocKind } from '../documents/tables.ts'
import { isLiving, judgeCompanies, latest } from './party-facts.ts'
import {
  type Hindrance,
  hindrances,
  type Judged,
  type RetentionFacts,
  retentionOf,
  ruleOfPaper,
} from './rules/retention.ts'
import type { SubjectKind } from './tables.ts'

type Years = Readonly<Record<string, number>>

/** Records of one kind judged by the rules, by id; what was disposed of already or is not there is left out. */
export async function judge(
  db: Db | Tx,
  kind: SubjectKind,
  ids: readonly Id[],
  years: Years,
  except: Id | null = null,
): Promise<Map<Id, Judged>> {
  if (ids.length === 0) return new Map()
  if (kind === 'party') return judgeCompanies(db, ids, years, except)
  return kind === 'person' ? judgePeople(db, ids, years, except) : judgePapers(db, ids, years, except)
}

interface Company {
  companies: Id[] | null
  stands: Hindrance[] | null
}

/** The longest of a record's own retention and that of the companies it belongs to, with what stands against it. */
function together(
  own: { facts: RetentionFacts; years: Years; stands: readonly Hindrance[] },
  companies: readonly Judged[],
): Judged {
  const mine = retentionOf(own.facts, own.years)
  const longest = companies.reduce(
    (so, one) => (one.until > so.until ? { rule: one.rule, until: one.until } : so),
    mine,
  )
  const found = new Set<Hindrance>(own.stands)
  if (companies.some(isLiving)) found.add('nobody_else_must_need_it')
  return { ...longest, hindrances: hindrances.filter(one => found.has(one)) }
}

const tokyo = (at: string) => sql.raw(`(${at} at time zone 'Asia/Tokyo')::date`)
const openRequests = (except: Id | null) => sql`
  open_requests as materialized (
    select id, object_id, related_ids, evidence from change_request
    where state in ('pending', 'returned', 'stale') and id is distinct from ${except}::uuid)`

type PersonRow = Company & {
  id: Id
  registered: IsoDate
  role_ended: IsoDate | null
  identified: IsoDate | null
  hit: IsoDate | null
  spoken: IsoDate | null
}

async function judgePeople(db: Db | Tx, ids: readonly Id[], years: Years, except: Id | null) {
  const { rows } = await sql<PersonRow>`
    with mine as materialized (select id, registered_at from person where id = any(${[...ids]}::uuid[]) and disposed_at is null),
    ties as materialized (
      select m.id, r.party_id, r.valid_to is null as stands, r.valid_to from mine m join party_person r on r.person_id = m.id
      union all select m.id, s.party_id, s.valid_to is null, s.valid_to from mine m join shareholding s on s.holder_person_id = m.id
      union all select m.id, g.party_id, g.valid_to is null, g.valid_to from mine m join guarantee g on g.guarantor_person_id = m.id),
    living as (
      select t.id, array_agg(distinct i.identity_id) as companies, bool_or(t.stands) as stands
      from ties t join party p on p.id = t.party_id and p.disposed_at is null join party_identity i on i.party_id = p.id group by t.id),
    ended as (select id, max(valid_to) as last from ties group by id),
    ${openRequests(except)}
    select m.id, ${tokyo('m.registered_at')} as registered, e.last as role_ended, l.companies,
      (select max(seen_on) from kyc_document k where k.person_id = m.id) as identified,
      (select max(${tokyo('c.searched_at')}) from screening_case c where c.subject_id = m.id and c.hit_count > 0) as hit,
      (select max(${tokyo('c.occurred_at')}) from communication c where c.person_id = m.id and c.superseded_at is null) as spoken,
      array_remove(array[
        case when l.stands then 'nobody_else_must_need_it' end,
        case when exists (select from inquiry q where q.person_id = m.id and q.ended_at is null) then 'inquiries_must_be_ended' end,
        case when exists (select from open_requests c where c.object_id = m.id or m.id = any(c.related_ids))
          or exists (select from planned_change p where p.record_id = m.id and p.state = 'planned') then 'requests_must_be_decided' end,
        case when exists (select from document d where d.data_subject_id = m.id and d.held_since is not null)
          or exists (select from document_link k join document d on d.id = k.document_id
            where k.object_id = m.id and d.held_since is not null) then 'papers_must_not_be_held' end], null) as stands
    from mine m left join living l on l.id = m.id left join ended e on e.id = m.id`.execute(db)
  const companies = await companiesOf(db, rows, years)
  return new Map(
    rows.map(row => {
      const facts: RetentionFacts = {
        ...nothing,
        relationEndedOn: row.identified || row.hit ? row.role_ended : null,
        identifiedOn: row.identified,
        lastActOn: latest(row.registered, row.role_ended, row.spoken) ?? row.registered,
        screenedOn: row.hit,
      }
      return [row.id, together({ facts, years, stands: row.stands ?? [] }, companies(row))] as const
    }),
  )
}

type PaperRow = Company & { id: Id; doc_kind: DocKind; own_day: IsoDate; settled: IsoDate | null }

async function judgePapers(db: Db | Tx, ids: readonly Id[], years: Years, except: Id | null) {
  const { rows } = await sql<PaperRow>`
    with mine as materialized (
      select id, doc_kind, data_subject_id, held_since,
        coalesce(greatest(transaction_date, received_on, valid_on, expires_on), ${tokyo('registered_at')}) as own_day
      from document where id = any(${[...ids]}::uuid[]) and disposed_at is null),
    links as materialized (select m.id, l.object_kind, l.object_id from mine m join document_link l on l.document_id = m.id),
    deals as (
      select l.id, r.state not in ('rejected', 'withdrawn', 'lapsed', 'rescinded', 'repurchased', 'written_off', 'closed')
          and (s.settled_on is null or r.left_to_settle_yen > 0) as open, coalesce(s.settled_on, r.state_on) as ended
        from links l join receivable r on r.id = l.object_id
          left join claim_settlement s on s.receivable_id = r.id and s.undone_at is null
      union all select l.id, c.state not in ('voided', 'terminated', 'completed'), coalesce(c.terminated_on, c.ends_on, c.effective_on)
        from links l join contract c on c.id = l.object_id
      union all select l.id, a.ended_at is null, null from links l join application a on a.id = l.object_id
      union all select l.id, i.closed_on is null, i.closed_on from links l join incident i on i.id = l.object_id),
    deal_facts as (select id, bool_or(open) as open, max(ended) as ended from deals group by id),
    identifying as (
      select m.id, i.identity_id from mine m join kyc_document k on k.document_id = m.id join kyc_case c on c.id = k.case_id
        join party p on p.id = c.party_id and p.disposed_at is null join party_identity i on i.party_id = p.id
      union
      select m.id, i.identity_id from mine m join party_identity i on i.party_id = m.data_subject_id
        join party p on p.id = i.party_id and p.disposed_at is null
        where m.doc_kind in ('id', 'registry', 'certificate', 'screening_evidence')),
    company_facts as (select id, array_agg(distinct identity_id) as companies from identifying group by id),
    ${openRequests(except)}
    select m.id, m.doc_kind, m.own_day, d.ended as settled, c.companies,
      array_remove(array[
        case when m.held_since is not null then 'papers_must_not_be_held' end,
        case when exists (select from open_requests r where r.object_id = m.id or m.id = any(r.evidence)) then 'requests_must_be_decided' end,
        case when d.open or exists (select from links l where l.id = m.id and l.object_kind = 'disposal') then 'nobody_else_must_need_it' end
        ], null) as stands
    from mine m left join deal_facts d on d.id = m.id left join company_facts c on c.id = m.id`.execute(db)
  const companies = await companiesOf(db, rows, years)
  return new Map(
    rows.map(row => {
      const rule = ruleOfPaper(row.doc_kind)
      const facts: RetentionFacts = {
        ...nothing,
        // A paper counts from its own day; its kind says for how long.
        lastActOn: row.own_day,
        relationEndedOn: row.own_day,
        bookedOn: rule === 'tax_books' ? row.own_day : null,
        settledOn: rule === 'claims' ? (latest(row.own_day, row.settled) ?? row.own_day) : row.settled,
        identifiedOn: rule === 'kyc_records' ? row.own_day : null,
        screenedOn: rule === 'screening' ? row.own_day : null,
      }
      const judged = together({ facts, years, stands: row.stands ?? [] }, companies(row))
      const lawful = lawfulRetentionOfPaper({
        docKind: row.doc_kind,
        transactionDate: row.own_day,
        receivedOn: row.own_day,
      }).until
      return [
        row.id,
        lawful !== null && lawful > judged.until ? { ...judged, until: lawful } : judged,
      ] as const
    }),
  )
}

const nothing = {
  relationEndedOn: null,
  identifiedOn: null,
  transactedOn: null,
  bookedOn: null,
  settledOn: null,
  sharedOn: null,
  screenedOn: null,
}

async function companiesOf(db: Db | Tx, rows: readonly Company[], years: Years) {
  const wanted = [...new Set(rows.flatMap(row => row.companies ?? []))]
  const judged = await judgeCompanies(db, wanted, years)
  return (row: Company): Judged[] => (row.companies ?? []).flatMap(company => judged.get(company) ?? [])
}
