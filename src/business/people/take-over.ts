import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { keepValues } from '../changes/index.ts'
import { parsePhone, toKatakana } from '../names/index.ts'
import { personFields } from './fields.ts'
import { personRoleLabels } from './labels.ts'
import { type PersonValues, personFieldNames, storedPerson } from './person-values.ts'
import { personKeys, personReasons } from './rules.ts'
import type { PersonRole } from './tables.ts'
import './tables.ts'

/** A person in a party as another system knew them. A birth date may be missing: it is asked for at the check of identity. */
export interface PersonToTakeOver {
  partyId: Id
  role: PersonRole
  title: string | null
  department: string | null
  boBasis: string | null
  validFrom: IsoDate | null
  validTo: IsoDate | null
  familyName: string
  givenName: string
  familyKana: string | null
  givenKana: string | null
  formerName: string | null
  latinName: string | null
  nationality: string | null
  birthDate: IsoDate | null
  homeAddress: string | null
  phone: string | null
  email: string | null
}

/** Columns of a person which a take-over may fill, as they stood before; sealed values stay sealed. */
type PersonColumns = {
  family_kana: string | null
  given_kana: string | null
  former_name: string | null
  latin_name: string | null
  nationality: string | null
  birth_date_sealed: string | null
  birth_date_hash: string | null
  home_address_sealed: string | null
  phone_sealed: string | null
  phone_hash: string | null
  phone_last: string | null
  email: string | null
  kana_key: string | null
}

export type TakenOverPerson = {
  personId: Id
  /** Null when the person already held the role. */
  partyPersonId: Id | null
  madePerson: boolean
  /** What was filled on a person who was known, to be taken back. */
  before: { [column: string]: string | null }
  after: { [column: string]: string | null }
  outcome: 'new' | 'update' | 'merged'
}

export const takeOverRefusals = {
  person_must_agree_on_birth_date:
    '同じ会社に同姓同名で生年月日の異なる人がいます。登録内容を確認してください。',
  role_must_be_untouched: '取込後に変更されたため、登録を残しました。',
} as const

/**
 * Gives a person a role in a party, for imports. Who holds a role in the party under the same name, or has the same name and birth
 * date anywhere, is the same person: gaps are filled, nothing is overwritten. The batch was approved by two people, so this is not
 * critical again. Refuses by the rules of `addPerson`, but for the birth date that is asked for later.
 */
export async function takeOverPerson(
  context: CommandContext,
  input: PersonToTakeOver,
): Promise<TakenOverPerson> {
  const reasons = personReasons(input, input.role, context.today).filter(
    reason => reason.code !== 'birth_date_must_be_given',
  )
  if (input.role === 'beneficial_owner' && input.boBasis === null)
    reasons.push({ code: 'basis_must_be_given', field: 'boBasis' })
  refuseAll(
    reasons.map(reason => ({ ...reason, field: reason.field?.replace('person.', '') ?? '' })),
    'invalid',
  )
  const known = await knownPerson(context, input)
  const personId = known?.id ?? newId()
  const given = await columnsOf(context, personId, input)
  const filled = known ? gapsFilled(known, given) : {}
  if (!known) await insertPerson(context, personId, input, given)
  else if (Object.keys(filled).length > 0) {
    await setColumns(context, personId, filled)
    await keepFilled(context, known, filled, storedPerson({ ...input }))
  }
  const partyPersonId = await giveRole(context, personId, input)
  const outcome: TakenOverPerson['outcome'] =
    partyPersonId !== null ? 'new' : Object.keys(filled).length > 0 ? 'update' : 'merged'
  const { person_no } = await context.tx
    .selectFrom('person')
    .select('person_no')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  await context.record({
    verb: { new: 'person_added', update: 'person_changed', merged: 'person_import_matched' }[outcome],
    subjects: [
      { kind: 'party', id: input.partyId },
      { kind: 'person', id: personId },
    ],
    after: {
      role: input.role,
      title: input.title,
      validFrom: input.validFrom,
      validTo: input.validTo,
      filled: Object.keys(filled).filter(column => !column.endsWith('_hash') && !column.endsWith('_last')),
    },
    facts: { summary: `${personRoleLabels[input.role]} ${person_no}` },
  })
  const before = Object.fromEntries(Object.keys(filled).map(column => [column, null]))
  return { personId, partyPersonId, madePerson: !known, before, after: filled, outcome }
}

/** Takes back what `takeOverPerson` did; refuses when the role or what was filled has been changed since. */
export async function takeBackPerson(
  context: CommandContext,
  taken: TakenOverPerson & { partyId: Id },
): Promise<void> {
  const { tx } = context
  if (taken.partyPersonId !== null) {
    const gone = await tx
      .deleteFrom('party_person')
      .where('id', '=', taken.partyPersonId)
      .where('row_version', '=', 1)
      .returning('id')
      .executeTakeFirst()
    refuseUnless(gone !== undefined, 'role_must_be_untouched')
    await touchParty(context, taken.partyId)
  }
  if (taken.madePerson) {
    const gone = await tx
      .deleteFrom('person')
      .where('id', '=', taken.personId)
      .where('row_version', '=', 1)
      .returning('id')
      .executeTakeFirst()
    refuseUnless(gone !== undefined, 'role_must_be_untouched')
  } else if (Object.keys(taken.after).length > 0) {
    const current = await tx
      .selectFrom('person')
      .selectAll()
      .where('id', '=', taken.personId)
      .forUpdate()
      .executeTakeFirst()
    const untouched = Object.entries(taken.after).every(
      ([column, value]) => (current as Record<string, unknown> | undefined)?.[column] === value,
    )
    refuseUnless(untouched, 'role_must_be_untouched')
    await setColumns(context, taken.personId, taken.before)
    if (current) await keepFilled(context, current, taken.after, null)
  }
  await context.record({
    verb: 'person_take_over_reverted',
    subjects: [
      { kind: 'party', id: taken.partyId },
      { kind: 'person', id: taken.personId },
    ],
  })
}

/** What was filled goes into the person's timeline, in force from today (decision 0010); taken back, nothing is in force again. */
async function keepFilled(
  context: CommandContext,
  person: { id: Id; registered_at: string },
  filled: { [column: string]: string | null },
  values: PersonValues | null,
): Promise<void> {
  const fields = personFieldNames.filter(name => personFields[name].column in filled)
  if (fields.length === 0) return
  await keepValues(
    context,
    {
      record: { kind: 'person', id: person.id },
      values: Object.fromEntries(fields.map(name => [name, values?.[name] ?? null])),
      beginnings: () => [{ value: null, from: null, recordedAt: person.registered_at }],
      effectiveOn: context.today,
      change: {
        reasonCode: 'system',
        reasonText: values ? '取込で空欄を補完' : '取込の取消',
        evidence: [],
      },
    },
    { sealed: true },
  )
}

type Known = { id: Id; registered_at: string } & PersonColumns

async function knownPerson({ tx, keys }: CommandContext, input: PersonToTakeOver): Promise<Known | null> {
  const { nameKey } = personKeys(input)
  const birthHash = input.birthDate ? keys.keyedHash('birth-date', input.birthDate) : null
  const inParty = await tx
    .selectFrom('person as p')
    .innerJoin('party_person as r', 'r.person_id', 'p.id')
    .selectAll('p')
    .where('r.party_id', '=', input.partyId)
    .where('p.name_key', '=', nameKey)
    .orderBy('p.registered_at')
    .execute()
  const agreeing = inParty.filter(
    person => !birthHash || !person.birth_date_hash || person.birth_date_hash === birthHash,
  )
  refuseUnless(inParty.length === 0 || agreeing.length > 0, 'person_must_agree_on_birth_date', {
    field: 'birthDate',
  })
  if (agreeing[0]) return agreeing[0]
  if (!birthHash) return null
  const elsewhere = await tx
    .selectFrom('person')
    .selectAll()
    .where('birth_date_hash', '=', birthHash)
    .where('name_key', '=', nameKey)
    .orderBy('registered_at')
    .limit(1)
    .executeTakeFirst()
  return elsewhere ?? null
}

async function columnsOf(
  { tx, keys }: CommandContext,
  personId: Id,
  input: PersonToTakeOver,
): Promise<PersonColumns> {
  const seal = async (value: string | null) => (value ? keys.seal(tx, personId, value) : null)
  const phone = input.phone ? parsePhone(input.phone).national : null
  return {
    family_kana: input.familyKana && toKatakana(input.familyKana),
    given_kana: input.givenKana && toKatakana(input.givenKana),
    former_name: input.formerName,
    latin_name: input.latinName,
    nationality: input.nationality,
    birth_date_sealed: await seal(input.birthDate),
    birth_date_hash: input.birthDate ? keys.keyedHash('birth-date', input.birthDate) : null,
    home_address_sealed: await seal(input.homeAddress),
    phone_sealed: await seal(phone),
    phone_hash: phone ? keys.keyedHash('phone', phone) : null,
    phone_last: phone?.slice(-4) ?? null,
    email: input.email,
    kana_key: personKeys(input).kanaKey,
  }
}

/** Columns that move together: a phone with its hash and last digits, a birth date with its hash. */
const TOGETHER: readonly (readonly (keyof PersonColumns)[])[] = [
  ['birth_date_sealed', 'birth_date_hash'],
  ['phone_sealed', 'phone_hash', 'phone_last'],
  ['family_kana', 'given_kana', 'kana_key'],
  ['former_name'],
  ['latin_name'],
  ['nationality'],
  ['home_address_sealed'],
  ['email'],
]

function gapsFilled(known: Known, given: PersonColumns): { [column: string]: string | null } {
  const filled: { [column: string]: string | null } = {}
  for (const columns of TOGETHER) {
    const [lead] = columns
    if (known[lead!] !== null || given[lead!] === null) continue
    for (const column of columns) filled[column] = given[column]
  }
  return filled
}

async function insertPerson(
  { tx, now }: CommandContext,
  id: Id,
  input: PersonToTakeOver,
  columns: PersonColumns,
): Promise<void> {
  const { nameKey } = personKeys(input)
  await tx
    .insertInto('person')
    .values({
      id,
      family_name: input.familyName,
      given_name: input.givenName,
      ...columns,
      common_name: null,
      pep_kind: 'none',
      name_key: nameKey,
      registered_at: now.toISOString(),
    })
    .execute()
}

async function setColumns(
  { tx }: CommandContext,
  id: Id,
  columns: { [column: string]: string | null },
): Promise<void> {
  await tx
    .updateTable('person')
    .set({ ...columns, row_version: sql`row_version + 1` } as never)
    .where('id', '=', id)
    .execute()
}

/** Null when the person holds the role already; a role that ended before is kept beside. */
async function giveRole(context: CommandContext, personId: Id, input: PersonToTakeOver): Promise<Id | null> {
  const { tx, now } = context
  const held = await tx
    .selectFrom('party_person')
    .select('id')
    .where('party_id', '=', input.partyId)
    .where('person_id', '=', personId)
    .where('person_role', '=', input.role)
    .where('valid_to', input.validTo === null ? 'is' : '=', input.validTo)
    .executeTakeFirst()
  if (held) return null
  const id = newId()
  await tx
    .insertInto('party_person')
    .values({
      id,
      party_id: input.partyId,
      person_id: personId,
      person_role: input.role,
      title: input.title,
      department: input.department,
      authority_basis: null,
      bo_basis: input.boBasis,
      valid_from: input.validFrom,
      valid_to: input.validTo,
      recorded_at: now.toISOString(),
    })
    .execute()
  await touchParty(context, input.partyId)
  return id
}

/** A change of its people is a change of the party: requests which rest on the party become stale. */
export async function touchParty({ tx }: CommandContext, partyId: Id): Promise<void> {
  await tx.updateTable('party').set({ row_version: sql`row_version + 1` }).where('id', '=', partyId).execute()
}
