import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Starts `work` at a fixed rate whether or not earlier ones are done, as people do, and returns how long each took in ms, counted
 * from when it was due: a server that falls behind cannot hide it.
 */
export async function openLoop(
  perSecond: number,
  count: number,
  work: (at: number) => Promise<unknown>,
): Promise<number[]> {
  const began = performance.now()
  const running: Promise<number>[] = []
  for (let at = 0; at < count; at++) {
    const due = began + (at * 1000) / perSecond
    const wait = due - performance.now()
    if (wait > 1) await sleep(wait)
    running.push(work(at).then(() => performance.now() - due))
  }
  return Promise.all(running)
}

/** p50, p95 and p99 in ms, one digit. */
export function percentiles(millis: readonly number[]): { p50Ms: number; p95Ms: number; p99Ms: number } {
  const sorted = [...millis].sort((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
}
