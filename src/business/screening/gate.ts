import { sql } from 'kysely'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { sameCompany } from '../parties/index.ts'
import { screeningRefusals } from './labels.ts'
import type { CaseState } from './tables.ts'

interface SubjectAtGate {
  subject_id: Id
  name: string
  state: CaseState | null
  next_due_on: IsoDate | null
  conditions_until: IsoDate | null
  changed: boolean
}

/**
 * What screening has against a deal today, one reason per subject and rule, each naming the subject (JR §3.12): the client, its people
 * and holders, and the debtors, with every record that was merged into one of them. Nobody may be unscreened, changed since, past the due date, open or rejected. One statement, read inside
 * the purchase command; subjects in order are filtered out in the database.
 */
export async function screeningHindrances(
  tx: Db | Tx,
  { clientId, debtorIds }: { clientId: Id; debtorIds: readonly Id[] },
  today: IsoDate,
): Promise<Reason[]> {
  const client = sameCompany(clientId)
  const { rows } = await sql<SubjectAtGate>`
    with asked as (
      select mate.party_id as id from party_identity own join party_identity mate on mate.identity_id = own.identity_id
      where own.party_id = any(${[clientId, ...debtorIds]}::uuid[])),
    subject as (
      select id from asked
      union
      select person_id from party_person where party_id = any(array${client}) and valid_to is null
        and person_role in ('representative', 'director', 'auditor', 'beneficial_owner', 'agent', 'guarantor')
      union
      select coalesce(holder_party_id, holder_person_id) from shareholding
        where party_id = any(array${client}) and valid_to is null and share_ppm > 250000)
    select s.id as subject_id, coalesce(p.legal_name, h.family_name || ' ' || h.given_name) as name, c.state, c.next_due_on,
      c.conditions_until, q.subject_id is not null as changed
    from subject s
    left join screening_case c on c.subject_id = s.id and c.superseded_at is null
    left join screening_queue q on q.subject_id = s.id and q.trigger in ('created', 'changed')
    left join party p on p.id = s.id
    left join person h on h.id = s.id
    where c.id is null or q.subject_id is not null or c.next_due_on < ${today}
      or (c.state <> 'cleared' and (c.state <> 'conditional' or c.conditions_until < ${today}))
    order by s.id`.execute(tx)
  return rows.flatMap(row => reasonsAgainst(row, today))
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
  return codes.map(code => ({
    code,
    message: `${screeningRefusals[code]}（${subject.name}）`,
    facts: { subject: subject.name },
  }))
}
