import { sql } from 'kysely'
import { defineCommand } from '../../platform/commands/command.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { ACCOUNTS, type AccountName } from '../moneyledger/index.ts'
import { proveBooks } from './proof-contract.ts'
import type { BookDifference } from './tables.ts'

/** As many as a person looks through; the count says how many there are. */
const MOST_KEPT = 50

/** The nightly proof (architecture.md, Money: "a nightly check proves equality with the journal"). */
export const prove = defineCommand(proveBooks, {
  async run(context) {
    const { tx, actor, now } = context
    const { claimsChecked, differenceCount, differences } = await differencesInBooks(tx)
    const id = newId()
    await tx
      .insertInto('book_proof')
      .values({
        id,
        proved_at: now.toISOString(),
        proved_by: actor.id,
        claims_checked: claimsChecked,
        difference_count: differenceCount,
        differences: JSON.stringify(differences),
      })
      .execute()
    await context.record({
      verb: differenceCount ? 'books_found_to_differ' : 'books_proved',
      subjects: [{ kind: 'book_proof', id }],
      after: { claimsChecked, differenceCount },
      facts: { summary: `債権${claimsChecked.toLocaleString('ja-JP')}件　不一致${differenceCount}件` },
    })
    return { id, claimsChecked, differences: differenceCount }
  },
})

/** Balance of accounts as SQL, debit positive. */
const debit = (...names: AccountName[]) =>
  sql<number>`coalesce(sum(case side when 'debit' then amount_yen else -amount_yen end)
    filter (where account_code in (${sql.join(names.map(name => sql.lit(ACCOUNTS[name].code)))})), 0)`

/**
 * Every place where two accounts of the same money differ, of all claims and deposits, read in one statement and so at one moment:
 * sums of movements, the journal's open balance and what is left to settle, exposure and its sums, deposits waiting and 仮受金.
 */
export async function differencesInBooks(db: Db | Tx): Promise<{
  claimsChecked: number
  differenceCount: number
  differences: BookDifference[]
}> {
  const { rows } = await sql<BookDifference & { total: number; claims: number }>`
    with ledger as (
      select receivable_id, ${debit('purchasedReceivables')} as open_yen,
        -(${debit('reserves', 'clientShare')}) + ${debit('clientClaims', 'accruedDamages', 'accruedPenalties', 'recoverableCosts')} as left_yen
      from ledger_entry where receivable_id is not null group by receivable_id),
    moved as (
      select receivable_id, coalesce(sum(amount_yen) filter (where kind = 'collection'), 0) as collected_yen,
        coalesce(sum(amount_yen) filter (where kind = 'confirmed_dilution'), 0) as diluted_yen
      from receivable_movement group by receivable_id),
    claim as (
      select r.id, r.receivable_no, r.collected_yen + r.diluted_yen as said_moved, coalesce(m.collected_yen + m.diluted_yen, 0) as moved_yen,
        case when r.state in ('purchased', 'dunning', 'legal') then r.purchased_yen - r.collected_yen - r.diluted_yen else 0 end as open_yen,
        coalesce(l.open_yen, 0) as ledger_open_yen, r.left_to_settle_yen, coalesce(l.left_yen, 0) as ledger_left_yen,
        r.purchase_id is not null as bought, e.state as exposure_state, coalesce(e.amount_yen, 0) as exposure_yen,
        case when e.state is null or e.state = 'ended' or r.state in ('written_off', 'repurchased', 'rescinded', 'closed') then 0
          when e.state = 'paid' then greatest(0, r.advance_yen - r.collected_yen)
          when r.advance_yen is not null then r.advance_yen else e.amount_yen end as at_risk_yen
      from receivable r left join ledger l on l.receivable_id = r.id left join moved m on m.receivable_id = r.id
      left join credit_exposure e on e.receivable_id = r.id),
    difference as (
      select 'claim_sums_must_equal_its_movements' as rule, receivable_no as "recordNo", id as "receivableId",
        moved_yen::bigint as "expectedYen", said_moved::bigint as "foundYen" from claim where said_moved <> moved_yen
      union all
      select 'journal_must_equal_what_is_open', receivable_no, id, open_yen::bigint, ledger_open_yen::bigint from claim
        where bought and open_yen <> ledger_open_yen
      union all
      select 'journal_must_equal_what_is_left', receivable_no, id, left_to_settle_yen::bigint, ledger_left_yen::bigint from claim
        where bought and left_to_settle_yen <> ledger_left_yen
      union all
      select 'exposure_must_equal_the_claim', receivable_no, id, at_risk_yen::bigint, exposure_yen::bigint from claim
        where at_risk_yen <> exposure_yen
      union all
      select 'payout_must_equal_what_is_left', o.payout_no, null, (b.net_yen - coalesce(d.deducted_yen, 0))::bigint, o.amount_yen
        from payment_out o join purchase b on b.id = o.purchase_id left join payout_deduction d on d.id = b.id
        where o.state <> 'cancelled' and o.amount_yen <> b.net_yen - coalesce(d.deducted_yen, 0)
      union all
      select 'sums_must_equal_the_exposure', coalesce(c.party_no, '') || ' × ' || coalesce(d.party_no, ''), null,
        coalesce(x.yen, 0)::bigint, coalesce(t.committed_yen + t.paid_yen, 0)::bigint
        from (select client_id, debtor_id, sum(amount_yen) as yen from credit_exposure where state <> 'ended' group by 1, 2) x
        full join credit_pair_total t on t.client_id = x.client_id and t.debtor_id = x.debtor_id
        left join party c on c.id = coalesce(x.client_id, t.client_id) left join party d on d.id = coalesce(x.debtor_id, t.debtor_id)
        where coalesce(x.yen, 0) <> coalesce(t.committed_yen + t.paid_yen, 0)
      union all
      select 'suspense_must_equal_waiting_deposits', ${ACCOUNTS.suspense.code}, null, waiting.yen::bigint, booked.yen::bigint
        from (select coalesce(sum(p.amount_yen), 0) as yen from payment_in p join journal j on j.id = p.journal_id
            where p.state in ('received', 'matching', 'proposed', 'unidentified', 'held')
              and not exists (select from journal back where back.reversal_of = p.journal_id)) waiting,
          (select -(${debit('suspense')}) - (select coalesce(sum(case side when 'credit' then amount_yen else -amount_yen end), 0)
              from ledger_entry o where o.account_code = ${ACCOUNTS.suspense.code} and o.kind = 'opening') as yen from ledger_entry) booked
        where waiting.yen <> booked.yen)
    select d.*, count(*) over ()::int as total, (select count(*) from claim)::int as claims
    from (select 1) one left join difference d on true
    order by d.rule, d."recordNo" limit ${MOST_KEPT}`.execute(db)
  const found = rows.filter(row => row.rule !== null)
  return {
    claimsChecked: rows[0]?.claims ?? 0,
    differenceCount: found.length ? rows[0]!.total : 0,
    differences: found.map(({ rule, recordNo, receivableId, expectedYen, foundYen }) => ({
      rule,
      recordNo,
      receivableId,
      expectedYen,
      foundYen,
    })),
  }
}
