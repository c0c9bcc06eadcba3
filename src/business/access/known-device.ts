import { randomBytes, timingSafeEqual } from 'node:crypto'
import { cookiePrefix, cookiesAreSecure } from './auth.ts'
import type { DoorContext } from './sign-in-door.ts'

const KEPT_S = 90 * 86_400

function cookieName({ services }: Pick<DoorContext, 'services'>): string {
  return `${cookiePrefix(services.config)}.device`
}

function sealOf({ services }: Pick<DoorContext, 'services'>, emailHash: string, device: string): string {
  return services.keys.keyedHash('known-device', `${emailHash}:${device}`)
}

/**
 * The browser's own number when this account has signed in from it before, else null. Failures from it are counted by themselves: strangers
 * who guess at an address lock themselves out and not the person it belongs to (OWASP, device cookies). It opens nothing.
 */
export function knownDevice(context: DoorContext, emailHash: string): string | null {
  const [device = '', seal = ''] = (context.request.cookies[cookieName(context)] ?? '').split('.')
  if (!/^[0-9a-f]{32}$/.test(device)) return null
  const right = Buffer.from(sealOf(context, emailHash, device))
  const given = Buffer.from(seal)
  return given.length === right.length && timingSafeEqual(given, right) ? device : null
}

/** After a right password: the browser is known to this account from now on. */
export function rememberDevice(context: DoorContext, emailHash: string): void {
  const device = randomBytes(16).toString('hex')
  context.reply.setCookie(cookieName(context), `${device}.${sealOf(context, emailHash, device)}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: cookiesAreSecure(context.services.config),
    maxAge: KEPT_S,
  })
}
