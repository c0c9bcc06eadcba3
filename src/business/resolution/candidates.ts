import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type Comparison, compareOne, type LedgerRow } from '../matching/index.ts'
import { splitAddress } from '../names/index.ts'
import { searchKeys } from '../parties/index.ts'
import { type PartyFacts, partyFacts } from './party-facts.ts'
import type { StoredReason } from './tables.ts'

/** A key shared by more records than this says nothing about two of them (matching.md §6.4). */
const BLOCK_LIMIT = 200
const CANDIDATES = 100
const PREFIX_FROM = 3

export interface Candidate extends PartyFacts {
  score: number
  decision: 'same' | 'review'
  guard: string | null
  reasons: StoredReason[]
  weights: string
}

/** Parties sharing a name, reading, number, phone or place with the row; with `prefix` also names which begin alike (typing). */
export async function candidateIds(
  db: Db | Tx,
  row: Partial<LedgerRow>,
  { prefix, except }: { prefix: boolean; except: Id | null },
): Promise<Id[]> {
  const keys = keysOf(row)
  const found = new Map<Id, number>()
  const note = (rows: { party_id: Id }[], weight: number) => {
    if (rows.length > BLOCK_LIMIT) return
    for (const { party_id } of rows)
      if (party_id !== except) found.set(party_id, (found.get(party_id) ?? 0) + weight)
  }
  for (const key of keys) {
    const same = await sql<{
      party_id: Id
    }>`select distinct party_id from party_search_key where key = ${key} limit ${BLOCK_LIMIT + 1}`.execute(db)
    note(same.rows, 2)
    if (!prefix || key.length < PREFIX_FROM) continue
    const pattern = `${key.replace(/[\\%_]/g, '\\$&')}%`
    const alike = await sql<{
      party_id: Id
    }>`select distinct party_id from party_search_key where key like ${pattern} limit ${BLOCK_LIMIT + 1}`.execute(
      db,
    )
    note(alike.rows, 1)
  }
  const place = row.address ? splitAddress(row.address) : null
  if (place?.block && place.city) {
    const near = await sql<{ party_id: Id }>`select id as party_id from party
      where pref is not distinct from ${place.prefecture} and city = ${place.city}
        and town is not distinct from ${place.town} and block = ${place.block} limit ${BLOCK_LIMIT + 1}`.execute(
      db,
    )
    note(near.rows, 1)
  }
  return [...found.entries()]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, CANDIDATES)
    .map(([id]) => id)
}

/** The row against its candidates: those worth a look, best first, each with its reasons. */
export async function candidatesOf(
  db: Db | Tx,
  row: Partial<LedgerRow>,
  options: { prefix: boolean; except: Id | null },
): Promise<Candidate[]> {
  const facts = await partyFacts(db, await candidateIds(db, row, options))
  const rows = [...facts.values()].map(fact => fact.row)
  if (rows.length === 0) return []
  return compareOne(row, rows).flatMap(compared => {
    const fact = facts.get(compared.id)
    if (!fact || compared.decision === 'different') return []
    return [{ ...fact, ...storedComparison(compared), decision: compared.decision }]
  })
}

/** A comparison in the form in which it is stored and shown. */
export function storedComparison(compared: Comparison) {
  return {
    score: Math.round(compared.score * 10_000) / 10_000,
    guard: compared.guard,
    reasons: compared.reasons.map(({ rule, bits, sentence }) => ({
      rule,
      bits: Math.round(bits * 100) / 100,
      sentence,
    })),
    weights: compared.weights,
  }
}

function keysOf(row: Partial<LedgerRow>): string[] {
  const keys = searchKeys({
    legalName: row.name ?? '',
    legalNameKana: row.name_kana || null,
    legalNameEn: row.name_en || null,
    tradeName: null,
    corporateNumber: row.corporate_number || null,
    invoiceRegNo: row.invoice_registration_number || null,
    phone: row.phone || null,
    formerNames: [],
  })
  return [...new Set(keys.map(key => key.key))].filter(key => key.length > 1)
}
