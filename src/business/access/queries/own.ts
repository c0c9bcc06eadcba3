import type { z } from 'zod'
import { found, Refusal } from '../../../platform/commands/refusal.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../../platform/http/route.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { Services } from '../../../platform/slice.ts'
import { rolesInForce, staffNames } from '../actors.ts'
import { openInviteFor } from '../commands/invites.ts'
import { currentCompany } from '../company.ts'
import type { AttemptRow, Me, mySignIns, openInvite, signInInfo } from '../contract.ts'
import { DEMO_PASSWORD } from '../demo-password.ts'
import { deviceOf } from '../labels.ts'
import { isRole, roleLabels } from '../roles.ts'
import { pendingSteps } from '../sign-in-steps.ts'
import { signInOfActor } from '../sign-ins.ts'

const ATTEMPTS_SHOWN = 20

export async function readSignInInfo(
  services: Services,
  { db, today }: QueryContext,
): Promise<Seen<z.output<typeof signInInfo.output>>> {
  const company = await currentCompany(db)
  const demo = services.config.mode === 'demo'
  const people = demo
    ? await db
        .selectFrom('staff_member')
        .select(eb => ['email', 'display_name', rolesInForce(eb.ref('staff_member.id'), today).as('roles')])
        .where('left_at', 'is', null)
        .orderBy('id')
        .limit(30)
        .execute()
    : []
  return {
    body: {
      mode: services.config.mode,
      practice: services.config.practice,
      companyName: company?.settings.legalName ?? null,
      demoLogins: people.map(person => ({
        email: person.email,
        password: DEMO_PASSWORD,
        name: person.display_name,
        roles: person.roles,
      })),
    },
    seen: [],
  }
}

export async function readMe(services: Services, { db, actor, now }: QueryContext): Promise<Seen<Me | null>> {
  if (actor.kind !== 'person') return { body: null, seen: [] }
  const staff = found(
    await db
      .selectFrom('staff_member')
      .innerJoin('auth.user as user', 'user.id', 'staff_member.id')
      .select(['staff_member.email', 'staff_member.one_time_password_until', 'user.two_factor_enabled'])
      .where('staff_member.id', '=', actor.id)
      .executeTakeFirst(),
    'staff',
  )
  const company = await currentCompany(db)
  const { mode } = services.config
  const steps = pendingSteps({
    oneTimePassword: staff.one_time_password_until !== null,
    secondFactor: staff.two_factor_enabled,
    mode,
  })
  return {
    body: {
      person: { id: actor.id, name: actor.name, email: staff.email },
      roles: actor.roles.filter(isRole).map(role => ({ role, label: roleLabels[role] })),
      permissions: [...actor.permissions].sort(),
      mode,
      practice: services.config.practice,
      companyName: company?.settings.legalName ?? '',
      secondFactor: staff.two_factor_enabled ? 'on' : 'off',
      now: now.toISOString(),
      nextStep: steps[0]?.code ?? null,
    },
    seen: [],
  }
}

export async function readMySignIns({
  db,
  actor,
}: QueryContext): Promise<Seen<z.output<typeof mySignIns.output>>> {
  const user = await db
    .selectFrom('auth.user')
    .select('two_factor_enabled')
    .where('id', '=', actor.id)
    .executeTakeFirst()
  const attempts = await db
    .selectFrom('sign_in_attempt')
    .selectAll()
    .where('staff_id', '=', actor.id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(ATTEMPTS_SHOWN)
    .execute()
  return {
    body: {
      signIns: await signInsOf(db, actor.id, signInOfActor(actor)),
      attempts: await attemptRows(db, attempts),
      secondFactor: user?.two_factor_enabled ? 'on' : 'off',
    },
    seen: [],
  }
}

/** A person's open sign-ins, the last used first. */
export async function signInsOf(db: Db, staffId: Id, currentId: Id | null) {
  const rows = await db
    .selectFrom('auth.session')
    .select(['id', 'started_at', 'last_active_at', 'ip_address', 'user_agent'])
    .where('user_id', '=', staffId)
    .orderBy('last_active_at', 'desc')
    .limit(100)
    .execute()
  return rows.map(row => ({
    id: row.id,
    startedAt: row.started_at,
    lastActiveAt: row.last_active_at,
    ip: row.ip_address,
    device: deviceOf(row.user_agent),
    current: row.id === currentId,
  }))
}

export async function attemptRows(
  db: Db,
  rows: {
    id: Id
    at: string
    staff_id: Id | null
    kind: AttemptRow['kind']
    outcome: AttemptRow['outcome']
    ip: string | null
    user_agent: string | null
  }[],
): Promise<AttemptRow[]> {
  const names = await staffNames(
    db,
    rows.flatMap(row => row.staff_id ?? []),
  )
  return rows.map(row => ({
    id: row.id,
    at: row.at,
    person: row.staff_id ? { id: row.staff_id, name: names.get(row.staff_id) ?? '（不明）' } : null,
    kind: row.kind,
    outcome: row.outcome,
    ip: row.ip,
    device: deviceOf(row.user_agent),
  }))
}

export async function readInvite(
  { keys }: Services,
  { db, now }: QueryContext,
  input: { inviteId: Id; token: string },
): Promise<Seen<z.output<typeof openInvite.output>>> {
  const invite = await openInviteFor(db, keys, now, input)
  if (!invite) throw new Refusal('missing', [{ code: 'invite_must_be_open' }])
  const company = await currentCompany(db)
  return {
    body: {
      name: invite.display_name,
      email: invite.email,
      purpose: invite.purpose,
      companyName: company?.settings.legalName ?? '',
    },
    seen: [],
  }
}
