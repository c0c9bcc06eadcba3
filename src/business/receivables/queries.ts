import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { currentCompany } from '../access/index.ts'
import { withOwnValues } from '../customization/index.ts'
import { partiesInReach, type Reach, sameCompany } from '../parties/index.ts'
import type { likelyDuplicates, listReceivables, ReceivableRow } from './contract.ts'
import { hashesOf, searchDuplicates } from './duplicate-search.ts'
import { particularsOf } from './particulars-of.ts'
import type { Receivable } from './records.ts'
import { numberKey } from './rules/number-key.ts'
import { daysPastDueSql, stateNow, stateSql } from './state-now.ts'
import './tables.ts'

/** Open amounts up to this count as nothing (company setting, DD group 15). */
export async function toleranceYenOf(db: Db): Promise<Yen> {
  return (await currentCompany(db))?.settings.toleranceYen ?? 0
}

/** Claims of clients within the actor's reach, with the names of both parties. */
export function receivablesInReach(context: Reach) {
  const all = context.db
    .selectFrom('receivable as r')
    .innerJoin('party as c', 'c.id', 'r.client_id')
    .innerJoin('party as d', 'd.id', 'r.debtor_id')
    .selectAll('r')
    .select(['c.legal_name as client_name', 'd.legal_name as debtor_name'])
    .select(['c.seen_no as client_seen_no', 'd.seen_no as debtor_seen_no'])
  return context.actor.reach === 'all'
    ? all
    : all.where('r.client_id', 'in', partiesInReach(context).select('party.id'))
}

export type NamedReceivable = Receivable & {
  client_name: string
  debtor_name: string
  client_seen_no: number
  debtor_seen_no: number
}

/** Claims, and the two parties each of them names: the numbers for the view record. */
export const seenIn = (claims: Iterable<NamedReceivable>): number[] =>
  [...claims].flatMap(claim => [claim.seen_no, claim.client_seen_no, claim.debtor_seen_no])

const bucketDays = {
  '1-30': [1, 30],
  '31-60': [31, 60],
  '61-90': [61, 90],
  '91+': [91, 100_000],
  current: [0, 0],
} as const

/** Any record of the company; the ids are read first, so that the index on the column serves it. */
function isOf(column: 'client_id' | 'debtor_id', partyId: Id) {
  return sql<boolean>`${sql.ref(`r.${column}`)} = any(array${sameCompany(partyId)})`
}

export async function list(
  context: QueryContext,
  input: z.output<typeof listReceivables.input>,
): Promise<Seen<{ rows: ReceivableRow[]; next: string | null }>> {
  const { db, today } = context
  const tolerance = await toleranceYenOf(db)
  let query = receivablesInReach(context)
    .orderBy('r.id', 'desc')
    .limit(input.limit + 1)
  if (input.clientId) query = query.where(isOf('client_id', input.clientId))
  if (input.debtorId) query = query.where(isOf('debtor_id', input.debtorId))
  const { partyId } = input
  if (partyId) query = query.where(eb => eb.or([isOf('client_id', partyId), isOf('debtor_id', partyId)]))
  if (input.state.length) query = query.where(stateSql(today, tolerance), 'in', input.state)
  if (input.bucket.length) {
    const days = daysPastDueSql(today, tolerance)
    query = query
      .where('r.purchase_id', 'is not', null)
      .where(eb => eb.or(input.bucket.map(one => eb.between(days, bucketDays[one][0], bucketDays[one][1]))))
  }
  if (input.suspect === 'true') query = query.where('r.duplicate_result', 'in', ['suspect', 'confirmed'])
  if (input.text) {
    const key = numberKey(input.text)
    query = query.where(eb =>
      eb.or([
        eb('r.receivable_no', '=', input.text.toUpperCase()),
        ...(key ? [eb('r.number_key', '=', key)] : []),
      ]),
    )
  }
  if (input.after) query = query.where('r.id', '<', String(readMark(input.after, 1)[0]))
  const rows = (await query.execute()) as NamedReceivable[]
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: await withOwnValues(
        db,
        'receivable',
        await withParticulars(
          db,
          page.map(row => toRow(row, today, tolerance)),
        ),
      ),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: seenIn(page),
  }
}

async function withParticulars(db: Db, rows: ReceivableRow[]): Promise<ReceivableRow[]> {
  if (rows.length === 0) return rows
  const stored = await db
    .selectFrom('receivable_particulars')
    .selectAll()
    .where(
      'receivable_id',
      'in',
      rows.map(row => row.id),
    )
    .execute()
  const byClaim = new Map(stored.map(row => [row.receivable_id, row]))
  return rows.map(row => {
    const found = byClaim.get(row.id)
    if (!found) return row
    const { taxes: _, ...particulars } = particularsOf(found)
    return { ...row, particulars }
  })
}

export function toRow(row: NamedReceivable, today: IsoDate, toleranceYen: Yen): ReceivableRow {
  const now = stateNow(row, today, toleranceYen)
  const bought = row.purchase_id !== null
  return {
    id: row.id,
    receivableNo: row.receivable_no,
    clientId: row.client_id,
    clientName: row.client_name,
    debtorId: row.debtor_id,
    debtorName: row.debtor_name,
    invoiceNo: row.invoice_no,
    lineNo: row.line_no,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    payableOn: row.payable_on,
    faceYen: row.face_yen,
    purchasedYen: row.purchased_yen,
    advanceYen: row.advance_yen,
    openYen: bought ? now.openYen : null,
    state: now.state,
    daysPastDue: bought ? now.daysPastDue : 0,
    duplicateResult: row.duplicate_result,
    perfection: row.perfection,
  }
}

/** The live warning of the form: what a claim being typed resembles. */
export async function likely(context: QueryContext, input: z.output<typeof likelyDuplicates.input>) {
  const { db } = context
  if (numberKey(input.invoiceNo) === '') return { body: { result: 'clear' as const, matches: [] }, seen: [] }
  const hashes = await hashesOf(db, input.documentIds)
  const check = await searchDuplicates(db, {
    ...input,
    receivableId: null,
    lineNo: input.lineNo ?? null,
    documentHashes: [...hashes.values()],
  })
  const best = check.matches.slice(0, 10)
  const named = await namesOf(
    context,
    best.map(match => match.receivableId),
  )
  return {
    body: {
      result: check.result,
      matches: best.flatMap(match => {
        const row = named.get(match.receivableId)
        if (!row) return []
        return [
          {
            receivableId: match.receivableId,
            receivableNo: row.receivable_no,
            clientName: row.client_name,
            invoiceNo: row.invoice_no,
            points: match.points,
            result: match.result,
            sentences: match.signals.map(signal => signal.sentence),
          },
        ]
      }),
    },
    seen: seenIn(named.values()),
  }
}

/** Claims by id with the names of their parties, whoever may see the client: a suspicion must show what it rests on. */
export async function namesOf(at: Reach, ids: readonly Id[]): Promise<Map<Id, NamedReceivable>> {
  if (ids.length === 0) return new Map()
  const rows = (await receivablesInReach(at)
    .where('r.id', 'in', [...ids])
    .execute()) as NamedReceivable[]
  return new Map(rows.map(row => [row.id, row]))
}

export interface OpenClaim {
  id: Id
  receivableNo: string
  clientId: Id
  debtorId: Id
  invoiceNo: string
  dueOn: IsoDate
  payableOn: IsoDate
  purchasedYen: Yen
  advanceYen: Yen
  reserveYen: Yen
  openYen: Yen
  contractId: Id
}

/**
 * Bought claims with money still open, oldest `payable_on` first, for matching deposits: of one payer (client in `client_remits`,
 * else debtor) or of everybody. Yen.
 */
export async function openClaims(db: Db, of: { partyIds?: readonly Id[] } = {}): Promise<OpenClaim[]> {
  let query = db
    .selectFrom('receivable as r')
    .selectAll('r')
    .where('r.state', 'in', ['purchased', 'dunning', 'legal'])
    .where(sql<boolean>`r.purchased_yen - r.collected_yen - r.diluted_yen > 0`)
    .orderBy('r.payable_on')
    .orderBy('r.id')
  const { partyIds } = of
  if (partyIds)
    query = query.where(eb =>
      eb.or([eb('r.client_id', 'in', [...partyIds]), eb('r.debtor_id', 'in', [...partyIds])]),
    )
  const rows = (await query.execute()) as Receivable[]
  return rows.map(row => ({
    id: row.id,
    receivableNo: row.receivable_no,
    clientId: row.client_id,
    debtorId: row.debtor_id,
    invoiceNo: row.invoice_no,
    dueOn: row.due_on,
    payableOn: row.payable_on,
    purchasedYen: row.purchased_yen ?? 0,
    advanceYen: row.advance_yen ?? 0,
    reserveYen: row.reserve_yen ?? 0,
    openYen: (row.purchased_yen ?? 0) - row.collected_yen - row.diluted_yen,
    contractId: row.contract_id ?? '',
  }))
}

export async function openRecord(context: QueryContext, id: Id): Promise<NamedReceivable> {
  return found(
    (await receivablesInReach(context).where('r.id', '=', id).executeTakeFirst()) as
      | NamedReceivable
      | undefined,
    'receivable',
  )
}
