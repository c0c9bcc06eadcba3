import { sql } from 'kysely'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { screeningRefusals } from './labels.ts'
import type { CaseState } from './tables.ts'

interface SubjectAtGate {
  subject_id: Id
  name: string
  state: CaseState | null
  next_due_on: IsoDate | null
  conditions_until: IsoDate | null
  changed: boolean
  /** A search of news that was escalated or rejected, or whose conditions have run out. */
  media?: boolean
}

/**
 * What screening has against a deal today, one reason per subject and rule, each naming the subject (JR §3.12): the client, its people
 * and holders, who answers for it, and the debtors, with every record that was merged into one of them. Nobody may be unscreened, changed since, past the due date, open or rejected. One statement, read inside
 * the purchase command; subjects in order are filtered out in the database.
 */
export async function screeningHindrances(
  tx: Db | Tx,
  deal: ScreenedDeal,
  today: IsoDate,
): Promise<Reason[]> {
  const [reasons] = await screeningHindrancesOf(tx, [deal], today)
  return reasons ?? []
}

export interface ScreenedDeal {
  clientId: Id
  debtorIds: readonly Id[]
}

/** The same for many deals in one statement, in the order given. */
export async function screeningHindrancesOf(
  tx: Db | Tx,
  deals: readonly ScreenedDeal[],
  today: IsoDate,
): Promise<Reason[][]> {
  const asked = deals.flatMap(({ clientId, debtorIds }, at) =>
    [clientId, ...debtorIds].map((id, place) => ({ at, id, isClient: place === 0 })),
  )
  const { rows } = await sql<SubjectAtGate & { at: number }>`
    with asked as (
      select a.at, mate.party_id as id, a.is_client
      from unnest(${asked.map(one => one.at)}::int[], ${asked.map(one => one.id)}::uuid[], ${asked.map(one => one.isClient)}::boolean[])
        as a(at, id, is_client)
      join party_identity own on own.party_id = a.id
      join party_identity mate on mate.identity_id = own.identity_id),
    subject as (
      select at, id from asked
      union
      select a.at, p.person_id from asked a join party_person p on p.party_id = a.id
        where a.is_client and p.valid_to is null
          and p.person_role in ('representative', 'director', 'auditor', 'beneficial_owner', 'agent', 'guarantor')
      union
      select a.at, coalesce(h.holder_party_id, h.holder_person_id) from asked a join shareholding h on h.party_id = a.id
        where a.is_client and h.valid_to is null and h.share_ppm >= 50000
      union
      select a.at, c.holder_id from asked a join computed_owner c on c.company_id = a.id where a.is_client
      union
      select a.at, g.id from asked a cross join lateral standing_guarantors(a.id) g(id) where a.is_client)
    select s.at, s.id as subject_id, coalesce(p.legal_name, h.family_name || ' ' || h.given_name) as name, c.state, c.next_due_on,
      c.conditions_until, q.subject_id is not null as changed, m.subject_id is not null as media
    from subject s
    left join screening_case c on c.subject_id = s.id and c.superseded_at is null
    left join screening_queue q on q.subject_id = s.id and q.trigger in ('created', 'changed')
    left join lateral (select m.subject_id from screening_media_search m
      where m.subject_id = s.id and m.superseded_at is null and m.verdict <> 'cleared'
        and (m.verdict <> 'conditional' or m.conditions_until < ${today}) limit 1) m on true
    left join party p on p.id = s.id
    left join person h on h.id = s.id
    where m.subject_id is not null or c.id is null or q.subject_id is not null or c.next_due_on < ${today}
      or (c.state <> 'cleared' and (c.state <> 'conditional' or c.conditions_until < ${today}))
    order by s.at, s.id`.execute(tx)
  return deals.map((_deal, at) =>
    rows.filter(row => row.at === at).flatMap(row => reasonsAgainst(row, today)),
  )
}

/** The rules one subject breaks; none when it may be dealt with today. */
export function reasonsAgainst(subject: Omit<SubjectAtGate, 'subject_id'>, today: IsoDate): Reason[] {
  const codes: (keyof typeof screeningRefusals)[] = []
  if (subject.state === null || subject.next_due_on === null) codes.push('subject_must_be_screened')
  else {
    if (subject.changed) codes.push('subject_must_be_screened')
    if (subject.next_due_on < today) codes.push('screening_must_not_be_stale')
    if (subject.state === 'hit_review' || subject.state === 'escalated')
      codes.push('screening_must_not_be_open')
    if (subject.state === 'rejected') codes.push('subject_must_not_be_rejected')
    if (subject.state === 'conditional' && (subject.conditions_until ?? '') < today)
      codes.push('conditions_must_be_in_force')
  }
  if (subject.media) codes.push('media_search_must_not_be_open')
  return codes.map(code => ({
    code,
    message: `${screeningRefusals[code]}（${subject.name}）`,
    facts: { subject: subject.name },
  }))
}
