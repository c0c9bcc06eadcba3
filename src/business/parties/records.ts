import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { keepValues } from '../changes/index.ts'
import { type KeptField, valueIn } from './columns.ts'
import { stageLabels } from './labels.ts'
import { assignedParties } from './queries.ts'
import { refuseIncomplete } from './stage-rule.ts'
import type { PartyStatus } from './tables.ts'

/** The party, locked until the end of the transaction; refuses when it is gone, out of the actor's reach, or has moved. */
export async function lockParty({ tx, actor, today }: CommandContext, id: Id, rowVersion?: number) {
  const row = found(
    await tx.selectFrom('party').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'party',
  )
  if (actor.reach === 'assigned') {
    const assigned = await assignedParties(tx, actor.id, today)
      .where('mate.party_id', '=', id)
      .executeTakeFirst()
    refuseUnless(assigned !== undefined, 'record_must_exist', { kind: 'missing' })
  }
  refuseUnless(row.disposed_at === null, 'record_must_not_be_disposed_of')
  if (rowVersion !== undefined) refuseUnless(row.row_version === rowVersion, 'record_must_be_unchanged')
  return row
}

/** Locks many parties until the end of the transaction, always in the same order; answers those that are there and within the actor's reach. */
export async function lockParties(
  { tx, actor, today }: CommandContext,
  ids: readonly Id[],
): Promise<ReadonlySet<Id>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Set()
  const rows = await tx
    .selectFrom('party')
    .select('id')
    .where('id', 'in', wanted)
    .where('disposed_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const locked = rows.map(row => row.id)
  if (actor.reach !== 'assigned' || locked.length === 0) return new Set(locked)
  const assigned = await assignedParties(tx, actor.id, today).where('mate.party_id', 'in', locked).execute()
  return new Set(assigned.map(row => row.party_id))
}

export const nextVersion = sql<number>`row_version + 1`

/**
 * Raises how far the relation with a party has come (prospect → applied → active); never lowers it. The stage follows from deals,
 * so the row's version stays: a pending change of the party is not stale because of it. Where the rule book enforces the required items, a
 * party of whom one is missing is refused; a relation that is moved in (`moved`) runs already and is not.
 */
export async function raiseStage(
  context: CommandContext,
  partyId: Id,
  stage: 'applied' | 'active',
  { moved = false }: { moved?: boolean } = {},
): Promise<void> {
  const lower = stage === 'active' ? (['prospect', 'applied'] as const) : (['prospect'] as const)
  const party = await context.tx
    .selectFrom('party')
    .select(['id', 'stage', 'registered_at'])
    .where('id', '=', partyId)
    .where('stage', 'in', lower)
    .forUpdate()
    .executeTakeFirst()
  if (!party) return
  if (!moved) await refuseIncomplete(context, partyId, stage)
  await context.tx.updateTable('party').set({ stage }).where('id', '=', partyId).execute()
  await keepFurther(context, party, 'stage', stage, `取引の進行（${stageLabels[stage]}）`)
}

/** Stops a party or lets it go on again, with the reason in its history; nothing is written when it has that status already. */
export async function setPartyStatus(
  context: CommandContext,
  partyId: Id,
  status: PartyStatus,
  reason: string,
): Promise<void> {
  const party = await lockParty(context, partyId)
  if (party.status === status) return
  await context.tx
    .updateTable('party')
    .set({ status, row_version: nextVersion })
    .where('id', '=', party.id)
    .execute()
  await keepFurther(context, party, 'status', status, reason)
  await context.record({
    verb: 'party_status_changed',
    subjects: [{ kind: 'party', id: party.id }],
    before: { status: party.status },
    after: { status },
    reason,
  })
}

/** Notes in the party's history that a state which follows from other acts has changed today. */
async function keepFurther(
  context: CommandContext,
  party: { id: Id; registered_at: string },
  field: 'stage' | 'status',
  value: string,
  reasonText: string,
): Promise<void> {
  await keepValues(context, {
    record: { kind: 'party', id: party.id },
    values: { [field]: value },
    beginnings: name => [
      { value: valueIn(party, name as KeptField), from: null, recordedAt: party.registered_at },
    ],
    effectiveOn: context.today,
    change: { reasonCode: 'system', reasonText, evidence: [] },
  })
}
