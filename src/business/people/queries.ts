import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { FoundRecord } from '../../platform/records.ts'
import { companyRecords } from '../audit/index.ts'
import { endOfDay, factsOf, knownAt, periodOn } from '../changes/index.ts'
import { partiesInReach, type Reach } from '../parties/index.ts'
import type { Member, peopleOfParty } from './contract.ts'
import { personFields } from './fields.ts'

export async function peopleOf(
  keys: SubjectKeys,
  context: QueryContext,
  { partyId, asOf, known }: z.output<typeof peopleOfParty.input>,
): Promise<Seen<{ people: Member[] }>> {
  const { db } = context
  const party = found(
    await partiesInReach(context)
      .select(['party.seen_no'])
      .where('party.id', '=', partyId)
      .executeTakeFirst(),
    'party',
  )
  const company = await companyRecords(db, partyId)
  let query = db
    .selectFrom('party_person as r')
    .innerJoin('person as p', 'p.id', 'r.person_id')
    .selectAll('r')
    .select([
      'p.seen_no',
      'p.person_no',
      'p.family_name',
      'p.given_name',
      'p.family_kana',
      'p.given_kana',
      'p.nationality',
      'p.pep_kind',
      'p.birth_date_hash',
      'p.phone_last',
      'p.mobile_last',
      'p.email',
      sql<number>`(select count(distinct o.party_id)::int from party_person o where o.person_id = p.id and o.valid_to is null)`.as(
        'companies',
      ),
    ])
    .where('r.party_id', 'in', company.ids)
    .orderBy('r.valid_to', order => order.desc().nullsFirst())
    .orderBy('r.recorded_at')
    .limit(500)
  const knownUntil = asOf !== undefined && known === 'then' ? endOfDay(asOf) : null
  if (asOf) {
    query = query.where(eb => eb.or([eb('r.valid_from', 'is', null), eb('r.valid_from', '<=', asOf)]))
    // An end that became known only later does not end the role in a report of that day.
    query = query.where(eb =>
      eb.or([
        eb('r.valid_to', 'is', null),
        eb('r.valid_to', '>', asOf),
        ...(knownUntil ? [eb('r.ended_recorded_at', '>', knownUntil)] : []),
      ]),
    )
    if (knownUntil) query = query.where('r.recorded_at', '<=', knownUntil)
  }
  const rows = await query.execute()
  const people = await Promise.all(
    rows.map(async row => {
      const then = asOf ? await nameOn(keys, db, row, asOf, knownUntil) : row
      return {
        id: row.id,
        rowVersion: row.row_version,
        personId: row.person_id,
        personNo: row.person_no,
        name: `${then.family_name} ${then.given_name}`,
        kana: [then.family_kana, then.given_kana].filter(Boolean).join(' ') || null,
        role: row.person_role,
        title: row.title,
        department: row.department,
        boBasis: row.bo_basis,
        nationality: row.nationality,
        pepKind: row.pep_kind,
        hasBirthDate: row.birth_date_hash !== null,
        phoneLast: row.phone_last,
        mobileLast: row.mobile_last,
        email: context.actor.reach === 'all' ? row.email : maskedEmail(row.email),
        authorityBasis: row.authority_basis,
        isRegisteredRepresentative: row.is_registered_representative,
        boDeclaredOn: row.bo_declared_on,
        contactChannel: row.contact_channel,
        contactWindow: row.contact_window,
        doNotContact: row.do_not_contact,
        doNotContactReason: row.do_not_contact_reason,
        companies: row.companies,
        recordNo: company.numberOf(row.party_id),
        validFrom: row.valid_from,
        validTo: row.valid_to,
      }
    }),
  )
  return {
    body: { people },
    seen: [party.seen_no, ...rows.map(row => row.seen_no)],
  }
}

/** The name a person bore on a day, from the timeline of the person. */
async function nameOn<
  R extends {
    person_id: Id
    family_name: string
    given_name: string
    family_kana: string | null
    given_kana: string | null
  },
>(keys: SubjectKeys, db: Db, row: R, day: IsoDate, knownUntil: string | null): Promise<R> {
  const fields = ['familyName', 'givenName', 'familyKana', 'givenKana']
  const facts = await factsOf(db, row.person_id, { keys, fields })
  const on = (field: string, standing: string | null): string | null => {
    const said = facts.get(field)
    if (!said) return standing
    const counted = knownUntil ? knownAt(said, knownUntil) : said
    const value = periodOn(counted.length > 0 ? counted : said.slice(0, 1), day)?.value
    return typeof value === 'string' ? value : null
  }
  return {
    ...row,
    family_name: on('familyName', row.family_name) ?? row.family_name,
    given_name: on('givenName', row.given_name) ?? row.given_name,
    family_kana: on('familyKana', row.family_kana),
    given_kana: on('givenKana', row.given_kana),
  }
}

export async function unmask(keys: SubjectKeys, { db }: QueryContext, personId: Id) {
  const person = found(
    await db.selectFrom('person').selectAll().where('id', '=', personId).executeTakeFirst(),
    'person',
  )
  const open = async (sealed: string | null) => (sealed ? keys.open(db, sealed) : null)
  return {
    body: {
      birthDate: await open(person.birth_date_sealed),
      homeAddress: await open(person.home_address_sealed),
      phone: await open(person.phone_sealed),
      mobile: await open(person.mobile_sealed),
      history: [...(await factsOf(db, personId, { keys, fields: Object.keys(personFields) }))].flatMap(
        ([field, facts]) => facts.map(({ seq, value }) => ({ seq, field, value })),
      ),
    },
    seen: [person.seen_no],
  }
}

/** A person as far as the actor reaches: somebody of a party within reach. */
export async function personInReach(at: Reach, personId: Id): Promise<FoundRecord | null> {
  const { db, actor } = at
  let query = db
    .selectFrom('person')
    .select(['person.id', 'person.seen_no', 'person.disposed_at'])
    .where('person.id', '=', personId)
  if (actor.reach !== 'all')
    query = query.where(eb =>
      eb.exists(
        eb
          .selectFrom('party_person as r')
          .select('r.id')
          .whereRef('r.person_id', '=', 'person.id')
          .where('r.party_id', 'in', partiesInReach(at).select('party.id')),
      ),
    )
  const row = await query.executeTakeFirst()
  if (!row) return null
  const closed = row.disposed_at === null ? undefined : '廃棄済みの記録です。'
  return { dataSubjectId: row.id, seenNo: row.seen_no, closed }
}

/** t●●●@example.co.jp: whose mail it is stays recognisable, where to write does not (contractors see masked values only). */
export function maskedEmail(email: string | null): string | null {
  return email?.replace(/^(.)[^@]*/, '$1●●●') ?? null
}
