import { hashPassword } from 'better-auth/crypto'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { recordEvents } from '../../platform/trail/record-event.ts'
import { conflictsWith, type Role, roleLabels } from './roles.ts'
import { type SystemActorName, systemActors } from './system-actors.ts'
import './tables.ts'

export interface NewStaff {
  displayName: string
  email: string
  roles: readonly { role: Role; validTo?: IsoDate | null }[]
  endsOn?: IsoDate | null
  /** Without a password nobody can sign in yet: an invitation follows. */
  password?: string
  /** The hash of that password when the caller has it already. */
  passwordHash?: string | undefined
  /** The password was given by somebody else: it works until then and must be changed at the first sign-in. */
  oneTimeUntil?: Date
}

const ONE_TIME_PASSWORD_DAYS = 3
const DAY_MS = 86_400_000

export function oneTimePasswordEnd(now: Date): Date {
  return new Date(now.getTime() + ONE_TIME_PASSWORD_DAYS * DAY_MS)
}

/** The identity and the person behind it, without roles; throws the database's error when the address is taken. */
export async function insertStaff(tx: Tx | Db, now: Date, staff: Omit<NewStaff, 'roles'>): Promise<Id> {
  const id = newId()
  const email = staff.email.trim().toLowerCase()
  await tx
    .insertInto('auth.user')
    .values({ id, name: staff.displayName, email, email_verified: true })
    .execute()
  const password =
    staff.passwordHash ?? (staff.password === undefined ? null : await hashPassword(staff.password))
  await tx
    .insertInto('auth.account')
    .values({ id: newId(), user_id: id, account_id: id, provider_id: 'credential', password })
    .execute()
  await tx
    .insertInto('staff_member')
    .values({
      id,
      display_name: staff.displayName,
      email,
      ends_on: staff.endsOn ?? null,
      left_at: null,
      one_time_password_until: staff.oneTimeUntil?.toISOString() ?? null,
      registered_at: now.toISOString(),
    })
    .execute()
  return id
}

/**
 * A person with roles, made by the program itself (set-up, demo data, command line), with its event, in the caller's transaction.
 * Throws when the roles do not go together. People made in the screens are invited instead and get each role by two people.
 */
export async function createStaff(tx: Tx | Db, now: Date, staff: NewStaff, by: SystemActorName): Promise<Id> {
  refuseConflicts(staff.roles.map(given => given.role))
  const id = await insertStaff(tx, now, staff)
  const actor = systemActors[by]
  const today = todayInTokyo(now)
  for (const { role, validTo } of staff.roles) {
    await tx
      .insertInto('role_grant')
      .values({
        id: newId(),
        staff_id: id,
        role,
        valid_from: today,
        valid_to: validTo ?? staff.endsOn ?? null,
        granted_by: actor.id,
        approved_by: null,
        granted_at: now.toISOString(),
        revoked_at: null,
        revoked_by: null,
      })
      .execute()
  }
  await recordEvents(tx, now, [
    {
      verb: 'staff_registered',
      actorId: actor.id,
      actors: { by: actor.id, kind: 'system', roles: [] },
      requestId: `${by}-${id}`,
      ip: null,
      subjects: [{ kind: 'staff', id }],
      after: { displayName: staff.displayName, roles: staff.roles.map(given => given.role) },
    },
  ])
  return id
}

function refuseConflicts(held: readonly Role[]): void {
  for (const [at, role] of held.entries())
    for (const conflict of conflictsWith(role, held.slice(at + 1)))
      throw new Error(
        `${roleLabels[role]} and ${roleLabels[conflict.role]} may not be held by one person: ${conflict.sentence}`,
      )
}

/** Sets a new password; every open sign-in, half-finished challenge and link given out before ends with the old one. */
export async function setPassword(tx: Tx | Db, now: Date, staffId: Id, password: string): Promise<void> {
  await tx
    .updateTable('auth.account')
    .set({ password: await hashPassword(password) })
    .where('user_id', '=', staffId)
    .where('provider_id', '=', 'credential')
    .execute()
  await endSignIns(tx, staffId)
  await withdrawInvites(tx, now, staffId)
}

/** Ends every open sign-in of a person, and every sign-in waiting for its code. Returns how many were open. */
export async function endSignIns(tx: Tx | Db, staffId: Id): Promise<number> {
  await tx.deleteFrom('auth.verification').where('value', '=', staffId).execute()
  const ended = await tx.deleteFrom('auth.session').where('user_id', '=', staffId).returning('id').execute()
  return ended.length
}

/**
 * Takes the second factor away, so that it is set up anew at the next sign-in. Links given out before end with it: whoever holds one could
 * set a password with it and then, with no code asked, sign in as the other person.
 */
export async function removeSecondFactor(tx: Tx | Db, now: Date, staffId: Id): Promise<void> {
  await withdrawInvites(tx, now, staffId)
  await tx.deleteFrom('auth.two_factor').where('user_id', '=', staffId).execute()
  await tx.updateTable('auth.user').set({ two_factor_enabled: false }).where('id', '=', staffId).execute()
}

/** Ends every invitation of a person that is still open. The caller records the event. */
export async function withdrawInvites(tx: Tx | Db, now: Date, staffId: Id): Promise<void> {
  await tx
    .updateTable('staff_invite')
    .set({ withdrawn_at: now.toISOString() })
    .where('staff_id', '=', staffId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
}
