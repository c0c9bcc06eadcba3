import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { FileAnswer, QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { sameCompany } from '../parties/index.ts'
import { dueStateSql } from '../payouts/index.ts'
import { recordKept } from '../policy/index.ts'
import type {
  listPayments,
  listStatementFiles,
  OpenedPayment,
  PaymentRow,
  StatementFileRow,
} from './contract.ts'
import type { PaymentState } from './rules.ts'
import './tables.ts'

/** The money of a decided refund is gone once it was paid or set off; a payment that came back makes it wait again. */
const stateSql = sql<PaymentState>`case when p.state = 'refund_pending' and ${dueStateSql} in ('paid', 'set_off')
  then 'refunded' else p.state end`

function paymentRows({ db }: Pick<QueryContext, 'db'>) {
  return db
    .selectFrom('payment_in as p')
    .innerJoin('bank_line as l', 'l.id', 'p.line_id')
    .innerJoin('statement_file as f', 'f.id', 'l.file_id')
    .innerJoin('bank_account as a', 'a.id', 'p.account_id')
    .leftJoin('party as who', 'who.id', 'p.party_id')
    .leftJoin('bank_line as t', 't.id', 'l.twin_of')
    .leftJoin('payment_in as tp', 'tp.line_id', 't.id')
    .leftJoin('statement_file as tf', 'tf.id', 't.file_id')
    .leftJoin('payout_due as d', join =>
      join
        .onRef('d.payment_in_id', '=', 'p.id')
        .on('d.cancelled_at', 'is', null)
        .on('p.state', '=', 'refund_pending'),
    )
    .leftJoin('payment_out as o', join =>
      join.onRef('o.due_id', '=', 'd.id').on('o.state', '<>', 'cancelled'),
    )
    .select(stateSql.as('state'))
    .select([
      'p.id',
      'p.seen_no',
      'p.payment_no',
      'p.received_on',
      'p.amount_yen',
      'p.applied_yen',
      'p.refund_yen',
      'p.held_reason',
      'p.taken_back_by',
      'p.party_id',
      'who.legal_name',
      'who.seen_no as party_seen_no',
      'l.booked_on',
      'l.payer_kana',
      'l.payer_bank',
      'l.payer_branch',
      'l.edi',
      'l.bank_summary',
      'l.uncleared_yen',
      'l.line_no',
      'l.twin_of',
      'f.id as file_id',
      'f.file_no',
      'f.seen_no as file_seen_no',
      'a.id as account_id',
      'a.seen_no as account_seen_no',
      'a.bank_name',
      'a.branch_name',
      'a.account_no_last',
      't.booked_on as twin_booked_on',
      't.payer_kana as twin_payer_kana',
      't.line_no as twin_line_no',
      'tp.payment_no as twin_payment_no',
      'tp.seen_no as twin_seen_no',
      'tf.file_no as twin_file_no',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof paymentRows>['execute']>>[number]

/** Deposits with what each of them names: whose it is, the account, the file and the deposit it repeats. */
const seenIn = (rows: readonly Row[]): number[] =>
  rows.flatMap(row =>
    [row.seen_no, row.party_seen_no, row.account_seen_no, row.file_seen_no, row.twin_seen_no].filter(
      no => no !== null,
    ),
  )

function viewOf(row: Row): PaymentRow {
  return {
    id: row.id,
    paymentNo: row.payment_no,
    receivedOn: row.received_on,
    bookedOn: row.booked_on,
    amountYen: row.amount_yen,
    appliedYen: row.applied_yen,
    refundYen: row.refund_yen,
    payerKana: row.payer_kana,
    payerBank: row.payer_bank,
    payerBranch: row.payer_branch,
    edi: row.edi,
    bankSummary: row.bank_summary,
    unclearedYen: row.uncleared_yen,
    state: row.state,
    heldReason: row.held_reason,
    takenBack: row.taken_back_by !== null,
    party: row.party_id ? { id: row.party_id, legalName: row.legal_name ?? '' } : null,
    account: { id: row.account_id, name: `${row.bank_name} ${row.branch_name} ●●●●${row.account_no_last}` },
    file: { id: row.file_id, fileNo: row.file_no, lineNo: row.line_no },
    twinOf: row.twin_of
      ? {
          paymentNo: row.twin_payment_no,
          bookedOn: row.twin_booked_on ?? '',
          payerKana: row.twin_payer_kana ?? '',
          fileNo: row.twin_file_no ?? '',
          lineNo: row.twin_line_no ?? 0,
        }
      : null,
  }
}

export async function list(
  context: QueryContext,
  input: z.output<typeof listPayments.input>,
): Promise<Seen<{ rows: PaymentRow[]; next: string | null }>> {
  let query = paymentRows(context)
    .orderBy('p.id', 'desc')
    .limit(input.limit + 1)
  if (input.state.length) query = query.where(stateSql, 'in', input.state)
  if (input.from) query = query.where('p.received_on', '>=', input.from)
  if (input.to) query = query.where('p.received_on', '<=', input.to)
  if (input.partyId) query = query.where('p.party_id', 'in', sameCompany(input.partyId))
  if (input.payer) query = query.where('l.payer_kana', 'like', `%${input.payer.replace(/[\\%_]/g, '\\$&')}%`)
  if (input.after) query = query.where('p.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: { rows: page.map(viewOf), next: rows.length > input.limit && last ? markOf([last.id]) : null },
    seen: seenIn(page),
  }
}

/** A line nobody has booked as a deposit is no transaction yet; the others count from the day the money was there. */
export async function open(context: QueryContext, paymentId: Id): Promise<Seen<OpenedPayment>> {
  const row = found(await paymentRows(context).where('p.id', '=', paymentId).executeTakeFirst(), 'payment_in')
  const kept =
    row.state === 'received' || row.state === 'duplicate'
      ? null
      : await recordKept(context.db, row.received_on)
  return {
    body: {
      ...viewOf(row),
      transactionRecordUntil: kept?.until ?? null,
      transactionRecordYears: kept?.years ?? null,
    },
    seen: seenIn([row]),
  }
}

/** Deposits as other slices show them, in the order of the ids given; with the numbers for the view record. */
export async function paymentsByIds(
  context: Pick<QueryContext, 'db'>,
  ids: readonly Id[],
): Promise<Seen<PaymentRow[]>> {
  if (ids.length === 0) return { body: [], seen: [] }
  const rows = new Map(
    (
      await paymentRows(context)
        .where('p.id', 'in', [...ids])
        .execute()
    ).map(row => [row.id, row]),
  )
  const ordered = ids.flatMap(id => rows.get(id) ?? [])
  return { body: ordered.map(viewOf), seen: seenIn(ordered) }
}

export async function listFiles(
  { db }: QueryContext,
  input: z.output<typeof listStatementFiles.input>,
): Promise<Seen<{ rows: StatementFileRow[]; next: string | null }>> {
  let query = db
    .selectFrom('statement_file')
    .select([
      'id',
      'seen_no',
      'file_no',
      'file_name',
      'format',
      'size_bytes',
      'from_on',
      'to_on',
      'lines_total',
      'lines_new',
      'lines_known',
      'deposits_new',
      'deposits_yen',
      'twins',
      'notices',
      'imported_by',
      'imported_at',
    ])
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (input.after) query = query.where('id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const names = await staffNames(
    db,
    page.map(row => row.imported_by),
  )
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        fileNo: row.file_no,
        fileName: row.file_name,
        format: row.format,
        sizeBytes: row.size_bytes,
        fromOn: row.from_on,
        toOn: row.to_on,
        linesTotal: row.lines_total,
        linesNew: row.lines_new,
        linesKnown: row.lines_known,
        depositsNew: row.deposits_new,
        depositsYen: row.deposits_yen,
        twins: row.twins,
        notices: row.notices,
        importedBy: { id: row.imported_by, name: names.get(row.imported_by) ?? '（不明）' },
        importedAt: row.imported_at,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.map(row => row.seen_no),
  }
}

export async function downloadFile(keys: SubjectKeys, { db }: QueryContext, fileId: Id): Promise<FileAnswer> {
  const row = found(
    await db
      .selectFrom('statement_file')
      .select(['seen_no', 'file_name', 'sealed_bytes'])
      .where('id', '=', fileId)
      .executeTakeFirst(),
    'statement_file',
  )
  const content = found(await keys.openBytes(db, row.sealed_bytes), 'statement_file')
  return {
    file: { name: row.file_name, mime: 'application/octet-stream', content, inline: false },
    seen: [row.seen_no],
  }
}
