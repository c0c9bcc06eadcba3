import { sql } from 'kysely'
import { defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../../platform/database/database.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { type ContractInForce, contractTermsOn } from '../../contracts/index.ts'
import { companiesOf } from '../../parties/index.ts'
import { quoteClaims } from '../../receivables/index.ts'
import { answerQuote, issueQuote } from '../contract.ts'
import {
  closeQuote,
  endClaims,
  firstDecision,
  lockApplication,
  refuseStep,
  setApplication,
  subjectsOf,
} from '../records.ts'
import { standing } from '../rules/moves.ts'
import { planOf, planReasons, planWords } from '../under-plan.ts'

const ENDED_CONTRACTS = ['voided', 'terminated', 'completed', 'declined']

/** The contract a quote rests on, of the same company and not ended: executed already, or still to be signed by the client. */
export async function contractToQuote(
  context: { tx: Db | Tx; today: string },
  clientId: Id,
  contractId: Id,
): Promise<ContractInForce> {
  const contract = await contractTermsOn(context.tx, contractId, context.today)
  const companies = await companiesOf(context.tx, [clientId, contract.partyId])
  refuseUnless(
    companies.get(clientId) === companies.get(contract.partyId),
    'contract_must_belong_to_the_client',
    { field: 'contractId' },
  )
  refuseUnless(!ENDED_CONTRACTS.includes(contract.state), 'contract_must_not_have_ended', {
    field: 'contractId',
  })
  return contract
}

/** The claims of an application that still count, as pricing takes them, in the order of their ids. */
export async function claimsToPrice(tx: Db | Tx, applicationId: Id) {
  const rows = await tx
    .selectFrom('application_claim as l')
    .innerJoin('receivable as r', 'r.id', 'l.receivable_id')
    .innerJoin('party as d', 'd.id', 'r.debtor_id')
    .select('d.party_kind as debtor_kind')
    .select([
      'r.id',
      'r.receivable_no',
      'r.state',
      'r.receivable_kind',
      'r.due_on',
      'r.face_yen',
      'r.deductions_yen',
      'r.ineligible_yen',
    ])
    .select(['r.asked_yen'])
    .where('l.application_id', '=', applicationId)
    .orderBy('r.id')
    .execute()
  return standing(rows)
}

export const issue = defineCommand(issueQuote, {
  constraints: { application_decided_by_another: 'drafter_must_not_decide' },
  async run(context, { contractId, expiresAt, reason, ...which }) {
    const { tx, actor, now, today } = context
    const row = await lockApplication(context, which)
    const from = await refuseStep(context, row, 'quoted')
    refuseUnless(new Date(expiresAt) > now, 'expiry_must_lie_ahead', { kind: 'invalid', field: 'expiresAt' })
    const contract = await contractToQuote(context, row.client_id, contractId)
    const claims = await claimsToPrice(tx, row.id)
    refuseUnless(
      contract.terms.transactionKind === 'purchase' &&
        claims.every(claim => contract.terms.receivableKinds.includes(claim.receivable_kind)),
      'contract_must_cover_the_kind',
      { field: 'contractId' },
    )
    const priced = quoteClaims(claims, contract.terms, today)
    if ('refusals' in priced)
      return refuseAll(
        priced.refusals.map(rule => ({ code: 'price_must_be_possible', facts: { rule } })),
      ) as never
    const { quote, charges, days } = priced
    const plan = await planOf(tx, row)
    refuseAll(planReasons(plan, contract, claims, priced))
    // A new quote takes the place of the one that was accepted: the deal is agreed anew.
    await closeQuote(context, row.id, 'withdrawn')
    const quoteId = newId()
    const { quote_no } = await tx
      .insertInto('quote')
      .values({
        id: quoteId,
        quote_no:
          sql`${`Q-${today.slice(0, 4)}-`}::text || to_char(nextval('quote_no_seq'), 'FM999999000000')` as never,
        application_id: row.id,
        contract_id: contract.id,
        contract_version: contract.version,
        plan_version_id: plan?.planVersionId ?? null,
        quoted_on: today,
        state: 'offered',
        purchased_yen: quote.purchasedYen,
        advance_yen: quote.advanceYen,
        reserve_yen: quote.reserveYen,
        fee_yen: quote.feeYen,
        price_yen: quote.priceYen,
        charges: JSON.stringify(charges),
        charges_yen: quote.chargesYen,
        tax_yen: quote.taxYen,
        net_yen: quote.netYen,
        annualised_ppm: quote.annualisedPpm,
        ...(plan && {
          collateral_required: plan.parameters.collateralRequired,
          guarantor_required: plan.parameters.guarantorRequired,
        }),
        issued_by: actor.id,
        issued_at: now.toISOString(),
        expires_at: new Date(expiresAt).toISOString(),
        answered_on: null,
        answered_by_sealed: null,
        answer_channel: null,
        answer_recorded_by: null,
      })
      .returning('quote_no')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('quote_line')
      .values(
        quote.claims.map((claim, at) => ({
          quote_id: quoteId,
          receivable_id: claim.receivableId,
          face_yen: claim.faceYen,
          eligible_yen: claim.eligibleYen,
          purchased_yen: claim.purchasedYen,
          advance_yen: claim.advanceYen,
          reserve_yen: claim.reserveYen,
          fee_yen: claim.feeYen,
          days: days[at] ?? 0,
        })),
      )
      .execute()
    const rowVersion = await setApplication(context, row, {
      state: 'quoted',
      ...firstDecision(context, row, 'quoted', reason),
    })
    await context.record({
      verb: 'quote_issued',
      subjects: [...subjectsOf(row), { kind: 'quote', id: quoteId }, { kind: 'contract', id: contract.id }],
      before: { applicationState: from },
      after: {
        applicationState: 'quoted',
        quoteNo: quote_no,
        ...(plan && { plan: planWords(plan) }),
        purchasedYen: quote.purchasedYen,
        feeYen: quote.feeYen,
        reserveYen: quote.reserveYen,
        netYen: quote.netYen,
        expiresAt,
      },
      facts: { summary: `${row.application_no} ${quote_no}　手取 ${quote.netYen.toLocaleString('ja-JP')}円` },
      reason,
    })
    return { id: row.id, rowVersion, quoteId, quoteNo: quote_no, netYen: quote.netYen }
  },
})

export const answer = defineCommand(answerQuote, {
  async run(context, input) {
    const { tx, keys, actor, today } = context
    const row = await lockApplication(context, input)
    const accepts = input.answer === 'accepted'
    await refuseStep(context, row, input.answer)
    refuseUnless(input.answeredOn <= today, 'answer_must_not_lie_ahead', {
      kind: 'invalid',
      field: 'answeredOn',
    })
    refuseUnless(!accepts || input.documentIds.length > 0, 'acceptance_must_be_proved', {
      kind: 'invalid',
      field: 'documentIds',
    })
    const quote = found(
      await tx
        .selectFrom('quote')
        .select(['id', 'quote_no', 'net_yen'])
        .where('application_id', '=', row.id)
        .where('state', '=', 'offered')
        .forUpdate()
        .executeTakeFirst(),
      'quote',
    )
    await tx
      .updateTable('quote')
      .set({
        state: input.answer,
        answered_on: input.answeredOn,
        answered_by_sealed: await keys.seal(tx, row.client_id, input.answeredBy),
        answer_channel: input.channel,
        answer_documents: input.documentIds,
        answer_recorded_by: actor.id,
      })
      .where('id', '=', quote.id)
      .execute()
    const rowVersion = await setApplication(context, row, { state: input.answer })
    const reason = input.reason ?? null
    await context.record({
      verb: accepts ? 'quote_accepted' : 'quote_declined',
      subjects: [...subjectsOf(row), { kind: 'quote', id: quote.id }],
      before: { applicationState: row.state },
      after: { applicationState: input.answer, answeredOn: input.answeredOn, channel: input.channel },
      facts: {
        summary: `${row.application_no} ${quote.quote_no}　手取 ${quote.net_yen.toLocaleString('ja-JP')}円`,
      },
      evidence: input.documentIds,
      ...(reason ? { reason } : {}),
    })
    if (!accepts) await endClaims(context, row, 'declined', reason ?? '利用者の辞退')
    return { id: row.id, rowVersion }
  },
})
