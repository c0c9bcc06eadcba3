import { sql } from 'kysely'
import type { CommandContext, CommandEvent, RecordRef } from '../../../platform/commands/command.ts'
import type { Db, Tx } from '../../../platform/database/database.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import { addDays } from '../../../platform/dates/calendar-date.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { branchKindLabels, issuerLabels } from '../labels.ts'
import { sameBranch, type storedBranch } from '../places-rules.ts'
import { refreshManySearchKeys } from '../search-keys.ts'
import type { BranchKind, IdentifierIssuer } from '../tables.ts'

/** A branch and codes which one of many parties gets; the branch must come from `storedBranch`, the codes from `storedCode`. */
export interface PlacesOfMany {
  partyId: Id
  branch: { kind: BranchKind; values: ReturnType<typeof storedBranch>['values'] } | null
  codes: readonly { issuer: IdentifierIssuer; value: string; endsId: Id | null }[]
  subjects: RecordRef[]
  facts: { [fact: string]: Json }
  reason: string
}

/** What was made, in the order given, and which codes ended for it. */
export type PlacesMade = {
  branchId: Id | null
  codes: { id: Id; endedId: Id | null }[]
}

export interface StandingPlaces {
  branches: string[]
  codes: Map<IdentifierIssuer, { id: Id; value: string; validFrom: string | null }>
}

/** The names of the open branches and the codes in force of many parties; a party without any is not named. */
export async function placesOfMany(db: Db | Tx, partyIds: readonly Id[]): Promise<Map<Id, StandingPlaces>> {
  const found = new Map<Id, StandingPlaces>()
  if (partyIds.length === 0) return found
  const of = (id: Id) => {
    const known: StandingPlaces = found.get(id) ?? { branches: [], codes: new Map() }
    found.set(id, known)
    return known
  }
  const branches = await db
    .selectFrom('party_branch')
    .select(['party_id', 'name'])
    .where('party_id', 'in', [...partyIds])
    .where('valid_to', 'is', null)
    .execute()
  for (const { party_id, name } of branches) of(party_id).branches.push(name)
  const codes = await db
    .selectFrom('party_identifier')
    .select(['id', 'party_id', 'issuer', 'value', 'valid_from'])
    .where('party_id', 'in', [...partyIds])
    .where('issuer', '<>', 'other')
    .where('valid_to', 'is', null)
    .execute()
  for (const { id, party_id, issuer, value, valid_from } of codes)
    of(party_id).codes.set(issuer, { id, value, validFrom: valid_from })
  return found
}

/** Two spellings of one branch's name. */
export const hasBranch = (standing: StandingPlaces | undefined, name: string): boolean =>
  standing?.branches.some(known => sameBranch(known, name)) ?? false

/**
 * Adds a branch and codes to many locked parties, one event each thing. A code it names as ending ends yesterday, as when people record a
 * new one. Whoever calls has seen that the branch is not there and that the code that ends began before today.
 */
export async function addPlacesOfMany(
  context: CommandContext,
  many: readonly PlacesOfMany[],
): Promise<PlacesMade[]> {
  const { tx, now, today } = context
  const made = many.map(
    (one): PlacesMade => ({
      branchId: one.branch ? newId() : null,
      codes: one.codes.map(code => ({ id: newId(), endedId: code.endsId })),
    }),
  )
  await insertMany(
    tx,
    'party_branch',
    many.flatMap(({ partyId, branch }, at) =>
      branch
        ? [
            {
              id: made[at]!.branchId,
              row_version: 1,
              party_id: partyId,
              kind: branch.kind,
              ...branch.values,
              valid_from: null,
              valid_to: null,
              recorded_at: now.toISOString(),
              ended_recorded_at: null,
            },
          ]
        : [],
    ),
  )
  const ending = made.flatMap(one => one.codes.flatMap(code => code.endedId ?? []))
  if (ending.length > 0)
    await sql`update party_identifier set valid_to = ${addDays(today, -1)}, ended_recorded_at = ${now.toISOString()},
      row_version = row_version + 1 where id = any(${ending}::uuid[])`.execute(tx)
  await insertMany(
    tx,
    'party_identifier',
    many.flatMap(({ partyId, codes }, at) =>
      codes.map((code, place) => ({
        id: made[at]!.codes[place]!.id,
        row_version: 1,
        party_id: partyId,
        issuer: code.issuer,
        issuer_name: null,
        value: code.value,
        valid_from: code.endsId ? today : null,
        valid_to: null,
        recorded_at: now.toISOString(),
        ended_recorded_at: null,
      })),
    ),
  )
  const touched = many.filter(one => one.branch || one.codes.length > 0)
  if (touched.length === 0) return made
  await refreshManySearchKeys(tx, [...new Set(touched.map(one => one.partyId))])
  await context.record(...many.flatMap((one, at) => eventsOf(one, made[at]!)))
  return made
}

function eventsOf({ partyId, branch, codes, subjects, facts, reason }: PlacesOfMany, made: PlacesMade) {
  const party = { kind: 'party', id: partyId }
  const events: CommandEvent[] = codes.map(code => ({
    verb: 'party_identifier_recorded',
    subjects: [party, ...subjects],
    after: { code: code.value },
    facts: { ...facts, code: `${issuerLabels[code.issuer]}　${code.value}` },
    reason,
  }))
  if (branch)
    events.push({
      verb: 'party_branch_added',
      subjects: [party, { kind: 'party_branch', id: made.branchId! }, ...subjects],
      after: {
        branchName: branch.values.name,
        branchAddress: branch.values.address,
        branchPhone: branch.values.phone_display,
      },
      facts: { ...facts, branch: `${branchKindLabels[branch.kind]}　${branch.values.name}` },
      reason,
    })
  return events
}

/**
 * Takes branches and codes out again which an import made, and puts those in force again which ended for them. Those changed since stay.
 * Answers the parties of which something stayed.
 */
export async function takeOutPlacesOfMany(
  context: CommandContext,
  many: readonly {
    partyId: Id
    made: PlacesMade
    subjects: RecordRef[]
    facts: { [fact: string]: Json }
    reason: string
  }[],
): Promise<Set<Id>> {
  const { tx } = context
  const branchIds = many.flatMap(one => one.made.branchId ?? [])
  const codeIds = many.flatMap(one => one.made.codes.map(code => code.id))
  if (branchIds.length + codeIds.length === 0) return new Set()
  const branches = await sql<{ id: Id; party_id: Id; name: string }>`delete from party_branch
    where id = any(${branchIds}::uuid[]) and row_version = 1 returning id, party_id, name`.execute(tx)
  const codes = await sql<{ id: Id; party_id: Id; value: string }>`delete from party_identifier
    where id = any(${codeIds}::uuid[]) and row_version = 1 returning id, party_id, value`.execute(tx)
  const gone = new Map([
    ...branches.rows.map(row => [row.id, row.name] as const),
    ...codes.rows.map(row => [row.id, row.value] as const),
  ])
  const again = many.flatMap(one =>
    one.made.codes.flatMap(code => (code.endedId && gone.has(code.id) ? [code.endedId] : [])),
  )
  if (again.length > 0)
    await sql`update party_identifier set valid_to = null, ended_recorded_at = null, row_version = row_version + 1
      where id = any(${again}::uuid[])`.execute(tx)
  await refreshManySearchKeys(tx, [...new Set(many.map(one => one.partyId))])
  const kept = new Set<Id>()
  const events: CommandEvent[] = []
  for (const { partyId, made, subjects, facts, reason } of many) {
    const said = [made.branchId, ...made.codes.map(code => code.id)].filter(id => id !== null)
    const away = said.filter(id => gone.has(id))
    if (away.length < said.length) kept.add(partyId)
    if (away.length > 0)
      events.push({
        verb: 'party_places_reverted',
        subjects: [{ kind: 'party', id: partyId }, ...subjects],
        before: {
          branchName: made.branchId ? (gone.get(made.branchId) ?? null) : null,
          code: made.codes.flatMap(code => gone.get(code.id) ?? []).join('・') || null,
        },
        facts,
        reason,
      })
  }
  if (events.length > 0) await context.record(...events)
  return kept
}
