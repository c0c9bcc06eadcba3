import type { z } from 'zod'
import {
  type CommandContext,
  type CriticalChange,
  defineCommand,
} from '../../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type ContractInForce, contractTermsOn } from '../../contracts/index.ts'
import { commitExposure, overrideApprovers } from '../../credit/index.ts'
import { ceilingHindrances, claimsUnderPlans } from '../../plans/index.ts'
import { approveReceivable, judgeDuplicate } from '../contract.ts'
import { claimToPrice, datesUnder, pricingTermsOf, taxRates } from '../pricing-of.ts'
import { lockReceivable, type Receivable, stepReceivable, subjectsOf } from '../records.ts'
import { priceClaim, pricingRefusals } from '../rules/pricing.ts'
import { nextState } from '../rules/states.ts'

type Approve = z.output<typeof approveReceivable.input>

/** Approves a claim: whoever registered it may not; the limits hold its advance from here on (FF §3, verified→approved). */
export const approve = defineCommand(approveReceivable, {
  constraints: {
    approver_must_not_have_registered: 'registrar_must_not_approve',
    exception_approver_must_not_have_registered: 'registrar_must_not_approve',
  },
  async critical(context, input): Promise<CriticalChange | null> {
    const row = await lockReceivable(context, input.receivableId)
    const forCompliance = row.findings.filter(finding => finding.outcome === 'to_compliance')
    if (forCompliance.length === 0) return null
    const { priced } = await checked(context, row, input)
    return {
      subject: { kind: 'receivable', id: row.id },
      related: [{ kind: 'party', id: row.client_id }],
      summary: `債権の承認（コンプライアンス確認）　${row.receivable_no}　${priced.advanceYen.toLocaleString('ja-JP')}円`,
      readSet: [{ table: 'receivable', id: row.id, version: row.row_version }],
      items: forCompliance.map(finding => ({
        field: finding.rule,
        label: '確認事項',
        old: null,
        new: finding.sentence,
      })),
      evidenceRequired: false,
      approve: 'receivables.approveException',
      mayNotApprove: [row.registered_by],
    }
  },
  async run(context, input) {
    const row = await lockReceivable(context, input.receivableId)
    const { contract, priced, payableOn, dueOnRolled } = await checked(context, row, input)
    await refuseWhoGrantedTheException(context, row)
    await commitExposure(context, {
      receivableId: row.id,
      clientId: row.client_id,
      debtorId: row.debtor_id,
      amountYen: priced.advanceYen,
    })
    // Held first and then counted under the lock of the plan, as its last limit: a refusal takes it back.
    const beyond = await ceilingHindrances(context, await claimsUnderPlans(context.tx, [row.id]))
    refuseAll([...beyond.values()])
    await stepReceivable(context, row, {
      to: 'approved',
      values: {
        contract_id: contract.id,
        payable_on: payableOn,
        due_on_rolled: dueOnRolled,
        advance_yen: priced.advanceYen,
        grace_days: contract.terms.graceDays,
        approved_by: context.actor.id,
        exception_approved_by: context.approval?.approvedBy ?? null,
      },
    })
    await context.record({
      verb: 'receivable_approved',
      subjects: [...subjectsOf(row), { kind: 'contract', id: contract.id }],
      before: { state: row.state },
      after: { state: 'approved', advanceYen: priced.advanceYen, payableOn },
      facts: { summary: `${row.receivable_no} 前渡額 ${priced.advanceYen.toLocaleString('ja-JP')}円` },
      ...(input.change ? { reason: input.change.reasonText, evidence: input.change.evidence } : {}),
    })
    return { id: row.id, advanceYen: priced.advanceYen }
  },
})

/** Whoever let this claim go beyond a limit does not approve it as well, nor confirms its findings: one deal, three people. */
async function refuseWhoGrantedTheException({ tx, actor, approval }: CommandContext, row: Receivable) {
  const granted = (await overrideApprovers(tx, [row.id])).get(row.id) ?? []
  const deciding = [actor.id, ...(approval ? [approval.approvedBy] : [])]
  refuseUnless(!deciding.some(id => granted.includes(id)), 'override_approver_must_not_approve', {
    kind: 'forbidden',
  })
}

async function checked(context: CommandContext, row: Receivable, input: Approve) {
  const { tx, today, actor } = context
  refuseUnless(nextState(row.state, 'approved', 'command').state !== null, 'transition_must_be_listed')
  refuseUnless(row.registered_by !== actor.id, 'registrar_must_not_approve', { kind: 'forbidden' })
  refuseUnless(['clear', 'judged_different'].includes(row.duplicate_result), 'duplicate_must_be_judged')
  const contractId = input.contractId ?? row.contract_id
  refuseUnless(contractId !== null, 'contract_must_be_chosen', { field: 'contractId' })
  const contract = await contractTermsOn(tx, contractId, today)
  refuseUnless(!contract.registrars.includes(actor.id), 'registrar_must_not_approve', { kind: 'forbidden' })
  refuseAll(reasonsUnder(contract, row))
  const dates = datesUnder(contract.terms, row.due_on)
  const claim = claimToPrice(row, dates.payableOn, today)
  const terms = pricingTermsOf(contract.terms)
  const impossible = pricingRefusals([claim], terms, [], taxRates)
  refuseAll(impossible.map(rule => ({ code: 'price_must_be_possible', facts: { rule } })))
  return { contract, priced: priceClaim(claim, terms), ...dates }
}

function reasonsUnder(contract: ContractInForce, row: Receivable): Reason[] {
  const reasons: Reason[] = []
  if (contract.partyId !== row.client_id)
    reasons.push({ code: 'contract_must_belong_to_the_client', field: 'contractId' })
  if (
    !contract.terms.receivableKinds.includes(row.receivable_kind) ||
    contract.terms.transactionKind !== 'purchase'
  )
    reasons.push({ code: 'contract_must_cover_the_kind', field: 'contractId' })
  return reasons
}

/** The verdict on a suspected double assignment: always two people, none of them the registrar (DD group 12). */
export const judge = defineCommand(judgeDuplicate, {
  async critical(context, { receivableId, verdict }): Promise<CriticalChange> {
    const row = await suspected(context, receivableId)
    const check = await newestCheck(context, row.id)
    return {
      subject: { kind: 'receivable', id: row.id },
      related: check.matches
        .filter(match => match.result !== 'weak')
        .map(match => ({ kind: 'receivable', id: match.receivableId })),
      summary: `二重譲渡の疑いの判断　${row.receivable_no}　${verdict === 'different' ? '別の債権' : '同じ債権'}`,
      readSet: [{ table: 'receivable', id: row.id, version: row.row_version }],
      items: [
        {
          field: 'verdict',
          label: '判断',
          old: '二重譲渡の疑い',
          new: verdict === 'different' ? '別の債権' : '同じ債権（謝絶する）',
        },
        ...check.matches.slice(0, 5).map(match => ({
          field: match.receivableId,
          label: `類似 ${match.points}点`,
          old: null,
          new: match.signals.map(signal => signal.sentence).join(' '),
        })),
      ],
      evidenceRequired: false,
      approve: 'receivables.confirmVerdict',
      mayNotApprove: [row.registered_by],
    }
  },
  async run(context, { receivableId, verdict, change }) {
    const { tx, now, approval } = context
    const row = await suspected(context, receivableId)
    if (!approval) throw new Error('a suspicion is judged by two people only')
    const check = await newestCheck(context, row.id)
    await tx
      .updateTable('duplicate_check')
      .set({
        verdict,
        judged_by: approval.requestedBy,
        confirmed_by: approval.approvedBy,
        judged_at: now.toISOString(),
        verdict_reason: change.reasonText,
      })
      .where('id', '=', check.id)
      .execute()
    if (verdict === 'same')
      await stepReceivable(context, row, {
        to: 'rejected',
        reason: change.reasonText,
        values: { duplicate_result: 'judged_same' },
      })
    else
      await tx
        .updateTable('receivable')
        .set(eb => ({ duplicate_result: 'judged_different', row_version: eb('row_version', '+', 1) }))
        .where('id', '=', row.id)
        .execute()
    await context.record({
      verb: 'duplicate_judged',
      subjects: [
        ...subjectsOf(row),
        ...check.matches
          .filter(match => match.result !== 'weak')
          .map(match => ({ kind: 'receivable', id: match.receivableId })),
      ],
      before: { duplicateResult: row.duplicate_result },
      after: { verdict },
      facts: { summary: `${row.receivable_no} ${verdict === 'different' ? '別の債権' : '同じ債権'}` },
      reason: change.reasonText,
      evidence: change.evidence,
    })
    return { id: row.id }
  },
})

async function suspected(context: CommandContext, receivableId: string): Promise<Receivable> {
  const row = await lockReceivable(context, receivableId)
  refuseUnless(
    ['suspect', 'confirmed'].includes(row.duplicate_result) &&
      ['offered', 'verifying', 'verified', 'approved', 'purchased'].includes(row.state),
    'duplicate_must_be_suspected',
  )
  return row
}

async function newestCheck({ tx }: CommandContext, receivableId: string) {
  return tx
    .selectFrom('duplicate_check')
    .selectAll()
    .where('receivable_id', '=', receivableId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}
