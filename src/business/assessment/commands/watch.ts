import {
  type CommandContext,
  type CriticalChange,
  defineCommand,
} from '../../../platform/commands/command.ts'
import { refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { setWatch } from '../contract.ts'
import { watchLabels } from '../labels.ts'
import { lockCompany, raised } from '../records.ts'
import { isStricter, strictestOf, watchDirection } from '../rules/watch.ts'
import type { WatchState } from '../tables.ts'

/**
 * Raising acts at once, on the record it is asked for. Lowering speaks about the whole company: every record that is stricter is
 * lowered, so that nothing stricter is left behind by a merge. Lifting a stop waits for a second person.
 */
export const watch = defineCommand(setWatch, {
  constraints: {
    watch_status_standing: 'record_must_be_unchanged',
    stop_is_lifted_by_two: 'watch_status_must_change',
  },
  async critical(context, input): Promise<CriticalChange | null> {
    const { party, standing, from } = await prepared(context, input)
    if (!watchDirection(from, input.watchState).twoPeople) return null
    const stricter = standing.filter(row => isStricter(row.watch_state, input.watchState))
    return {
      subject: { kind: 'party', id: party.id },
      summary: `取引停止の解除　${party.legal_name}　${watchLabels[from]}→${watchLabels[input.watchState]}`,
      readSet: stricter.map(row => ({ table: 'watch_status', id: row.id, version: row.row_version })),
      items: [
        {
          field: 'watchState',
          label: '監視区分',
          old: stricter.map(row => `${watchLabels[row.watch_state]}（${row.since}）${row.reason}`).join('、'),
          new: watchLabels[input.watchState],
        },
        { field: 'reviewOn', label: '区分を見直す日', old: null, new: input.reviewOn ?? null },
        { field: 'reason', label: '理由', old: null, new: input.change.reasonText },
      ],
      evidenceRequired: false,
      approve: 'assessment.approve',
    }
  },
  async run(context, input) {
    const { party, standing, from } = await prepared(context, input)
    const { direction, twoPeople } = watchDirection(from, input.watchState)
    if (twoPeople && !context.approval) throw new Error('a stop is lifted by two people only')
    const moved =
      direction === 'raise'
        ? [{ partyId: party.id, row: standing.find(row => row.party_id === party.id) }]
        : standing
            .filter(row => isStricter(row.watch_state, input.watchState))
            .map(row => ({ partyId: row.party_id, row }))
    let last: Id = party.id
    for (const { partyId, row } of moved) last = await write(context, input, partyId, row)
    await context.record({
      verb: direction === 'raise' ? 'watch_raised' : 'watch_lowered',
      subjects: [...new Set([party.id, ...moved.map(one => one.partyId)])].map(id => ({ kind: 'party', id })),
      before: { watchState: from },
      after: { watchState: input.watchState, reviewOn: input.reviewOn ?? null },
      facts: { summary: `${watchLabels[from]}→${watchLabels[input.watchState]}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: last }
  },
})

type Input = Parameters<typeof watch.run>[1]

async function prepared(context: CommandContext, input: Input) {
  const { party, company } = await lockCompany(context, input.partyId)
  refuseUnless(!input.reviewOn || input.reviewOn > context.today, 'review_day_must_be_ahead', {
    kind: 'invalid',
    field: 'reviewOn',
  })
  const standing = await context.tx
    .selectFrom('watch_status')
    .selectAll()
    .where('party_id', 'in', company.partyIds)
    .where('superseded_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const from = strictestOf(standing.map(row => row.watch_state))
  refuseUnless(from !== input.watchState, 'watch_status_must_change', { field: 'watchState' })
  return { party, standing, from }
}

async function write(
  { tx, actor, now, today, approval }: CommandContext,
  input: Input,
  partyId: Id,
  earlier: { id: Id; watch_state: WatchState } | undefined,
): Promise<Id> {
  if (earlier)
    await tx
      .updateTable('watch_status')
      .set({ superseded_at: now.toISOString(), row_version: raised })
      .where('id', '=', earlier.id)
      .execute()
  const id = newId()
  await tx
    .insertInto('watch_status')
    .values({
      id,
      party_id: partyId,
      watch_state: input.watchState,
      previous: earlier?.watch_state ?? 'normal',
      reason: input.change.reasonText,
      since: today,
      review_on: input.watchState === 'normal' ? null : (input.reviewOn ?? null),
      evidence: input.change.evidence,
      recorded_by: approval?.requestedBy ?? actor.id,
      approved_by: approval?.approvedBy ?? null,
      recorded_at: now.toISOString(),
      superseded_at: null,
    })
    .execute()
  return id
}
