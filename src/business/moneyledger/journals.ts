import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { ACCOUNTS, type AccountName } from './rules/accounts.ts'
import { type EntryRefs, type LedgerEntry, reversalOf } from './rules/journal.ts'
import { journalFor } from './rules/journal-for.ts'
import type { MoneyEvent } from './rules/money-events.ts'
import './tables.ts'

interface Posting {
  /** The day the money counts from (起算日); the day of the command when left out. */
  valueOn?: IsoDate | undefined
  /** The journal's id, for a caller that names the journal in a statement sent together with it. */
  id?: Id
}

type Writer = Pick<CommandContext, 'tx' | 'now' | 'today' | 'actor'>

/**
 * Writes the balanced journal of a money event (DD group 15) in one statement, inside the caller's transaction, and returns its id;
 * null when the event moves nothing (all amounts 0). The caller records the audit event and names the journal in it.
 */
export async function postJournal(
  context: Writer,
  event: MoneyEvent,
  { valueOn, id }: Posting = {},
): Promise<Id | null> {
  const entries = journalFor(event)
  if (entries.length === 0) return null
  const journal = newJournal(context, { id: id ?? newId(), entries, eventKind: event.kind, valueOn })
  await insertJournals(context.tx, [journal])
  return journal.id
}

/** Journals of several money events, each with its writer, in one statement; each must move money (RangeError). */
export async function postJournals(
  tx: Tx,
  postings: readonly { writer: Omit<Writer, 'tx'>; event: MoneyEvent; id: Id }[],
): Promise<void> {
  const journals = postings.map(({ writer, event, id }) =>
    newJournal(writer, { id, entries: journalFor(event), eventKind: event.kind, valueOn: undefined }),
  )
  if (journals.some(journal => journal.entries.length === 0)) throw new RangeError('a journal has no lines')
  await insertJournals(tx, journals)
}

/**
 * Takes a journal back by its mirror image (kind `reversal`). Refuses `journal_must_not_be_reversed_twice` when it was
 * taken back before; a reversal itself is not reversed: the money event is booked again (DD group 9).
 */
export async function reverseJournal(
  context: Writer,
  journalId: Id,
  reason: string,
  { valueOn }: Posting = {},
): Promise<Id> {
  const { tx } = context
  const journal = found(
    await tx.selectFrom('journal').selectAll().where('id', '=', journalId).executeTakeFirst(),
    'journal',
  )
  refuseUnless(journal.reversal_of === null, 'reversal_must_not_be_reversed')
  const earlier = await tx
    .selectFrom('journal')
    .select('id')
    .where('reversal_of', '=', journalId)
    .executeTakeFirst()
  refuseUnless(earlier === undefined, 'journal_must_not_be_reversed_twice')
  const entries = reversalOf(await entriesOf(tx, journalId))
  const reversal = newJournal(context, { id: newId(), entries, eventKind: journal.event_kind, valueOn })
  await insertJournals(tx, [{ ...reversal, reversalOf: journalId, reason }])
  return reversal.id
}

interface NewJournal {
  id: Id
  eventKind: string
  valueOn: IsoDate
  at: string
  by: Id
  entries: readonly LedgerEntry[]
  reversalOf?: Id
  reason?: string
}

function newJournal(
  { now, today, actor }: Omit<Writer, 'tx'>,
  {
    id,
    entries,
    eventKind,
    valueOn,
  }: Pick<NewJournal, 'id' | 'entries' | 'eventKind'> & Pick<Posting, 'valueOn'>,
): NewJournal {
  return {
    id,
    eventKind,
    valueOn: valueOn ?? today,
    at: now.toISOString(),
    by: actor.id,
    entries,
  }
}

async function insertJournals(tx: Tx, journals: readonly NewJournal[]): Promise<void> {
  const each = <T>(pick: (journal: NewJournal) => T) => journals.map(pick)
  const lines = journals.flatMap(({ id, entries }) =>
    entries.map((entry, at) => ({ ...entry, journalId: id, lineNo: at + 1 })),
  )
  const of = <T>(pick: (line: (typeof lines)[number]) => T) => lines.map(pick)
  await sql`with written as (
      insert into journal (id, event_kind, value_on, recorded_at, recorded_by, entry_count, reversal_of, reason)
      select * from unnest(${each(one => one.id)}::uuid[], ${each(one => one.eventKind)}::text[], ${each(one => one.valueOn)}::date[],
        ${each(one => one.at)}::timestamptz[], ${each(one => one.by)}::uuid[], ${each(one => one.entries.length)}::int[],
        ${each(one => one.reversalOf ?? null)}::uuid[], ${each(one => one.reason ?? null)}::text[])
      returning id, entry_count, value_on, recorded_at
    )
    insert into ledger_entry (journal_id, line_no, entry_count, value_on, recorded_at, kind, reversed_kind, side, amount_yen,
      account_code, tax_category, receivable_id, party_id, contract_id)
    select w.id, u.line_no, w.entry_count, w.value_on, w.recorded_at, u.kind, u.reversed_kind, u.side, u.amount_yen,
      u.account_code, u.tax_category, u.receivable_id, u.party_id, u.contract_id
    from unnest(${of(line => line.journalId)}::uuid[], ${of(line => line.lineNo)}::int[], ${of(line => line.kind)}::text[],
      ${of(line => line.reversedKind ?? null)}::text[], ${of(line => line.side)}::text[], ${of(line => line.amountYen)}::bigint[],
      ${of(line => line.accountCode)}::text[], ${of(line => line.taxCategory ?? null)}::text[],
      ${of(line => line.receivableId ?? null)}::uuid[], ${of(line => line.partyId ?? null)}::uuid[],
      ${of(line => line.contractId ?? null)}::uuid[])
      as u(journal_id, line_no, kind, reversed_kind, side, amount_yen, account_code, tax_category, receivable_id, party_id, contract_id)
    join written w on w.id = u.journal_id`.execute(tx)
}

async function entriesOf(tx: Tx, journalId: Id): Promise<LedgerEntry[]> {
  const rows = await tx
    .selectFrom('ledger_entry')
    .selectAll()
    .where('journal_id', '=', journalId)
    .orderBy('line_no')
    .execute()
  return rows.map(row => ({
    side: row.side,
    kind: row.kind,
    accountCode: row.account_code,
    amountYen: row.amount_yen,
    ...(row.tax_category && { taxCategory: row.tax_category }),
    ...(row.reversed_kind && { reversedKind: row.reversed_kind }),
    ...(row.receivable_id && { receivableId: row.receivable_id }),
    ...(row.party_id && { partyId: row.party_id }),
    ...(row.contract_id && { contractId: row.contract_id }),
  }))
}

/**
 * Balance of one account, in yen, positive on the account's own side, of one claim, party or contract; reversals included.
 * `asOf`: only what counts from that day or before.
 */
export async function accountBalanceYen(
  db: Db | Tx,
  account: AccountName,
  of: EntryRefs,
  asOf?: IsoDate,
): Promise<Yen> {
  const { code, nature } = ACCOUNTS[account]
  let query = db
    .selectFrom('ledger_entry')
    .select(
      sql<number>`coalesce(sum(case side when 'debit' then amount_yen else -amount_yen end), 0)::bigint`.as(
        'debit',
      ),
    )
    .where('account_code', '=', code)
  if (of.receivableId) query = query.where('receivable_id', '=', of.receivableId)
  if (of.partyId) query = query.where('party_id', '=', of.partyId)
  if (of.contractId) query = query.where('contract_id', '=', of.contractId)
  if (asOf) query = query.where('value_on', '<=', asOf)
  const { debit } = await query.executeTakeFirstOrThrow()
  return (nature === 'asset' || nature === 'expense' ? debit : -debit) + 0
}
