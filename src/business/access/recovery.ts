import { sql } from 'kysely'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { recordEvents } from '../../platform/trail/record-event.ts'
import { hasEnded, rolesInForce } from './actors.ts'
import { newOneTimePassword } from './passwords.ts'
import { whyIncompatible } from './roles.ts'
import { insertStaff, oneTimePasswordEnd, removeSecondFactor, setPassword } from './staff.ts'
import { systemActors } from './system-actors.ts'
import './tables.ts'

interface Parts {
  db: Db
  keys: SubjectKeys
  now: Date
  operator: string
}

/** Everybody on record, by e-mail. */
export async function listPeople({ db, now }: Pick<Parts, 'db' | 'now'>) {
  const today = todayInTokyo(now)
  const rows = await db
    .selectFrom('staff_member as staff')
    .innerJoin('auth.user as user', 'user.id', 'staff.id')
    .select(eb => [
      'staff.email',
      'staff.display_name',
      'staff.left_at',
      'staff.ends_on',
      'user.two_factor_enabled',
      rolesInForce(eb.ref('staff.id'), today).as('roles'),
    ])
    .orderBy('staff.email')
    .execute()
  return rows.map(row => ({
    email: row.email,
    name: row.display_name,
    roles: row.roles,
    state: hasEnded(row, today) ? 'ended' : 'active',
    secondFactor: row.two_factor_enabled ? 'second factor on' : 'second factor off',
  }))
}

/** A one-time password for somebody who lost theirs; every sign-in ends, the second factor stays. Returns the password. */
export async function resetPassword(parts: Parts, email: string, reason: string): Promise<string> {
  return parts.db.transaction().execute(async tx => {
    const staff = await personWith(tx, parts.now, email)
    const password = await giveOneTimePassword(tx, parts, staff.id)
    await record(tx, parts, 'password_reset', staff.id, reason)
    return password
  })
}

/** Lets an account that failed too often try again at once. */
export async function unlock({ db, keys, now }: Parts, email: string): Promise<void> {
  const staff = await personWith(db, now, email)
  await releaseAccount(db, keys, staff)
}

/**
 * The way back when no second administrator can approve: makes an existing or a new person administrator, with a one-time
 * password and without a second factor. Only whoever runs programs on the server can do it; it stands in the trail as an act
 * of the command line with the operator's name and reason, and takes nobody else's role away. Returns the password.
 */
export async function recoverAdministrator(
  parts: Parts,
  wanted: { email: string; name?: string; reason: string },
): Promise<string> {
  return parts.db.transaction().execute(async tx => {
    const known = await findPerson(tx, parts.now, wanted.email)
    if (!known && !wanted.name)
      throw new Error(
        `nobody has the address ${wanted.email}. Remedy: give --name NAME to register a new administrator.`,
      )
    const staff = known ?? {
      id: await insertStaff(tx, parts.now, { displayName: wanted.name!, email: wanted.email }),
      email: wanted.email.toLowerCase(),
      roles: [],
      left_at: null,
      ends_on: null,
    }
    if (hasEnded(staff, todayInTokyo(parts.now)))
      throw new Error(`${wanted.email} has left. Remedy: name somebody who belongs to the company.`)
    const conflict = staff.roles.find(role => whyIncompatible('administrator', role) !== null)
    if (conflict)
      throw new Error(
        `${wanted.email} holds the role ${conflict}, which may not be combined with administrator. Remedy: name another person.`,
      )
    if (!staff.roles.includes('administrator')) await grantAdministrator(tx, parts, staff.id)
    const password = await giveOneTimePassword(tx, parts, staff.id)
    await removeSecondFactor(tx, parts.now, staff.id)
    await record(tx, parts, 'administrator_recovered', staff.id, wanted.reason)
    return password
  })
}

async function grantAdministrator(tx: Tx, { now }: Parts, staffId: Id): Promise<void> {
  await tx
    .insertInto('role_grant')
    .values({
      id: newId(),
      staff_id: staffId,
      role: 'administrator',
      valid_from: todayInTokyo(now),
      valid_to: null,
      granted_by: systemActors.commandLine.id,
      approved_by: null,
      granted_at: now.toISOString(),
      revoked_at: null,
      revoked_by: null,
    })
    .execute()
}

async function giveOneTimePassword(tx: Tx, { keys, now }: Parts, staffId: Id): Promise<string> {
  const password = newOneTimePassword()
  await setPassword(tx, now, staffId, password)
  const staff = await tx
    .updateTable('staff_member')
    .set({
      one_time_password_until: oneTimePasswordEnd(now).toISOString(),
      row_version: sql`row_version + 1`,
    })
    .where('id', '=', staffId)
    .returning(['id', 'email'])
    .executeTakeFirstOrThrow()
  await releaseAccount(tx, keys, staff)
  return password
}

async function releaseAccount(
  db: Db | Tx,
  keys: SubjectKeys,
  staff: { id: Id; email: string },
): Promise<void> {
  const account = `password:${keys.keyedHash('sign-in-email', staff.email)}`
  const brakes = [account, `code:${staff.id}`, `own-password:${staff.id}`]
  await db
    .deleteFrom('sign_in_brake')
    .where(eb => eb.or([eb('key', 'in', brakes), eb('key', 'like', `${account}:%`)]))
    .execute()
}

async function findPerson(db: Db | Tx, now: Date, email: string) {
  return db
    .selectFrom('staff_member')
    .select(eb => [
      'id',
      'email',
      'left_at',
      'ends_on',
      rolesInForce(eb.ref('staff_member.id'), todayInTokyo(now)).as('roles'),
    ])
    .where('email', '=', email.trim().toLowerCase())
    .executeTakeFirst()
}

async function personWith(db: Db | Tx, now: Date, email: string) {
  const staff = await findPerson(db, now, email)
  if (!staff) throw new Error(`nobody has the address ${email}. Remedy: "daicho users list" shows everybody.`)
  if (hasEnded(staff, todayInTokyo(now))) throw new Error(`${email} has left and cannot sign in any more.`)
  return staff
}

function record(tx: Tx, { now, operator }: Parts, verb: string, staffId: Id, reason: string) {
  const { id } = systemActors.commandLine
  return recordEvents(tx, now, [
    {
      verb,
      actorId: id,
      actors: { by: id, kind: 'system', roles: [], operator },
      requestId: `cli-${newId()}`,
      ip: null,
      subjects: [{ kind: 'staff', id: staffId }],
      reason,
    },
  ])
}
