import { sql } from 'kysely'
import { Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { recordEvents } from '../../platform/trail/record-event.ts'
import { weaknessOfPassword } from './passwords.ts'
import { withOwnPassword } from './second-factor.ts'
import { changePassword } from './sign-in-contract.ts'
import { type Door, type DoorContext, door } from './sign-in-door.ts'
import { forgetSignIns } from './sign-ins.ts'
import { withdrawInvites } from './staff.ts'

export const ownPasswordDoors: readonly Door[] = [door(changePassword, changeOwnPassword)]

/** The person's own new password; a one-time password is thereby replaced, and every other sign-in and link given out before ends. */
async function changeOwnPassword(
  context: DoorContext,
  input: { currentPassword: string; newPassword: string },
) {
  const { auth, services, signIn } = context
  const { currentPassword, newPassword } = input
  const { id } = signIn!.actor
  const staff = await services.db
    .selectFrom('staff_member')
    .select('email')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const weakness = weaknessOfPassword(newPassword, staff)
  if (weakness) throw new Refusal('invalid', [{ code: weakness, field: 'newPassword' }])
  refuseUnless(newPassword !== currentPassword, 'password_must_differ', {
    kind: 'invalid',
    field: 'newPassword',
  })
  await withOwnPassword(context, headers =>
    auth.api.changePassword({
      body: { currentPassword, newPassword, revokeOtherSessions: true },
      headers,
      asResponse: true,
    }),
  )
  await noteChanged(context)
  forgetSignIns()
  return { done: true as const }
}

function noteChanged({ services, signIn, now, origin }: DoorContext): Promise<void> {
  const { id, roles } = signIn!.actor
  return services.db.transaction().execute(async tx => {
    await tx
      .updateTable('staff_member')
      .set({ one_time_password_until: null, row_version: sql`row_version + 1` })
      .where('id', '=', id)
      .where('one_time_password_until', 'is not', null)
      .execute()
    await withdrawInvites(tx, now, id)
    await recordEvents(tx, now, [
      {
        verb: 'password_changed',
        actorId: id,
        actors: { by: id, kind: 'person', roles: [...roles] },
        requestId: origin.requestId,
        ip: origin.ip,
        subjects: [{ kind: 'staff', id }],
      },
    ])
  })
}
