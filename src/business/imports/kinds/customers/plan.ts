import { sql } from 'kysely'
import type { Db, Tx } from '../../../../platform/database/database.ts'
import type { Id } from '../../../../platform/ids/uuid.ts'
import { type Comparison, compareOne, type LedgerRow } from '../../../matching/index.ts'
import { normalizeCompanyName } from '../../../names/index.ts'
import { type PartyColumns, searchKeys } from '../../../parties/index.ts'
import { type PartyFacts, partyFacts } from '../../../resolution/index.ts'
import type { BatchOptions, Outcome, RowProblem } from '../../tables.ts'
import type { PlannedRow } from '../import-kind.ts'
import type { ReadRow } from './read-row.ts'

const BLOCK_LIMIT = 20
/** Those that share the most keys are compared in full. */
const COMPARED = 10
const YIELD_EVERY = 25

/** A shared corporate number outweighs every other key. */
const NUMBER_COUNTS = 10
const isNumber = (key: string) => /^\d{13}$/.test(key)

interface Group {
  /** The first row of the group. */
  rowNo: number
  number: string | null
  partyId: Id | null
}

/**
 * Decides every row: refused by its problems; update of the record with the same corporate number; merged with the record or
 * earlier row the matching engine is sure of (matching.md §6.7); else new. Two valid numbers are never brought together, and a
 * number that belongs to a company of another name refuses the row.
 */
export class Planner {
  // A hundred thousand rows are remembered: one number where a key has one row, one text for the values of a row.
  readonly #byKey = new Map<string, number | number[]>()
  readonly #ledger: string[] = []
  readonly #groups: (Group | null)[] = []
  readonly #lines: number[] = []

  /** Rows in the order of the file, some hundred at a time, so that the database is asked once for each lot. */
  async plan(db: Db | Tx, rows: readonly ReadRow[]): Promise<PlannedRow[]> {
    const planned: PlannedRow[] = []
    const keys = rows.map(row => (row.party ? keysOf(row) : []))
    const known = await this.#knownParties(db, keys.flat())
    for (const [at, row] of rows.entries()) {
      if (at % YIELD_EVERY === 0) await new Promise(resume => setImmediate(resume))
      planned.push(this.#decide(row, keys[at]!, known))
    }
    return planned
  }

  #decide(row: ReadRow, keys: string[], known: Known): PlannedRow {
    const ledger = ledgerRowOf(row)
    this.#lines[row.rowNo] = row.line
    this.#ledger[row.rowNo] = packed(ledger)
    this.#groups[row.rowNo] = null
    if (!row.party || !row.values) return refusedRow(row)
    const number = row.values.corporate_number
    const verdict = this.#bestMatch(ledger, keys, known)
    if (verdict.takenBy) return refusedRow(row, numberOfAnother(verdict.takenBy))
    const group = verdict.rowNo === null ? null : this.#groups[verdict.rowNo]!
    const fact = verdict.fact ?? (group?.partyId ? (known.facts.get(group.partyId) ?? null) : null)
    const numbers = [number, group?.number, fact?.corporateNumber].filter(Boolean)
    const contradicts = new Set(numbers).size > 1
    const joined = contradicts ? null : group
    const partyId = contradicts ? null : (verdict.fact?.id ?? group?.partyId ?? null)
    if (joined === null && partyId === null && row.own) {
      // What must be given of a new record is known only here: a row that goes into a record need not repeat it.
      row.problems.push(...row.own.missing)
      if (row.own.missing.some(problem => problem.weight === 'error')) return refusedRow(row)
    }
    this.#note(row, keys, {
      rowNo: joined?.rowNo ?? row.rowNo,
      number: number ?? joined?.number ?? null,
      partyId,
    })
    const outcome: Outcome =
      joined !== null
        ? 'merged'
        : partyId === null
          ? 'new'
          : sameNumber(number, verdict.fact)
            ? 'update'
            : 'merged'
    return plannedRow(row, outcome, partyId, joined?.rowNo ?? null)
  }

  /** The record or earlier row which the engine is sure of; or whoever holds the row's number under another name. */
  #bestMatch(ledger: Partial<LedgerRow>, keys: string[], known: Known) {
    const shared = new Map<string, number>()
    const facts = new Map<string, PartyFacts>()
    const rowNos = new Map<string, number>()
    const count = (id: string, key: string) =>
      shared.set(id, (shared.get(id) ?? 0) + (isNumber(key) ? NUMBER_COUNTS : 1))
    for (const key of keys) {
      for (const id of known.byKey.get(key) ?? []) {
        const fact = known.facts.get(id)
        if (fact) facts.set(id, fact)
        if (fact) count(id, key)
      }
      for (const rowNo of [this.#byKey.get(key) ?? []].flat()) {
        rowNos.set(`#${rowNo}`, rowNo)
        count(`#${rowNo}`, key)
      }
    }
    const nearest = [...shared].sort((a, b) => b[1] - a[1]).slice(0, COMPARED)
    const none = {
      fact: null as PartyFacts | null,
      rowNo: null as number | null,
      takenBy: null as string | null,
    }
    if (facts.size + rowNos.size === 0) return none
    const compared = compareOne(
      ledger,
      nearest.map(([id]) => facts.get(id)?.row ?? { ...unpacked(this.#ledger[rowNos.get(id)!]!), id }),
    )
    const taken = compared.find(one => sharesNumber(one) && one.decision !== 'same')
    if (taken) {
      const fact = facts.get(taken.id)
      return {
        ...none,
        takenBy: fact ? `${fact.partyNo} ${fact.legalName}` : `${this.#lines[rowNos.get(taken.id)!]}行目`,
      }
    }
    const best = compared.filter(one => one.decision === 'same')
    // A record that is there already is the firmer ground: rows of the file follow it.
    const fact = best.map(one => facts.get(one.id)).find(Boolean) ?? null
    const rowNo = best.map(one => rowNos.get(one.id)).find(one => one !== undefined) ?? null
    return {
      ...none,
      fact,
      rowNo: fact && rowNo !== null && this.#groups[rowNo]?.partyId !== fact.id ? null : rowNo,
    }
  }

  #note(row: ReadRow, keys: string[], group: Group): void {
    const first = this.#groups[group.rowNo]
    if (first) {
      first.number ??= group.number
      first.partyId ??= group.partyId
    }
    this.#groups[row.rowNo] = first ?? group
    for (const key of keys) {
      const rows = this.#byKey.get(key)
      if (rows === undefined) this.#byKey.set(key, row.rowNo)
      else if (typeof rows === 'number') this.#byKey.set(key, [rows, row.rowNo])
      else if (rows.length < BLOCK_LIMIT) rows.push(row.rowNo)
    }
  }

  async #knownParties(db: Db | Tx, keys: readonly string[]): Promise<Known> {
    const wanted = [...new Set(keys)]
    const { rows } = await sql<{
      key: string
      party_id: Id
    }>`select k.key, s.party_id from unnest(${wanted}::text[]) as k (key),
      lateral (select distinct party_id from party_search_key where key = k.key limit ${BLOCK_LIMIT}) s`.execute(
      db,
    )
    const byKey = new Map<string, Id[]>()
    for (const { key, party_id } of rows) byKey.set(key, [...(byKey.get(key) ?? []), party_id])
    return { byKey, facts: await partyFacts(db, [...new Set(rows.map(row => row.party_id))]) }
  }
}

interface Known {
  byKey: Map<string, Id[]>
  facts: Map<Id, PartyFacts>
}

function sharesNumber(compared: Comparison): boolean {
  return compared.reasons.some(reason => reason.rule === 'number_same')
}

function sameNumber(number: string | null, fact: PartyFacts | null): boolean {
  return number !== null && fact?.corporateNumber === number
}

function plannedRow(
  row: ReadRow,
  outcome: Outcome,
  partyId: Id | null,
  mergedIntoRow: number | null,
): PlannedRow {
  const { rowNo, line, name, problems } = row
  return { rowNo, line, name, outcome, recordId: partyId, partyId, refs: {}, mergedIntoRow, problems }
}

function refusedRow(row: ReadRow, problem?: RowProblem): PlannedRow {
  const planned = plannedRow(row, 'refused', null, null)
  return problem ? { ...planned, problems: [...row.problems, problem] } : planned
}

function numberOfAnother(holder: string): RowProblem {
  return {
    code: 'corporate_number_must_not_belong_to_another',
    column: null,
    heading: '法人番号',
    message: `この法人番号は別の名称で使われています（${holder}）。番号か名称を確認してください。`,
    weight: 'error',
  }
}

function keysOf({ values, name, party }: ReadRow): string[] {
  if (!values || !party) return []
  const keys = searchKeys({
    legalName: name,
    legalNameKana: values.legal_name_kana,
    legalNameEn: values.legal_name_en,
    tradeName: values.trade_name,
    corporateNumber: values.corporate_number,
    invoiceRegNo: values.invoice_reg_no,
    phone: values.phone,
    formerNames: [],
  })
  return [...new Set(keys.map(key => key.key))].filter(key => key.length > 1)
}

function ledgerRowOf({ values, name, representativeTyped }: ReadRow): Partial<LedgerRow> {
  if (!values) return { name }
  return {
    name,
    name_kana: values.legal_name_kana ?? '',
    name_en: values.legal_name_en ?? '',
    corporate_number: values.corporate_number ?? '',
    invoice_registration_number: values.invoice_reg_no ?? '',
    postal_code: values.postal_code ?? '',
    address: values.address_original ?? '',
    phone: values.phone ?? '',
    representative: representativeTyped,
    established_on: values.established_on ?? '',
  }
}

const LEDGER_COLUMNS = [
  'name',
  'name_kana',
  'name_en',
  'corporate_number',
  'invoice_registration_number',
  'postal_code',
  'address',
  'phone',
  'representative',
  'established_on',
] as const

const packed = (row: Partial<LedgerRow>) => LEDGER_COLUMNS.map(column => row[column] ?? '').join('\u001f')

function unpacked(text: string): Partial<LedgerRow> {
  const values = text.split('\u001f')
  return Object.fromEntries(LEDGER_COLUMNS.map((column, at) => [column, values[at] ?? '']))
}

/** Columns which only ever move together. */
const ADDRESS = ['pref', 'city', 'town', 'block', 'building', 'address_original'] as const
const PHONE = ['phone', 'phone_display'] as const
const ESTABLISHED = ['established_on', 'established_precision'] as const

/**
 * What a row changes on a record: `fill` puts values only where nothing stands; `overwrite` also replaces ordinary items and, for a
 * record of the same number, a legal name of another core. Pure; used by rehearsal and by the run.
 */
export function changesOf(
  row: ReadRow,
  current: { [column: string]: unknown; legal_name: string },
  how: BatchOptions['existing'],
  sameCore: (a: string, b: string) => boolean,
): PartyColumns {
  const { values, form, name } = row
  if (!values || !form) return {}
  const after: Record<string, unknown> = {}
  const take = (columns: readonly string[], lead: string) => {
    const given = values[lead as keyof typeof values]
    if (given === null || given === current[lead]) return
    if (how === 'fill' && current[lead] !== null) return
    for (const column of columns) after[column] = values[column as keyof typeof values]
  }
  take(ADDRESS, 'address_original')
  take(PHONE, 'phone')
  take(ESTABLISHED, 'established_on')
  const grouped = new Set<string>([...ADDRESS, ...PHONE, ...ESTABLISHED])
  for (const column of Object.keys(values)) if (!grouped.has(column)) take([column], column)
  // A corporate number identifies; it is filled in, never replaced, and the T number must go with it.
  if (current.corporate_number !== null) delete after.corporate_number
  const number = after.corporate_number ?? current.corporate_number
  const invoice = () => after.invoice_reg_no ?? current.invoice_reg_no
  if (number && invoice() && invoice() !== `T${number}`) delete after.invoice_reg_no
  if (number && invoice() && invoice() !== `T${number}`) delete after.corporate_number
  if (how === 'overwrite' && !sameCore(name, current.legal_name))
    Object.assign(after, { legal_name: name, ...form })
  return after as PartyColumns
}

/** Two spellings of one name: legal form, width, kana and old characters do not count. */
export function sameCore(a: string, b: string): boolean {
  return normalizeCompanyName(a).foldedCore === normalizeCompanyName(b).foldedCore
}
