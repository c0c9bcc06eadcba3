import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { type Reason, Refusal, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { type ContractState, type ContractTerms, hindrancesToPurchaseUnder } from '../../contracts/index.ts'
import { type CommittedClaim, exposureHindrances, settleExposure } from '../../credit/index.ts'
import { postJournal, reverseJournal } from '../../moneyledger/index.ts'
import { raiseStage } from '../../parties/index.ts'
import { purchaseReceivables } from '../contract.ts'
import { hindrancesToDeal } from '../deal-checks.ts'
import { claimToPrice, datesUnder, pricingTermsOf, taxRates } from '../pricing-of.ts'
import { lockReceivables, type Receivable, subjectsOf, writeStep } from '../records.ts'
import { type Charge, type PurchaseQuote, pricingRefusals, quotePurchase } from '../rules/pricing.ts'
import { nextState } from '../rules/states.ts'

type LockedClaim = Receivable & {
  client_status: string
  client_stage: string
  debtor_status: string
  contract_party: Id | null
  contract_state: ContractState | null
  effective_on: IsoDate | null
  ends_on: IsoDate | null
  contract_version: number | null
  terms: ContractTerms | null
}

/**
 * The purchase command (FF §3, approved→purchased): contract executed, identity and screening current, headroom rechecked, no open
 * suspicion, a verified account. Prices to the yen and books the journal in the same transaction.
 */
export const purchase = defineCommand(purchaseReceivables, {
  constraints: { approver_must_not_purchase: 'approver_must_not_purchase' },
  async run(context, input) {
    const claims = await lockClaims(context, input.receivableIds)
    const { first, terms } = together(claims)
    const own = [
      ...reasonsAgainst(claims, context.today),
      ...(claims.some(claim => [claim.approved_by, claim.exception_approved_by].includes(context.actor.id))
        ? [{ code: 'approver_must_not_purchase' }]
        : []),
    ]
    const [ofParties, ofLimits] = await Promise.all([
      hindrancesToDeal(context, {
        clientId: first.client_id,
        debtorIds: [...new Set(claims.map(claim => claim.debtor_id))],
      }),
      // The limits hold claims that are approved; what is wrong with another is said by its state.
      own.length ? [] : exposureHindrances(context, claims.map(heldByLimits)),
    ])
    refuseAll([...own, ...ofParties, ...ofLimits])
    const charges: Charge[] = input.charges ?? terms.charges
    const quote = priced(context, claims, terms, charges)
    const [id, journalId] = [newId(), newId()]
    const event = journalOf(first, quote, charges)
    // The journal is started first: the purchase refers to it.
    const [, purchaseNo] = await Promise.all([
      postJournal(context, event, { id: journalId }),
      writePurchase(context, id, claims, terms, charges, quote, journalId),
    ])
    if (first.client_stage !== 'active') await raiseStage(context, first.client_id, 'active')
    await context.record(eventOf(id, purchaseNo, claims, quote, journalId))
    const { purchasedYen, advanceYen, reserveYen, feeYen, chargesYen, taxYen, netYen } = quote
    return { id, purchaseNo, purchasedYen, advanceYen, reserveYen, feeYen, chargesYen, taxYen, netYen }
  },
})

/** The status of the whole company: one stopped record stops all (party.identity_status). */
function strictest(party: 'cp' | 'dp') {
  const own = (column: string) => sql.ref(`${party}.${column}`)
  return sql`coalesce((select h.identity_status from party h where h.id = ${own('folded_into')}), ${own('identity_status')}, ${own('status')})`
}

/** Claims with what the decision needs of parties and contract, in one statement; only the claims are locked, in order of id. */
async function lockClaims({ tx, today }: CommandContext, ids: readonly Id[]): Promise<LockedClaim[]> {
  const { rows } = await sql<LockedClaim>`
    select r.*, ${strictest('cp')} as client_status, cp.stage as client_stage, ${strictest('dp')} as debtor_status, c.party_id as contract_party,
      c.state as contract_state, c.effective_on, c.ends_on, v.version as contract_version, v.terms
    from receivable r
    join party cp on cp.id = r.client_id
    join party dp on dp.id = r.debtor_id
    left join contract c on c.id = r.contract_id
    left join lateral (select version, terms from contract_version
      where contract_id = c.id and (valid_from is null or valid_from <= ${today} or version = 1)
      order by version desc limit 1) v on true
    where r.id = any(${[...ids]}::uuid[])
    order by r.id for update of r`.execute(tx)
  if (rows.length !== new Set(ids).size)
    throw new Refusal('missing', [{ code: 'record_must_exist', facts: { what: 'receivable' } }])
  return rows
}

function together(claims: readonly LockedClaim[]): { first: LockedClaim; terms: ContractTerms } {
  const first = claims[0]
  if (!first) throw new Refusal('missing', [{ code: 'record_must_exist', facts: { what: 'receivable' } }])
  refuseUnless(
    claims.every(claim => claim.client_id === first.client_id && claim.contract_id === first.contract_id),
    'claims_must_belong_together',
  )
  refuseUnless(first.terms !== null && first.contract_id !== null, 'contract_must_be_chosen')
  return { first, terms: first.terms }
}

function heldByLimits({ id, client_id, debtor_id }: LockedClaim): CommittedClaim {
  return { receivableId: id, clientId: client_id, debtorId: debtor_id }
}

function journalOf(first: LockedClaim, { claims, taxYen }: PurchaseQuote, charges: Charge[]) {
  const refs = { partyId: first.client_id, contractId: first.contract_id ?? '' }
  return { kind: 'claims_purchased' as const, refs, claims, charges, taxYen }
}

/** Every rule that speaks against buying these claims now, all at once. */
function reasonsAgainst(claims: readonly LockedClaim[], today: IsoDate): Reason[] {
  const reasons: Reason[] = []
  const first = claims[0]
  for (const claim of claims) {
    const facts = { receivableNo: claim.receivable_no }
    if (nextState(claim.state, 'purchased', 'command').state === null)
      reasons.push({ code: 'transition_must_be_listed', facts })
    if (claim.duplicate_result === 'suspect' || claim.duplicate_result === 'confirmed')
      reasons.push({ code: 'duplicate_must_be_judged', facts })
    if (claim.debtor_status !== 'normal') reasons.push({ code: 'party_must_not_be_stopped', facts })
  }
  if (first && first.client_status !== 'normal') reasons.push({ code: 'party_must_not_be_stopped' })
  if (first?.contract_state)
    reasons.push(
      ...hindrancesToPurchaseUnder(
        { state: first.contract_state, effectiveOn: first.effective_on, endsOn: first.ends_on },
        today,
      ),
    )
  return reasons
}

function priced(
  { today }: CommandContext,
  claims: readonly LockedClaim[],
  terms: ContractTerms,
  charges: Charge[],
): PurchaseQuote {
  const toPrice = claims.map(claim => claimToPrice(claim, datesUnder(terms, claim.due_on).payableOn, today))
  const pricing = pricingTermsOf(terms)
  const impossible = pricingRefusals(toPrice, pricing, charges, taxRates)
  refuseAll(impossible.map(rule => ({ code: 'price_must_be_possible', facts: { rule } })))
  const quote = quotePurchase(toPrice, pricing, charges, taxRates)
  // The limits were held for the advance that was approved; another one was never decided.
  refuseUnless(
    quote.claims.every((claim, at) => claim.advanceYen === claims[at]?.advance_yen),
    'approval_must_match_the_terms',
  )
  return quote
}

async function writePurchase(
  { tx, now, today, actor }: CommandContext,
  id: Id,
  claims: readonly LockedClaim[],
  terms: ContractTerms,
  charges: readonly Charge[],
  quote: PurchaseQuote,
  journalId: Id,
): Promise<string> {
  const first = claims[0]
  const ids = quote.claims.map(claim => claim.receivableId)
  const dates = claims.map(claim => datesUnder(terms, claim.due_on))
  const { rows } = await sql<{ purchase_no: string }>`
    with bought as (
      insert into purchase (id, client_id, contract_id, contract_version, purchased_on, purchased_yen, advance_yen, reserve_yen,
        fee_yen, price_yen, charges, charges_yen, tax_yen, net_yen, annualised_ppm, journal_id, purchased_by, recorded_at)
      values (${id}, ${first?.client_id}, ${first?.contract_id}, ${first?.contract_version}, ${today}, ${quote.purchasedYen},
        ${quote.advanceYen}, ${quote.reserveYen}, ${quote.feeYen}, ${quote.priceYen}, ${JSON.stringify(charges)},
        ${quote.chargesYen}, ${quote.taxYen}, ${quote.netYen}, ${quote.annualisedPpm}, ${journalId}, ${actor.id},
        ${now.toISOString()})
      returning purchase_no),
    stepped as (
      insert into receivable_step (receivable_id, step_id, stepped_on, to_state, stepped_by)
      select u.id, u.step, ${today}::date, 'purchased', ${actor.id}
      from unnest(${ids}::uuid[], ${ids.map(() => newId())}::uuid[]) as u(id, step)),
    moved as (
      update receivable r set state = 'purchased', state_on = ${today}::date, purchase_id = ${id}, purchased_by = ${actor.id}, purchased_yen = u.purchased,
        advance_yen = u.advance, reserve_yen = u.reserve, fee_yen = u.fee, price_yen = u.price, left_to_settle_yen = u.reserve,
        due_on_rolled = u.due, payable_on = u.payable, grace_days = ${terms.graceDays}, row_version = r.row_version + 1
      from unnest(${ids}::uuid[], ${quote.claims.map(one => one.purchasedYen)}::bigint[],
        ${quote.claims.map(one => one.advanceYen)}::bigint[], ${quote.claims.map(one => one.reserveYen)}::bigint[],
        ${quote.claims.map(one => one.feeYen)}::bigint[], ${quote.claims.map(one => one.priceYen)}::bigint[],
        ${dates.map(one => one.dueOnRolled)}::date[], ${dates.map(one => one.payableOn)}::date[])
        as u(id, purchased, advance, reserve, fee, price, due, payable)
      where r.id = u.id)
    select purchase_no from bought`.execute(tx)
  return rows[0]?.purchase_no ?? ''
}

function eventOf(
  id: Id,
  purchaseNo: string,
  claims: readonly LockedClaim[],
  quote: PurchaseQuote,
  journalId: Id,
) {
  const subjects = new Map(claims.flatMap(subjectsOf).map(subject => [subject.id, subject]))
  const words = (yen: number) => `${yen.toLocaleString('ja-JP')}円`
  return {
    verb: 'receivables_purchased',
    subjects: [
      { kind: 'purchase', id },
      ...subjects.values(),
      ...(claims[0]?.contract_id ? [{ kind: 'contract', id: claims[0].contract_id }] : []),
    ],
    before: { state: 'approved' },
    after: {
      state: 'purchased',
      purchasedYen: quote.purchasedYen,
      advanceYen: quote.advanceYen,
      reserveYen: quote.reserveYen,
      feeYen: quote.feeYen,
      netYen: quote.netYen,
    },
    facts: {
      summary: `${purchaseNo} ${claims.length}件 買取額 ${words(quote.purchasedYen)} 送金額 ${words(quote.netYen)}`,
      journalId,
    },
  }
}

/**
 * Takes a purchase back before its money left: journal reversed, commitment released, claims `rescinded` (FF §3). For the payouts
 * slice, which knows that nothing was sent. The caller records the event.
 */
export async function rescindPurchase(
  context: CommandContext,
  purchaseId: Id,
  reason: string,
): Promise<Id[]> {
  const { tx } = context
  const { journal_id } = await tx
    .selectFrom('purchase')
    .select('journal_id')
    .where('id', '=', purchaseId)
    .executeTakeFirstOrThrow()
  const bought = await tx
    .selectFrom('receivable')
    .select('id')
    .where('purchase_id', '=', purchaseId)
    .execute()
  const claims = await lockReceivables(
    context,
    bought.map(one => one.id),
  )
  refuseUnless(
    claims.every(claim => claim.funded_on === null && claim.state === 'purchased'),
    'money_must_not_have_left',
  )
  await reverseJournal(context, journal_id, reason)
  for (const claim of claims) {
    await writeStep(context, claim.id, { to: 'rescinded', reason, values: { left_to_settle_yen: 0 } })
    await settleExposure(context, claim.id, { state: 'ended', amountYen: 0 })
  }
  return claims.map(claim => claim.id)
}
