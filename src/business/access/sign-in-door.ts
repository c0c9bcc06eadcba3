import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { Refusal } from '../../platform/commands/refusal.ts'
import type { Contract, QueryContract } from '../../platform/http/contract.ts'
import type { Services } from '../../platform/slice.ts'
import type { Auth } from './auth.ts'
import { accountPolicy, addressPolicy, applyBrake, giveBackTry, networkOf, releaseBrake } from './brake.ts'
import type { Origin } from './sign-in-log.ts'
import { challengeCookieName, type SignIn, sessionCookieName } from './sign-ins.ts'

/** What a door gets: the request, who is signed in already, and the library behind the door. */
export interface DoorContext {
  services: Services
  auth: Auth
  request: FastifyRequest
  reply: FastifyReply
  signIn: SignIn | null
  origin: Origin
  now: Date
}

export interface Door {
  contract: Contract
  open(context: DoorContext, input: never): Promise<unknown>
}

export function door<I extends z.ZodObject, O extends z.ZodType>(
  contract: QueryContract<I, O>,
  open: (context: DoorContext, input: z.output<I>) => Promise<z.input<O>>,
): Door {
  return { contract: contract as unknown as Contract, open: open as never }
}

export function originOf(request: FastifyRequest): Origin {
  return { ip: request.ip, userAgent: request.headers['user-agent'] ?? null, requestId: request.id }
}

/**
 * The request's headers for the library, with the address we trust; without the sign-in when ours says it has run out. Of the cookies it
 * gets the two that are its own, as we have read them: of two cookies of one name it would take the other one, and act for somebody else
 * than whom we count, brake and record.
 */
export function libraryHeaders({ request, services, signIn, origin }: DoorContext): Headers {
  const headers = new Headers({ 'x-daicho-address': origin.ip, 'user-agent': origin.userAgent ?? '' })
  const names = [
    ...(signIn === null ? [] : [sessionCookieName(services.config)]),
    challengeCookieName(services.config),
  ]
  const cookies = names.flatMap(name => {
    const value = request.cookies[name]
    return value ? [`${name}=${encodeURIComponent(value)}`] : []
  })
  if (cookies.length) headers.set('cookie', cookies.join('; '))
  return headers
}

/** What the library answered: its cookies go on to the browser, its words stay here. */
export interface LibraryAnswer {
  ok: boolean
  /** The library's error code; empty when it answered well. */
  code: string
  body: Record<string, unknown>
}

export async function readLibraryAnswer(response: Response, reply: FastifyReply): Promise<LibraryAnswer> {
  const cookies = response.headers.getSetCookie()
  if (cookies.length) reply.header('set-cookie', cookies)
  const text = await response.text()
  const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>
  return { ok: response.ok, code: response.ok ? '' : String(body.code ?? ''), body }
}

/** A library error as our refusal. An answer we do not know is our bug. */
export function refuseFor(answer: LibraryAnswer, codes: Readonly<Record<string, string>>): Refusal {
  const code = codes[answer.code]
  if (!code) throw new Error(`the sign-in library answered ${answer.code || 'without a code'}`)
  return new Refusal(code === 'sign_in_must_wait' ? 'conflict' : 'invalid', [{ code }])
}

const addressKey = (ip: string) => `address:${networkOf(ip)}`

/** Counts a try against the account and the address before it is looked at; returns the seconds to wait, 0 when it may be made. */
export async function countTry({ services, origin, now }: DoorContext, accountKey: string): Promise<number> {
  const wait = await applyBrake(services.db, addressKey(origin.ip), addressPolicy, now)
  return wait > 0 ? wait : applyBrake(services.db, accountKey, accountPolicy, now)
}

/** After a success: the account starts anew, the address gets its try back. */
export async function forgiveTry({ services, origin }: DoorContext, accountKey: string): Promise<void> {
  await releaseBrake(services.db, accountKey)
  await giveBackTry(services.db, addressKey(origin.ip), addressPolicy)
}

/** The same for the doors of invitations, which nobody has to be signed in for: counted by address alone. */
export async function countOpenTry(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  request: FastifyRequest,
): Promise<() => Promise<void>> {
  const key = `open:${networkOf(request.ip)}`
  const wait = await applyBrake(db, key, addressPolicy, clock.now())
  if (wait > 0) throw mustWait(wait)
  return () => giveBackTry(db, key, addressPolicy)
}

export function mustWait(seconds: number): Refusal {
  const minutes = Math.ceil(seconds / 60)
  const wait = seconds < 60 ? `${seconds}秒` : `約${minutes}分`
  return new Refusal('conflict', [
    {
      code: 'sign_in_must_wait',
      message: `失敗が続いたため、あと${wait}は受け付けません。時間をおいてからやり直してください。`,
      facts: { seconds },
    },
  ])
}
