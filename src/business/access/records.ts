import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { hasEnded, rolesInForce } from './actors.ts'
import './tables.ts'

/** A person of the company with the roles in force, locked until the end of the transaction. */
export async function lockStaff({ tx, today }: CommandContext, id: Id) {
  const locked = await tx
    .selectFrom('staff_member')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  found(locked, 'staff')
  return tx
    .selectFrom('staff_member')
    .selectAll()
    .select(eb => rolesInForce(eb.ref('staff_member.id'), today).as('roles'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

export type LockedStaff = Awaited<ReturnType<typeof lockStaff>>

/** Locks somebody whom the actor may act upon: another person, who has not left. */
export async function lockOther(context: CommandContext, id: Id): Promise<LockedStaff> {
  const staff = await lockStaff(context, id)
  refuseUnless(staff.id !== context.actor.id, 'own_record_must_be_changed_by_others', { kind: 'forbidden' })
  refuseUnless(!hasEnded(staff, context.today), 'staff_must_still_belong')
  return staff
}

/** Marks the person's record as changed, so that requests resting on it become stale. */
export async function touchStaff(
  { tx }: CommandContext,
  id: Id,
  change: { left_at?: string } = {},
): Promise<void> {
  await tx
    .updateTable('staff_member')
    .set({ ...change, row_version: sql`row_version + 1` })
    .where('id', '=', id)
    .execute()
}
