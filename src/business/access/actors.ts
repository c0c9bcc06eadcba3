import { type Expression, sql } from 'kysely'
import type { Actor } from '../../platform/commands/actor.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Permission } from '../../platform/slice.ts'
import type { Role } from './roles.ts'
import { systemActorById, systemNames } from './system-actors.ts'
import './tables.ts'

/** What everybody signed in may do besides what their roles allow. */
const EVERYBODY = ['signed-in', 'public']

/**
 * A person's or system actor's rights on the day of `now`; null when the person does not exist, has left, or the contract has
 * ended. Read anew each time, so that a revoked role ends at once.
 */
export async function loadActor(
  db: Db | Tx,
  permissions: readonly Permission[],
  id: Id,
  now: Date = new Date(),
): Promise<Actor | null> {
  const system = systemActorById(id, permissions)
  if (system) return system
  const today = todayInTokyo(now)
  const staff = await db
    .selectFrom('staff_member')
    .select(eb => [
      'id',
      'display_name',
      'left_at',
      'ends_on',
      rolesInForce(eb.ref('staff_member.id'), today).as('roles'),
    ])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!staff || hasEnded(staff, today)) return null
  return actorOf(staff.id, staff.display_name, staff.roles, permissions)
}

/** True from the moment somebody has left, and from the day after the last day of the contract. */
export function hasEnded(staff: { left_at: string | null; ends_on: string | null }, today: IsoDate): boolean {
  return staff.left_at !== null || (staff.ends_on !== null && staff.ends_on < today)
}

/** SQL: the roles a person holds on a day, as a text array. */
export function rolesInForce(staffId: Expression<string>, today: IsoDate) {
  return sql<Role[]>`array(select role from role_grant where staff_id = ${staffId} and revoked_at is null
    and valid_from <= ${today} and (valid_to is null or valid_to >= ${today}) order by role)`
}

/** An actor from a person's roles: all permissions which list one of them. */
export function actorOf(
  id: Id,
  name: string,
  roles: readonly Role[],
  permissions: readonly Permission[],
): Actor {
  return {
    id,
    kind: 'person',
    name,
    roles,
    permissions: permissionsOf(roles, permissions),
    reach: roles.includes('contractor') ? 'assigned' : 'all',
    ip: null,
  }
}

export function permissionsOf(
  roles: readonly Role[],
  permissions: readonly Permission[],
): ReadonlySet<string> {
  const held = permissions.filter(permission =>
    permission.roles.some(role => (roles as readonly string[]).includes(role)),
  )
  return new Set([...EVERYBODY, ...held.map(permission => permission.code)])
}

/** Names of everybody on the staff today, by id. */
export async function allStaffNames(db: Db | Tx): Promise<Map<Id, string>> {
  const rows = await db
    .selectFrom('staff_member')
    .select(['id', 'display_name'])
    .where('left_at', 'is', null)
    .execute()
  return new Map(rows.map(row => [row.id, row.display_name]))
}

/** Names of people and system actors by id; ids nobody has are left out. */
export async function staffNames(db: Db | Tx, ids: readonly Id[]): Promise<Map<Id, string>> {
  const names = new Map<Id, string>()
  const wanted = new Set<Id>()
  for (const id of ids) {
    const system = systemNames.get(id)
    if (system) names.set(id, system)
    else wanted.add(id)
  }
  if (wanted.size === 0) return names
  const rows = await db
    .selectFrom('staff_member')
    .select(['id', 'display_name'])
    .where(sql<boolean>`id = any(${[...wanted]}::uuid[])`)
    .execute()
  for (const row of rows) names.set(row.id, row.display_name)
  return names
}

/** The last day on which somebody is a contractor, as it stands today; null when they are none. */
export async function contractorUntil(tx: Db | Tx, staffId: Id, today: IsoDate): Promise<IsoDate | null> {
  const row = await tx
    .selectFrom('role_grant as g')
    .innerJoin('staff_member as s', 's.id', 'g.staff_id')
    .select(sql<IsoDate | null>`least(g.valid_to, s.ends_on)`.as('until'))
    .where('g.staff_id', '=', staffId)
    .where('g.role', '=', 'contractor')
    .where('g.revoked_at', 'is', null)
    .where('g.valid_from', '<=', today)
    .where('s.left_at', 'is', null)
    .executeTakeFirst()
  return row?.until && row.until >= today ? row.until : null
}
