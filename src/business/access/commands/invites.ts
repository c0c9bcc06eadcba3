import { timingSafeEqual } from 'node:crypto'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { Refusal, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../../platform/database/database.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { hasEnded } from '../actors.ts'
import { acceptInvite, inviteStaff, renewInvite } from '../contract.ts'
import { weaknessOfPassword } from '../passwords.ts'
import { lockOther } from '../records.ts'
import { forgetSignIns } from '../sign-ins.ts'
import { insertStaff, setPassword, withdrawInvites } from '../staff.ts'

const INVITE_DAYS = 3
const DAY_MS = 86_400_000

/** Registers a person without roles and invites them; what they may do is granted by two people afterwards. */
export const invite = defineCommand(inviteStaff, {
  constraints: { user_email_key: 'email_must_be_unique', staff_member_email_key: 'email_must_be_unique' },
  async run(context, { displayName, email, endsOn }) {
    const { tx, now, today } = context
    refuseUnless(endsOn === null || endsOn >= today, 'end_must_not_be_past', {
      kind: 'invalid',
      field: 'endsOn',
    })
    const staffId = await insertStaff(tx, now, { displayName, email, endsOn })
    const inviteId = await openNewInvite(context, staffId, 'first_password')
    await context.record({
      verb: 'staff_invited',
      subjects: [{ kind: 'staff', id: staffId }],
      after: { displayName, email, endsOn },
    })
    return { staffId, inviteId }
  },
})

/** A fresh link; whoever has set a password before sets a new one with it and keeps the second factor. */
export const renew = defineCommand(renewInvite, {
  async run(context, { staffId }) {
    const { tx, now } = context
    const staff = await lockOther(context, staffId)
    await withdrawInvites(tx, now, staff.id)
    const account = await tx
      .selectFrom('auth.account')
      .select('password')
      .where('user_id', '=', staff.id)
      .executeTakeFirstOrThrow()
    const purpose = account.password === null ? 'first_password' : 'new_password'
    const inviteId = await openNewInvite(context, staff.id, purpose)
    await context.record({
      verb: 'invite_renewed',
      subjects: [{ kind: 'staff', id: staff.id }],
      facts: { purpose },
    })
    return { staffId: staff.id, inviteId }
  },
})

async function openNewInvite(
  { tx, actor, now }: CommandContext,
  staffId: Id,
  purpose: 'first_password' | 'new_password',
) {
  const id = newId()
  await tx
    .insertInto('staff_invite')
    .values({
      id,
      staff_id: staffId,
      purpose,
      invited_by: actor.id,
      invited_at: now.toISOString(),
      expires_at: new Date(now.getTime() + INVITE_DAYS * DAY_MS).toISOString(),
      accepted_at: null,
      withdrawn_at: null,
      mail_state: 'waiting',
      mail_fault: null,
    })
    .execute()
  return id
}

/** The secret of an invitation link, derived from its id: it can be shown again, but stands nowhere. */
export function inviteToken(keys: SubjectKeys, inviteId: Id): string {
  return keys.keyedHash('staff-invite', inviteId)
}

/** Where the link leads. Behind the # it stays in the browser: no server, proxy or referrer sees the token. */
export function invitePath(keys: SubjectKeys, inviteId: Id): string {
  return `/invite#${inviteId}.${inviteToken(keys, inviteId)}`
}

/** The invitation when it can still be used, else null. A wrong token and a used invitation are the same to the outside. */
export async function openInviteFor(
  db: Db | Tx,
  keys: SubjectKeys,
  now: Date,
  { inviteId, token }: { inviteId: Id; token: string },
) {
  const right = Buffer.from(inviteToken(keys, inviteId))
  const given = Buffer.from(token)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  const row = await db
    .selectFrom('staff_invite as invite')
    .innerJoin('staff_member as staff', 'staff.id', 'invite.staff_id')
    .select([
      'invite.id',
      'invite.purpose',
      'invite.expires_at',
      'staff.id as staffId',
      'staff.display_name',
      'staff.email',
      'staff.left_at',
      'staff.ends_on',
    ])
    .where('invite.id', '=', inviteId)
    .where('invite.accepted_at', 'is', null)
    .where('invite.withdrawn_at', 'is', null)
    .where('invite.expires_at', '>', now.toISOString())
    .executeTakeFirst()
  return row && !hasEnded(row, todayInTokyo(now)) ? row : null
}

/** Sets the password with a link, once. Nobody is signed in by it: the password and the second factor follow. */
export const accept = defineCommand(acceptInvite, {
  async run(context, input) {
    const { tx, keys, now } = context
    await tx.selectFrom('staff_invite').select('id').where('id', '=', input.inviteId).forUpdate().execute()
    const open = await openInviteFor(tx, keys, now, input)
    refuseUnless(open !== null, 'invite_must_be_open', { kind: 'missing' })
    const weakness = weaknessOfPassword(input.password, open)
    if (weakness) throw new Refusal('invalid', [{ code: weakness, field: 'password' }])
    await tx
      .updateTable('staff_invite')
      .set({ accepted_at: now.toISOString() })
      .where('id', '=', open.id)
      .execute()
    await setPassword(tx, now, open.staffId, input.password)
    await tx
      .updateTable('staff_member')
      .set({ one_time_password_until: null })
      .where('id', '=', open.staffId)
      .execute()
    await context.record({
      verb: 'invite_accepted',
      subjects: [{ kind: 'staff', id: open.staffId }],
      facts: { purpose: open.purpose },
    })
    forgetSignIns()
    return { email: open.email }
  },
})
