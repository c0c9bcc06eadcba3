import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { staffNames } from '../access/index.ts'
import { sameCompany } from '../parties/index.ts'
import { CLIENT_DEBTS } from './claim-money.ts'
import { shortReasonOf } from './commands.ts'
import type {
  AliasRow,
  BenchItem,
  listAliases,
  listMatches,
  MatchRow,
  Suggestion,
  WorkbenchClaim,
  workbench,
} from './contract.ts'
import './tables.ts'

const OPEN = ['matching', 'proposed', 'unidentified'] as const

export async function bench(
  { db }: QueryContext,
  input: z.output<typeof workbench.input>,
): Promise<Seen<z.input<typeof workbench.output>>> {
  const [day, last] = input.after ? readMark(input.after, 2) : [null, null]
  const states = input.show === 'held' ? ['held' as const] : [...OPEN]
  let query = db
    .selectFrom('payment_in as p')
    .innerJoin('bank_line as l', 'l.id', 'p.line_id')
    .leftJoin('match_proposal as m', 'm.payment_id', 'p.id')
    .selectAll('p')
    .select([
      'l.payer_kana',
      'l.payer_bank',
      'l.payer_branch',
      'l.edi',
      'l.bank_summary',
      'm.status',
      'm.score',
    ])
    .where('p.state', 'in', states)
    .orderBy('p.received_on')
    .orderBy('p.id')
    .limit(input.limit + 1)
  if (input.show === 'auto') query = query.where('m.status', '=', 'auto')
  if (day && last) query = query.where(sql<boolean>`(p.received_on, p.id) > (${day}::date, ${last}::uuid)`)
  const [rows, sums] = await Promise.all([
    query.execute(),
    db
      .selectFrom('payment_in as p')
      .leftJoin('match_proposal as m', 'm.payment_id', 'p.id')
      .select([
        sql<number>`(count(*) filter (where m.status = 'auto'))::int`.as('safe'),
        sql<number>`count(*)::int`.as('waiting'),
        sql<number>`coalesce(sum(p.amount_yen), 0)::bigint`.as('yen'),
      ])
      .where('p.state', 'in', [...OPEN])
      .executeTakeFirstOrThrow(),
  ])
  const page = rows.slice(0, input.limit)
  const end = page.at(-1)
  return {
    body: {
      rows: page.map(
        (row): BenchItem => ({
          paymentId: row.id,
          paymentNo: row.payment_no,
          receivedOn: row.received_on,
          amountYen: row.amount_yen,
          payerKana: row.payer_kana,
          payerBank: row.payer_bank,
          payerBranch: row.payer_branch,
          edi: row.edi,
          bankSummary: row.bank_summary,
          state: row.state,
          heldReason: row.held_reason,
          takenBack: row.taken_back_by !== null,
          status: row.status ?? 'none',
          score: Number(row.score ?? 0),
        }),
      ),
      next: rows.length > input.limit && end ? markOf([end.received_on, end.id]) : null,
      safe: sums.safe,
      waiting: sums.waiting,
      waitingYen: sums.yen,
    },
    seen: page.map(row => row.seen_no),
  }
}

interface ClaimRow {
  id: Id
  seen_no: number
  client_seen_no: number
  debtor_seen_no: number
  receivable_no: string
  invoice_no: string
  client_name: string
  debtor_name: string
  payer_id: Id
  due_on: IsoDate
  payable_on: IsoDate
  open_yen: Yen
  client_id: Id
  client_debt_yen: Yen
}

/** Who pays: by the route of the contract; for a claim that was taken back, the client. */
const payerSql = sql`(case when r.state in ('repurchased', 'rescinded', 'closed') or v.terms ->> 'collectionRoute' = 'client_remits'
  then r.client_id else r.debtor_id end)`

const claimRows = sql`select r.id, r.seen_no, r.receivable_no, r.invoice_no, c.legal_name as client_name, d.legal_name as debtor_name,
    c.seen_no as client_seen_no, d.seen_no as debtor_seen_no,
    ${payerSql} as payer_id, r.due_on, r.payable_on,
    case when r.state in ('purchased', 'dunning', 'legal') then greatest(0, r.purchased_yen - r.collected_yen - r.diluted_yen)
      else 0 end::bigint as open_yen, r.client_id,
    case when r.left_to_settle_yen = 0 then 0 else (select coalesce(sum(case side when 'debit' then amount_yen else -amount_yen end), 0)
      from ledger_entry where receivable_id = r.id and account_code in (${CLIENT_DEBTS}))::bigint end as client_debt_yen
  from receivable r
  join purchase p on p.id = r.purchase_id
  join contract_version v on v.contract_id = p.contract_id and v.version = p.contract_version
  join party c on c.id = r.client_id
  join party d on d.id = r.debtor_id`

/** The engine's word on one deposit; the claims it names first, then open claims of the same payers or those searched for. */
export async function suggestion(
  { db }: QueryContext,
  paymentId: Id,
  text: string | undefined,
): Promise<Seen<Suggestion>> {
  const payment = found(
    await db.selectFrom('payment_in').selectAll().where('id', '=', paymentId).executeTakeFirst(),
    'payment_in',
  )
  const proposal = await db
    .selectFrom('match_proposal')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .executeTakeFirst()
  const named = proposal?.allocations.map(one => one.receivableId) ?? []
  const others = proposal?.alternatives.flatMap(one => one.receivableIds) ?? []
  const wanted = [...new Set([...named, ...others])]
  const { rows: first } = await sql<ClaimRow>`${claimRows} where r.id = any(${wanted}::uuid[])`.execute(db)
  const payers = [...new Set(first.map(row => row.payer_id))]
  const { rows: more } = await sql<ClaimRow>`${claimRows}
    where (r.state in ('purchased', 'dunning', 'legal') and (r.purchased_yen - r.collected_yen - r.diluted_yen > 0
        or r.left_to_settle_yen > 0) or r.state in ('repurchased', 'rescinded') and r.left_to_settle_yen > 0)
      and not r.id = any(${wanted}::uuid[])
      and ${
        text
          ? sql`(r.receivable_no = ${text.toUpperCase()} or r.invoice_no = ${text}
              or c.legal_name like ${`%${likeText(text)}%`} or d.legal_name like ${`%${likeText(text)}%`})`
          : sql`${payerSql} = any(${payers}::uuid[])`
      }
    order by r.payable_on, r.id limit 40`.execute(db)
  const byId = new Map([...first, ...more].map(row => [row.id, row]))
  const suggested = new Map(proposal?.allocations.map(one => [one.receivableId, one.amount]) ?? [])
  const ordered = [...named, ...others, ...more.map(row => row.id)]
  return {
    body: {
      status: proposal?.status ?? 'none',
      score: Number(proposal?.score ?? 0),
      unallocatedYen: proposal?.unallocated_yen ?? payment.amount_yen,
      reasons: proposal?.reasons ?? [],
      alternatives: (proposal?.alternatives ?? []).map(one => ({
        sentence: one.sentence,
        receivableNos: one.receivableIds.map(id => byId.get(id)?.receivable_no ?? ''),
      })),
      claims: [...new Set(ordered)].flatMap(id => {
        const row = byId.get(id)
        return row ? [toClaim(row, suggested.get(id) ?? 0)] : []
      }),
      shortReason: proposal ? shortReasonOf(proposal) : null,
    },
    seen: [
      payment.seen_no,
      ...[...byId.values()].flatMap(row => [row.seen_no, row.client_seen_no, row.debtor_seen_no]),
    ],
  }
}

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function toClaim(row: ClaimRow, suggestedYen: Yen): WorkbenchClaim {
  return {
    receivableId: row.id,
    receivableNo: row.receivable_no,
    invoiceNo: row.invoice_no,
    clientName: row.client_name,
    debtorName: row.debtor_name,
    payerId: row.payer_id,
    dueOn: row.due_on,
    payableOn: row.payable_on,
    openYen: row.open_yen,
    clientId: row.client_id,
    clientDebtYen: row.client_debt_yen,
    suggestedYen,
  }
}

export async function matches(
  { db }: QueryContext,
  input: z.output<typeof listMatches.input>,
): Promise<Seen<{ rows: MatchRow[]; next: string | null }>> {
  let query = db
    .selectFrom('reconciliation_match as m')
    .innerJoin('payment_in as p', 'p.id', 'm.payment_id')
    .innerJoin('bank_line as l', 'l.id', 'p.line_id')
    .selectAll('m')
    .select(['p.payment_no', 'l.payer_kana', 'p.seen_no as payment_seen_no'])
    .orderBy('m.id', 'desc')
    .limit(input.limit + 1)
  const { receivableId } = input
  if (receivableId)
    query = query.where('m.id', 'in', eb =>
      eb.selectFrom('allocation').select('match_id').where('receivable_id', '=', receivableId),
    )
  if (input.paymentId) query = query.where('m.payment_id', '=', input.paymentId)
  if (input.after) query = query.where('m.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const [parts, names] = await Promise.all([
    allocationsOf(
      db,
      page.map(row => row.id),
    ),
    staffNames(
      db,
      page.flatMap(row => [row.confirmed_by, ...(row.undone_by ? [row.undone_by] : [])]),
    ),
  ])
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        matchNo: row.match_no,
        paymentId: row.payment_id,
        paymentNo: row.payment_no,
        payerKana: row.payer_kana,
        receivedOn: row.received_on,
        amountYen: row.amount_yen,
        method: row.method,
        reasons: row.reasons,
        shortReason: row.short_reason,
        confirmedBy: names.get(row.confirmed_by) ?? '（不明）',
        confirmedAt: row.confirmed_at,
        undoneBy: row.undone_by ? (names.get(row.undone_by) ?? '（不明）') : null,
        undoneAt: row.undone_at,
        undoReason: row.undo_reason,
        allocations: parts.shown.get(row.id) ?? [],
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: [...page.flatMap(row => [row.seen_no, row.payment_seen_no]), ...parts.seen],
  }
}

async function allocationsOf(
  db: Db,
  ids: readonly Id[],
): Promise<{ shown: Map<Id, MatchRow['allocations']>; seen: number[] }> {
  const shown = new Map<Id, MatchRow['allocations']>()
  if (ids.length === 0) return { shown, seen: [] }
  const rows = await db
    .selectFrom('allocation as a')
    .innerJoin('party as p', 'p.id', 'a.party_id')
    .leftJoin('receivable as r', 'r.id', 'a.receivable_id')
    .selectAll('a')
    .select(['p.legal_name', 'p.seen_no as party_seen_no', 'r.receivable_no', 'r.seen_no as claim_seen_no'])
    .where('a.match_id', 'in', [...ids])
    .orderBy('a.match_id')
    .orderBy('a.line_no')
    .execute()
  for (const row of rows) {
    const list = shown.get(row.match_id) ?? []
    list.push({
      receivableId: row.receivable_id,
      receivableNo: row.receivable_no,
      partyName: row.legal_name,
      kind: row.kind,
      yen: row.yen,
    })
    shown.set(row.match_id, list)
  }
  return { shown, seen: rows.flatMap(row => [row.party_seen_no, row.claim_seen_no ?? []].flat()) }
}

export async function aliases(
  { db }: QueryContext,
  input: z.output<typeof listAliases.input>,
): Promise<Seen<{ rows: AliasRow[]; next: string | null }>> {
  let query = db
    .selectFrom('payer_alias as a')
    .innerJoin('party as p', 'p.id', 'a.party_id')
    .selectAll('a')
    .select(['p.legal_name', 'p.seen_no as party_seen_no'])
    .orderBy('a.id', 'desc')
    .limit(input.limit + 1)
  if (input.partyId) query = query.where('a.party_id', 'in', sameCompany(input.partyId))
  if (input.after) query = query.where('a.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        party: { id: row.party_id, legalName: row.legal_name },
        senderKana: row.sender_kana,
        bank: row.bank,
        branch: row.branch,
        confirmedCount: row.confirmed_count,
        lastConfirmedAt: row.last_confirmed_at,
        disabledReason: row.disabled_reason,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.flatMap(row => [row.seen_no, row.party_seen_no]),
  }
}
