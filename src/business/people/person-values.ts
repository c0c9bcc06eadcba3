import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseFutureDays } from '../../platform/commands/days.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { ChangeReason } from '../../platform/http/contract.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { factsOf, keepValues, periodOn } from '../changes/index.ts'
import { parsePhone, toKatakana } from '../names/index.ts'
import { type PersonFieldName, personFields } from './fields.ts'
import { personKeys } from './rules.ts'
import './tables.ts'

export const personFieldNames = Object.keys(personFields) as PersonFieldName[]

/** Items of a person as they are typed and kept: texts, dates, yes or no. */
export type PersonValues = Partial<Record<PersonFieldName, Json>>

/** The fields whose columns are encrypted under the person's key. */
export const sealedFields: readonly PersonFieldName[] = personFieldNames.filter(name => {
  const field = personFields[name]
  return 'encrypted' in field && field.encrypted
})

/** Typed items in the form they are kept in: readings in katakana, telephones with hyphens. */
export function storedPerson(typed: Readonly<Record<string, unknown>>): PersonValues {
  return Object.fromEntries(
    personFieldNames.flatMap(name => {
      const value = typed[name]
      if (value === undefined) return []
      if (value === null || value === '') return [[name, name === 'pepPast' ? false : null]]
      return [[name, storedValue(name, value as Json)]]
    }),
  ) as PersonValues
}

function storedValue(name: PersonFieldName, value: Json): Json {
  if (name === 'familyKana' || name === 'givenKana') return toKatakana(String(value)).trim()
  if (name === 'phone' || name === 'mobile') return parsePhone(String(value)).display ?? value
  return typeof value === 'string' ? value.trim() : value
}

/** The columns of a person for values which hold now; secrets encrypted, with keyed hashes for equality. */
export async function columnsOfPerson(
  { tx, keys, today }: CommandContext,
  personId: Id,
  values: PersonValues,
): Promise<Record<string, unknown>> {
  refuseFutureDays(today, { field: 'birthDate', day: values.birthDate as string | null | undefined })
  const columns: Record<string, unknown> = {}
  const seal = async (value: Json) => (value === null ? null : keys.seal(tx, personId, String(value)))
  for (const [name, value = null] of Object.entries(values) as [PersonFieldName, Json][]) {
    if (name === 'phone' || name === 'mobile') {
      const national = value === null ? null : parsePhone(String(value)).national
      columns[`${name}_sealed`] = await seal(national)
      columns[`${name}_hash`] = national && keys.keyedHash('phone', national)
      columns[`${name}_last`] = national?.slice(-4) ?? null
    } else if (name === 'birthDate') {
      columns.birth_date_sealed = await seal(value)
      columns.birth_date_hash = value === null ? null : keys.keyedHash('birth-date', String(value))
    } else if (name === 'homeAddress') columns.home_address_sealed = await seal(value)
    else columns[personFields[name].column] = value
  }
  return columns
}

/** Registers a person with the items given; returns the id. */
export async function insertPerson(context: CommandContext, values: PersonValues): Promise<Id> {
  const id = newId()
  const keys = keysOf(values)
  await context.tx
    .insertInto('person')
    .values({
      id,
      pep_kind: 'none',
      ...(await columnsOfPerson(context, id, values)),
      ...keys,
      registered_at: context.now.toISOString(),
    } as never)
    .execute()
  return id
}

function keysOf(values: PersonValues): { name_key: string; kana_key: string | null } {
  const { nameKey, kanaKey } = personKeys({
    familyName: String(values.familyName ?? ''),
    givenName: String(values.givenName ?? ''),
    familyKana: values.familyKana as string | null,
    givenKana: values.givenKana as string | null,
  })
  return { name_key: nameKey, kana_key: kanaKey }
}

export async function lockPerson({ tx }: CommandContext, id: Id) {
  const row = await tx.selectFrom('person').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  refuseUnless(!row?.disposed_at, 'record_must_not_be_disposed_of')
  return row
}
export type LockedPerson = NonNullable<Awaited<ReturnType<typeof lockPerson>>>

/** All items of a stored person, opened. */
export async function valuesOfPerson(
  { tx, keys }: Pick<CommandContext, 'tx' | 'keys'>,
  person: LockedPerson,
): Promise<Record<PersonFieldName, Json>> {
  const open = async (sealed: string | null) => (sealed ? keys.open(tx, sealed) : null)
  const row = person as unknown as Record<string, Json>
  const shown = async (name: PersonFieldName): Promise<Json> => {
    const value = sealedFields.includes(name)
      ? await open(row[personFields[name].column] as string | null)
      : (row[personFields[name].column] ?? null)
    return (name === 'phone' || name === 'mobile') && value !== null
      ? (parsePhone(String(value)).display ?? value)
      : value
  }
  const entries = await Promise.all(personFieldNames.map(async name => [name, await shown(name)] as const))
  return Object.fromEntries(entries) as Record<PersonFieldName, Json>
}

/** What the fields held on a day; fields without a timeline hold what stands in the record. */
export async function personOn(
  { tx, keys }: Pick<CommandContext, 'tx' | 'keys'>,
  personId: Id,
  standing: Readonly<Record<string, Json>>,
  day: IsoDate,
): Promise<Record<string, Json>> {
  const facts = await factsOf(tx, personId, { keys })
  return Object.fromEntries(
    Object.entries(standing).map(([field, value]) => {
      const said = facts.get(field)
      return [field, said ? (periodOn(said, day)?.value ?? null) : value]
    }),
  )
}

/** Puts values into force from a day on, today or in the past, in the timeline (encrypted) and in the record. */
export async function applyPersonValues(
  context: CommandContext,
  person: LockedPerson,
  values: PersonValues,
  effectiveOn: IsoDate,
  change: ChangeReason,
): Promise<void> {
  const { tx } = context
  const standing = await valuesOfPerson(context, person)
  const today = await keepValues(
    context,
    {
      record: { kind: 'person', id: person.id },
      values: values as Record<string, Json>,
      beginnings: field => [
        { value: standing[field as PersonFieldName], from: null, recordedAt: person.registered_at },
      ],
      effectiveOn,
      change,
    },
    { sealed: true },
  )
  const now = { ...standing, ...Object.fromEntries(today) } as PersonValues
  const keys = keysOf(now)
  await tx
    .updateTable('person')
    .set({
      ...(await columnsOfPerson(context, person.id, Object.fromEntries(today) as PersonValues)),
      ...keys,
      row_version: person.row_version + 1,
    } as never)
    .where('id', '=', person.id)
    .execute()
  const former = [person.name_key, person.kana_key].filter(
    key => key !== null && key !== keys.name_key && key !== keys.kana_key,
  )
  if (former.length)
    await tx
      .insertInto('person_former_key')
      .values(former.map(key => ({ person_id: person.id, key: key! })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
}
