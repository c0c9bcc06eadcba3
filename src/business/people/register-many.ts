import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { personKeys } from './rules.ts'
import './tables.ts'

/** A representative as a ledger names them; ids are given, so that the party's event can name the person before the row stands. */
export interface RepresentativeOfMany {
  personId: Id
  partyPersonId: Id
  partyId: Id
  familyName: string
  givenName: string
}

/**
 * Registers first representatives of many parties, for imports. A ledger has no birth dates: they are asked for at the next change
 * of the person and at the check of identity, which cannot be completed without (DD group 2). The caller records the event.
 */
export async function registerManyRepresentatives(
  { tx, now }: CommandContext,
  representatives: readonly RepresentativeOfMany[],
): Promise<void> {
  const at = now.toISOString()
  await insertMany(
    tx,
    'person',
    representatives.map(person => {
      const { nameKey, kanaKey } = personKeys(person)
      return {
        id: person.personId,
        row_version: 1,
        family_name: person.familyName,
        given_name: person.givenName,
        pep_kind: 'none',
        name_key: nameKey,
        kana_key: kanaKey,
        registered_at: at,
      }
    }),
  )
  await insertMany(
    tx,
    'party_person',
    representatives.map(person => ({
      id: person.partyPersonId,
      row_version: 1,
      party_id: person.partyId,
      person_id: person.personId,
      person_role: 'representative',
      recorded_at: at,
    })),
  )
}

/** Takes people out again which an import registered and nothing else refers to. */
export async function removeManyRepresentatives(
  { tx }: CommandContext,
  people: readonly { personId: Id; partyPersonId: Id }[],
): Promise<void> {
  if (people.length === 0) return
  await sql`delete from party_person where id = any(${people.map(one => one.partyPersonId)}::uuid[])`.execute(
    tx,
  )
  await sql`delete from person where id = any(${people.map(one => one.personId)}::uuid[])`.execute(tx)
}

/** Which of the parties have a representative in force. */
export async function partiesWithRepresentative(
  { tx }: Pick<CommandContext, 'tx'>,
  partyIds: readonly Id[],
): Promise<Set<Id>> {
  if (partyIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('party_person')
    .select('party_id')
    .where('party_id', 'in', [...partyIds])
    .where('person_role', '=', 'representative')
    .where('valid_to', 'is', null)
    .execute()
  return new Set(rows.map(row => row.party_id))
}
