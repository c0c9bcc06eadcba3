import { randomUUID } from 'node:crypto'
import { Refusal } from '../../platform/commands/refusal.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { hasEnded } from './actors.ts'
import { accountPolicy, applyBrake, releaseBrake } from './brake.ts'
import { knownDevice, rememberDevice } from './known-device.ts'
import { revokeOtherSignIns, signIn, signOut } from './sign-in-contract.ts'
import {
  countTry,
  type Door,
  type DoorContext,
  door,
  forgiveTry,
  libraryHeaders,
  mustWait,
  readLibraryAnswer,
} from './sign-in-door.ts'
import { logAttempt, recordSignInEvent } from './sign-in-log.ts'
import { forgetSignIns } from './sign-ins.ts'
import type { SignInOutcome } from './tables.ts'

export const passwordDoors: readonly Door[] = [
  door(signIn, signInWithPassword),
  door(signOut, endSignIn),
  door(revokeOtherSignIns, async context => {
    const { services, signIn: mine, now, origin } = context
    const { id, actor } = mine!
    const ended = await services.db
      .deleteFrom('auth.session')
      .where('user_id', '=', actor.id)
      .where('id', '<>', id)
      .returning('id')
      .execute()
    forgetSignIns()
    await recordSignInEvent(services.db, now, origin, actor.id, 'other_sign_ins_revoked', {
      count: ended.length,
    })
    return { done: true as const }
  }),
]

/**
 * An unknown address, a wrong password, somebody who has left and a one-time password that has run out get the same answer after
 * the same work, so that nobody learns who has an account.
 */
async function signInWithPassword(context: DoorContext, input: { email: string; password: string }) {
  const { services, auth, reply, now, origin } = context
  const { db, keys, clock } = services
  const email = input.email.toLowerCase()
  const emailHash = keys.keyedHash('sign-in-email', email)
  const device = knownDevice(context, emailHash)
  const staff = await db
    .selectFrom('staff_member')
    .select(['id', 'left_at', 'ends_on', 'one_time_password_until'])
    .where('email', '=', email)
    .executeTakeFirst()
  const staffId = staff?.id ?? null
  const log = (outcome: SignInOutcome) =>
    logAttempt(db, clock.now(), origin, { kind: 'password', outcome, emailHash, staffId })
  const tries = triesOf(context, emailHash, device)
  const wait = await tries.count()
  if (wait > 0) {
    await log('blocked')
    throw mustWait(wait)
  }
  const left = staff !== undefined && mayNotSignIn(staff, now)
  const response = await auth.api.signInEmail({
    body: { email: left ? `${randomUUID()}@daicho.invalid` : email, password: input.password },
    headers: libraryHeaders({ ...context, signIn: null }),
    asResponse: true,
  })
  const answer = await readLibraryAnswer(response, reply)
  if (!answer.ok || !staffId) {
    await log(left ? 'left' : 'failed')
    throw new Refusal('invalid', [{ code: 'email_and_password_must_match' }])
  }
  await tries.forgive()
  await endReplaced(context)
  if (!device) rememberDevice(context, emailHash)
  const codeAsked = answer.body.twoFactorRedirect === true
  await log(codeAsked ? 'code_asked' : 'succeeded')
  if (!codeAsked) await recordSignInEvent(db, now, origin, staffId, 'signed_in', { method: 'password' })
  return { next: codeAsked ? ('code' as const) : ('work' as const) }
}

/** How the tries at an account are counted: those from a browser it knows by themselves, all others together and by their address. */
function triesOf(context: DoorContext, emailHash: string, device: string | null) {
  const { db } = context.services
  const key = device ? `password:${emailHash}:${device}` : `password:${emailHash}`
  return device
    ? {
        count: () => applyBrake(db, key, accountPolicy, context.now),
        forgive: () => releaseBrake(db, key),
      }
    : { count: () => countTry(context, key), forgive: () => forgiveTry(context, key) }
}

interface Standing {
  id: Id
  left_at: string | null
  ends_on: string | null
  one_time_password_until: string | null
}

function mayNotSignIn(staff: Standing, now: Date): boolean {
  const passwordRanOut =
    staff.one_time_password_until !== null && new Date(staff.one_time_password_until) < now
  return passwordRanOut || hasEnded(staff, todayInTokyo(now))
}

/** A sign-in which this browser replaces by a new one would stay open with nobody holding it: it ends, whoever it belonged to. */
async function endReplaced({ services, signIn: replaced, now, origin }: DoorContext): Promise<void> {
  if (!replaced) return
  await services.db.deleteFrom('auth.session').where('id', '=', replaced.id).execute()
  forgetSignIns()
  await recordSignInEvent(services.db, now, origin, replaced.actor.id, 'signed_out')
}

async function endSignIn(context: DoorContext) {
  const { services, auth, reply, signIn: mine, now, origin } = context
  const response = await auth.api.signOut({ headers: libraryHeaders(context), asResponse: true })
  await readLibraryAnswer(response, reply)
  forgetSignIns()
  if (mine) await recordSignInEvent(services.db, now, origin, mine.actor.id, 'signed_out')
  return { done: true as const }
}
