import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { settingsInForce, staffNames } from '../access/index.ts'
import { companyRecords } from '../audit/index.ts'
import { partiesInReach } from '../parties/index.ts'
import type { MediaSearch, mediaSearchesOfParty } from './media-contract.ts'
import { type MediaScope, mediaStops } from './media-rules.ts'
import { newsState } from './news-rules.ts'
import type { SubjectKind } from './tables.ts'
import './media-tables.ts'

interface NeedRow {
  subject_kind: SubjectKind
  subject_id: Id
  scope: MediaScope
  relations: string[]
  alert_only: boolean
  name: string
  searched_until: string | null
}

/** Searches about a party and its people, newest first, with the findings as they were judged. */
export async function mediaSearchesOf(
  keys: SubjectKeys,
  context: QueryContext,
  partyId: Id,
): Promise<Seen<z.input<typeof mediaSearchesOfParty.output>>> {
  const { db, today } = context
  const party = found(
    await partiesInReach(context).select('party.seen_no').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const company = await companyRecords(db, partyId)
  const { rows: subjects } = await sql<{ kind: SubjectKind; id: Id; name: string; seen_no: number }>`
    select distinct s.subject_kind as kind, s.subject_id as id,
      coalesce(p.legal_name, h.family_name || ' ' || h.given_name) as name, coalesce(p.seen_no, h.seen_no) as seen_no
    from (select party_id, subject_kind, subject_id from screening_subject
      union select party_id, subject_kind, subject_id from screening_media_need) s
    left join party p on p.id = s.subject_id
    left join person h on h.id = s.subject_id
    where s.party_id = any(${company.ids}::uuid[]) order by 1, 3 limit 200`.execute(db)
  const { rows: needs } = await sql<NeedRow>`
    select n.subject_kind, case when n.relation = 'self' then ${partyId}::uuid else n.subject_id end as subject_id, n.scope,
      array_agg(distinct n.relation order by n.relation) as relations, bool_and(n.alert_only) as alert_only,
      max(coalesce(p.legal_name, h.family_name || ' ' || h.given_name)) as name,
      max(news_searched_until(n.subject_id, n.scope)) as searched_until
    from unnest(${company.ids}::uuid[]) as r(id) cross join lateral news_needed_of(r.id) n
    left join party p on p.id = case when n.relation = 'self' then ${partyId}::uuid else n.subject_id end
    left join person h on h.id = n.subject_id
    group by 1, 2, 3 order by 1, 6, 3 limit 200`.execute(db)
  const rules = await settingsInForce(db)
  const rows = await db
    .selectFrom('screening_media_search as m')
    .leftJoin('party as p', 'p.id', 'm.subject_id')
    .leftJoin('person as h', 'h.id', 'm.subject_id')
    .selectAll('m')
    .select([
      'p.legal_name',
      'h.family_name',
      'h.given_name',
      'p.seen_no as party_seen_no',
      'h.seen_no as person_seen_no',
    ])
    .where(eb =>
      eb.or([
        eb('m.party_id', 'in', company.ids),
        eb('m.subject_id', '=', sql<Id>`any(${subjects.map(one => one.id)}::uuid[])`),
      ]),
    )
    .orderBy('m.searched_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(100)
    .execute()
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.recorded_by, row.confirmed_by]).filter(id => id !== null),
  )
  const searches = await Promise.all(
    rows.map(async (row): Promise<MediaSearch> => {
      const findings: Partial<MediaSearch['findings'][number]>[] = JSON.parse(
        (await keys.open(db, row.findings_sealed)) ?? '[]',
      )
      return {
        id: row.id,
        searchNo: row.search_no,
        subjectKind: row.subject_kind,
        subjectId: row.subject_id,
        subjectName: row.legal_name ?? `${row.family_name} ${row.given_name}`,
        scope: row.scope,
        provider: row.provider,
        queryId: row.query_id,
        queryText: await keys.open(db, row.query_sealed),
        keywordSetVersion: row.keyword_set_version,
        searchedAt: row.searched_at,
        resultCount: row.result_count,
        findings: findings.map(one => ({
          url: one.url ?? null,
          title: one.title ?? '',
          publishedOn: one.publishedOn ?? null,
          judgement: one.judgement ?? 'unclear',
          reason: one.reason ?? '',
        })),
        verdict: row.verdict,
        conditions: row.conditions,
        conditionsUntil: row.conditions_until,
        evidence: row.evidence,
        recordedBy: names.get(row.recorded_by) ?? '',
        confirmedBy: row.confirmed_by ? (names.get(row.confirmed_by) ?? '') : null,
        nextDueOn: row.next_due_on,
        inForce: row.superseded_at === null,
        stopsDeals:
          row.superseded_at === null &&
          mediaStops({ verdict: row.verdict, conditionsUntil: row.conditions_until }, today),
      }
    }),
  )
  return {
    body: {
      searches,
      needed: needs.map(row => {
        const rule = rules[row.scope === 'adverse_media' ? 'adverseMediaRule' : 'creditEventRule']
        return {
          subjectKind: row.subject_kind,
          subjectId: row.subject_id,
          name: row.name,
          relations: row.relations,
          scope: row.scope,
          rule: rule === 'stop' && row.alert_only ? ('alert' as const) : rule,
          state: newsState(row.searched_until, today),
          nextDueOn: row.searched_until,
        }
      }),
      subjects: subjects.map(({ kind, id, name }) => ({ subjectKind: kind, subjectId: id, name })),
    },
    seen: [
      ...new Set([
        party.seen_no,
        ...subjects.map(one => one.seen_no),
        ...rows.flatMap(row => row.party_seen_no ?? row.person_seen_no ?? []),
      ]),
    ],
  }
}
