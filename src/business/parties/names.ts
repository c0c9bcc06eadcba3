import type { CommandContext } from '../../platform/commands/command.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { type Beginning, type Facts, factsOf, joined, periodOn, periodsOf } from '../changes/index.ts'
import type { PartyNameTable } from './tables.ts'

const FIELDS = { legal: 'legalName', trade: 'tradeName', english: 'legalNameEn' } as const

/** Fields whose change moves the list of names. */
export const nameFields: readonly string[] = [...Object.values(FIELDS), 'legalNameKana']

/** Legal names as the list of names holds them, oldest first: where a timeline of names begins. */
export async function namesBefore({ tx }: CommandContext, partyId: Id): Promise<Beginning[]> {
  const rows = await tx
    .selectFrom('party_name')
    .select(['name', 'valid_from', 'recorded_at'])
    .where('party_id', '=', partyId)
    .where('kind', '=', 'legal')
    .orderBy('valid_to', order => order.asc().nullsLast())
    .orderBy('recorded_at')
    .execute()
  return rows.map(row => ({ value: row.name, from: row.valid_from, recordedAt: row.recorded_at }))
}

/** Writes the list of names anew from the timelines: each name with the days it was in force, the current one without an end. */
export async function rewriteNames(
  context: CommandContext,
  party: { id: Id; legal_name_kana: string | null },
): Promise<void> {
  const { tx, today } = context
  const facts = await factsOf(tx, party.id, { fields: nameFields })
  const standing = await tx
    .selectFrom('party_name')
    .select(['kind', 'name', 'kana'])
    .where('party_id', '=', party.id)
    .execute()
  const kanaOf = (name: Json) => standing.find(row => row.kind === 'legal' && row.name === name)?.kana ?? null
  for (const [kind, field] of Object.entries(FIELDS) as [PartyNameTable['kind'], string][]) {
    const said = facts.get(field)
    if (!said) continue
    const rows = joined(periodsOf(said))
      .filter(period => period.value !== null && (period.from === null || period.from <= today))
      .map(period => ({
        id: newId(),
        party_id: party.id,
        kind,
        name: String(period.value),
        kana:
          kind === 'legal'
            ? kanaDuring(facts, period, today, kanaOf(period.value) ?? party.legal_name_kana)
            : null,
        valid_from: period.from,
        valid_to: period.to !== null && period.to <= today ? period.to : null,
        recorded_at: period.fact.recordedAt,
      }))
    await tx.deleteFrom('party_name').where('party_id', '=', party.id).where('kind', '=', kind).execute()
    if (rows.length) await tx.insertInto('party_name').values(rows).execute()
  }
  if (!facts.has('legalName') && facts.has('legalNameKana'))
    await tx
      .updateTable('party_name')
      .set({ kana: party.legal_name_kana })
      .where('party_id', '=', party.id)
      .where('kind', '=', 'legal')
      .where('valid_to', 'is', null)
      .execute()
}

/** The reading at the end of a period, when corrections of it have been made. */
function kanaDuring(
  facts: Facts,
  period: { to: IsoDate | null },
  today: IsoDate,
  without: string | null,
): string | null {
  const said = facts.get('legalNameKana')
  if (!said) return without
  const last = period.to !== null && period.to <= today ? addDays(period.to, -1) : today
  const reading = periodOn(said, last)?.value
  return typeof reading === 'string' ? reading : null
}
