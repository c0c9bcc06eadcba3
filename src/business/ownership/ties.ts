import type { z } from 'zod'
import type { CommandContext } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { confirmTie, endTie } from './contract.ts'
import { tieLabels } from './labels.ts'

/** Confirms that two parties belong together; at once, since group limits only become tighter by it. */
export const confirm = defineCommand(confirmTie, {
  constraints: { party_group_link_once: 'tie_must_not_stand_already' },
  run: async (context, input) => ({ id: await recordTie(context, input) }),
})

/** Records that two parties belong together, for this slice and for proposals that were accepted; refuses one that stands already. */
export async function recordTie(
  context: CommandContext,
  input: z.output<typeof confirmTie.input>,
): Promise<Id> {
  const { tx, actor, now } = context
  refuseUnless(input.partyId !== input.otherPartyId, 'tie_must_join_two', {
    kind: 'invalid',
    field: 'otherPartyId',
  })
  const [first, second] = [input.partyId, input.otherPartyId].sort() as [Id, Id]
  await lockParty(context, first)
  await lockParty(context, second)
  const id = newId()
  await tx
    .insertInto('party_group_link')
    .values({
      id,
      party_id: first,
      other_party_id: second,
      relation: input.relation,
      confirmed_by: actor.id,
      recorded_at: now.toISOString(),
      ended_at: null,
    })
    .execute()
  await context.record({
    verb: 'tie_confirmed',
    subjects: [
      { kind: 'party', id: first },
      { kind: 'party', id: second },
    ],
    after: { relation: input.relation },
    facts: { summary: tieLabels[input.relation] },
    reason: input.change.reasonText,
    evidence: input.change.evidence,
  })
  return id
}

/** Ends a confirmed tie. Two people: a group that falls apart raises what each part may draw. */
export const endOfTie = defineCommand(endTie, {
  async critical(context, input) {
    const tie = await lockTie(context, input.tieId)
    const [first, second] = [
      await lockParty(context, tie.party_id),
      await lockParty(context, tie.other_party_id),
    ]
    return {
      subject: { kind: 'party', id: first.id },
      related: [{ kind: 'party', id: second.id }],
      summary: `グループ関係の解消　${first.legal_name}・${second.legal_name}`,
      readSet: [
        { table: 'party', id: first.id, version: first.row_version },
        { table: 'party', id: second.id, version: second.row_version },
      ],
      items: [
        {
          field: 'relation',
          label: `${first.legal_name}・${second.legal_name}`,
          old: tieLabels[tie.relation],
          new: '解消（関係なし）',
        },
      ],
      evidenceRequired: false,
      approve: 'parties.approveChange',
    }
  },
  async run(context, input) {
    const tie = await lockTie(context, input.tieId)
    await context.tx
      .updateTable('party_group_link')
      .set({ ended_at: context.now.toISOString() })
      .where('id', '=', tie.id)
      .execute()
    await context.record({
      verb: 'tie_ended',
      subjects: [
        { kind: 'party', id: tie.party_id },
        { kind: 'party', id: tie.other_party_id },
      ],
      before: { relation: tie.relation },
      facts: { summary: tieLabels[tie.relation] },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: tie.id }
  },
})

async function lockTie({ tx }: CommandContext, id: Id) {
  const tie = found(
    await tx.selectFrom('party_group_link').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'tie',
  )
  refuseUnless(tie.ended_at === null, 'tie_must_be_in_force')
  return tie
}
