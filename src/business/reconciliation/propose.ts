import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { currentCompany } from '../access/index.ts'
import { setProposed } from '../payments/index.ts'
import { type LearnedPayer, type OpenReceivable, type ReconcileResult, reconcile } from './engine/index.ts'

const MOST_DEPOSITS = 5_000
const ROWS_AT_ONCE = 500

interface ClaimRow {
  id: Id
  payer_id: Id
  payer_kana: string | null
  virtual_account: Id | null
  invoice_no: string
  open_yen: Yen
  issued_on: IsoDate
  due_on: IsoDate
}

/** Open claims as the engine takes them: who pays, by which account, how much is open. */
async function openClaims(db: Db | Tx): Promise<OpenReceivable[]> {
  const { rows } = await sql<ClaimRow>`
    with claim as (
      select r.id, r.invoice_no, r.issued_on, r.due_on, r.client_id, r.debtor_id,
        v.terms ->> 'collectionRoute' as route,
        r.purchased_yen - r.collected_yen - r.diluted_yen as bought_open,
        r.face_yen - r.deductions_yen - r.ineligible_yen - r.purchased_yen as kept
      from receivable r
      join purchase p on p.id = r.purchase_id
      join contract_version v on v.contract_id = p.contract_id and v.version = p.contract_version
      where r.state in ('purchased', 'dunning', 'legal') and r.purchased_yen - r.collected_yen - r.diluted_yen > 0
      union all
      -- What the client owes for claims it took back; from it alone.
      select id, invoice_no, issued_on, due_on, client_id, debtor_id, 'client_remits', left_to_settle_yen, 0
      from receivable where state in ('repurchased', 'rescinded') and left_to_settle_yen > 0)
    select c.id, payer.id as payer_id, payer.legal_name_kana as payer_kana, c.invoice_no, c.issued_on, c.due_on,
      (c.bought_open + case when c.route = 'client_remits' then 0 else c.kept end)::bigint as open_yen,
      (select a.id from bank_account a where a.usage = 'virtual' and a.valid_to is null
        and a.party_id = case when c.route = 'dedicated_account' then c.client_id else payer.id end
        order by a.recorded_at limit 1) as virtual_account
    from claim c
    join party payer on payer.id = case when c.route = 'client_remits' then c.client_id else c.debtor_id end
    order by c.due_on, c.id`.execute(db)
  return rows.map(row => ({
    receivableId: row.id,
    payerId: row.payer_id,
    payerNameKana: row.payer_kana ?? '',
    payerVirtualAccount: row.virtual_account ?? '',
    invoiceNumber: row.invoice_no,
    amount: row.open_yen,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
  }))
}

async function learnedPayers(db: Db | Tx): Promise<LearnedPayer[]> {
  const rows = await db
    .selectFrom('payer_alias')
    .selectAll()
    .where('disabled_at', 'is', null)
    .where('confirmed_count', '>', 0)
    .orderBy('confirmed_count', 'desc')
    .orderBy('last_confirmed_at', 'desc')
    .execute()
  return rows.map(row => ({
    payerId: row.party_id,
    senderKana: row.sender_kana,
    bankCode: row.bank,
    branchCode: row.branch,
    confirmedCount: row.confirmed_count,
  }))
}

/** Runs the engine over every deposit that waits and every open claim; nothing is written. Deposits oldest first, at most 5,000. */
export async function suggest(db: Db | Tx): Promise<ReconcileResult> {
  const [receivables, payers, company, waiting] = await Promise.all([
    openClaims(db),
    learnedPayers(db),
    currentCompany(db),
    db
      .selectFrom('payment_in as p')
      .innerJoin('bank_line as l', 'l.id', 'p.line_id')
      .innerJoin('bank_account as a', 'a.id', 'p.account_id')
      .select([
        'p.id',
        'p.received_on',
        'p.amount_yen',
        'l.payer_kana',
        'l.payer_bank',
        'l.payer_branch',
        'l.edi',
        'a.id as account_id',
        'a.usage',
      ])
      .where('p.state', 'in', ['matching', 'proposed', 'unidentified'])
      .where('p.taken_back_by', 'is', null)
      .orderBy('p.received_on')
      .orderBy('p.id')
      .limit(MOST_DEPOSITS)
      .execute(),
  ])
  const deposits = waiting.map(row => ({
    depositId: row.id,
    depositedOn: row.received_on,
    amount: row.amount_yen,
    senderKana: row.payer_kana,
    bankCode: row.payer_bank,
    branchCode: row.payer_branch,
    virtualAccount: row.usage === 'virtual' ? row.account_id : '',
    edi: row.edi,
  }))
  const settings = company ? { settings: { transferFeesYen: company.settings.transferFeesYen } } : {}
  return reconcile({ receivables, payers, deposits, ...settings })
}

/** Keeps what the engine says beside each waiting deposit, in place of what it said before; only people decide (FF §7). */
export async function storeProposals(
  context: Pick<CommandContext, 'tx' | 'now'>,
  result: ReconcileResult,
): Promise<void> {
  const { tx, now } = context
  await sql`delete from match_proposal m using payment_in p where p.id = m.payment_id
    and (p.state in ('matching', 'proposed', 'unidentified') or p.taken_back_by is not null)`.execute(tx)
  const rows = [
    ...result.matches.map(match => ({
      payment_id: match.depositId,
      status: match.status,
      score: String(match.score),
      allocations: JSON.stringify(match.allocations),
      unallocated_yen: match.unallocatedYen,
      reasons: JSON.stringify(match.reasons),
      alternatives: JSON.stringify(match.alternatives),
      proposed_at: now.toISOString(),
    })),
    ...result.unidentified.map(one => ({
      payment_id: one.depositId,
      status: 'unidentified' as const,
      score: '0',
      allocations: '[]',
      unallocated_yen: 0,
      reasons: JSON.stringify(one.reasons),
      alternatives: '[]',
      proposed_at: now.toISOString(),
    })),
  ]
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await tx
      .insertInto('match_proposal')
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .execute()
  await setProposed(
    context,
    'proposed',
    result.matches.map(match => match.depositId),
  )
  await setProposed(
    context,
    'unidentified',
    result.unidentified.map(one => one.depositId),
  )
}
