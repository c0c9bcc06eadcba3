import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, defineCommand, type Member } from '../../../platform/commands/command.ts'
import { found, type Reason, Refusal, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { ruleSentence } from '../../../platform/http/contract.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { type ContractState, type ContractTerms, hindrancesToPurchaseUnder } from '../../contracts/index.ts'
import {
  type CommittedClaim,
  exposureHindrancesOf,
  overrideApprovers,
  settleExposure,
} from '../../credit/index.ts'
import { postJournals, reverseJournal } from '../../moneyledger/index.ts'
import { raiseStage } from '../../parties/index.ts'
import { ceilingHindrances, claimsUnderPlans } from '../../plans/index.ts'
import { purchaseReceivables } from '../contract.ts'
import { hindrancesToDeals } from '../deal-checks.ts'
import { claimToPrice, datesUnder, pricingTermsOf, taxRates } from '../pricing-of.ts'
import { type Receivable, subjectsOf, writeStep } from '../records.ts'
import { chargesNotAgreed } from '../rules/charges.ts'
import { type Charge, type PurchaseQuote, pricingRefusals, quotePurchase } from '../rules/pricing.ts'
import { nextState } from '../rules/states.ts'

/** What a purchase reads of a claim. */
const columns = [
  'id',
  'receivable_no',
  'client_id',
  'debtor_id',
  'contract_id',
  'state',
  'duplicate_result',
  'due_on',
  'face_yen',
  'deductions_yen',
  'ineligible_yen',
  'asked_yen',
  'advance_yen',
  'approved_by',
  'exception_approved_by',
] as const satisfies readonly (keyof Receivable)[]

type LockedClaim = Pick<Receivable, (typeof columns)[number]> & {
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
  constraints: {
    approver_must_not_purchase: 'approver_must_not_purchase',
    application_must_be_ready_to_fund: 'application_must_be_ready_to_fund',
  },
  async run(context, input) {
    const [outcome] = await purchaseTogether([{ context, input }])
    if (outcome instanceof Refusal) throw outcome
    return found(outcome, 'receivable')
  },
  together: { touches: input => input.receivableIds, run: purchaseTogether },
})

type Asked = Member<typeof purchaseReceivables>
type Bought = z.output<(typeof purchaseReceivables)['output']>

/** What one request buys, decided and priced, before anything is written. */
interface Deal {
  context: CommandContext
  id: Id
  journalId: Id
  claims: readonly LockedClaim[]
  first: LockedClaim
  terms: ContractTerms
  charges: Charge[]
  quote: PurchaseQuote
}

/** Several requests in one transaction: every statement serves all of them, every rule is asked of each, and nothing is written of one refused. */
async function purchaseTogether(asked: readonly Asked[]): Promise<(Bought | Refusal)[]> {
  const context = asked[0]?.context
  if (!context) return []
  const locked = await lockClaims(
    context,
    asked.flatMap(({ input }) => input.receivableIds),
  )
  const candidates = asked.map(({ input }) =>
    orRefusal(() => together(claimsOf(locked, input.receivableIds))),
  )
  const reasons = await hindrances(asked, candidates)
  const deals = asked.map(({ context, input }, at) =>
    orRefusal(() => {
      const candidate = candidates[at]
      if (!candidate || candidate instanceof Refusal) throw candidate
      refuseAll(reasons[at] ?? [])
      const { claims, terms } = candidate
      const charges: Charge[] = input.charges ?? terms.charges
      refuseAll(
        chargesNotAgreed(terms.charges, charges).map(({ kind, amountYen }) => ({
          code: 'charge_must_be_agreed',
          field: 'charges',
          facts: { kind, amountYen },
        })),
        'invalid',
      )
      const quote = priced(context, claims, terms, charges)
      return { ...candidate, context, id: newId(), journalId: newId(), charges, quote }
    }),
  )
  const numbers = await write(
    context,
    deals.filter((deal): deal is Deal => !(deal instanceof Refusal)),
  )
  const record = async (deal: Deal): Promise<Bought> => {
    const { context, id, claims, first, journalId } = deal
    const purchaseNo = found(numbers.get(id), 'purchase')
    if (first.client_stage !== 'active') await raiseStage(context, first.client_id, 'active')
    await context.record(eventOf(id, purchaseNo, claims, deal.quote, journalId))
    const { purchasedYen, advanceYen, reserveYen, feeYen, chargesYen, taxYen, netYen } = deal.quote
    return { id, purchaseNo, purchasedYen, advanceYen, reserveYen, feeYen, chargesYen, taxYen, netYen }
  }
  return Promise.all(deals.map(deal => (deal instanceof Refusal ? deal : record(deal))))
}

function orRefusal<T>(decide: () => T): T | Refusal {
  try {
    return decide()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

type Candidate = Pick<Deal, 'claims' | 'first' | 'terms'>

/** Every reason against each request, in their order: of its claims and contract, of the parties, and of the limits. */
async function hindrances(
  asked: readonly Asked[],
  candidates: readonly (Candidate | Refusal)[],
): Promise<Reason[][]> {
  const reasons: Reason[][] = asked.map(() => [])
  const standing = candidates.flatMap((candidate, at) =>
    candidate instanceof Refusal ? [] : [{ at, ...candidate }],
  )
  for (const { at, claims } of standing) {
    const { today, actor } = asked[at]!.context
    reasons[at]!.push(...reasonsAgainst(claims, today))
    if (claims.some(claim => [claim.approved_by, claim.exception_approved_by].includes(actor.id)))
      reasons[at]!.push({ code: 'approver_must_not_purchase' })
  }
  // The limits hold claims that are approved; what is wrong with another is said by its state.
  const held = standing.filter(({ at }) => reasons[at]!.length === 0)
  const heldClaims = held.flatMap(({ at, claims }) =>
    claims.map(claim => ({ at, row: claim, claim: heldByLimits(claim) })),
  )
  const { context } = asked[0]!
  const [ofParties, ofLimits, underPlans, excepted] = await Promise.all([
    hindrancesToDeals(
      context,
      standing.map(({ first, claims }) => ({
        clientId: first.client_id,
        debtorIds: [...new Set(claims.map(claim => claim.debtor_id))],
        movedYen: claims.reduce((sum, claim) => sum + claim.face_yen, 0),
      })),
    ),
    exposureHindrancesOf(
      context,
      heldClaims.map(({ claim }) => claim),
    ),
    claimsUnderPlans(
      context.tx,
      heldClaims.map(({ claim }) => claim.receivableId),
    ),
    overrideApprovers(
      context.tx,
      heldClaims.map(({ claim }) => claim.receivableId),
    ),
  ])
  for (const { at, claims } of held)
    if (claims.some(claim => excepted.get(claim.id)?.includes(asked[at]!.context.actor.id)))
      reasons[at]!.push({ code: 'approver_must_not_purchase' })
  // Plans are locked after the limits, by everybody.
  const ofPlans = await ceilingHindrances(context, underPlans)
  for (const [place, { at }] of standing.entries()) reasons[at]!.push(...(ofParties[place] ?? []))
  for (const [place, { at, row, claim }] of heldClaims.entries()) {
    const ofPlan = ofPlans.get(claim.receivableId)
    const against = [...(ofLimits[place] ?? []), ...(ofPlan ? [ofPlan] : [])]
    reasons[at]!.push(...against.map(reason => about(row, reason)))
  }
  return reasons
}

/** Books and writes what was bought; the purchases' numbers by id. */
async function write({ tx }: CommandContext, deals: readonly Deal[]): Promise<Map<Id, string>> {
  if (deals.length === 0) return new Map()
  // The journals are started first: the purchases refer to them.
  const [, numbers] = await Promise.all([
    postJournals(
      tx,
      deals.map(deal => ({ writer: deal.context, event: journalOf(deal), id: deal.journalId })),
    ),
    writePurchases(tx, deals),
  ])
  return numbers
}

/** The status of the whole company: one stopped record stops all (party.identity_status). */
function strictest(party: 'cp' | 'dp') {
  const own = (column: string) => sql.ref(`${party}.${column}`)
  return sql`coalesce((select h.identity_status from party h where h.id = ${own('folded_into')}), ${own('identity_status')}, ${own('status')})`
}

/** Claims with what the decision needs of parties and contract, in one statement; only the claims are locked, in order of id. */
async function lockClaims({ tx, today }: CommandContext, ids: readonly Id[]): Promise<Map<Id, LockedClaim>> {
  const { rows } = await sql<LockedClaim>`
    select ${sql.join(columns.map(name => sql.ref(`r.${name}`)))}, ${strictest('cp')} as client_status, cp.stage as client_stage,
      ${strictest('dp')} as debtor_status, c.party_id as contract_party, c.state as contract_state, c.effective_on, c.ends_on,
      v.version as contract_version, v.terms
    from receivable r
    join party cp on cp.id = r.client_id
    join party dp on dp.id = r.debtor_id
    left join contract c on c.id = r.contract_id
    left join lateral (select version, terms from contract_version
      where contract_id = c.id and (valid_from is null or valid_from <= ${today} or version = 1)
      order by version desc limit 1) v on true
    where r.id = any(${[...ids]}::uuid[])
    order by r.id for update of r`.execute(tx)
  return new Map(rows.map(row => [row.id, row]))
}

/** The claims of one request, in the order of their ids; refuses when one is gone. */
function claimsOf(locked: ReadonlyMap<Id, LockedClaim>, ids: readonly Id[]): LockedClaim[] {
  return [...new Set(ids)].sort().map(id => found(locked.get(id), 'receivable'))
}

function together(claims: readonly LockedClaim[]): Candidate {
  const first = found(claims[0], 'receivable')
  refuseUnless(
    claims.every(claim => claim.client_id === first.client_id && claim.contract_id === first.contract_id),
    'claims_must_belong_together',
  )
  refuseUnless(first.terms !== null && first.contract_id !== null, 'contract_must_be_chosen')
  return { claims, first, terms: first.terms }
}

function heldByLimits({ id, client_id, debtor_id }: LockedClaim): CommittedClaim {
  return { receivableId: id, clientId: client_id, debtorId: debtor_id }
}

function journalOf({ first, quote, charges }: Deal) {
  const refs = { partyId: first.client_id, contractId: first.contract_id ?? '' }
  const { claims, taxYen } = quote
  return { kind: 'claims_purchased' as const, refs, claims, charges, taxYen }
}

/** A reason that names the claim it is about: of many bought together one may be the cause. */
function about({ receivable_no }: Pick<LockedClaim, 'receivable_no'>, reason: Reason): Reason {
  const sentence = reason.message ?? ruleSentence(purchaseReceivables, reason.code)
  return {
    ...reason,
    message: `${receivable_no}　${sentence}`,
    facts: { ...reason.facts, receivableNo: receivable_no },
  }
}

/** Every rule that speaks against buying these claims now, all at once. */
function reasonsAgainst(claims: readonly LockedClaim[], today: IsoDate): Reason[] {
  const reasons: Reason[] = []
  const first = claims[0]
  for (const claim of claims) {
    if (nextState(claim.state, 'purchased', 'command').state === null)
      reasons.push(about(claim, { code: 'transition_must_be_listed' }))
    if (claim.duplicate_result === 'suspect' || claim.duplicate_result === 'confirmed')
      reasons.push(about(claim, { code: 'duplicate_must_be_judged' }))
    if (claim.debtor_status !== 'normal') reasons.push(about(claim, { code: 'party_must_not_be_stopped' }))
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

/** Writes all purchases with the steps and sums of their claims in one statement; their numbers by id. */
async function writePurchases(tx: Tx, deals: readonly Deal[]): Promise<Map<Id, string>> {
  const purchases = deals.map(({ context, id, journalId, first, charges, quote }) => ({
    id,
    client_id: first.client_id,
    contract_id: first.contract_id,
    contract_version: first.contract_version,
    purchased_on: context.today,
    purchased_yen: quote.purchasedYen,
    advance_yen: quote.advanceYen,
    reserve_yen: quote.reserveYen,
    fee_yen: quote.feeYen,
    price_yen: quote.priceYen,
    charges,
    charges_yen: quote.chargesYen,
    tax_yen: quote.taxYen,
    net_yen: quote.netYen,
    annualised_ppm: quote.annualisedPpm,
    journal_id: journalId,
    purchased_by: context.actor.id,
    recorded_at: context.now.toISOString(),
  }))
  const claims = deals.flatMap(({ context, id, terms, claims, quote }) =>
    quote.claims.map((one, at) => {
      const { dueOnRolled, payableOn } = datesUnder(terms, claims[at]?.due_on ?? '')
      return {
        id: one.receivableId,
        purchase_id: id,
        step_id: newId(),
        on: context.today,
        by: context.actor.id,
        purchased: one.purchasedYen,
        advance: one.advanceYen,
        reserve: one.reserveYen,
        fee: one.feeYen,
        price: one.priceYen,
        due: dueOnRolled,
        payable: payableOn,
        grace: terms.graceDays,
      }
    }),
  )
  const { rows } = await sql<{ id: Id; purchase_no: string }>`
    with claim as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as u(id uuid, purchase_id uuid, step_id uuid, "on" date, by uuid,
        purchased bigint, advance bigint, reserve bigint, fee bigint, price bigint, due date, payable date, grace integer)),
    bought as (
      insert into purchase (id, client_id, contract_id, contract_version, purchased_on, purchased_yen, advance_yen, reserve_yen,
        fee_yen, price_yen, charges, charges_yen, tax_yen, net_yen, annualised_ppm, journal_id, purchased_by, recorded_at)
      select id, client_id, contract_id, contract_version, purchased_on, purchased_yen, advance_yen, reserve_yen,
        fee_yen, price_yen, charges, charges_yen, tax_yen, net_yen, annualised_ppm, journal_id, purchased_by, recorded_at
      from jsonb_populate_recordset(null::purchase, ${JSON.stringify(purchases)}::jsonb)
      returning id, purchase_no),
    stepped as (
      insert into receivable_step (receivable_id, step_id, stepped_on, to_state, stepped_by)
      select id, step_id, "on", 'purchased', by from claim),
    moved as (
      update receivable r set state = 'purchased', state_on = u."on", purchase_id = u.purchase_id, purchased_by = u.by,
        purchased_yen = u.purchased, advance_yen = u.advance, reserve_yen = u.reserve, fee_yen = u.fee, price_yen = u.price,
        left_to_settle_yen = u.reserve, due_on_rolled = u.due, payable_on = u.payable, grace_days = u.grace,
        row_version = r.row_version + 1
      from claim u where r.id = u.id)
    select id, purchase_no from bought`.execute(tx)
  return new Map(rows.map(row => [row.id, row.purchase_no]))
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
 * Takes bought claims back before their money left: journal reversed, commitment released, claims `rescinded` (FF §3). For the payouts
 * slice, which knows that nothing was sent. The caller has locked the claims, all of one purchase, and records the event.
 */
export async function rescindClaims(
  context: CommandContext,
  purchaseJournalId: Id,
  claims: readonly Receivable[],
  reason: string,
): Promise<void> {
  await reverseJournal(context, purchaseJournalId, reason)
  for (const claim of claims) {
    await writeStep(context, claim.id, { to: 'rescinded', reason, values: { left_to_settle_yen: 0 } })
    await settleExposure(context, claim.id, { state: 'ended', amountYen: 0 })
  }
}
