import type { CommandContext } from '../../platform/commands/command.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { ChangeReason } from '../../platform/http/contract.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { factsOf, keepValues, periodOn } from '../changes/index.ts'
import { basicFields, columnsOf, type KeptField, type PartyColumns, valueIn } from './columns.ts'
import type { PartyBasics } from './contract.ts'
import { type PartyFieldName, partyFields } from './fields.ts'
import { nameFields, namesBefore, rewriteNames } from './names.ts'
import { type lockParty, nextVersion } from './records.ts'
import { legalFormOfName, storedBasics } from './rules.ts'
import { refreshSearchKeys } from './search-keys.ts'

export type LockedParty = Awaited<ReturnType<typeof lockParty>>

/** What the fields of a party hold on a day, from their timelines; fields without one hold what stands in the record. */
export async function valuesStandingOn(
  { tx }: CommandContext,
  party: LockedParty,
  fields: readonly KeptField[],
  day: IsoDate,
): Promise<Map<KeptField, Json>> {
  const facts = await factsOf(tx, party.id, { fields })
  return new Map(
    fields.map(field => {
      const said = facts.get(field)
      return [field, said ? (periodOn(said, day)?.value ?? null) : valueIn(party, field)]
    }),
  )
}

/** All basic items as a form would hold them, so that rules which look at several items see the whole. */
export function typedBasics(party: LockedParty): PartyBasics {
  return Object.fromEntries(basicFields.map(field => [field, valueIn(party, field)])) as PartyBasics
}

/**
 * Puts values into force from a day on, today or in the past: adds them to the timelines, then writes into the record what holds
 * today, the list of names and the search keys. The values must have passed the rules.
 */
export async function applyValues(
  context: CommandContext,
  party: LockedParty,
  values: Readonly<Partial<Record<KeptField, Json>>>,
  effectiveOn: IsoDate,
  change: ChangeReason,
): Promise<void> {
  const { tx } = context
  const legalNames = 'legalName' in values ? await namesBefore(context, party.id) : []
  const standing = await keepValues(context, {
    record: { kind: 'party', id: party.id },
    values: values as Record<string, Json>,
    beginnings: field =>
      field === 'legalName' && legalNames.length > 0
        ? legalNames
        : [{ value: valueIn(party, field as KeptField), from: null, recordedAt: party.registered_at }],
    effectiveOn,
    change,
  })
  const columns = columnsFor(context, party, standing)
  await tx
    .updateTable('party')
    .set({ ...columns, row_version: nextVersion })
    .where('id', '=', party.id)
    .execute()
  if (Object.keys(values).some(field => nameFields.includes(field)))
    await rewriteNames(context, { ...party, ...columns })
  await refreshSearchKeys(tx, party.id)
}

/** The columns of the record for the values which hold today. */
function columnsFor(
  { today }: CommandContext,
  party: LockedParty,
  standing: ReadonlyMap<string, Json>,
): PartyColumns {
  const typed = { ...typedBasics(party), ...Object.fromEntries(standing) } as PartyBasics
  const { values } = storedBasics(typed, { kind: party.party_kind, today, at: '' })
  const columns: Record<string, unknown> = {}
  for (const [field, value] of standing) {
    if (field === 'legalName')
      Object.assign(columns, { legal_name: value, ...legalFormOfName(String(value)) })
    else if (!(field in partyFields) || field === 'ownerStaffId')
      columns[field === 'ownerStaffId' ? 'owner_staff_id' : field] = value
    else
      for (const column of columnsOf(field as PartyFieldName))
        columns[column] = values[column as keyof typeof values]
  }
  return columns as PartyColumns
}
