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
  valueOn?: IsoDate
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
  return insertJournal(context, journalFor(event), { eventKind: event.kind, valueOn, id })
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
  const reversal = { eventKind: journal.event_kind, valueOn, reversalOf: journalId, reason }
  return found(await insertJournal(context, entries, reversal), 'journal')
}

async function insertJournal(
  { tx, now, today, actor }: Writer,
  entries: readonly LedgerEntry[],
  more: {
    eventKind: string
    valueOn: IsoDate | undefined
    id?: Id | undefined
    reversalOf?: Id
    reason?: string
  },
): Promise<Id | null> {
  if (entries.length === 0) return null
  const id = more.id ?? newId()
  const at = now.toISOString()
  const valueOn = more.valueOn ?? today
  const of = <T>(pick: (entry: LedgerEntry) => T) => entries.map(pick)
  await sql`with written as (
      insert into journal (id, event_kind, value_on, recorded_at, recorded_by, entry_count, reversal_of, reason)
      values (${id}, ${more.eventKind}, ${valueOn}, ${at}, ${actor.id}, ${entries.length}, ${more.reversalOf ?? null}, ${more.reason ?? null})
    )
    insert into ledger_entry (journal_id, line_no, entry_count, value_on, recorded_at, kind, reversed_kind, side, amount_yen,
      account_code, tax_category, receivable_id, party_id, contract_id)
    select ${id}, u.line_no, ${entries.length}, ${valueOn}::date, ${at}::timestamptz, u.kind, u.reversed_kind, u.side, u.amount_yen,
      u.account_code, u.tax_category, u.receivable_id, u.party_id, u.contract_id
    from unnest(${of(entry => entry.kind)}::text[], ${of(entry => entry.reversedKind ?? null)}::text[],
      ${of(entry => entry.side)}::text[], ${of(entry => entry.amountYen)}::bigint[], ${of(entry => entry.accountCode)}::text[],
      ${of(entry => entry.taxCategory ?? null)}::text[], ${of(entry => entry.receivableId ?? null)}::uuid[],
      ${of(entry => entry.partyId ?? null)}::uuid[], ${of(entry => entry.contractId ?? null)}::uuid[])
      with ordinality as u(kind, reversed_kind, side, amount_yen, account_code, tax_category, receivable_id, party_id,
        contract_id, line_no)`.execute(tx)
  return id
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
