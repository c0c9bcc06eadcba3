import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { FoundRecord } from '../../platform/records.ts'
import { endOfDay, factsOf, knownAt, periodOn } from '../changes/index.ts'
import { partiesInReach, type Reach } from '../parties/index.ts'
import type { Holding, Member, peopleOfParty } from './contract.ts'
import { tieLabels } from './labels.ts'
import type { TieKind } from './tables.ts'

export async function peopleOf(
  keys: SubjectKeys,
  context: QueryContext,
  { partyId, asOf, known }: z.output<typeof peopleOfParty.input>,
): Promise<Seen<{ people: Member[]; holdings: Holding[] }>> {
  const { db } = context
  const party = found(
    await partiesInReach(context)
      .select(['party.seen_no'])
      .where('party.id', '=', partyId)
      .executeTakeFirst(),
    'party',
  )
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
    .where('r.party_id', '=', partyId)
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
  const holdings = await holdingsOf(db, partyId, asOf ?? null)
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
        validFrom: row.valid_from,
        validTo: row.valid_to,
      }
    }),
  )
  return {
    body: { people, holdings: holdings.rows },
    seen: [party.seen_no, ...rows.map(row => row.seen_no), ...holdings.seen],
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
    family_name: on('familyName', row.family_name) ?? '',
    given_name: on('givenName', row.given_name) ?? '',
    family_kana: on('familyKana', row.family_kana),
    given_kana: on('givenKana', row.given_kana),
  }
}

async function holdingsOf(
  db: Db,
  partyId: Id,
  asOf: IsoDate | null,
): Promise<{ rows: Holding[]; seen: number[] }> {
  const { rows } = await sql<{
    id: Id
    kind: 'party' | 'person'
    holder: Id
    name: string
    share_ppm: number
    valid_from: string | null
    seen_no: number
  }>`
    select s.id, case when s.holder_party_id is null then 'person' else 'party' end as kind,
      coalesce(s.holder_party_id, s.holder_person_id) as holder,
      coalesce(h.legal_name, p.family_name || ' ' || p.given_name) as name, s.share_ppm, s.valid_from,
      coalesce(h.seen_no, p.seen_no) as seen_no
    from shareholding s left join party h on h.id = s.holder_party_id left join person p on p.id = s.holder_person_id
    where s.party_id = ${partyId} and (s.valid_to is null or s.valid_to > ${asOf}::date)
      and (${asOf}::date is null or s.valid_from is null or s.valid_from <= ${asOf}::date) order by s.share_ppm desc, s.id limit 200`.execute(
    db,
  )
  return {
    rows: rows.map(row => ({
      id: row.id,
      holderKind: row.kind,
      holderId: row.holder,
      holderName: row.name,
      sharePpm: row.share_ppm,
      validFrom: row.valid_from,
    })),
    seen: rows.map(row => row.seen_no),
  }
}

/**
 * Ids of all parties connected with one: over 50 % of votes either way, and confirmed ties, followed to the end; cycles end the
 * walk by themselves. The party itself is included. Used for group limits (DD group 1, group_id).
 */
export async function groupMemberIds(db: Db | Tx, partyId: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select id from connected_parties(${partyId}) as id`.execute(db)
  return rows.map(row => row.id)
}

/** The groups of several parties, each as `groupMemberIds` gives it, in one statement. */
export async function groupsOfParties(db: Db | Tx, partyIds: readonly Id[]): Promise<Map<Id, Id[]>> {
  const ids = [...new Set(partyIds)]
  const { rows } = await sql<{ id: Id; members: Id[] }>`
    select asked.id, array(select connected_parties(asked.id)) as members from unnest(${ids}::uuid[]) as asked(id)`.execute(
    db,
  )
  return new Map(rows.map(row => [row.id, row.members]))
}

export async function groupOf(context: QueryContext, partyId: Id) {
  const { db } = context
  const ids = await groupMemberIds(db, partyId)
  const parties = await partiesInReach(context)
    .select(['party.id', 'party.party_no', 'party.legal_name', 'party.seen_no'])
    .where('party.id', 'in', ids)
    .execute()
  found(
    parties.find(party => party.id === partyId),
    'party',
  )
  const shown = parties.map(party => party.id)
  const { rows } = await sql<{ from: Id; to: Id; share_ppm: number | null; relation: TieKind | null }>`
    select holder_party_id as from, party_id as to, share_ppm, null as relation from shareholding
      where valid_to is null and holder_party_id = any(${shown}::uuid[]) and party_id = any(${shown}::uuid[])
    union all select party_id, other_party_id, null, relation from party_group_link
      where ended_at is null and party_id = any(${shown}::uuid[]) and other_party_id = any(${shown}::uuid[])`.execute(
    db,
  )
  return {
    body: {
      parties: parties.map(party => ({ id: party.id, partyNo: party.party_no, legalName: party.legal_name })),
      edges: rows.map(row => ({
        from: row.from,
        to: row.to,
        sharePpm: row.share_ppm,
        label:
          row.share_ppm === null
            ? row.relation
              ? tieLabels[row.relation]
              : ''
            : `${row.share_ppm / 10_000}%`,
      })),
    },
    seen: parties.map(party => party.seen_no),
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
      history: [...(await factsOf(db, personId, { keys }))].flatMap(([field, facts]) =>
        facts.map(({ seq, value }) => ({ seq, field, value })),
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
    .select(['person.id', 'person.seen_no'])
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
  return row ? { dataSubjectId: row.id, seenNo: row.seen_no } : null
}

/** t●●●@example.co.jp: whose mail it is stays recognisable, where to write does not (contractors see masked values only). */
function maskedEmail(email: string | null): string | null {
  return email?.replace(/^(.)[^@]*/, '$1●●●') ?? null
}
