import { sql } from 'kysely'
import type { z } from 'zod'
import type { CommandContext, CommandEvent, RecordRef } from '../../../platform/commands/command.ts'
import { type Reason, Refusal } from '../../../platform/commands/refusal.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { type Beginning, forgetValues, keepManyValues } from '../../changes/index.ts'
import { forgetOwn } from '../../customization/index.ts'
import { fieldValues, type PartyColumns } from '../columns.ts'
import type { PartyBasics, registerParty } from '../contract.ts'
import { nameFields, namesBefore, rewriteNames } from '../names.ts'
import { legalFormOfName, type StoredBasics, storedBasics } from '../rules.ts'
import { addSearchKeys, refreshManySearchKeys } from '../search-keys.ts'
import type { PartyKind } from '../tables.ts'

/** One party of many: what `registerParty` takes, and what the import adds to its event. */
export interface PartyOfMany {
  input: z.output<typeof registerParty.input>
  subjects?: RecordRef[]
  facts?: Json
  /** What `checkParty` answered for these items today, without a reason against them. */
  checked?: Pick<ReturnType<typeof checkParty>, 'values' | 'form'>
  /** What it gets beside the basics in the same transaction, as the trail names it. */
  after?: { [item: string]: Json }
  /** Roles of the people who are registered with it in the same transaction, so that their trigger need not write the party again. */
  heldRoles?: readonly string[]
}

export type { PartyColumns }

export interface PartyChangeOfMany {
  partyId: Id
  /** The version the change was decided on; another one is refused by `record_must_be_unchanged`. */
  rowVersion: number
  kind: PartyKind
  /** Columns as they stand and as they become. */
  before: PartyColumns
  after: PartyColumns
  subjects?: RecordRef[]
  facts?: Json
  reason: string
}

/** The rules of `registerParty` on typed items, without writing: stored values and every reason against them. */
export function checkParty(
  typed: PartyBasics & { legalName: string },
  kind: PartyKind,
  today: IsoDate,
): { values: StoredBasics['values']; form: ReturnType<typeof legalFormOfName>; reasons: Reason[] } {
  const { values, reasons } = storedBasics(typed, { kind, today, at: '' })
  return { values, form: legalFormOfName(typed.legalName), reasons }
}

/** The bulk form of `registerParty`: the same rules, a few statements for all, one event per party. At most 1,000 at once. */
export async function registerManyParties(
  context: CommandContext,
  parties: readonly PartyOfMany[],
): Promise<{ id: Id; partyNo: string; rowVersion: 1 }[]> {
  if (parties.length === 0) return []
  const { tx, actor, now, today } = context
  const at = now.toISOString()
  const checked = parties.map(({ input, checked: known, heldRoles = [] }) => {
    const { values, form, reasons } = known
      ? { ...known, reasons: [] as Reason[] }
      : checkParty(input, input.partyKind, today)
    if (input.roles.length === 0) reasons.push({ code: 'one_role_must_be_chosen', field: 'roles' })
    if (reasons.length) throw new Refusal('invalid', reasons)
    return { id: newId(), input, values, form, heldRoles }
  })
  const rows = await insertMany<{ id: Id; party_no: string }>(
    tx,
    'party',
    checked.map(({ id, input, values, form, heldRoles }) => ({
      id,
      party_kind: input.partyKind,
      legal_name: input.legalName,
      ...form,
      ...values,
      roles: [...input.roles],
      held_roles: [...heldRoles],
      row_version: 1,
      stage: 'prospect',
      status: 'normal',
      owner_staff_id: input.ownerStaffId ?? actor.id,
      registered_at: at,
    })),
    ['id', 'party_no'],
  )
  const numbers = new Map(rows.map(row => [row.id, row.party_no]))
  await insertMany(
    tx,
    'party_identity',
    checked.map(({ id }) => ({ party_id: id, identity_id: id, merge_id: null })),
  )
  await insertMany(
    tx,
    'party_name',
    checked.flatMap(({ id, input, values }) => [
      nameRow(id, 'legal', input.legalName, values.legal_name_kana, at),
      ...(values.trade_name ? [nameRow(id, 'trade', values.trade_name, null, at)] : []),
    ]),
  )
  await addSearchKeys(
    tx,
    checked.map(({ id, input, values }) => ({ ...values, id, legal_name: input.legalName })),
  )
  await context.record(
    ...checked.map(
      ({ id, input, values }, index): CommandEvent => ({
        verb: 'party_registered',
        subjects: [{ kind: 'party', id }, ...(parties[index]!.subjects ?? [])],
        after: {
          partyNo: numbers.get(id) ?? null,
          partyKind: input.partyKind,
          legalName: input.legalName,
          roles: [...input.roles],
          ...fieldValues(values),
          ownerStaffId: input.ownerStaffId ?? actor.id,
          ...parties[index]!.after,
        },
        ...(parties[index]!.facts === undefined ? {} : { facts: parties[index]!.facts }),
      }),
    ),
  )
  return checked.map(({ id }) => ({ id, partyNo: numbers.get(id)!, rowVersion: 1 }))
}

/**
 * Sets columns of many parties at once, one event each. The values must come from `checkParty`; an earlier legal name is kept
 * with today as its last day. Refuses everything when one party has moved.
 */
export async function changeManyParties(
  context: CommandContext,
  changes: readonly PartyChangeOfMany[],
  verb = 'party_changed',
): Promise<void> {
  if (changes.length === 0) return
  const { tx } = context
  await keepTimelines(context, changes)
  for (const [columns, group] of byColumns(changes)) {
    const names = columns.split(' ')
    const given = group.map(({ partyId, rowVersion, after }) => ({
      id: partyId,
      row_version: rowVersion,
      ...after,
    }))
    const set = sql.join(names.map(name => sql`${sql.ref(name)} = given.${sql.ref(name)}`))
    const answer = await sql<{ id: Id }>`update party set ${set}, row_version = party.row_version + 1
      from jsonb_populate_recordset(null::party, ${JSON.stringify(given)}::jsonb) as given
      where party.id = given.id and party.row_version = given.row_version returning party.id`.execute(tx)
    if (answer.rows.length !== group.length)
      throw new Refusal('conflict', [{ code: 'record_must_be_unchanged' }])
  }
  await rewriteManyNames(context, changes)
  await refreshManySearchKeys(
    context.tx,
    changes.map(change => change.partyId),
  )
  await context.record(
    ...changes.map(
      (change): CommandEvent => ({
        verb:
          change.after.legal_name === undefined
            ? verb
            : `${verb === 'party_changed' ? 'party_renamed' : verb}`,
        subjects: [{ kind: 'party', id: change.partyId }, ...(change.subjects ?? [])],
        before: fieldValues(change.before),
        after: fieldValues(change.after),
        reason: change.reason,
        ...(change.facts === undefined ? {} : { facts: change.facts }),
      }),
    ),
  )
}

/** Takes parties out again which nothing else refers to yet; a foreign key says no otherwise. One event each. */
export async function removeManyParties(
  context: CommandContext,
  parties: readonly { partyId: Id; facts?: Json; reason: string }[],
): Promise<void> {
  const ids = parties.map(party => party.partyId)
  if (ids.length === 0) return
  const { tx } = context
  for (const table of ['party_search_key', 'party_name', 'party_identity', 'party_assignment'] as const)
    await sql`delete from ${sql.table(table)} where party_id = any(${ids}::uuid[])`.execute(tx)
  await forgetValues(tx, ids)
  await forgetOwn(tx, ids)
  const rows = await sql<{
    id: Id
    party_no: string
    legal_name: string
  }>`delete from party where id = any(${ids}::uuid[]) returning id, party_no, legal_name`.execute(tx)
  const gone = new Map(rows.rows.map(row => [row.id, row]))
  await context.record(
    ...parties.map(({ partyId, facts, reason }): CommandEvent => {
      const row = gone.get(partyId)
      return {
        verb: 'party_registration_reverted',
        subjects: [{ kind: 'party', id: partyId }],
        before: { partyNo: row?.party_no ?? null, legalName: row?.legal_name ?? null },
        reason,
        ...(facts === undefined ? {} : { facts }),
      }
    }),
  )
}

function byColumns(changes: readonly PartyChangeOfMany[]): Map<string, PartyChangeOfMany[]> {
  const groups = new Map<string, PartyChangeOfMany[]>()
  for (const change of changes) {
    const columns = Object.keys(change.after).sort().join(' ')
    if (columns === '') throw new Error('a change of a party must change a column')
    groups.set(columns, [...(groups.get(columns) ?? []), change])
  }
  return groups
}

/** What the batch changes goes into the timelines of the parties, in force from today. */
async function keepTimelines(context: CommandContext, changes: readonly PartyChangeOfMany[]): Promise<void> {
  const since = await context.tx
    .selectFrom('party')
    .select(['id', 'registered_at'])
    .where(
      'id',
      'in',
      changes.map(change => change.partyId),
    )
    .execute()
  const registeredAt = new Map(since.map(row => [row.id, row.registered_at]))
  const names = new Map<Id, Beginning[]>()
  for (const { partyId, after } of changes)
    if (after.legal_name !== undefined) names.set(partyId, await namesBefore(context, partyId))
  await keepManyValues(
    context,
    changes.map(({ partyId, before, after, reason }) => ({
      record: { kind: 'party', id: partyId },
      values: fieldValues(after),
      beginnings: field => {
        const known = field === 'legalName' ? (names.get(partyId) ?? []) : []
        if (known.length > 0) return known
        const value = fieldValues(before)[field] ?? null
        return [{ value, from: null, recordedAt: registeredAt.get(partyId) ?? context.now.toISOString() }]
      },
      effectiveOn: context.today,
      change: { reasonCode: 'system', reasonText: reason, evidence: [] },
    })),
  )
}

/** The lists of names, after the parties have been written. */
async function rewriteManyNames(
  context: CommandContext,
  changes: readonly PartyChangeOfMany[],
): Promise<void> {
  const moved = changes.filter(change =>
    Object.keys(fieldValues(change.after)).some(field => nameFields.includes(field)),
  )
  if (moved.length === 0) return
  const parties = await context.tx
    .selectFrom('party')
    .select(['id', 'legal_name_kana'])
    .where(
      'id',
      'in',
      moved.map(change => change.partyId),
    )
    .execute()
  for (const party of parties) await rewriteNames(context, party)
}

function nameRow(partyId: Id, kind: 'legal' | 'trade', name: string, kana: string | null, at: string) {
  return {
    id: newId(),
    party_id: partyId,
    kind,
    name,
    kana,
    valid_from: null,
    valid_to: null,
    recorded_at: at,
  }
}
