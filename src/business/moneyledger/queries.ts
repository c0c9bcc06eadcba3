import { sql } from 'kysely'
import type { z } from 'zod'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { staffNames } from '../access/index.ts'
import { partiesInReach } from '../parties/index.ts'
import type { JournalShown, journalsOfRecord, TrialBalance, trialBalance } from './contract.ts'
import { ACCOUNTS } from './rules/accounts.ts'
import './tables.ts'

const accounts = Object.values(ACCOUNTS)
const LIMIT = 100

/** Trial balance on a day, all accounts, also those without a movement. */
export async function trialBalanceOn(
  { db }: QueryContext,
  { asOf, knownAt }: z.output<typeof trialBalance.input>,
): Promise<Seen<TrialBalance>> {
  let query = db
    .selectFrom('ledger_entry')
    .select([
      'account_code',
      sql<number>`coalesce(sum(amount_yen) filter (where side = 'debit'), 0)::bigint`.as('debit'),
      sql<number>`coalesce(sum(amount_yen) filter (where side = 'credit'), 0)::bigint`.as('credit'),
    ])
    .where('value_on', '<=', asOf)
    .groupBy('account_code')
  if (knownAt) query = query.where('recorded_at', '<=', knownAt)
  const sums = new Map((await query.execute()).map(row => [row.account_code, row]))
  const lines = accounts.map(({ code, name, nature }) => {
    const { debit, credit } = sums.get(code) ?? { debit: 0, credit: 0 }
    const own = nature === 'asset' || nature === 'expense' ? debit - credit : credit - debit
    return { code, name, nature, debitYen: debit, creditYen: credit, balanceYen: own }
  })
  const total = (side: 'debitYen' | 'creditYen') => lines.reduce((sum, line) => sum + line[side], 0)
  return { body: { accounts: lines, debitYen: total('debitYen'), creditYen: total('creditYen') }, seen: [] }
}

const columnOf = { receivable: 'receivable_id', party: 'party_id', contract: 'contract_id' } as const

export async function journalsAbout(
  context: QueryContext,
  { of, recordId }: z.output<typeof journalsOfRecord.input>,
): Promise<Seen<{ journals: JournalShown[] }>> {
  const { db, actor } = context
  let query = db
    .selectFrom('journal as j')
    .leftJoin('journal as r', 'r.reversal_of', 'j.id')
    .selectAll('j')
    .select('r.id as reversed_by')
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('ledger_entry as e')
          .select('e.line_no')
          .whereRef('e.journal_id', '=', 'j.id')
          .where(`e.${columnOf[of]}`, '=', recordId),
      ),
    )
    .orderBy('j.id', 'desc')
    .limit(LIMIT)
  if (actor.reach !== 'all')
    query = query.where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('ledger_entry as e')
            .select('e.line_no')
            .whereRef('e.journal_id', '=', 'j.id')
            .where('e.party_id', 'is not', null)
            .where('e.party_id', 'not in', partiesInReach(context).select('party.id')),
        ),
      ),
    )
  const journals = await query.execute()
  const entries = journals.length
    ? await db
        .selectFrom('ledger_entry')
        .selectAll()
        .where(
          'journal_id',
          'in',
          journals.map(one => one.id),
        )
        .orderBy('journal_id')
        .orderBy('line_no')
        .execute()
    : []
  const names = await staffNames(
    db,
    journals.map(one => one.recorded_by),
  )
  const nameOf = new Map<string, string>(accounts.map(account => [account.code, account.name]))
  return {
    body: {
      journals: journals.map(one => ({
        id: one.id,
        journalNo: one.journal_no,
        eventKind: one.event_kind,
        valueOn: one.value_on,
        recordedAt: one.recorded_at,
        recordedBy: names.get(one.recorded_by) ?? '（不明）',
        reversalOf: one.reversal_of,
        reversed: one.reversed_by !== null,
        reason: one.reason,
        entries: entries
          .filter(entry => entry.journal_id === one.id)
          .map(entry => ({
            side: entry.side,
            kind: entry.kind,
            accountCode: entry.account_code,
            accountName: nameOf.get(entry.account_code) ?? entry.account_code,
            amountYen: entry.amount_yen,
            taxCategory: entry.tax_category,
          })),
      })),
    },
    seen: journals.map(one => one.seen_no),
  }
}
