import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { ScreeningSubject } from './engine/index.ts'
import type { SubjectKind } from './tables.ts'

export interface SubjectRef {
  kind: SubjectKind
  id: Id
}

/** A subject as it is now: what is searched with, and a keyed hash over it which tells whether it has changed since. */
export interface SubjectNow extends SubjectRef {
  name: string
  snapshot: ScreeningSubject
  hash: string
}

/** Reads subjects with every name they have or had; a birth date is decrypted for the search only. Gone ones are left out. */
export async function readSubjects(
  db: Db | Tx,
  keys: SubjectKeys,
  refs: readonly SubjectRef[],
): Promise<SubjectNow[]> {
  const ids = (kind: SubjectKind) => refs.filter(ref => ref.kind === kind).map(ref => ref.id)
  const snapshots = [
    ...(await partySnapshots(db, ids('party'))),
    ...(await personSnapshots(db, keys, ids('person'))),
  ]
  return snapshots.map(({ kind, snapshot }) => ({
    kind,
    id: snapshot.id,
    name: snapshot.name,
    snapshot,
    hash: keys.keyedHash('screening-subject', JSON.stringify(snapshot)),
  }))
}

async function partySnapshots(db: Db | Tx, ids: Id[]) {
  if (ids.length === 0) return []
  const parties = await db
    .selectFrom('party')
    .select([
      'id',
      'party_kind',
      'legal_name',
      'legal_name_kana',
      'legal_name_en',
      'trade_name',
      'corporate_number',
      'address_original',
    ])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  const names = await db
    .selectFrom('party_name')
    .select(['party_id', 'name', 'kana'])
    .where('party_id', 'in', ids)
    .orderBy('party_id')
    .orderBy('id')
    .execute()
  return parties.map(party => {
    const others = names
      .filter(row => row.party_id === party.id)
      .flatMap(row => [row.name, row.kana])
      .concat(party.trade_name)
      .filter(name => name !== null && name !== party.legal_name && name !== party.legal_name_kana)
    return {
      kind: 'party' as const,
      snapshot: compact({
        id: party.id,
        kind: party.party_kind === 'sole_proprietor' ? 'person' : 'company',
        name: party.legal_name,
        nameKana: party.legal_name_kana,
        nameEn: party.legal_name_en,
        otherNames: [...new Set(others)].flatMap(name => name ?? []),
        address: party.address_original,
        identifiers: party.corporate_number ? [party.corporate_number] : [],
      }),
    }
  })
}

async function personSnapshots(db: Db | Tx, keys: SubjectKeys, ids: Id[]) {
  if (ids.length === 0) return []
  const people = await db.selectFrom('person').selectAll().where('id', 'in', ids).orderBy('id').execute()
  const snapshots = []
  for (const person of people) {
    const birthDate = person.birth_date_sealed ? await keys.open(db, person.birth_date_sealed) : null
    snapshots.push({
      kind: 'person' as const,
      snapshot: compact({
        id: person.id,
        kind: 'person',
        name: `${person.family_name} ${person.given_name}`,
        nameKana: [person.family_kana, person.given_kana].filter(Boolean).join(' '),
        nameEn: person.latin_name,
        otherNames: [person.former_name, person.common_name].filter(name => name !== null),
        birthDate,
        country: person.nationality,
      }),
    })
  }
  return snapshots
}

/** Without what is unknown, so that the same facts always hash alike. */
function compact(subject: { [K in keyof ScreeningSubject]: ScreeningSubject[K] | null }): ScreeningSubject {
  const known = Object.entries(subject).filter(
    ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(known) as unknown as ScreeningSubject
}
