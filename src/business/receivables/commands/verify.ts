import { sql } from 'kysely'
import type { z } from 'zod'
import { defineCommand } from '../../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { settleExposure } from '../../credit/index.ts'
import { groupMemberIds } from '../../ownership/index.ts'
import { endOffer, verifyReceivable } from '../contract.ts'
import { hashesOf } from '../duplicate-search.ts'
import { lockReceivable, type Receivable, stepReceivable, subjectsOf } from '../records.ts'
import { type AssignmentFinding, assignmentFindings } from '../rules/assignment.ts'
import { nextState } from '../rules/states.ts'

/** From this amount on an unanswered assignment clause blocks (DD group 8; our default until the company sets another). */
const UNKNOWN_RESTRICTION_BLOCKS_FROM_YEN = 10_000_000

type Verify = z.output<typeof verifyReceivable.input>

/** Checks a claim by its evidence (FF §3, verified→approved): what blocks is refused, what compliance must see is kept. */
export const verify = defineCommand(verifyReceivable, {
  async run(context, input) {
    const { tx, actor, now } = context
    const row = await lockReceivable(context, input.receivableId)
    refuseUnless(['offered', 'verifying'].includes(row.state), 'transition_must_be_listed')
    const standing = await tx
      .selectFrom('receivable_evidence')
      .select('document_id')
      .where('receivable_id', '=', row.id)
      .execute()
    const reasons: Reason[] = []
    if (standing.length + input.evidence.length === 0)
      reasons.push({ code: 'invoice_must_be_attached', field: 'evidence' })
    if (input.evidence.some(one => !one.agrees))
      reasons.push({ code: 'evidence_must_agree', field: 'evidence' })
    if (row.duplicate_result === 'suspect' || row.duplicate_result === 'confirmed')
      reasons.push({ code: 'duplicate_must_be_judged' })
    const group = await groupMemberIds(tx, row.client_id)
    const findings = findingsOf(row, input, group.includes(row.debtor_id))
    for (const finding of findings.filter(one => one.outcome === 'blocks'))
      reasons.push({
        code: 'assignment_must_be_possible',
        message: finding.sentence,
        facts: { rule: finding.rule },
      })
    refuseAll(reasons)
    const hashes = await hashesOf(
      tx,
      input.evidence.map(one => one.documentId),
    )
    for (const one of input.evidence)
      await tx
        .insertInto('receivable_evidence')
        .values({
          receivable_id: row.id,
          document_id: one.documentId,
          evidence_kind: one.kind,
          agrees: one.agrees,
          content_hash: hashes.get(one.documentId) ?? '',
          added_by: actor.id,
          added_at: now.toISOString(),
        })
        .onConflict(conflict =>
          conflict
            .columns(['receivable_id', 'document_id'])
            .doUpdateSet({ evidence_kind: one.kind, agrees: one.agrees }),
        )
        .execute()
    if (row.state === 'offered') await stepReceivable(context, row, { to: 'verifying' })
    await stepReceivable(
      context,
      { ...row, state: 'verifying' },
      {
        to: 'verified',
        values: {
          assignment_restriction: input.assignmentRestriction,
          restriction_known: input.restrictionKnown,
          set_off_risk: input.setOffRisk,
          dispute_open: input.disputeOpen,
          verified_by: actor.id,
        },
      },
    )
    await tx
      .updateTable('receivable')
      .set({ findings: sql`${JSON.stringify(findings)}::jsonb` as never })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'receivable_verified',
      subjects: subjectsOf(row),
      before: { state: row.state },
      after: { state: 'verified', assignmentRestriction: input.assignmentRestriction },
      facts: { summary: row.receivable_no, findings: findings.map(one => one.rule) },
      evidence: input.evidence.map(one => one.documentId),
    })
    return { id: row.id, findings: findings.map(({ rule, outcome }) => ({ rule, outcome })) }
  },
})

function findingsOf(row: Receivable, input: Verify, debtorIsGroup: boolean): AssignmentFinding[] {
  return assignmentFindings(
    {
      receivableKind: row.receivable_kind,
      purchasedYen: row.asked_yen ?? row.face_yen - row.deductions_yen - row.ineligible_yen,
      clientKind: 'corporation',
      debtorIsClientOrItsGroup: debtorIsGroup,
      debtorInsolvent: input.debtorInsolvent,
      restriction: input.assignmentRestriction,
      restrictionKnown: input.restrictionKnown,
      restrictionAgreedBeforePerfection: input.assignmentRestriction === 'exists',
      debtorConsented: input.debtorConsented,
      futureClaim: row.receivable_kind !== 'invoice' && row.issued_on > row.state_on,
      registrationPlanned: false,
      setOffRisk: input.setOffRisk,
      disputeOpen: input.disputeOpen,
      payeeIsSomeoneElse: input.payeeIsSomeoneElse,
    },
    { unknownRestrictionBlocksFromYen: UNKNOWN_RESTRICTION_BLOCKS_FROM_YEN },
  )
}

const endVerbs = {
  rejected: 'receivable_rejected',
  withdrawn: 'receivable_withdrawn',
  lapsed: 'receivable_lapsed',
} as const

/** Ends an offer that is not bought; the commitment made at approval is released (FF §3, Headroom). */
export const end = defineCommand(endOffer, {
  async run(context, { receivableId, to, reason }) {
    const row = await lockReceivable(context, receivableId)
    refuseUnless(nextState(row.state, to, 'command').state !== null, 'transition_must_be_listed')
    await stepReceivable(context, row, { to, reason })
    if (row.state === 'approved') await settleExposure(context, row.id, { state: 'ended', amountYen: 0 })
    await context.record({
      verb: endVerbs[to],
      subjects: subjectsOf(row),
      before: { state: row.state },
      after: { state: to },
      facts: { summary: row.receivable_no },
      reason,
    })
    return { id: row.id }
  },
})
