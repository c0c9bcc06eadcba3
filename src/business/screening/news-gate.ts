import { sql } from 'kysely'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { ScreenedDeal } from './gate.ts'
import type { MediaScope } from './media-rules.ts'
import { newsReasons } from './news-rules.ts'

/**
 * What missing or outdated searches of news have against a deal today, where the company has them stop one (JR §3.12): the client and its
 * people, who answers for it, and the debtors themselves. A company of several records is one subject, searched under any of them.
 */
export async function newsHindrances(tx: Db | Tx, deal: ScreenedDeal, today: IsoDate): Promise<Reason[]> {
  const [reasons] = await newsHindrancesOf(tx, [deal], today)
  return reasons ?? []
}

/** The same for many deals in one statement, in the order given; nothing is looked up while no scope stops. */
export async function newsHindrancesOf(
  tx: Db | Tx,
  deals: readonly ScreenedDeal[],
  today: IsoDate,
): Promise<Reason[][]> {
  const asked = deals.flatMap(({ clientId, debtorIds }, at) =>
    [clientId, ...debtorIds].map((id, place) => ({ at, id, isClient: place === 0 })),
  )
  const { rows } = await sql<{
    at: number
    scope: MediaScope
    name: string
    searched_until: IsoDate | null
  }>`
    with setting as (
      select array_remove(array[case when v.adverse_media_rule = 'stop' then 'adverse_media' end,
          case when v.credit_event_rule = 'stop' then 'credit_event' end], null) as stops
      from company c join company_version v on v.version = c.row_version
      where 'stop' in (v.adverse_media_rule, v.credit_event_rule)),
    need as (
      select distinct a.at, n.scope, case when n.relation = 'self' then a.id else n.subject_id end as subject_id
      from setting
      cross join unnest(${asked.map(one => one.at)}::int[], ${asked.map(one => one.id)}::uuid[], ${asked.map(one => one.isClient)}::boolean[])
        as a(at, id, is_client)
      join party_identity own on own.party_id = a.id
      join party_identity mate on mate.identity_id = own.identity_id
      cross join lateral news_needed_of(mate.party_id) n
      where n.scope = any(setting.stops) and not n.alert_only and (a.is_client or n.relation = 'self'))
    select need.at, need.scope, coalesce(p.legal_name, h.family_name || ' ' || h.given_name) as name,
      news_searched_until(need.subject_id, need.scope) as searched_until
    from need left join party p on p.id = need.subject_id left join person h on h.id = need.subject_id
    where coalesce(news_searched_until(need.subject_id, need.scope) < ${today}::date, true)
    order by need.at, name, need.scope`.execute(tx)
  return deals.map((_deal, at) =>
    rows
      .filter(row => row.at === at)
      .flatMap(row =>
        newsReasons({ name: row.name, scope: row.scope, searchedUntil: row.searched_until }, today),
      ),
  )
}

export interface NewsDue {
  partyId: Id
  partyName: string
  ownerId: Id
  never: number
  overdue: number
  dueSoon: number
  /** The earliest day of renewal among the searches that are late or near; null: none was ever made. */
  firstDueOn: IsoDate | null
  /** Whether deals wait for one of them. */
  stops: boolean
}

/**
 * Parties whose searches of news are missing or near their day, for the scopes the company wants told: those it deals with now, and group
 * companies tied to one of these; whoever else was searched once is told of when the day comes.
 */
export async function newsDue(
  tx: Db | Tx,
  /** Parties dealt with now. */
  dealing: readonly Id[],
  days: { today: IsoDate; until: IsoDate },
): Promise<NewsDue[]> {
  const { today, until } = days
  const { rows } = await sql<{
    party_id: Id
    legal_name: string
    owner_staff_id: Id
    never: number
    overdue: number
    due_soon: number
    first_due_on: IsoDate | null
    stops: boolean
  }>`
    with setting as (
      select array_remove(array[case when v.adverse_media_rule <> 'off' then 'adverse_media' end,
          case when v.credit_event_rule <> 'off' then 'credit_event' end], null) as told,
        array_remove(array[case when v.adverse_media_rule = 'stop' then 'adverse_media' end,
          case when v.credit_event_rule = 'stop' then 'credit_event' end], null) as stops
      from company c join company_version v on v.version = c.row_version
      where v.adverse_media_rule <> 'off' or v.credit_event_rule <> 'off'),
    live as (select id as party_id from unnest(${[...dealing]}::uuid[]) as u(id)),
    party_asked as (
      select party_id, true as deals from live
      union select other.party_id, false from live
        cross join lateral (
          select l.other_party_id as party_id from party_group_link l where l.party_id = live.party_id and l.ended_at is null
          union select l.party_id from party_group_link l where l.other_party_id = live.party_id and l.ended_at is null
          union select s.party_id from shareholding s where s.holder_party_id = live.party_id and s.valid_to is null
          union select s.holder_party_id from shareholding s where s.party_id = live.party_id and s.holder_party_id is not null
            and s.valid_to is null) other
      union select m.party_id, false from screening_media_search m where m.superseded_at is null and m.next_due_on <= ${until}::date),
    need as (
      select a.party_id, bool_or(a.deals) as deals, n.subject_id, n.scope, bool_or(n.alert_only) as alert_only
      from party_asked a cross join lateral news_needed_of(a.party_id) n, setting
      where n.scope = any(setting.told) group by a.party_id, n.subject_id, n.scope),
    stand as (
      select need.*, news_searched_until(need.subject_id, need.scope) as searched_until from need)
    select p.id as party_id, p.legal_name, p.owner_staff_id,
      count(*) filter (where s.searched_until is null)::int as never,
      count(*) filter (where s.searched_until < ${today}::date)::int as overdue,
      count(*) filter (where s.searched_until >= ${today}::date)::int as due_soon,
      min(s.searched_until) as first_due_on,
      bool_or(s.deals and not s.alert_only and s.scope = any(setting.stops) and coalesce(s.searched_until < ${today}::date, true)) as stops
    from stand s join party p on p.id = s.party_id, setting
    where p.status <> 'closed'
      and (s.searched_until <= ${until}::date or (s.searched_until is null and (s.deals or s.alert_only)))
    group by p.id order by p.id`.execute(tx)
  return rows.map(row => ({
    partyId: row.party_id,
    partyName: row.legal_name,
    ownerId: row.owner_staff_id,
    never: row.never,
    overdue: row.overdue,
    dueSoon: row.due_soon,
    firstDueOn: row.first_due_on,
    stops: row.stops,
  }))
}
