import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { recordTie } from '../ownership/index.ts'
import { lockParty } from '../parties/index.ts'
import { acceptProposal, rejectProposal } from './contract.ts'
import { kindLabels } from './labels.ts'
import { tieRules } from './rules.ts'
import type { ProposalState } from './tables.ts'
import './tables.ts'

/** Confirms a proposed tie: it is recorded, and group limits count both companies from then on. */
export const accept = defineCommand(acceptProposal, {
  constraints: { party_group_link_once: 'proposal_must_be_open' },
  async run(context, input) {
    const proposal = await lockOpen(context, input.proposalId, input.rowVersion)
    const { relation } = tieRules[proposal.kind]
    const tieId = await recordTie(context, {
      partyId: proposal.first_id,
      otherPartyId: proposal.second_id,
      relation,
      change: input.change,
    })
    await decide(context, proposal.id, 'accepted', input.change.reasonText, tieId)
    // Whatever else was proposed between the two is answered by it.
    await sql`update tie_proposal set state = 'gone', row_version = row_version + 1
      where state = 'open' and first_id = ${proposal.first_id} and second_id = ${proposal.second_id}`.execute(
      context.tx,
    )
    return { id: proposal.id, tieId }
  },
})

/** Says that a proposed tie is none; it is not proposed again unless what the two share changes. */
export const reject = defineCommand(rejectProposal, {
  async run(context, input) {
    const proposal = await lockOpen(context, input.proposalId, input.rowVersion)
    await decide(context, proposal.id, 'rejected', input.reason, null)
    await context.record({
      verb: 'tie_proposal_rejected',
      subjects: [
        { kind: 'party', id: proposal.first_id },
        { kind: 'party', id: proposal.second_id },
      ],
      facts: { summary: kindLabels[proposal.kind] },
      reason: input.reason,
    })
    return { id: proposal.id }
  },
})

export const commands = [accept, reject]

async function lockOpen(context: CommandContext, id: Id, rowVersion: number) {
  const proposal = found(
    await context.tx
      .selectFrom('tie_proposal')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst(),
    'tie_proposal',
  )
  await lockParty(context, proposal.first_id)
  await lockParty(context, proposal.second_id)
  refuseUnless(proposal.state === 'open', 'proposal_must_be_open')
  refuseUnless(proposal.row_version === rowVersion, 'record_must_be_unchanged')
  return proposal
}

async function decide(
  { tx, actor, now }: CommandContext,
  id: Id,
  state: ProposalState,
  reason: string,
  tieId: Id | null,
): Promise<void> {
  await tx
    .updateTable('tie_proposal')
    .set({
      state,
      decided_by: actor.id,
      decided_at: now.toISOString(),
      decision_reason: reason,
      tie_id: tieId,
      row_version: sql`row_version + 1`,
    })
    .where('id', '=', id)
    .execute()
}
