import { sql } from 'kysely'
import { found } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { partiesInReach, recordsOfCompany } from '../parties/index.ts'
import { netPayouts } from '../payouts/index.ts'
import { type Receivable, stateNow, toleranceYenOf } from '../receivables/index.ts'
import { CLIENT_DEBTS, payingSide, roomOf, termsOfClaim } from './claim-money.ts'
import type { PartyDebts } from './debts-contract.ts'

/** As many claims as a person looks through; the sums say when there are more. */
const MOST_CLAIMS = 50

/**
 * What a client owes today, claim by claim, under all its records: principal only where it is late and the client is to remit it. The
 * same sums as the claim's own page; damages up to today, billed or not.
 */
export async function debtsOfParty(context: QueryContext, partyId: Id): Promise<Seen<PartyDebts>> {
  const { db, today } = context
  const party = found(
    await partiesInReach(context)
      .select(['party.id', 'party.seen_no'])
      .where('party.id', '=', partyId)
      .executeTakeFirst(),
    'party',
  )
  const company = await recordsOfCompany(db, party.id)
  const tolerance = await toleranceYenOf(db)
  const { rows: claims } = await sql<Receivable & { owed_on: IsoDate | null }>`
    select r.*, (select t.due_on from claim_take_back t where t.receivable_id = r.id and t.undone_at is null) as owed_on
    from receivable r where r.client_id = any(${company}::uuid[]) and r.purchase_id is not null and (
      r.state in ('purchased', 'dunning', 'legal') and r.payable_on < ${today}::date
        and r.purchased_yen - r.collected_yen - r.diluted_yen > ${tolerance}
      or r.left_to_settle_yen > 0 and (select sum(case side when 'debit' then amount_yen else -amount_yen end) from ledger_entry
          where receivable_id = r.id and account_code in (${CLIENT_DEBTS})) > 0)
    order by r.payable_on, r.id limit ${MOST_CLAIMS + 1}`.execute(db)
  const owed = await Promise.all(
    claims.slice(0, MOST_CLAIMS).map(async claim => {
      const terms = await termsOfClaim(db, claim)
      const { open } = await roomOf(db, claim, terms, today, 'client')
      const late = payingSide(terms) === 'client' && claim.payable_on < today
      const row = {
        receivableId: claim.id,
        receivableNo: claim.receivable_no,
        state: stateNow(claim, today, tolerance).state,
        payableOn: claim.owed_on ?? claim.payable_on,
        principalYen: late ? open.principalYen : 0,
        clientClaimYen: open.clientClaimYen,
        damagesYen: open.lateDamagesYen,
        penaltyYen: open.penaltyYen,
        costYen: open.costYen,
      }
      const { principalYen, clientClaimYen, damagesYen, penaltyYen, costYen } = row
      return {
        seenNo: claim.seen_no,
        row: { ...row, totalYen: principalYen + clientClaimYen + damagesYen + penaltyYen + costYen },
      }
    }),
  )
  const owing = owed.filter(({ row }) => row.totalYen > 0)
  const waiting = (await netPayouts(db, { clientIds: company })).filter(one => one.waits && one.leftYen > 0)
  return {
    body: {
      rows: owing.map(({ row }) => row),
      totalYen: owing.reduce((sum, { row }) => sum + row.totalYen, 0),
      more: claims.length > MOST_CLAIMS,
      payouts: waiting.map(({ purchaseNo, leftYen }) => ({ purchaseNo, leftYen })),
    },
    seen: [party.seen_no, ...owing.map(one => one.seenNo)],
  }
}
