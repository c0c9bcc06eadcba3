import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import './tables.ts'

/** How patient we are with failures: how many are free, and how long they are remembered. */
export interface BrakePolicy {
  freeFailures: number
  firstDelaySeconds: number
  longestDelaySeconds: number
  forgottenAfterSeconds: number
}

/** One account: five tries, then 30 s, 60 s, 120 s … up to one hour. */
export const accountPolicy: BrakePolicy = {
  freeFailures: 5,
  firstDelaySeconds: 30,
  longestDelaySeconds: 3600,
  forgottenAfterSeconds: 86_400,
}

/** One network address, behind which a whole office may sit: thirty failures an hour, then growing delays. */
export const addressPolicy: BrakePolicy = {
  freeFailures: 30,
  firstDelaySeconds: 60,
  longestDelaySeconds: 3600,
  forgottenAfterSeconds: 3600,
}

/**
 * What counts as one network address. With IPv6 a single line is given a whole /64 and may send each request from another address of it,
 * so the first half stands for all (RFC 6177); IPv4 written as IPv6 is IPv4.
 */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  if (!isIPv6(ip)) return ip
  const [head = '', tail] = ip.replace(/%.*$/, '').split('::')
  const groups = (text: string | undefined) => text?.split(':').filter(Boolean) ?? []
  const left = groups(head)
  const right = groups(tail)
  const all = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${all
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/** Seconds to wait after the nth failure in a row; zero while failures are free. Doubles each time, up to the longest. */
export function delayAfter(failures: number, policy: BrakePolicy): number {
  if (failures < policy.freeFailures) return 0
  const doublings = Math.min(failures - policy.freeFailures, 30)
  return Math.min(policy.firstDelaySeconds * 2 ** doublings, policy.longestDelaySeconds)
}

/**
 * Counts one try as failed before it is looked at, so that a hundred guesses sent at once are not a hundred guesses looked at.
 * Returns 0 when the try may be made, else the seconds to wait; a success gives the count back with `releaseBrake`.
 */
export async function applyBrake(db: Db | Tx, key: string, policy: BrakePolicy, now: Date): Promise<number> {
  const at = now.toISOString()
  const forgotten = new Date(now.getTime() - policy.forgottenAfterSeconds * 1000).toISOString()
  const delays = Array.from({ length: policy.freeFailures + 32 }, (_, at) => delayAfter(at + 1, policy))
  const failures = sql`case when brake.counted_at < ${forgotten} then 1 else brake.failures + 1 end`
  const { rows } = await sql`insert into sign_in_brake as brake (key, failures, counted_at)
    values (${key}, 1, ${at})
    on conflict (key) do update set
      failures = ${failures},
      counted_at = ${at},
      blocked_until = ${at}::timestamptz
        + make_interval(secs => nullif((${delays}::integer[])[least(${failures}, ${delays.length})], 0))
    where brake.blocked_until is null or brake.blocked_until <= ${at}
    returning failures`.execute(db)
  return rows.length > 0 ? 0 : secondsLeft(db, key, now)
}

/** Whether this key was free, and takes it for so long: of several who ask at once one hears yes. `releaseBrake` gives it back early. */
export async function takeOnce(db: Db | Tx, key: string, forMs: number, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const before = new Date(now.getTime() - forMs).toISOString()
  const taken = await db
    .insertInto('sign_in_brake')
    .values({ key, failures: 0, counted_at: at, blocked_until: null })
    .onConflict(conflict =>
      conflict.column('key').doUpdateSet({ counted_at: at }).where('sign_in_brake.counted_at', '<', before),
    )
    .returning('key')
    .executeTakeFirst()
  return taken !== undefined
}

async function secondsLeft(db: Db | Tx, key: string, now: Date): Promise<number> {
  const row = await db
    .selectFrom('sign_in_brake')
    .select('blocked_until')
    .where('key', '=', key)
    .executeTakeFirst()
  const until = row?.blocked_until ? new Date(row.blocked_until).getTime() : now.getTime()
  return Math.max(1, Math.ceil((until - now.getTime()) / 1000))
}

/** After a success: an account starts anew. */
export async function releaseBrake(db: Db | Tx, key: string): Promise<void> {
  await db.deleteFrom('sign_in_brake').where('key', '=', key).execute()
}

/** After a success: an address gets this one try back; its other failures stay, whoever else succeeds from there. */
export async function giveBackTry(db: Db | Tx, key: string, policy: BrakePolicy): Promise<void> {
  await sql`update sign_in_brake set failures = greatest(failures - 1, 0),
    blocked_until = case when failures - 1 < ${policy.freeFailures} then null else blocked_until end
    where key = ${key}`.execute(db)
}
