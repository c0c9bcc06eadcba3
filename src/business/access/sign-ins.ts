import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/commands/actor.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import type { MasterKey } from '../../platform/crypto/master-key.ts'
import type { Db } from '../../platform/database/database.ts'
import { keepsPlan } from '../../platform/database/pooled-driver.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { actorOf, hasEnded, rolesInForce } from './actors.ts'
import { ABSOLUTE_LIMIT_S, authSecret, cookiePrefix } from './auth.ts'
import { pendingSteps, type SignInStep } from './sign-in-steps.ts'
import './tables.ts'

export type SignInParts = Pick<Services, 'db' | 'clock' | 'config' | 'master' | 'permissions'>

const IDLE_LIMIT_S = 30 * 60
const ACTIVITY_NOTED_EVERY_S = 60
const REMEMBERED_MS = 2_000
const REMEMBERED_AT_MOST = 20_000

/** An open sign-in, as the database last told it. */
export interface SignIn {
  id: Id
  actor: Actor
  /** What must be done before anything else; empty once everything is in order. */
  steps: readonly SignInStep[]
  secondFactor: boolean
  lastActiveAt: number
}

interface Remembered {
  signIn: Promise<SignIn | null>
  until: number
}

/** Sign-ins looked up in the last moments, by their cookie: a page's many calls ask the database once. */
const remembered = new Map<string, Remembered>()

/** Until then nothing is remembered: commands forget before they commit, and what is looked up in between is the old standing. */
let distrustedUntil = 0
const COMMIT_TAKES_MS = 1_000

/** Forgets what was looked up, so that a revoked sign-in or role counts at once in this process, within 2 s in others. */
export function forgetSignIns(): void {
  remembered.clear()
  distrustedUntil = performance.now() + COMMIT_TAKES_MS
}

export function sessionCookieName(config: SignInParts['config']): string {
  return `${cookiePrefix(config)}.session_token`
}

/** The cookie between a right password and the code. */
export function challengeCookieName(config: SignInParts['config']): string {
  return `${cookiePrefix(config)}.two_factor`
}

/**
 * Who sends this request, with the rights of this moment; null when nobody is signed in or the sign-in has run out. Refuses
 * while a step is open (password to change, second factor to set up), except for what everybody signed in may ask.
 */
export async function authenticate(parts: SignInParts, request: FastifyRequest): Promise<Actor | null> {
  const signIn = await openSignIn(parts, request)
  if (!signIn) return null
  const wanted = request.contract?.permission ?? 'signed-in'
  const step = signIn.steps[0]
  if (step && wanted !== 'signed-in' && wanted !== 'public')
    throw new Refusal('forbidden', [{ code: step.code, message: step.sentence }])
  const actor = { ...signIn.actor, ip: request.ip }
  signInsByActor.set(actor, signIn.id)
  return actor
}

const signInsByActor = new WeakMap<Actor, Id>()

/** The sign-in through which this actor came in; null for actors made otherwise. */
export function signInOfActor(actor: Actor): Id | null {
  return signInsByActor.get(actor) ?? null
}

/** The open sign-in behind a request's cookie, or null; notes activity at most once a minute. */
export async function openSignIn(parts: SignInParts, request: FastifyRequest): Promise<SignIn | null> {
  const cookie = request.cookies?.[sessionCookieName(parts.config)]
  if (!cookie) return null
  const signIn = await (recall(cookie) ?? remember(cookie, lookUp(parts, cookie)))
  if (signIn && isActivity(request)) await noteActivity(parts, signIn)
  return signIn
}

function recall(cookie: string): Promise<SignIn | null> | null {
  const entry = remembered.get(cookie)
  return entry && entry.until > performance.now() ? entry.signIn : null
}

function remember(cookie: string, signIn: Promise<SignIn | null>): Promise<SignIn | null> {
  if (performance.now() < distrustedUntil) return signIn
  if (remembered.size >= REMEMBERED_AT_MOST) remembered.clear()
  remembered.set(cookie, { signIn, until: performance.now() + REMEMBERED_MS })
  signIn.catch(() => remembered.delete(cookie))
  return signIn
}

/** Queries which show no record are asked by the page itself (badges, clocks): they do not keep an unattended screen signed in. */
function isActivity({ contract }: FastifyRequest): boolean {
  return !(contract && contract.kind === 'query' && contract.method === 'GET' && contract.sight === null)
}

async function noteActivity({ db, clock }: SignInParts, signIn: SignIn): Promise<void> {
  const now = clock.now()
  if (Math.abs(now.getTime() - signIn.lastActiveAt) < ACTIVITY_NOTED_EVERY_S * 1000) return
  signIn.lastActiveAt = now.getTime()
  await db
    .updateTable('auth.session')
    .set({ last_active_at: now.toISOString() })
    .where('id', '=', signIn.id)
    .execute()
}

async function lookUp(parts: SignInParts, cookie: string): Promise<SignIn | null> {
  const token = tokenOf(cookie, parts.master)
  if (!token) return null
  const { db, clock, config, permissions } = parts
  const now = clock.now()
  const today = todayInTokyo(now)
  const row = await readSession(db, token, today)
  if (!row) return null
  const tooLate =
    now.getTime() - new Date(row.started_at).getTime() > ABSOLUTE_LIMIT_S * 1000 ||
    now.getTime() - new Date(row.last_active_at).getTime() > IDLE_LIMIT_S * 1000
  if (tooLate || hasEnded(row, today)) {
    await db.deleteFrom('auth.session').where('id', '=', row.id).execute()
    return null
  }
  const actor = actorOf(row.user_id, row.display_name, row.roles, permissions)
  const facts = {
    oneTimePassword: row.one_time_password_until !== null,
    secondFactor: row.two_factor_enabled,
    mode: config.mode,
  }
  return {
    id: row.id,
    actor,
    steps: pendingSteps(facts),
    secondFactor: row.two_factor_enabled,
    lastActiveAt: new Date(row.last_active_at).getTime(),
  }
}

function readSession(db: Db, token: string, today: string) {
  return db
    .selectFrom('auth.session as session')
    .innerJoin('auth.user as user', 'user.id', 'session.user_id')
    .innerJoin('staff_member as staff', 'staff.id', 'session.user_id')
    .select(eb => [
      'session.id',
      'session.user_id',
      'session.started_at',
      'session.last_active_at',
      'user.two_factor_enabled',
      'staff.display_name',
      'staff.left_at',
      'staff.ends_on',
      'staff.one_time_password_until',
      rolesInForce(eb.ref('staff.id'), today).as('roles'),
    ])
    .where('session.token', '=', token)
    .modifyEnd(keepsPlan)
    .executeTakeFirst()
}

const secrets = new WeakMap<MasterKey, string>()

/** The token of a signed cookie; null when the signature is not ours. A token read from the database alone opens nothing. */
export function tokenOf(cookie: string, master: MasterKey): string | null {
  const dot = cookie.lastIndexOf('.')
  if (dot < 1) return null
  const secret = secrets.get(master) ?? authSecret(master)
  secrets.set(master, secret)
  const token = cookie.slice(0, dot)
  const given = Buffer.from(cookie.slice(dot + 1), 'base64')
  const right = createHmac('sha256', secret).update(token).digest()
  return given.length === right.length && timingSafeEqual(given, right) ? token : null
}
