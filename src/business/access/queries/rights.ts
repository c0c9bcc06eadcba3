import { sql } from 'kysely'
import type { z } from 'zod'
import { found, Refusal } from '../../../platform/commands/refusal.ts'
import type { Db } from '../../../platform/database/database.ts'
import { markOf, readMark } from '../../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../../platform/http/route.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { Permission, Services } from '../../../platform/slice.ts'
import { rolesInForce, staffNames } from '../actors.ts'
import { currentCompany } from '../company.ts'
import type { companySettings, signInLog, whatMay } from '../contract.ts'
import { conflictsWith, isRole, type Role, roleLabels, roles } from '../roles.ts'
import { attemptRows } from './own.ts'

/** What a role or a person may do, slice by slice, and which role gives it or would give it. */
export async function readRights(
  { permissions }: Services,
  context: QueryContext,
  { role, staffId }: z.output<typeof whatMay.input>,
): Promise<Seen<z.output<typeof whatMay.output>>> {
  if ((role === undefined) === (staffId === undefined))
    throw new Refusal('invalid', [
      { code: 'input_must_have_the_right_shape', message: '役割かユーザーのどちらか一つを選んでください。' },
    ])
  const person = staffId ? await personWithRoles(context, staffId) : null
  const held: readonly Role[] = person ? person.roles : [role!]
  return {
    body: {
      name: person ? person.name : roleLabels[role!],
      roles: [...held],
      groups: groupsFor(permissions, held),
      incompatible: held.flatMap(one =>
        roles
          .filter(other => !held.includes(other))
          .flatMap(other =>
            conflictsWith(other, [one]).map(({ sentence }) => ({ role: one, with: other, sentence })),
          ),
      ),
    },
    seen: person ? [person.seenNo] : [],
  }
}

async function personWithRoles({ db, today }: QueryContext, staffId: Id) {
  const row = found(
    await db
      .selectFrom('staff_member')
      .select(eb => ['display_name', 'seen_no', rolesInForce(eb.ref('staff_member.id'), today).as('roles')])
      .where('id', '=', staffId)
      .executeTakeFirst(),
    'staff',
  )
  return { name: row.display_name, roles: row.roles, seenNo: row.seen_no }
}

function groupsFor(permissions: readonly Permission[], held: readonly Role[]) {
  const slices = [...new Set(permissions.map(permission => sliceOf(permission)))]
  return slices.map(slice => ({
    slice,
    permissions: permissions
      .filter(permission => sliceOf(permission) === slice)
      .map(({ code, label, roles: giving }) => {
        const allowed = held.some(role => giving.includes(role))
        const givenBy = allowed ? held.filter(role => giving.includes(role)) : giving.filter(isRole)
        return { code, label, allowed, givenBy: [...givenBy] }
      }),
  }))
}

function sliceOf({ code }: Permission): string {
  return code.split('.')[0]!
}

export async function listAttempts(
  { db }: QueryContext,
  input: z.output<typeof signInLog.input>,
): Promise<Seen<z.output<typeof signInLog.output>>> {
  let rows = db
    .selectFrom('sign_in_attempt')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (input.staffId) rows = rows.where('staff_id', '=', input.staffId)
  if (input.outcome.length) rows = rows.where('outcome', 'in', input.outcome)
  if (input.from) rows = rows.where('at', '>=', `${input.from}T00:00:00+09:00`)
  if (input.to)
    rows = rows.where(sql<boolean>`at < ${`${input.to}T00:00:00+09:00`}::timestamptz + interval '1 day'`)
  if (input.after) {
    const [at, id] = readMark(input.after, 2)
    rows = rows.where(sql<boolean>`(at, id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const found = await rows.execute()
  const page = found.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: await attemptRows(db, page),
      next: found.length > input.limit && last ? markOf([last.at, last.id]) : null,
    },
    seen: await seenNumbers(
      db,
      page.flatMap(row => row.staff_id ?? []),
    ),
  }
}

async function seenNumbers(db: Db, ids: Id[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('staff_member')
    .select('seen_no')
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return rows.map(row => row.seen_no)
}

export async function readCompany({
  db,
}: QueryContext): Promise<Seen<z.output<typeof companySettings.output>>> {
  const company = found(await currentCompany(db), 'company')
  const versions = await db
    .selectFrom('company_version')
    .select(['version', 'recorded_by', 'recorded_at'])
    .orderBy('version', 'desc')
    .limit(100)
    .execute()
  const names = await staffNames(
    db,
    versions.map(version => version.recorded_by),
  )
  return {
    body: {
      version: company.version,
      settings: company.settings,
      versions: versions.map(version => ({
        version: version.version,
        recordedBy: { id: version.recorded_by, name: names.get(version.recorded_by) ?? '（不明）' },
        recordedAt: version.recorded_at,
      })),
    },
    seen: [],
  }
}
