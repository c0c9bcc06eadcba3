import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { contactRuleLabels } from '../communications/labels.ts'
import { INCIDENT_NOTICE_DAYS, INQUIRY_NOTICE_HOURS } from './contact-rules.ts'
import type { AlertFacts } from './rules.ts'

const BLOCKED_KEPT_DAYS = 365
const HOUR_MS = 3_600_000

/** Contacts against a rule of the last year, in the newest version; what is for compliance alone is nobody else's alert. */
export async function blockedContacts(tx: Tx, now: Date): Promise<AlertFacts['blockedContacts']> {
  const { rows } = await sql<{
    id: Id
    communication_no: string
    party_id: Id
    name: string
    rules: (keyof typeof contactRuleLabels)[]
    recorded_at: string
  }>`
    select k.root_id as id, k.communication_no, k.party_id, coalesce(p.shown_name, p.legal_name) as name, k.policy_rules as rules,
      k.recorded_at
    from communication k join party p on p.id = k.party_id
    where k.policy_check = 'blocked' and k.superseded_at is null and k.disclosure_scope = 'all'
      and k.recorded_at > ${new Date(now.getTime() - BLOCKED_KEPT_DAYS * 24 * HOUR_MS).toISOString()}
    order by k.recorded_at, k.id`.execute(tx)
  return rows.map(row => ({
    id: row.id,
    communicationNo: row.communication_no,
    partyId: row.party_id,
    partyName: row.name,
    sentences: row.rules.map(code => contactRuleLabels[code] ?? code),
    recordedAt: row.recorded_at,
  }))
}

/** Open inquiries with the deadline that counts next; a clock that stands still is not due. */
export async function inquiriesDue(tx: Tx, now: Date): Promise<AlertFacts['inquiries']> {
  const until = new Date(now.getTime() + INQUIRY_NOTICE_HOURS * HOUR_MS).toISOString()
  const rows = await tx
    .selectFrom('inquiry')
    .select(['id', 'inquiry_no', 'party_id', 'category', 'owner_id', 'first_answered_at'])
    .select(['first_answer_due', 'resolution_due'])
    .where('ended_at', 'is', null)
    .where('paused_since', 'is', null)
    .where(sql<boolean>`next_due < ${until}::timestamptz`)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    inquiryNo: row.inquiry_no,
    partyId: row.party_id,
    category: row.category,
    what: row.first_answered_at === null ? 'first_answer' : 'resolution',
    dueAt: row.first_answered_at === null ? row.first_answer_due : row.resolution_due,
    ownerId: row.owner_id,
  }))
}

/** What is due of open incidents within the notice: their own report, claims in an insolvency, reports of a breach. */
export async function incidentsDue(tx: Tx, today: IsoDate): Promise<AlertFacts['incidents']> {
  const { rows } = await sql<{
    id: Id
    incident_no: string
    party_id: Id | null
    owner_id: Id
    what: string
    due_on: IsoDate
  }>`
    select i.id, i.incident_no, (select s.party_id from incident_subject s where s.incident_id = i.id order by s.party_id limit 1)
        as party_id, i.owner_id, d.what, d.due_on
    from incident i cross join lateral (values
      ('報告', i.report_due_on, i.reported_on),
      ('債権届出', i.claim_deadline_on, i.claim_filed_on),
      ('速報', i.preliminary_due_on, i.preliminary_filed_on),
      ('確報', i.final_due_on, i.final_filed_on)) as d (what, due_on, done_on)
    where i.closed_on is null and d.due_on is not null and d.done_on is null
      and d.due_on <= ${addDays(today, INCIDENT_NOTICE_DAYS)}
    order by i.id, d.what`.execute(tx)
  return rows.map(row => ({
    id: row.id,
    incidentNo: row.incident_no,
    partyId: row.party_id,
    what: row.what,
    dueOn: row.due_on,
    ownerId: row.owner_id,
  }))
}
