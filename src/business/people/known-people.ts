import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { historyOf } from '../changes/index.ts'
import { isKanaOnly, normalizePersonName, normalizeReading, toKatakana } from '../names/index.ts'
import { partiesInReach } from '../parties/index.ts'
import type { findPeople, KnownPerson, likePerson, PersonRecord } from './contract.ts'
import { personFields } from './fields.ts'
import { maskedEmail } from './queries.ts'
import { personKeys } from './rules.ts'
import type { PersonRole } from './tables.ts'
import './tables.ts'

const MOST_LIKE = 10
const MOST_COMPANIES = 20

interface PersonRow {
  id: Id
  seen_no: number
  person_no: string
  family_name: string
  given_name: string
  family_kana: string | null
  given_kana: string | null
  name_key: string
  kana_key: string | null
  birth_date_hash: string | null
}

const personColumns = [
  'person.id',
  'person.seen_no',
  'person.person_no',
  'person.family_name',
  'person.given_name',
  'person.family_kana',
  'person.given_kana',
  'person.name_key',
  'person.kana_key',
  'person.birth_date_hash',
] as const

/** People within reach: all, or for contractors those with a role in a company assigned to them. */
function peopleInReach(context: QueryContext) {
  const all = context.db.selectFrom('person')
  if (context.actor.reach === 'all') return all
  return all.where('person.id', 'in', eb =>
    eb
      .selectFrom('party_person')
      .select('party_person.person_id')
      .where('party_person.party_id', 'in', partiesInReach(context).select('party.id')),
  )
}

/** By the beginning of a name in any spelling, of a reading, or of a name borne before; old roles are shown too. */
export async function find(
  context: QueryContext,
  { text, limit }: z.output<typeof findPeople.input>,
): Promise<Seen<{ rows: KnownPerson[] }>> {
  const name = normalizePersonName(text).foldedCore
  const kana = toKatakana(text)
  const reading = isKanaOnly(kana.replace(/[\s・ー－]/g, '')) ? normalizeReading(text).key : null
  const beginning = (key: string) => `${key.replace(/[\\%_]/g, '\\$&')}%`
  const keys = [name, reading].filter(key => key !== null && key !== '') as string[]
  if (keys.length === 0) return { body: { rows: [] }, seen: [] }
  const rows = await peopleInReach(context)
    .select(personColumns)
    .where(eb =>
      eb.or([
        ...(name ? [eb('person.name_key', 'like', beginning(name))] : []),
        ...(reading ? [eb('person.kana_key', 'like', beginning(reading))] : []),
        eb(
          'person.id',
          'in',
          eb
            .selectFrom('person_former_key')
            .select('person_id')
            .where(inner => inner.or(keys.map(key => inner('key', 'like', beginning(key))))),
        ),
      ]),
    )
    .orderBy('person.name_key')
    .orderBy('person.id')
    .limit(limit)
    .execute()
  const shown = await toKnown(context, rows)
  return { body: { rows: shown.rows }, seen: shown.seen, loggedQuery: { text: '（氏名）' } }
}

/** Who may be the person being typed: the birth date is compared by its keyed hash, nothing is decrypted. */
export async function like(
  keys: SubjectKeys,
  context: QueryContext,
  input: z.output<typeof likePerson.input>,
): Promise<Seen<z.input<typeof likePerson.output>>> {
  const wanted = personKeys(input)
  const birth = input.birthDate ? keys.keyedHash('birth-date', input.birthDate) : null
  if (input.familyName === '' || input.givenName === '') return { body: { rows: [] }, seen: [] }
  const rows = await peopleInReach(context)
    .select(personColumns)
    .where(eb =>
      eb.or([
        eb('person.name_key', '=', wanted.nameKey),
        ...(wanted.kanaKey ? [eb('person.kana_key', '=', wanted.kanaKey)] : []),
      ]),
    )
    .limit(MOST_LIKE * 3)
    .execute()
  const judged = rows
    .map(row => ({
      row,
      sameName: row.name_key === wanted.nameKey,
      sameKana: wanted.kanaKey !== null && row.kana_key === wanted.kanaKey,
      sameBirthDate: birth === null || row.birth_date_hash === null ? null : row.birth_date_hash === birth,
    }))
    .sort((a, b) => weight(b) - weight(a) || (a.row.id < b.row.id ? -1 : 1))
    .slice(0, MOST_LIKE)
  const shown = await toKnown(
    context,
    judged.map(({ row }) => row),
  )
  return {
    body: {
      rows: shown.rows.map((person, at) => {
        const { sameName, sameKana, sameBirthDate } = judged[at]!
        return { ...person, sameName, sameKana, sameBirthDate }
      }),
    },
    seen: shown.seen,
    loggedQuery: { text: '（氏名・生年月日）' },
  }
}

function weight(one: { sameName: boolean; sameKana: boolean; sameBirthDate: boolean | null }): number {
  const birth = one.sameBirthDate === null ? 0 : one.sameBirthDate ? 4 : -4
  return birth + (one.sameName ? 2 : 0) + (one.sameKana ? 1 : 0)
}

async function toKnown(
  context: QueryContext,
  rows: readonly PersonRow[],
): Promise<{ rows: KnownPerson[]; seen: number[] }> {
  const { byPerson, seen } = await companiesOf(
    context,
    rows.map(row => row.id),
  )
  return {
    rows: rows.map(row => ({
      id: row.id,
      personNo: row.person_no,
      name: `${row.family_name} ${row.given_name}`,
      kana: [row.family_kana, row.given_kana].filter(Boolean).join(' ') || null,
      hasBirthDate: row.birth_date_hash !== null,
      companies: byPerson.get(row.id) ?? [],
    })),
    seen: [...rows.map(row => row.seen_no), ...seen],
  }
}

async function companiesOf(
  context: QueryContext,
  personIds: readonly Id[],
): Promise<{ byPerson: Map<Id, KnownPerson['companies']>; seen: number[] }> {
  const byPerson = new Map<Id, KnownPerson['companies']>()
  if (personIds.length === 0) return { byPerson, seen: [] }
  const rows = await partiesInReach(context)
    .innerJoin('party_person as r', 'r.party_id', 'party.id')
    .select([
      'r.person_id',
      'r.person_role',
      'r.title',
      'r.valid_from',
      'r.valid_to',
      'party.id',
      'party.party_no',
      'party.legal_name',
      'party.seen_no',
    ])
    .where('r.person_id', 'in', [...personIds])
    .orderBy('r.valid_to', order => order.desc().nullsFirst())
    .orderBy('r.recorded_at')
    .limit(personIds.length * MOST_COMPANIES)
    .execute()
  for (const row of rows)
    byPerson.set(row.person_id, [
      ...(byPerson.get(row.person_id) ?? []),
      {
        partyId: row.id,
        partyNo: row.party_no,
        legalName: row.legal_name,
        role: row.person_role as PersonRole,
        title: row.title,
        validFrom: row.valid_from,
        validTo: row.valid_to,
      },
    ])
  return { byPerson, seen: rows.map(row => row.seen_no) }
}

/** One person with roles and history; what is secret says only that it is there. */
export async function open(context: QueryContext, personId: Id): Promise<Seen<PersonRecord>> {
  const { db } = context
  const row = found(
    await peopleInReach(context).selectAll('person').where('person.id', '=', personId).executeTakeFirst(),
    'person',
  )
  const shown = await toKnown(context, [row])
  return {
    body: {
      ...shown.rows[0]!,
      rowVersion: row.row_version,
      familyName: row.family_name,
      givenName: row.given_name,
      familyKana: row.family_kana,
      givenKana: row.given_kana,
      formerName: row.former_name,
      commonName: row.common_name,
      latinName: row.latin_name,
      nationality: row.nationality,
      residenceStatus: row.residence_status,
      residenceUntil: row.residence_until,
      hasHomeAddress: row.home_address_sealed !== null,
      phoneLast: row.phone_last,
      mobileLast: row.mobile_last,
      email: context.actor.reach === 'all' ? row.email : maskedEmail(row.email),
      pepKind: row.pep_kind,
      pepCountry: row.pep_country,
      pepPast: row.pep_past,
      history: await historyOfPerson(db, personId),
    },
    seen: shown.seen,
  }
}

/** Values in the timeline are encrypted; the history says which item changed when and why, the values open by unmasking only. */
async function historyOfPerson(db: Db, personId: Id): Promise<PersonRecord['history']> {
  // Fields the company has defined itself have their own place on the page and their own eye.
  const entries = (await historyOf(db, personId)).filter(entry => entry.field in personFields)
  return entries.map(entry => ({
    seq: entry.seq,
    field: entry.field,
    value: null,
    masked: entry.valueSealed !== null,
    validFrom: entry.validFrom,
    recordedAt: entry.recordedAt,
    recordedBy: entry.recordedBy,
    approvedBy: entry.approvedBy,
    reasonText: entry.reasonText,
  }))
}
