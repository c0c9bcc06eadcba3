import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import {
  type Hindrance,
  hindrances,
  isRunning,
  type Judged,
  type RetentionFacts,
  retentionOf,
} from './rules/retention.ts'

/** Claims which came to nothing, or to their end by an act; one that is purchased ends by its settlement. */
const ENDED_CLAIMS = ['rejected', 'withdrawn', 'lapsed', 'rescinded', 'repurchased', 'written_off', 'closed']
const ENDED_CONTRACTS = ['voided', 'terminated', 'completed']
const OPEN_DEPOSITS = [
  'received',
  'matching',
  'proposed',
  'unidentified',
  'partially_applied',
  'held',
  'refund_pending',
]
const ENDED_PAYOUTS = ['confirmed', 'cancelled', 'failed', 'bounced']

type FactRow = { company: Id } & {
  [K in
    | 'contract_ended'
    | 'settled'
    | 'claim_ended'
    | 'purchased'
    | 'money_in'
    | 'money_out'
    | 'booked'
    | 'tax_paper'
    | 'identified'
    | 'screened'
    | 'hit'
    | 'shared'
    | 'application_ended'
    | 'asked'
    | 'spoken'
    | 'incident_closed']: IsoDate | null
} & { registered: IsoDate; stands: Hindrance[] | null }

const tokyo = (at: string) => sql.raw(`(${at} at time zone 'Asia/Tokyo')::date`)

/**
 * Companies (identities) judged, by id: all records of one company go together, so their facts are one. `except` leaves out the request that is
 * being carried out.
 */
export async function judgeCompanies(
  db: Db | Tx,
  companies: readonly Id[],
  years: Readonly<Record<string, number>>,
  except: Id | null = null,
): Promise<Map<Id, Judged>> {
  if (companies.length === 0) return new Map()
  const rows = await factsOfCompanies(db, companies, except)
  return new Map(rows.map(row => [row.company, judged(row, years)]))
}

function judged(row: FactRow, years: Readonly<Record<string, number>>): Judged {
  const stands = hindrances.filter(one => row.stands?.includes(one))
  const settledOn = latest(row.contract_ended, row.settled)
  const transactedOn = latest(row.purchased, row.money_in, row.money_out)
  const relationEndedOn = latest(settledOn, transactedOn, row.booked)
  const facts: RetentionFacts = {
    relationEndedOn,
    identifiedOn: row.identified,
    transactedOn,
    bookedOn: latest(row.booked, row.tax_paper),
    settledOn,
    lastActOn:
      latest(
        row.registered,
        row.claim_ended,
        row.application_ended,
        row.asked,
        row.spoken,
        row.incident_closed,
      ) ?? row.registered,
    sharedOn: row.shared,
    // Without a relation only what was found is evidence to be kept.
    screenedOn: relationEndedOn ? row.screened : row.hit,
  }
  return { ...retentionOf(facts, years), hindrances: stands }
}

/** A relation that runs has no last day yet. */
export const isLiving = (one: Judged): boolean => isRunning(one.hindrances)

export function latest(...days: (IsoDate | null)[]): IsoDate | null {
  return days.reduce((last, day) => (day !== null && (last === null || day > last) ? day : last), null)
}

async function factsOfCompanies(db: Db | Tx, companies: readonly Id[], except: Id | null) {
  const { rows } = await sql<FactRow>`
    with mine as materialized (
      select identity_id as company, party_id as id from party_identity where identity_id = any(${[...companies]}::uuid[])),
    claims as materialized (
      select m.company, r.id, r.state, r.state_on, r.purchase_id, r.funded_on, s.settled_on,
        r.state <> all(${ENDED_CLAIMS}::text[]) and (s.settled_on is null or r.left_to_settle_yen > 0) as open
      from mine m join lateral (
          select * from receivable where client_id = m.id union all select * from receivable where debtor_id = m.id) r on true
        left join claim_settlement s on s.receivable_id = r.id and s.undone_at is null),
    claim_facts as (
      select company, bool_or(open) as open, max(coalesce(settled_on, state_on)) filter (where purchase_id is not null) as settled,
        max(state_on) filter (where purchase_id is null) as ended,
        max(greatest(funded_on, (select purchased_on from purchase b where b.id = claims.purchase_id))) as purchased
      from claims group by company),
    contract_facts as (
      select m.company, bool_or(c.state <> all(${ENDED_CONTRACTS}::text[])) as open,
        max(coalesce(c.terminated_on, c.ends_on, c.effective_on, c.signed_on)) filter (where c.signed_on is not null) as ended
      from mine m join contract c on c.party_id = m.id group by m.company),
    deposit_facts as (
      select m.company, bool_or(p.state = any(${OPEN_DEPOSITS}::text[])) as open, max(p.received_on) as last
      from mine m join payment_in p on p.party_id = m.id group by m.company),
    payout_facts as (
      select m.company, bool_or(p.state <> all(${ENDED_PAYOUTS}::text[])) as open,
        max(coalesce(p.confirmed_on, p.transfer_on)) filter (where p.state = 'confirmed') as last
      from mine m join payment_out p on p.party_id = m.id group by m.company),
    dues as (
      select distinct m.company from mine m join payout_due d on d.party_id = m.id
      where d.cancelled_at is null and d.set_off_yen < d.amount_yen
        and not exists (select from payment_out o where o.due_id = d.id and o.state = 'confirmed')),
    book_facts as (
      select m.company, max(e.value_on) as last from mine m join ledger_entry e on e.party_id = m.id group by m.company),
    application_facts as (
      select m.company, bool_or(a.ended_at is null) as open, max(${tokyo('a.ended_at')}) as ended,
        max((select max(${tokyo('s.sent_at')}) from panel_sending s where s.application_id = a.id)) as shared
      from mine m join application a on a.client_id = m.id group by m.company),
    identified as (
      select m.company, max(coalesce(k.completed_on, ${tokyo('k.opened_at')})) as last
      from mine m join kyc_case k on k.party_id = m.id group by m.company),
    screened as (
      select m.company, max(${tokyo('c.searched_at')}) as last, max(${tokyo('c.searched_at')}) filter (where c.hit_count > 0) as hit
      from mine m join screening_case c on c.subject_id = m.id group by m.company),
    paper_facts as (
      select m.company, bool_or(d.held_since is not null) as held,
        max(greatest(d.transaction_date, d.received_on)) filter (
          where d.doc_kind in ('invoice', 'order', 'delivery', 'statement', 'tax') and d.disposed_at is null) as last
      from mine m join document d on d.data_subject_id = m.id where d.struck_at is null group by m.company),
    held_elsewhere as (
      select distinct m.company from mine m join document_link l on l.object_id = m.id join document d on d.id = l.document_id
      where d.held_since is not null),
    talk as (
      select m.company, max(${tokyo('c.occurred_at')}) as last from mine m join communication c on c.party_id = m.id group by m.company),
    inquiry_facts as (
      select m.company, bool_or(q.ended_at is null) as open, max(${tokyo('q.received_at')}) as last
      from mine m join inquiry q on q.party_id = m.id group by m.company),
    incident_facts as (
      select m.company, bool_or(i.closed_on is null) as open, max(i.closed_on) as last
      from mine m join incident_subject s on s.party_id = m.id join incident i on i.id = s.incident_id group by m.company),
    open_requests as materialized (
      select id, object_id, related_ids from change_request where state in ('pending', 'returned', 'stale') and id is distinct from ${except}::uuid),
    waiting as (
      select m.company from mine m join open_requests c on c.object_id = m.id
      union select m.company from open_requests c cross join unnest(c.related_ids) r(id) join mine m on m.id = r.id
      union select m.company from mine m join planned_change p on p.record_id = m.id where p.state = 'planned'),
    needed as (${neededByOthers()})
    select h.company, h.registered,
      ct.ended as contract_ended, cl.settled, cl.ended as claim_ended, cl.purchased, di.last as money_in, po.last as money_out,
      b.last as booked, pa.last as tax_paper, k.last as identified, sc.last as screened, sc.hit, ap.shared, ap.ended as application_ended,
      q.last as asked, t.last as spoken, i.last as incident_closed,
      array_remove(array[
        case when ct.open then 'contracts_must_be_ended' end,
        case when cl.open then 'claims_must_be_settled' end,
        case when di.open or po.open or du.company is not null then 'payments_must_be_finished' end,
        case when ap.open then 'applications_must_be_ended' end,
        case when i.open then 'incidents_must_be_closed' end,
        case when q.open then 'inquiries_must_be_ended' end,
        case when w.company is not null then 'requests_must_be_decided' end,
        case when pa.held or he.company is not null then 'papers_must_not_be_held' end,
        case when n.company is not null then 'nobody_else_must_need_it' end], null) as stands
    from (select m.company, max(${tokyo('p.registered_at')}) as registered from mine m join party p on p.id = m.id group by 1) h
      left join contract_facts ct using (company) left join claim_facts cl using (company)
      left join deposit_facts di using (company) left join payout_facts po using (company) left join dues du using (company)
      left join book_facts b using (company) left join application_facts ap using (company) left join identified k using (company)
      left join screened sc using (company) left join paper_facts pa using (company) left join held_elsewhere he using (company)
      left join talk t using (company) left join inquiry_facts q using (company) left join incident_facts i using (company)
      left join waiting w using (company) left join needed n using (company)`.execute(db)
  return rows
}

/** Companies another living company rests on: its holder, its guarantor, the broker or funder of what runs. */
function neededByOthers() {
  const living = (party: string) =>
    sql.raw(`exists (select from party o join party_identity oi on oi.party_id = o.id
      where o.id = ${party} and o.disposed_at is null and oi.identity_id <> m.company)`)
  return sql`
    select m.company from mine m join shareholding s on s.holder_party_id = m.id where s.valid_to is null and ${living('s.party_id')}
    union select m.company from mine m join guarantee g on g.guarantor_party_id = m.id where g.valid_to is null and ${living('g.party_id')}
    union select m.company from mine m join application a on a.broker_id = m.id where a.ended_at is null and ${living('a.client_id')}
    union select m.company from mine m join panel_sending s on s.funder_id = m.id where s.closed_at is null and s.state in ('waiting', 'approved')`
}
