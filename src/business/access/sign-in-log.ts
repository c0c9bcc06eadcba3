import type { Db } from '../../platform/database/database.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { recordEvents } from '../../platform/trail/record-event.ts'
import { rolesInForce } from './actors.ts'
import type { SignInKind, SignInOutcome } from './tables.ts'

/** Where a request came from, as far as logs keep it. */
export interface Origin {
  ip: string
  userAgent: string | null
  requestId: string
}

export interface Attempt {
  kind: SignInKind
  outcome: SignInOutcome
  emailHash: string | null
  staffId: Id | null
}

/** Adds one attempt to the log, which is only ever added to. */
export async function logAttempt(
  db: Db,
  now: Date,
  { ip, userAgent }: Origin,
  attempt: Attempt,
): Promise<void> {
  await db
    .insertInto('sign_in_attempt')
    .values({
      id: newId(),
      at: now.toISOString(),
      kind: attempt.kind,
      outcome: attempt.outcome,
      email_hash: attempt.emailHash,
      staff_id: attempt.staffId,
      ip,
      user_agent: userAgent?.slice(0, 300) ?? null,
    })
    .execute()
}

/** What somebody did to their own sign-in, as an event of the trail: signed_in, signed_out, password_changed … */
export async function recordSignInEvent(
  db: Db,
  now: Date,
  origin: Origin,
  staffId: Id,
  verb: string,
  facts: Record<string, string | number | boolean> = {},
): Promise<void> {
  const staff = await db
    .selectFrom('staff_member')
    .select(eb => rolesInForce(eb.ref('staff_member.id'), todayInTokyo(now)).as('roles'))
    .where('id', '=', staffId)
    .executeTakeFirst()
  await recordEvents(db, now, [
    {
      verb,
      actorId: staffId,
      actors: { by: staffId, kind: 'person', roles: staff?.roles ?? [] },
      requestId: origin.requestId,
      ip: origin.ip,
      subjects: [{ kind: 'staff', id: staffId }],
      facts,
    },
  ])
}
