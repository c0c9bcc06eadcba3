import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { providerLabels } from './labels.ts'
import { rulesInForce } from './records.ts'
import type { ScoreProvider } from './tables.ts'

/** Something of a credit file that runs out, or has. */
export interface CreditFileDue {
  what: 'report' | 'collateral' | 'guarantee' | 'review' | 'watch'
  id: Id
  /** Its number, or what it is called. */
  no: string
  partyId: Id
  partyName: string
  /** The last day; of a report, the day from which it counts as too old. */
  dueOn: IsoDate
}

/**
 * What runs out within the days the company's rules announce, found by indexes on the days (decision 0012): agency reports of running
 * relations, security and guarantees, decided reviews which none of the company has followed, watch states to be looked at again.
 * Reviews and reports of companies whose relation has ended ask for nothing.
 */
export async function creditFileDue(tx: Tx, today: IsoDate): Promise<CreditFileDue[]> {
  const rules = await rulesInForce(tx)
  const until = addDays(today, rules.noticeDays)
  const reportsUntil = addDays(today, -rules.reportAgeDays)
  const { rows } = await sql<
    Omit<CreditFileDue, 'dueOn'> & { dueOn: IsoDate; provider: ScoreProvider | null }
  >`
    with expiring as (
      select 'collateral' as what, c.id, c.collateral_no as no, null as provider, c.party_id, c.expires_on as day
        from collateral c where c.valid_to is null and c.expires_on <= ${until}
      union all
      select 'guarantee', g.id, g.guarantee_no, null, g.party_id, g.expires_on
        from guarantee g where g.valid_to is null and g.expires_on <= ${until}
      union all
      select 'watch', w.id, w.watch_state, null, w.party_id, w.review_on
        from watch_status w where w.superseded_at is null and w.watch_state <> 'normal' and w.review_on <= ${until}
      union all
      select 'review', r.id, r.review_no, null, r.party_id, r.review_due_on
        from credit_review r join party p on p.id = r.party_id
        where r.state = 'decided' and r.outcome <> 'decline' and r.review_due_on <= ${until}
          and coalesce(p.identity_status, p.status) <> 'closed'
          and not exists (select from party_identity own join party_identity mate on mate.identity_id = own.identity_id
            join credit_review later on later.party_id = mate.party_id
            where own.party_id = r.party_id and later.state = 'decided' and later.subject_role = r.subject_role and later.id > r.id)
      union all
      select 'report', e.id, coalesce(e.provider_name, ''), e.provider, e.party_id, e.report_date
        from external_report e join party p on p.id = e.party_id
        where e.retracted_at is null and e.report_date < ${reportsUntil}
          and coalesce(p.identity_status, p.status) <> 'closed' and coalesce(p.identity_stage, p.stage) <> 'prospect'
          and not exists (select from party_identity own join party_identity mate on mate.identity_id = own.identity_id
            join external_report newer on newer.party_id = mate.party_id
            where own.party_id = e.party_id and newer.retracted_at is null
              and (newer.report_date, newer.id) > (e.report_date, e.id)))
    select x.what, x.id, x.no, x.provider, x.party_id as "partyId", coalesce(p.shown_name, p.legal_name) as "partyName", x.day as "dueOn"
    from expiring x join party p on p.id = x.party_id order by x.what, x.id`.execute(tx)
  return rows.map(({ provider, ...row }) =>
    row.what === 'report'
      ? {
          ...row,
          no: row.no || providerLabels[provider ?? 'other'],
          dueOn: addDays(row.dueOn, rules.reportAgeDays + 1),
        }
      : row,
  )
}

/** A living person's guarantee for a client which compliance has not looked at. */
export interface GuaranteeToJudge {
  id: Id
  guaranteeNo: string
  partyId: Id
  partyName: string
  recordedAt: string
}

export async function guaranteesToJudge(tx: Tx): Promise<GuaranteeToJudge[]> {
  const { rows } = await sql<GuaranteeToJudge>`
    select g.id, g.guarantee_no as "guaranteeNo", g.party_id as "partyId", coalesce(p.shown_name, p.legal_name) as "partyName",
      g.recorded_at as "recordedAt"
    from guarantee g join party p on p.id = g.party_id
    where g.personal and g.valid_to is null and g.judged_at is null
      and exists (select from party_identity own join party_identity mate on mate.identity_id = own.identity_id
        join party m on m.id = mate.party_id where own.party_id = g.party_id and 'client' = any(m.roles))
    order by g.id`.execute(tx)
  return rows
}
