import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { columnsOf } from './columns.ts'
import { partyFields } from './fields.ts'
import type { PartyTable } from './tables.ts'

/** A party as it is read from the table. */
export type PartyRecord = {
  [K in keyof PartyTable]: PartyTable[K] extends { readonly __select__: infer S } ? S : PartyTable[K]
}

/**
 * The ids of all records of the same company as one of them, as SQL to put behind `in`: itself alone, unless records were merged
 * (architecture.md, Identity and merge). The one way in which queries go by identity.
 */
export function sameCompany(partyId: Id) {
  return sql<Id>`(select mate.party_id from party_identity own join party_identity mate on mate.identity_id = own.identity_id
    where own.party_id = ${partyId})`
}

/** The records of the same company, the one that stands for it first; empty when there is no such record. */
export async function recordsOfCompany(db: Db | Tx, partyId: Id): Promise<Id[]> {
  const { rows } = await sql<{
    party_id: Id
  }>`select party_id from party_identity where party_id in ${sameCompany(partyId)} order by party_id`.execute(
    db,
  )
  return rows.map(row => row.party_id)
}

/** The company each record belongs to, by record: records of one company have the same. */
export async function companiesOf(db: Db | Tx, partyIds: readonly Id[]): Promise<Map<Id, Id>> {
  if (partyIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('party_identity')
    .select(['party_id', 'identity_id'])
    .where('party_id', 'in', [...new Set(partyIds)])
    .execute()
  return new Map(rows.map(row => [row.party_id, row.identity_id]))
}

/** The fields of which a company made of several records shows one record's value. */
export const shownFields = Object.values(partyFields)
  .filter(field => field.name !== 'partyKind')
  .map(field => ({
    field: field.name as string,
    label: field.label.ja,
    columns: columnsOf(field.name) as readonly (keyof PartyTable)[],
  }))

export interface Company {
  /** The record that stands for the company, with the values shown for it and what the records have together. */
  shown: PartyRecord
  /** All records, the one that stands for it first. */
  records: PartyRecord[]
  /** Field → the record whose value is shown, where it is another than the first. */
  from: Record<string, Id>
}

/**
 * Companies as they are shown, by the id of the record that stands for each: the chosen record's value of a field where one was
 * chosen at a merge, else the first record's, else the oldest one that has any.
 */
export async function companiesShown(db: Db | Tx, heads: readonly PartyRecord[]): Promise<Map<Id, Company>> {
  const merged = heads.filter(head => head.identity_roles !== null).map(head => head.id)
  const [folded, overlays] = merged.length
    ? await Promise.all([
        db.selectFrom('party').selectAll().where('folded_into', 'in', merged).orderBy('id').execute(),
        db.selectFrom('party_overlay').selectAll().where('identity_id', 'in', merged).execute(),
      ])
    : [[], []]
  return new Map(
    heads.map(head => {
      const records = [head, ...folded.filter(record => record.folded_into === head.id)]
      const chosen = overlays.filter(overlay => overlay.identity_id === head.id)
      return [head.id, shownCompany(records, new Map(chosen.map(one => [one.field, one.party_id])))]
    }),
  )
}

/** What several records show as one company; records come with the one that stands for it first. */
export function shownCompany(records: readonly PartyRecord[], choices: ReadonlyMap<string, Id>): Company {
  const head = records[0]!
  const shown: Record<string, unknown> = { ...head }
  const from: Record<string, Id> = {}
  for (const { field, columns } of shownFields) {
    const own = columns[0]!
    const chosen =
      records.find(record => record.id === choices.get(field)) ??
      records.find(record => record[own] !== null) ??
      head
    if (chosen.id === head.id) continue
    from[field] = chosen.id
    for (const column of columns) shown[column] = chosen[column]
  }
  const together = {
    roles: head.identity_roles ?? head.roles,
    stage: head.identity_stage ?? head.stage,
    status: head.identity_status ?? head.status,
    held_roles: [...new Set(records.flatMap(record => record.held_roles))],
  }
  return { shown: { ...(shown as unknown as PartyRecord), ...together }, records: [...records], from }
}
