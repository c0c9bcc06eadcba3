import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import { addDays, endOfMonth } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { settingsInForce, staffNames } from '../access/index.ts'
import { companyRecords } from '../audit/index.ts'
import { ownersComparedOf } from '../ownership/index.ts'
import { partiesInReach } from '../parties/index.ts'
import { policyInForce } from '../policy/index.ts'
import type {
  DueRow,
  dueCalendar,
  ElectronicCheck,
  KycCase,
  kycOfParty,
  listDue,
  SeenDocument,
} from './contract.ts'
import { kycRefusals } from './labels.ts'
import { countingRows, type ElectronicRow, electronicRows, newestElectronic } from './records.ts'
import {
  completionReasons,
  DUE_SOON_DAYS,
  letterOn,
  numbersCompared,
  retentionUntil,
  reviewState,
} from './rules.ts'
import './tables.ts'

/** All checks of a party with what was seen; for one being worked on, what still stands against completing it today. */
export async function kycOf(
  context: QueryContext,
  partyId: Id,
): Promise<Seen<z.input<typeof kycOfParty.output>>> {
  const { db, today } = context
  const party = found(
    await partiesInReach(context)
      .select(['party.seen_no', 'party.party_kind'])
      .where('party.id', '=', partyId)
      .executeTakeFirst(),
    'party',
  )
  const company = await companyRecords(db, partyId)
  const rows = await db
    .selectFrom('kyc_case')
    .selectAll()
    .where('party_id', 'in', company.ids)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  const documents = await documentsOf(
    context,
    rows.map(row => row.id),
  )
  const checks = await electronicRows(
    db,
    rows.map(row => row.id),
  )
  const { assetIncomeOverYen: overYen, kycPurposes } = await settingsInForce(db)
  const kept = await keptFor(db, partyId)
  const people = await db
    .selectFrom('party_person')
    .select(['party_id', 'person_role'])
    .where('party_id', 'in', company.ids)
    .where('valid_to', 'is', null)
    .execute()
  const holding = (record: Id, role: string) =>
    people.filter(one => one.party_id === record && one.person_role === role).length
  const compared = numbersCompared(await ownersComparedOf(db, partyId))
  const names = await staffNames(
    db,
    [
      ...rows.flatMap(row => [row.opened_by, row.completed_by, row.approved_by]),
      ...checks.map(check => check.recorded_by),
    ].filter(id => id !== null),
  )
  const standing = rows.find(row => row.state === 'completed' && row.superseded_at === null)
  const facts = {
    nextReviewOn: standing?.next_review_on ?? null,
    exceptionUntil: standing?.exception_until ?? null,
    working: rows.some(row => row.state === 'in_progress' || row.state === 'reopened'),
    failed: rows[0]?.state === 'failed',
  }
  const cases = rows.map((row): KycCase => {
    const own = documents.byCase.get(row.id) ?? []
    const ownChecks = checks.filter(check => check.case_id === row.id)
    const counting = new Set(countingRows(ownChecks).map(check => check.id))
    const atWork = row.state === 'in_progress' || row.state === 'reopened'
    const missing = atWork
      ? completionReasons(
          {
            trigger: row.trigger,
            previousMethod: standing?.method_code ?? null,
            partyKind: party.party_kind,
            methodCode: row.method_code,
            rating: row.risk_rating,
            assetIncomeChecked: row.asset_income_checked,
            expectedYen: row.expected_yen,
            assetIncomeOverYen: overYen,
            mailKind: row.mail_kind,
            mailResult: row.mail_result,
            documents: own.map(one => ({
              ...one,
              hasFile: one.documentId !== null && !documents.struckFiles.has(one.documentId),
            })),
            electronic: newestElectronic(ownChecks),
            representatives: holding(row.party_id, 'representative'),
            owners: holding(row.party_id, 'beneficial_owner'),
            ownersCompared: compared,
          },
          today,
          today,
        )
      : []
    return {
      id: row.id,
      rowVersion: row.row_version,
      caseNo: row.case_no,
      recordNo: company.numberOf(row.party_id),
      trigger: row.trigger,
      methodCode: row.method_code,
      letter: letterOn(row.method_code, row.completed_on ?? today),
      purposeCode: row.purpose_code,
      purposeLabel: row.purpose_label,
      purpose: row.purpose,
      businessContent: row.business_content,
      riskRating: row.risk_rating,
      ratingFactors: row.rating_factors,
      assetIncomeChecked: row.asset_income_checked,
      expectedYen: row.expected_yen,
      regime: row.regime,
      mail:
        row.mail_kind && row.mail_sent_on && row.mail_result
          ? {
              kind: row.mail_kind,
              sentOn: row.mail_sent_on,
              tracking: row.mail_tracking,
              result: row.mail_result,
            }
          : null,
      state: row.state,
      inForce: row.id === standing?.id,
      openedBy: names.get(row.opened_by) ?? '',
      openedAt: row.opened_at,
      completedOn: row.completed_on,
      completedBy: row.completed_by ? (names.get(row.completed_by) ?? '') : null,
      approvedBy: row.approved_by ? (names.get(row.approved_by) ?? '') : null,
      recordCreatedAt: row.record_created_at,
      nextReviewOn: row.next_review_on,
      exceptionUntil: row.exception_until,
      exceptionReason: row.exception_reason,
      exceptionRequestId: row.exception_request_id,
      documents: own,
      electronicChecks: ownChecks.map(check => ({
        ...shownCheck(check, names),
        counts: counting.has(check.id),
      })),
      missing: missing.map(({ code, message }) => ({
        code,
        sentence: message ?? kycRefusals[code as keyof typeof kycRefusals],
      })),
    }
  })
  return {
    body: {
      partyKind: party.party_kind,
      purposesOffered: kycPurposes,
      reviewState: reviewState(facts, today),
      nextReviewOn: facts.nextReviewOn,
      ...kept,
      cases,
    },
    seen: [
      party.seen_no,
      ...rows.map(row => row.seen_no),
      ...documents.seen,
      ...checks.flatMap(check => [...(check.seen_no === null ? [] : [check.seen_no]), ...check.papers_seen]),
    ],
  }
}

/** How long the records of checks are kept: the company's years from the end of its contracts. */
async function keptFor(db: Db, partyId: Id) {
  const [{ retention }, { rows }] = await Promise.all([
    policyInForce(db),
    sql<{ ended_on: IsoDate | null }>`select relation_ended_on(${partyId}) as ended_on`.execute(db),
  ])
  const retentionYears = retention.kyc_records ?? 0
  return { retentionYears, retentionUntil: retentionUntil(rows[0]?.ended_on ?? null, retentionYears) }
}

function shownCheck(row: ElectronicRow, names: ReadonlyMap<Id, string>): Omit<ElectronicCheck, 'counts'> {
  return {
    id: row.id,
    person: row.person_id ? { id: row.person_id, name: `${row.family_name} ${row.given_name}` } : null,
    checkedOn: row.checked_on,
    provider: row.provider,
    icReadResult: row.ic_read_result,
    signatureValid: row.signature_valid,
    revocationCheckedAt: row.revocation_checked_at,
    faceMatchScore: row.face_match_score,
    faceThresholdPpm: row.face_threshold_ppm,
    liveness: row.liveness,
    bankConfirmed: row.bank_confirmed,
    evidence: row.evidence,
    recordedBy: names.get(row.recorded_by) ?? '',
    recordedAt: row.recorded_at,
  }
}

async function documentsOf(
  { db }: QueryContext,
  caseIds: Id[],
): Promise<{ byCase: Map<Id, SeenDocument[]>; struckFiles: ReadonlySet<Id>; seen: number[] }> {
  if (caseIds.length === 0) return { byCase: new Map(), struckFiles: new Set(), seen: [] }
  const rows = await db
    .selectFrom('kyc_document as d')
    .leftJoin('person as p', 'p.id', 'd.person_id')
    .leftJoin('document as f', 'f.id', 'd.document_id')
    .select(['f.seen_no as file_seen_no', 'f.struck_at as file_struck_at'])
    .select([
      'd.id',
      'd.case_id',
      'd.kind',
      'd.issuer',
      'd.number_last',
      'd.issued_on',
      'd.expires_on',
      'd.seen_on',
      'd.seen_by',
      'd.person_id',
      'd.side',
      'd.masked',
      'd.document_id',
      'p.family_name',
      'p.given_name',
      'p.seen_no',
    ])
    .where('d.case_id', 'in', caseIds)
    .orderBy('d.recorded_at')
    .orderBy('d.id')
    .execute()
  const names = await staffNames(
    db,
    rows.map(row => row.seen_by),
  )
  const byCase = new Map<Id, SeenDocument[]>()
  for (const row of rows) {
    const shown = {
      id: row.id,
      kind: row.kind,
      person: row.person_id ? { id: row.person_id, name: `${row.family_name} ${row.given_name}` } : null,
      issuer: row.issuer,
      numberLast: row.number_last,
      issuedOn: row.issued_on,
      expiresOn: row.expires_on,
      seenOn: row.seen_on,
      seenBy: names.get(row.seen_by) ?? '',
      side: row.side,
      masked: row.masked,
      documentId: row.document_id,
    }
    byCase.set(row.case_id, [...(byCase.get(row.case_id) ?? []), shown])
  }
  return {
    byCase,
    struckFiles: new Set(
      rows.flatMap(row => (row.document_id && row.file_struck_at ? [row.document_id] : [])),
    ),
    seen: rows.flatMap(row => [row.seen_no ?? [], row.file_seen_no ?? []].flat()),
  }
}

export async function unmask(keys: SubjectKeys, { db }: QueryContext, documentId: Id) {
  const row = found(
    await db
      .selectFrom('kyc_document as d')
      .innerJoin('kyc_case as c', 'c.id', 'd.case_id')
      .innerJoin('party as o', 'o.id', 'c.party_id')
      .leftJoin('person as p', 'p.id', 'd.person_id')
      .select(['d.number_sealed', 'c.seen_no'])
      .select(['o.seen_no as party_seen_no', 'p.seen_no as person_seen_no'])
      .where('d.id', '=', documentId)
      .executeTakeFirst(),
    'kyc_document',
  )
  return {
    body: { number: row.number_sealed ? await keys.open(db, row.number_sealed) : null },
    seen: [row.seen_no, row.party_seen_no, ...(row.person_seen_no === null ? [] : [row.person_seen_no])],
  }
}

/** Clients with a completed check in force, by the day it must be renewed; the most overdue first. */
export async function dueRows(
  context: QueryContext,
  input: z.output<typeof listDue.input>,
): Promise<Seen<{ rows: DueRow[]; next: string | null }>> {
  const { db, today, actor } = context
  const soon = addDays(today, DUE_SOON_DAYS)
  let asked = partiesInReach(context)
    .innerJoin('kyc_case as c', 'c.party_id', 'party.id')
    .select([
      'party.id',
      'party.party_no',
      'party.legal_name',
      'party.owner_staff_id',
      'party.seen_no as party_seen_no',
      'c.id as case_id',
      'c.seen_no',
      'c.risk_rating',
      'c.next_review_on',
      'c.exception_until',
    ])
    .select(
      sql<boolean>`exists (select 1 from kyc_case w where w.party_id = party.id and w.superseded_at is null
        and w.state in ('in_progress', 'reopened'))`.as('working'),
    )
    .where('c.state', '=', 'completed')
    .where('c.superseded_at', 'is', null)
    .orderBy('c.next_review_on')
    .orderBy('c.id')
    .limit(input.limit + 1)
  if (input.state.length) {
    asked = asked.where(eb =>
      eb.or(
        input.state.map(state =>
          state === 'overdue'
            ? eb('c.next_review_on', '<', today)
            : state === 'due_soon'
              ? eb.between('c.next_review_on', today, soon)
              : eb('c.next_review_on', '>', soon),
        ),
      ),
    )
  }
  if (input.rating.length) asked = asked.where('c.risk_rating', 'in', input.rating)
  if (input.mine) asked = asked.where('party.owner_staff_id', '=', actor.id)
  if (input.after) {
    const [day, caseId] = readMark(input.after, 2)
    asked = asked.where(
      sql<boolean>`(c.next_review_on, c.id) > (${String(day)}::date, ${String(caseId)}::uuid)`,
    )
  }
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.map(row => row.owner_staff_id),
  )
  return {
    body: {
      rows: page.map(row => ({
        partyId: row.id,
        partyNo: row.party_no,
        legalName: row.legal_name,
        owner: names.get(row.owner_staff_id) ?? '',
        riskRating: row.risk_rating,
        reviewState: reviewState(
          {
            nextReviewOn: row.next_review_on,
            exceptionUntil: row.exception_until,
            working: row.working,
            failed: false,
          },
          today,
        ),
        nextReviewOn: row.next_review_on,
        exceptionUntil: row.exception_until,
        working: row.working,
      })),
      next: rows.length > input.limit && last ? markOf([String(last.next_review_on), last.case_id]) : null,
    },
    seen: page.flatMap(row => [row.seen_no, row.party_seen_no]),
  }
}

/** Counts for the calendar; numbers only, no record is shown. */
export async function calendarOf(
  { db, today }: QueryContext,
  { month }: z.output<typeof dueCalendar.input>,
): Promise<Seen<z.input<typeof dueCalendar.output>>> {
  const first = `${month}-01`
  const days = await sql<{ day: string; due: number }>`
    select next_review_on as day, count(*)::int as due from kyc_case
    where state = 'completed' and superseded_at is null and next_review_on between ${first} and ${endOfMonth(first)}
    group by 1 order by 1`.execute(db)
  const totals = await sql<{ overdue: number; due_soon: number; excepted: number; unchecked: number }>`
    select
      count(*) filter (where next_review_on < ${today} and coalesce(exception_until < ${today}, true))::int as overdue,
      count(*) filter (where next_review_on between ${today} and ${addDays(today, DUE_SOON_DAYS)})::int as due_soon,
      count(*) filter (where next_review_on < ${today} and exception_until >= ${today})::int as excepted,
      (select count(*)::int from party p where roles @> array['client'] and stage <> 'prospect' and status <> 'closed'
        and not exists (select 1 from kyc_case k where k.party_id = p.id and k.state = 'completed' and k.superseded_at is null))
        as unchecked
    from kyc_case where state = 'completed' and superseded_at is null`.execute(db)
  const total = totals.rows[0]
  return {
    body: {
      days: days.rows,
      overdue: total?.overdue ?? 0,
      dueSoon: total?.due_soon ?? 0,
      excepted: total?.excepted ?? 0,
      unchecked: total?.unchecked ?? 0,
    },
    seen: [],
  }
}
