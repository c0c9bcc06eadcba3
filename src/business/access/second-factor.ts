import { Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { takeOnce } from './brake.ts'
import { plainRecoveryCode } from './passwords.ts'
import { newRecoveryCodes, startSecondFactor, verifyCode, verifyRecoveryCode } from './sign-in-contract.ts'
import {
  countTry,
  type Door,
  type DoorContext,
  door,
  forgiveTry,
  type LibraryAnswer,
  libraryHeaders,
  mustWait,
  readLibraryAnswer,
  refuseFor,
} from './sign-in-door.ts'
import { logAttempt, recordSignInEvent } from './sign-in-log.ts'
import { challengeCookieName, forgetSignIns, tokenOf } from './sign-ins.ts'

const CODE_REFUSALS = {
  INVALID_CODE: 'code_must_match',
  TOTP_NOT_ENABLED: 'code_must_match',
  INVALID_BACKUP_CODE: 'recovery_code_must_match',
  BACKUP_CODES_NOT_ENABLED: 'recovery_code_must_match',
  INVALID_TWO_FACTOR_COOKIE: 'password_must_come_first',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'password_must_come_first',
  ACCOUNT_TEMPORARILY_LOCKED: 'sign_in_must_wait',
}

const PASSWORD_REFUSALS = {
  INVALID_PASSWORD: 'password_must_match',
  TOTP_ALREADY_ENABLED: 'second_factor_must_not_be_set_up_yet',
  TWO_FACTOR_NOT_ENABLED: 'second_factor_must_be_on',
}

export const secondFactorDoors: readonly Door[] = [
  door(verifyCode, async (context, { code }) => {
    const { auth } = context
    await verify(context, 'code', code, headers =>
      auth.api.verifyTOTP({ body: { code }, headers, asResponse: true }),
    )
    return { done: true as const }
  }),
  door(verifyRecoveryCode, async (context, { code: typed }) => {
    const { auth } = context
    refuseUnless(context.signIn === null, 'password_must_come_first', { kind: 'invalid' })
    const code = plainRecoveryCode(typed)
    await verify(context, 'recovery_code', code, headers =>
      auth.api.verifyBackupCode({ body: { code }, headers, asResponse: true }),
    )
    return { done: true as const }
  }),
  door(startSecondFactor, async (context, { password }) => {
    const { auth } = context
    const { body } = await withOwnPassword(context, headers =>
      auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers, asResponse: true }),
    )
    const uri = String(body.totpURI)
    const key = new URL(uri).searchParams.get('secret') ?? ''
    return { uri, key, recoveryCodes: body.backupCodes as string[] }
  }),
  door(newRecoveryCodes, async (context, { password }) => {
    const { auth, services, now, origin, signIn } = context
    const { body } = await withOwnPassword(context, headers =>
      auth.api.generateBackupCodes({ body: { password }, headers, asResponse: true }),
    )
    await recordSignInEvent(services.db, now, origin, signIn!.actor.id, 'recovery_codes_renewed')
    return { recoveryCodes: body.backupCodes as string[] }
  }),
]

/** A code for whoever gave the right password a moment ago, or, when signed in, for the set-up of the second factor. */
async function verify(
  context: DoorContext,
  kind: 'code' | 'recovery_code',
  code: string,
  ask: (headers: Headers) => Promise<Response>,
): Promise<void> {
  const { services, reply, signIn, now, origin } = context
  const { db, clock } = services
  const staffId = signIn?.actor.id ?? (await challengedStaff(context))
  if (!staffId) throw new Refusal('invalid', [{ code: 'password_must_come_first' }])
  const log = (outcome: 'blocked' | 'failed' | 'succeeded') =>
    logAttempt(db, clock.now(), origin, { kind, outcome, emailHash: null, staffId })
  const brakeKey = `code:${staffId}`
  const wait = await countTry(context, brakeKey)
  if (wait > 0) {
    await log('blocked')
    throw mustWait(wait)
  }
  if (!signIn && !(await acceptOnce(context, staffId, code))) {
    await log('failed')
    throw new Refusal('invalid', [{ code: 'code_must_be_fresh' }])
  }
  const answer = await readLibraryAnswer(await ask(libraryHeaders(context)), reply)
  if (!answer.ok) {
    await log('failed')
    throw refuseFor(answer, CODE_REFUSALS)
  }
  await forgiveTry(context, brakeKey)
  await log('succeeded')
  forgetSignIns()
  if (!signIn) await recordSignInEvent(db, now, origin, staffId, 'signed_in', { method: kind })
  else if (!signIn.secondFactor) await recordSignInEvent(db, now, origin, staffId, 'second_factor_set_up')
}

/** Who gave the right password: the library keeps it under the signed cookie until the code comes. */
async function challengedStaff({ services, request }: DoorContext): Promise<Id | null> {
  const cookie = request.cookies?.[challengeCookieName(services.config)]
  const identifier = cookie && tokenOf(cookie, services.master)
  if (!identifier) return null
  const row = await services.db
    .selectFrom('auth.verification')
    .select('value')
    .where('identifier', '=', identifier)
    .executeTakeFirst()
  return row?.value ?? null
}

const USED_CODE_KEPT_MS = 2 * 60_000

/** A code opens one sign-in only, also within the half minute in which the app still shows it (RFC 6238 §5.2). */
function acceptOnce({ services, now }: DoorContext, staffId: Id, code: string): Promise<boolean> {
  const key = `used:${services.keys.keyedHash('used-code', `${staffId}:${code}`)}`
  return takeOnce(services.db, key, USED_CODE_KEPT_MS, now)
}

/** Asks the library something that needs the own password; guesses are counted like those at the front door. */
export async function withOwnPassword(
  context: DoorContext,
  ask: (headers: Headers) => Promise<Response>,
  more: Readonly<Record<string, string>> = {},
): Promise<LibraryAnswer> {
  const brakeKey = `own-password:${context.signIn!.actor.id}`
  const wait = await countTry(context, brakeKey)
  if (wait > 0) throw mustWait(wait)
  const answer = await readLibraryAnswer(await ask(libraryHeaders(context)), context.reply)
  if (!answer.ok) throw refuseFor(answer, { ...PASSWORD_REFUSALS, ...more })
  await forgiveTry(context, brakeKey)
  forgetSignIns()
  return answer
}
