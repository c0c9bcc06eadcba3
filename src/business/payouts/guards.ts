import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { type Reason, refuseAll } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { payoutAccount } from '../accounts/index.ts'
import { watchHindrancesOf } from '../assessment/index.ts'
import { contractTermsOn } from '../contracts/index.ts'
import { recheckExposure } from '../credit/index.ts'
import { ceilingHindrances, claimsUnderPlans } from '../plans/index.ts'
import { hindrancesToDeal, searchDuplicates } from '../receivables/index.ts'
import { netPayoutOf, requestsToDecide } from './deductions.ts'
import { hindrancesToRepay } from './due-guards.ts'
import type { Payout } from './records.ts'
import { mayPayAfter } from './rules.ts'

export async function claimsOf(tx: Db | Tx, payout: Pick<Payout, 'purchase_id'>) {
  if (payout.purchase_id === null) return []
  return tx
    .selectFrom('receivable as r')
    .innerJoin('party as d', 'd.id', 'r.debtor_id')
    .selectAll('r')
    .select(['d.legal_name as debtor_name', 'd.seen_no as debtor_seen_no'])
    .where('r.purchase_id', '=', payout.purchase_id)
    .orderBy('r.id')
    .execute()
}
export type PaidClaim = Awaited<ReturnType<typeof claimsOf>>[number]

/** Everything that forbids this payment now (FF §3, checked→approved), apart from limits and duplicates: those lock and store. */
export async function hindrancesToPayout(
  context: CommandContext,
  payout: Payout,
  claims: readonly PaidClaim[],
): Promise<Reason[]> {
  const { tx, today } = context
  const debtorIds = [...new Set(claims.map(claim => claim.debtor_id))]
  const reasons = payout.due_id
    ? await hindrancesToRepay(context, payout.party_id)
    : await hindrancesToDeal(context, { clientId: payout.party_id, debtorIds })
  const account = await payoutAccount(tx, payout.party_id)
  if (account && account.id !== payout.account_id) reasons.push({ code: 'account_must_be_unchanged' })
  if (account?.holder_match === 'different') reasons.push({ code: 'holder_must_match_party' })
  if (payout.contract_id && claims.length > 0) {
    const { terms } = await contractTermsOn(tx, payout.contract_id, today)
    if (
      !mayPayAfter(
        terms.payoutAfter,
        claims.map(claim => claim.perfection),
      )
    )
      reasons.push({ code: 'payout_condition_must_be_met' })
  }
  if (claims.some(claim => ['suspect', 'confirmed'].includes(claim.duplicate_result)))
    reasons.push({ code: 'duplicate_must_be_judged' })
  if (payout.purchase_id) {
    if (claims.some(claim => claim.state !== 'purchased' || claim.funded_on !== null))
      reasons.push({ code: 'purchase_must_stand' })
    const { leftYen } = await netPayoutOf(tx, payout.purchase_id)
    if (leftYen !== payout.amount_yen) reasons.push({ code: 'payout_must_be_what_is_left' })
    reasons.push(...(await requestsToDecide(tx, payout.purchase_id)))
  }
  return reasons
}

/**
 * Refuses when a payee, or a debtor of the claims that are paid for, has been stopped since the payment was approved: such money does
 * not get into a bank file, nor out with it (DD group 5, "stop blocks payout").
 */
export async function refuseStopped(
  { tx }: Pick<CommandContext, 'tx'>,
  payouts: readonly Pick<Payout, 'party_id' | 'purchase_id'>[],
): Promise<void> {
  const purchases = payouts.flatMap(payout => payout.purchase_id ?? [])
  const claims = purchases.length
    ? await tx
        .selectFrom('receivable')
        .select('debtor_id')
        .distinct()
        .where('purchase_id', 'in', purchases)
        .execute()
    : []
  const [reasons] = await watchHindrancesOf(tx, [
    [...payouts.map(payout => payout.party_id), ...claims.map(claim => claim.debtor_id)],
  ])
  refuseAll(reasons ?? [])
}

/** The limits still hold every claim that is paid for; the deal's own commitment is left out of the sum. */
export async function recheckLimits(context: CommandContext, claims: readonly PaidClaim[]): Promise<void> {
  await recheckExposure(
    context,
    claims.map(claim => ({ receivableId: claim.id, clientId: claim.client_id, debtorId: claim.debtor_id })),
  )
  const under = await claimsUnderPlans(
    context.tx,
    claims.map(claim => claim.id),
  )
  refuseAll([...(await ceilingHindrances(context, under)).values()])
}

export interface FreshCheck {
  claim: PaidClaim
  check: Awaited<ReturnType<typeof searchDuplicates>>
  /** Suspicions nobody has judged yet. */
  unjudged: Id[]
}

/** The scored check anew for every claim; a pair two people have judged, in either direction, is no suspicion again. */
export async function freshChecks(tx: Tx, claims: readonly PaidClaim[]): Promise<FreshCheck[]> {
  const fresh: FreshCheck[] = []
  for (const claim of claims) {
    const known = await judgedWith(tx, claim.id)
    const hashes = await tx
      .selectFrom('receivable_evidence')
      .select('content_hash')
      .where('receivable_id', '=', claim.id)
      .execute()
    const check = await searchDuplicates(tx, {
      receivableId: claim.id,
      clientId: claim.client_id,
      debtorId: claim.debtor_id,
      invoiceNo: claim.invoice_no,
      lineNo: claim.line_no,
      faceYen: claim.face_yen,
      issuedOn: claim.issued_on,
      dueOn: claim.due_on,
      documentHashes: hashes.map(row => row.content_hash),
    })
    fresh.push({
      claim,
      check,
      unjudged: check.matches
        .filter(match => match.result !== 'weak' && !known.has(match.receivableId))
        .map(match => match.receivableId),
    })
  }
  return fresh
}

/** Claims which two people have compared with this one, whatever they found: a rejected double needs no second verdict. */
async function judgedWith(tx: Tx, receivableId: Id): Promise<Set<Id>> {
  const { rows } = await sql<{ other: Id }>`
    select (match ->> 'receivableId')::uuid as other from duplicate_check c, jsonb_array_elements(c.matches) match
    where c.receivable_id = ${receivableId} and c.verdict is not null
    union
    select c.receivable_id from duplicate_check c
    where c.verdict is not null and c.matches @> ${JSON.stringify([{ receivableId }])}::jsonb`.execute(tx)
  return new Set(rows.map(row => row.other))
}
