import { type Expression, sql } from 'kysely'
import type { z } from 'zod'
import { found, Refusal } from '../../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../../platform/database/paging.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../../platform/http/route.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { Services } from '../../../platform/slice.ts'
import { hasEnded, rolesInForce, staffNames } from '../actors.ts'
import { invitePath } from '../commands/invites.ts'
import type { listStaff, StaffDetail, StaffRow, showInviteLink } from '../contract.ts'
import { nextMailAt } from '../jobs.ts'
import { conflictsWith, roles } from '../roles.ts'
import { signInsOf } from './own.ts'

type StaffFacts = {
  id: Id
  display_name: string
  email: string
  ends_on: string | null
  left_at: string | null
  roles: StaffRow['roles']
  password_set: boolean
  two_factor_enabled: boolean
  last_signed_in_at: string | null
}

function staffFacts({ db, today }: QueryContext) {
  return db
    .selectFrom('staff_member as staff')
    .innerJoin('auth.user as user', 'user.id', 'staff.id')
    .innerJoin('auth.account as account', join =>
      join.onRef('account.user_id', '=', 'staff.id').on('account.provider_id', '=', 'credential'),
    )
    .select(eb => [
      'staff.id',
      'staff.seen_no',
      'staff.row_version',
      'staff.display_name',
      'staff.email',
      'staff.ends_on',
      'staff.left_at',
      'staff.registered_at',
      'user.two_factor_enabled',
      rolesInForce(eb.ref('staff.id'), today).as('roles'),
      sql<boolean>`account.password is not null`.as('password_set'),
      lastSignedIn(eb.ref('staff.id')).as('last_signed_in_at'),
    ])
}

function lastSignedIn(staffId: Expression<string>) {
  return sql<
    string | null
  >`(select max(at) from sign_in_attempt where staff_id = ${staffId} and outcome = 'succeeded')`
}

export async function listStaffRows(
  context: QueryContext,
  input: z.output<typeof listStaff.input>,
): Promise<Seen<z.output<typeof listStaff.output>>> {
  const { today } = context
  let rows = staffFacts(context)
    .orderBy('staff.display_name')
    .orderBy('staff.id')
    .limit(input.limit + 1)
  if (input.text) {
    const pattern = `%${input.text.replace(/[\\%_]/g, '\\$&')}%`
    rows = rows.where(eb =>
      eb.or([eb('staff.display_name', 'ilike', pattern), eb('staff.email', 'ilike', pattern)]),
    )
  }
  if (input.role) {
    const { role } = input
    rows = rows.where(eb => sql<boolean>`${role} = any(${rolesInForce(eb.ref('staff.id'), today)})`)
  }
  if (input.state.length) rows = rows.where(sql<boolean>`${stateInSql(today)} = any(${input.state}::text[])`)
  if (input.after) {
    const [name, id] = readMark(input.after, 2)
    rows = rows.where(sql<boolean>`(staff.display_name, staff.id) > (${name}, ${id}::uuid)`)
  }
  const found = await rows.execute()
  const page = found.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => toRow(row, today)),
      next: found.length > input.limit && last ? markOf([last.display_name, last.id]) : null,
    },
    seen: page.map(row => row.seen_no),
  }
}

function stateInSql(today: IsoDate) {
  return sql`case when staff.left_at is not null or staff.ends_on < ${today} then 'ended'
    when account.password is null then 'invited' else 'active' end`
}

function toRow(row: StaffFacts, today: IsoDate): StaffRow {
  return {
    id: row.id,
    name: row.display_name,
    email: row.email,
    roles: row.roles,
    state: hasEnded(row, today) ? 'ended' : row.password_set ? 'active' : 'invited',
    secondFactor: row.two_factor_enabled ? 'on' : 'off',
    endsOn: row.ends_on,
    lastSignedInAt: row.last_signed_in_at,
  }
}

export async function readStaff(
  services: Services,
  context: QueryContext,
  staffId: Id,
): Promise<Seen<StaffDetail>> {
  const { db, now, today } = context
  const row = found(await staffFacts(context).where('staff.id', '=', staffId).executeTakeFirst(), 'staff')
  const invite = await db
    .selectFrom('staff_invite')
    .selectAll()
    .where('staff_id', '=', staffId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .orderBy('invited_at', 'desc')
    .executeTakeFirst()
  const barred = roles.flatMap(role => {
    const conflict = conflictsWith(role, row.roles)[0]
    return conflict ? [{ role, sentence: conflict.sentence }] : []
  })
  return {
    body: {
      ...toRow(row, today),
      rowVersion: row.row_version,
      registeredAt: row.registered_at,
      leftAt: row.left_at,
      grants: await grantsOf(context, staffId),
      signIns: await signInsOf(db, staffId, null),
      invite: invite
        ? {
            id: invite.id,
            invitedAt: invite.invited_at,
            expiresAt: invite.expires_at,
            mailState: services.config.smtpUrl ? invite.mail_state : ('link_only' as const),
            purpose: invite.purpose,
            mailTries: invite.mail_tries,
            mailFault: services.config.smtpUrl ? invite.mail_fault : null,
            nextMailAt: nextMailAt(invite),
          }
        : null,
      barredRoles: barred,
    },
    seen: [row.seen_no],
  }
}

async function grantsOf({ db, today }: QueryContext, staffId: Id): Promise<StaffDetail['grants']> {
  const grants = await db
    .selectFrom('role_grant')
    .selectAll()
    .where('staff_id', '=', staffId)
    .orderBy('granted_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const people = grants.flatMap(grant =>
    [grant.granted_by, grant.approved_by ?? [], grant.revoked_by ?? []].flat(),
  )
  const names = await staffNames(db, people)
  const named = (id: Id) => ({ id, name: names.get(id) ?? '（不明）' })
  return grants.map(grant => ({
    id: grant.id,
    role: grant.role,
    validFrom: grant.valid_from,
    validTo: grant.valid_to,
    grantedBy: named(grant.granted_by),
    approvedBy: grant.approved_by ? named(grant.approved_by) : null,
    grantedAt: grant.granted_at,
    revokedAt: grant.revoked_at,
    revokedBy: grant.revoked_by ? named(grant.revoked_by) : null,
    inForce:
      grant.revoked_at === null &&
      grant.valid_from <= today &&
      (grant.valid_to === null || grant.valid_to >= today),
  }))
}

/** The link of an open invitation; the person it is for stands in the view record. */
export async function readInviteLink(
  { keys }: Services,
  { db, now }: QueryContext,
  inviteId: Id,
): Promise<Seen<z.output<typeof showInviteLink.output>>> {
  const row = await db
    .selectFrom('staff_invite as invite')
    .innerJoin('staff_member as staff', 'staff.id', 'invite.staff_id')
    .innerJoin('auth.user as user', 'user.id', 'staff.id')
    .select(['invite.id', 'invite.expires_at', 'invite.purpose', 'staff.seen_no', 'user.two_factor_enabled'])
    .where('invite.id', '=', inviteId)
    .where('invite.accepted_at', 'is', null)
    .where('invite.withdrawn_at', 'is', null)
    .where('invite.expires_at', '>', now.toISOString())
    .executeTakeFirst()
  if (!row) throw new Refusal('missing', [{ code: 'invite_must_be_open' }])
  // With the link and no second factor an administrator could sign in as the other one, and approve what they asked for.
  if (row.purpose === 'new_password' && !row.two_factor_enabled)
    throw new Refusal('conflict', [{ code: 'link_must_go_to_the_person' }])
  return { body: { path: invitePath(keys, row.id), expiresAt: row.expires_at }, seen: [row.seen_no] }
}
