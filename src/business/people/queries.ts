import { sql } from 'kysely'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { partiesInReach, type Reach } from '../parties/index.ts'
import type { Holding, Member } from './contract.ts'
import { tieLabels } from './labels.ts'
import type { TieKind } from './tables.ts'

export async function peopleOf(
  context: QueryContext,
  partyId: Id,
): Promise<Seen<{ people: Member[]; holdings: Holding[] }>> {
  const { db } = context
  const party = found(
    await partiesInReach(context)
      .select(['party.seen_no'])
      .where('party.id', '=', partyId)
      .executeTakeFirst(),
    'party',
  )
  const rows = await db
    .selectFrom('party_person as r')
    .innerJoin('person as p', 'p.id', 'r.person_id')
    .select([
      'r.id',
      'r.person_id',
      'r.person_role',
      'r.title',
      'r.department',
      'r.bo_basis',
      'r.valid_from',
      'r.valid_to',
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
      'p.email',
    ])
    .where('r.party_id', '=', partyId)
    .orderBy('r.valid_to', order => order.desc().nullsFirst())
    .orderBy('r.recorded_at')
    .limit(500)
    .execute()
  const holdings = await holdingsOf(db, partyId)
  return {
    body: {
      people: rows.map(row => ({
        id: row.id,
        personId: row.person_id,
        personNo: row.person_no,
        name: `${row.family_name} ${row.given_name}`,
        kana: [row.family_kana, row.given_kana].filter(Boolean).join(' ') || null,
        role: row.person_role,
        title: row.title,
        department: row.department,
        boBasis: row.bo_basis,
        nationality: row.nationality,
        pepKind: row.pep_kind,
        hasBirthDate: row.birth_date_hash !== null,
        phoneLast: row.phone_last,
        email: context.actor.reach === 'all' ? row.email : maskedEmail(row.email),
        validFrom: row.valid_from,
        validTo: row.valid_to,
      })),
      holdings: holdings.rows,
    },
    seen: [party.seen_no, ...rows.map(row => row.seen_no), ...holdings.seen],
  }
}

async function holdingsOf(db: Db, partyId: Id): Promise<{ rows: Holding[]; seen: number[] }> {
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
    where s.party_id = ${partyId} and s.valid_to is null order by s.share_ppm desc, s.id limit 200`.execute(
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
    },
    seen: [person.seen_no],
  }
}

/** A person as far as the actor reaches: somebody of a party within reach. */
export async function personInReach(at: Reach, personId: Id): Promise<{ dataSubjectId: Id } | null> {
  const { db, actor } = at
  let query = db.selectFrom('person').select('person.id').where('person.id', '=', personId)
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
  return row ? { dataSubjectId: row.id } : null
}

/** t●●●@example.co.jp: whose mail it is stays recognisable, where to write does not (contractors see masked values only). */
function maskedEmail(email: string | null): string | null {
  return email?.replace(/^(.)[^@]*/, '$1●●●') ?? null
}
