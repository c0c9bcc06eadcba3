import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { applicationsDue } from '../applications/index.ts'
import { creditFileDue, guaranteesToJudge } from '../assessment/index.ts'
import { contractNotices } from '../contracts/index.ts'
import { limitsInUse } from '../credit/index.ts'
import { papersExpiring, papersQuarantined } from '../documents/index.ts'
import { dueStateSql } from '../payouts/index.ts'
import { dueSourceLabels } from '../payouts/labels.ts'
import { limitationsNear, toleranceYenOf } from '../receivables/index.ts'
import { openDifferences } from '../reconciliation/index.ts'
import { proofRuleLabels } from '../reconciliation/labels.ts'
import { NEWS_NOTICE_DAYS, newsDue } from '../screening/index.ts'
import { APPLICATION_NOTICE_HOURS, DOCUMENTS_WAIT_DAYS } from './application-rules.ts'
import { blockedContacts, incidentsDue, inquiriesDue } from './contact-facts.ts'
import { CONTRACT_NOTICE_DAYS, LIMITATION_NOTICE_DAYS, PAPER_NOTICE_DAYS } from './deadline-rules.ts'
import { type AlertFacts, KYC_NOTICE_DAYS, LIMIT_WARNING_PERCENT } from './rules.ts'

const HOUR_MS = 3_600_000

/** What the rules look at, as it stands in this transaction. */
export async function readFacts(tx: Tx, now: Date): Promise<AlertFacts> {
  const today = todayInTokyo(now)
  return {
    now,
    today,
    limits: await limitsInUse(tx, today, LIMIT_WARNING_PERCENT),
    overdue: await overdueClaims(tx, today),
    waitingRequests: await waitingRequests(tx),
    sharedAccounts: await sharedAccounts(tx),
    unidentified: await unidentifiedDeposits(tx),
    kyc: await checksDue(tx, today),
    changes: await openChanges(tx),
    hits: await openHits(tx),
    repayments: await waitingRepayments(tx),
    creditFile: await creditFileDue(tx, today),
    guarantees: await guaranteesToJudge(tx),
    books: await unequalBooks(tx),
    blockedContacts: await blockedContacts(tx, now),
    inquiries: await inquiriesDue(tx, now),
    incidents: await incidentsDue(tx, today),
    applications: await applicationsDue(
      tx,
      new Date(now.getTime() + APPLICATION_NOTICE_HOURS * HOUR_MS),
      new Date(now.getTime() - DOCUMENTS_WAIT_DAYS * 24 * HOUR_MS),
    ),
    limitations: await limitationsNear(tx, addDays(today, LIMITATION_NOTICE_DAYS)),
    contractNotices: await contractNotices(tx, today, addDays(today, CONTRACT_NOTICE_DAYS)),
    papers: await papersExpiring(tx, addDays(today, PAPER_NOTICE_DAYS)),
    quarantined: await papersQuarantined(tx),
    news: await newsDue(tx, await partiesDealtWith(tx), { today, until: addDays(today, NEWS_NOTICE_DAYS) }),
    oldestUnsealedAt: await oldestUnsealed(tx),
  }
}

async function overdueClaims(tx: Tx, today: string): Promise<AlertFacts['overdue']> {
  const toleranceYen = await toleranceYenOf(tx)
  const { rows } = await sql<{
    id: Id
    receivable_no: string
    client_id: Id
    client_name: string
    payable_on: string
    open_yen: number
  }>`
    select r.id, r.receivable_no, r.client_id, p.legal_name as client_name, r.payable_on,
      (r.purchased_yen - r.collected_yen - r.diluted_yen)::bigint as open_yen
    from receivable r join party p on p.id = r.client_id
    where r.state in ('purchased', 'dunning', 'legal') and r.purchased_yen - r.collected_yen - r.diluted_yen > 0
      and r.payable_on < ${today}::date and ${today}::date - r.payable_on > r.grace_days
      and r.purchased_yen - r.collected_yen - r.diluted_yen > ${toleranceYen}
    order by r.payable_on, r.id`.execute(tx)
  return rows.map(row => ({
    id: row.id,
    receivableNo: row.receivable_no,
    clientId: row.client_id,
    clientName: row.client_name,
    payableOn: row.payable_on,
    openYen: row.open_yen,
  }))
}

/** Clients and debtors of claims that are offered, approved or open, and clients of open applications. */
async function partiesDealtWith(tx: Tx): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    with claim as (
      select client_id, debtor_id from receivable where state in ('offered', 'verifying', 'verified', 'approved')
      union all
      select client_id, debtor_id from receivable
        where state in ('purchased', 'dunning', 'legal') and purchased_yen - collected_yen - diluted_yen > 0)
    select client_id as id from claim
    union select debtor_id from claim
    union select client_id from application
      where state in ('submitted', 'docs_pending', 'screening', 'in_review', 'quoted', 'accepted', 'contracting', 'ready_to_fund')`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

async function waitingRequests(tx: Tx): Promise<AlertFacts['waitingRequests']> {
  const rows = await tx
    .selectFrom('change_request as c')
    .leftJoin('party as p', 'p.id', 'c.object_id')
    .select(['c.id', 'c.change_no', 'c.summary', 'c.requested_at', 'p.id as partyId'])
    .where('c.state', '=', 'pending')
    .orderBy('c.requested_at')
    .execute()
  return rows.map(row => ({
    id: row.id,
    changeNo: row.change_no,
    summary: row.summary,
    subjectPartyId: row.partyId,
    requestedAt: row.requested_at,
  }))
}

async function sharedAccounts(tx: Tx): Promise<AlertFacts['sharedAccounts']> {
  const { rows } = await sql<{ key: string; last: string; parties: { id: Id; name: string }[] }>`
    with twice as (select account_hash from bank_account where valid_to is null and party_id is not null
      group by account_hash having count(*) > 1)
    select encode(sha256(a.account_hash::text::bytea), 'hex') as key, min(a.account_no_last) as last,
      jsonb_agg(distinct jsonb_build_object('id', p.id, 'name', p.legal_name)) as parties
    from twice t join bank_account a on a.account_hash = t.account_hash join party p on p.id = a.party_id
    where a.valid_to is null group by a.account_hash having count(distinct coalesce(p.folded_into, p.id)) > 1`.execute(
    tx,
  )
  return rows.map(row => ({ key: row.key.slice(0, 32), lastDigits: row.last, parties: row.parties }))
}

async function waitingRepayments(tx: Tx): Promise<AlertFacts['repayments']> {
  const rows = await tx
    .selectFrom('payout_due as d')
    .innerJoin('party as p', 'p.id', 'd.party_id')
    .leftJoin('payment_out as o', join =>
      join.onRef('o.due_id', '=', 'd.id').on('o.state', '<>', 'cancelled'),
    )
    .select(['d.id', 'd.due_no', 'd.source', 'd.party_id', 'p.legal_name', 'd.decided_at'])
    .select(eb => eb('d.amount_yen', '-', eb.ref('d.set_off_yen')).as('left_yen'))
    .where(dueStateSql, '=', 'waiting')
    .orderBy('d.id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    dueNo: row.due_no,
    what: dueSourceLabels[row.source],
    partyId: row.party_id,
    partyName: row.legal_name,
    leftYen: row.left_yen,
    decidedAt: row.decided_at,
  }))
}

async function unequalBooks(tx: Tx): Promise<AlertFacts['books']> {
  const found = await openDifferences(tx)
  return found
    ? {
        proofId: found.id,
        count: found.count,
        first: `${proofRuleLabels[found.first.rule] ?? ''}（${found.first.recordNo}）`,
        provedAt: found.provedAt,
      }
    : null
}

async function oldestUnsealed(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`select min(at) as at from audit_unsealed`.execute(tx)
  return rows[0]?.at ?? null
}

async function unidentifiedDeposits(tx: Tx): Promise<AlertFacts['unidentified']> {
  const rows = await tx
    .selectFrom('payment_in')
    .select(['id', 'payment_no', 'received_on', 'amount_yen'])
    .where('state', '=', 'unidentified')
    .orderBy('received_on')
    .execute()
  return rows.map(row => ({
    id: row.id,
    paymentNo: row.payment_no,
    receivedOn: row.received_on,
    amountYen: row.amount_yen,
  }))
}

/** Checks in force whose review is near or past; an exception granted by two people counts as its own deadline. */
async function checksDue(tx: Tx, today: string): Promise<AlertFacts['kyc']> {
  const { rows } = await sql<{ party_id: Id; legal_name: string; due_on: string; owner_staff_id: Id }>`
    select p.id as party_id, p.legal_name, greatest(k.next_review_on, k.exception_until) as due_on, p.owner_staff_id
    from kyc_case k join party p on p.id = k.party_id
    where k.state = 'completed' and k.superseded_at is null and p.status <> 'closed'
      and k.next_review_on <= ${addDays(today, KYC_NOTICE_DAYS)}
      and greatest(k.next_review_on, k.exception_until) <= ${addDays(today, KYC_NOTICE_DAYS)}`.execute(tx)
  return rows.map(row => ({
    partyId: row.party_id,
    partyName: row.legal_name,
    dueOn: row.due_on,
    ownerId: row.owner_staff_id,
  }))
}

/** Screening cases with hits nobody has decided; a person's case stands on the first company the person acts for. */
async function openHits(tx: Tx): Promise<AlertFacts['hits']> {
  const { rows } = await sql<{
    id: Id
    party_id: Id
    subject_name: string
    searched_at: string
    hits: number
  }>`
    select c.id, p.id as party_id, c.subject_name, c.searched_at, c.hit_count as hits
    from screening_case c
    cross join lateral (
      select c.subject_id as id where c.subject_kind = 'party'
      union all
      (select pp.party_id from party_person pp where c.subject_kind = 'person' and pp.person_id = c.subject_id
        and pp.valid_to is null order by pp.party_id limit 1)) s
    join party p on p.id = s.id
    where c.superseded_at is null and c.state in ('hit_review', 'escalated')`.execute(tx)
  return rows.map(row => ({
    id: row.id,
    partyId: row.party_id,
    partyName: row.subject_name,
    openSince: row.searched_at,
    count: row.hits,
  }))
}

/** Signs of change at customers nobody has judged yet (slice changewatch). */
async function openChanges(tx: Tx): Promise<AlertFacts['changes']> {
  const rows = await tx
    .selectFrom('change_review')
    .select(['id', 'party_id', 'sentence', 'due_on', 'owner_role', 'suspended_limits'])
    .where('closed_at', 'is', null)
    .where('party_id', 'is not', null)
    .$narrowType<{ party_id: string }>()
    .execute()
  return rows.map(row => ({
    id: row.id,
    partyId: row.party_id,
    sentence: row.sentence,
    dueOn: row.due_on,
    ownerRole: row.owner_role,
    suspended: row.suspended_limits.length > 0,
  }))
}
