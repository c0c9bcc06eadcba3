import type { RegisterSource } from '../tables.ts'

/** How one register is asked: where, with which key. */
export interface Connection {
  source: RegisterSource
  baseUrl: string
  key: string
}

export type NotAsked =
  | 'switched_off'
  | 'no_key'
  | 'host_not_allowed'
  | 'no_number'
  | 'nothing_loaded'
  | 'unreachable'
  | 'too_many'
  | 'refused'
  | 'unreadable'

/** An answer, or why there is none. A register that cannot be reached never stops work: the screen says what was not checked. */
export type Answered<T> = { ok: true; value: T } | { ok: false; why: NotAsked }

const PATIENCE_MS = 8_000
const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024
/** The tax agency's default: one request a second (JR §1.3). */
const PAUSE_MS = 1_000
const WAITS_MS = [2_000, 5_000]

const nextSlot = new Map<string, number>()

/**
 * One GET to a register, at most one a second to each host; 403 (too many) is tried again after a wait. Redirects are not
 * followed and large answers are cut off, so that the key goes nowhere else and nobody can fill the memory.
 */
export async function ask(url: URL, headers: Record<string, string> = {}): Promise<Answered<string>> {
  for (let attempt = 0; ; attempt++) {
    await ownTurn(url.host)
    const answer = await once(url, headers)
    if (answer.ok || answer.why !== 'too_many' || attempt >= WAITS_MS.length) return answer
    await new Promise(resolve => setTimeout(resolve, WAITS_MS[attempt]))
  }
}

async function ownTurn(host: string): Promise<void> {
  const now = performance.now()
  const at = Math.max(now, nextSlot.get(host) ?? 0)
  nextSlot.set(host, at + PAUSE_MS)
  if (at > now) await new Promise(resolve => setTimeout(resolve, at - now))
}

async function once(url: URL, headers: Record<string, string>): Promise<Answered<string>> {
  let response: Response
  try {
    response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError'))
      return { ok: false, why: 'unreachable' }
    throw error
  }
  if (response.status === 403 || response.status === 429) return { ok: false, why: 'too_many' }
  if (response.status >= 500) return { ok: false, why: 'unreachable' }
  if (response.status === 404 && url.pathname.includes('/hojin/')) return { ok: true, value: '' }
  if (!response.ok) return { ok: false, why: 'refused' }
  return bodyOf(response)
}

async function bodyOf(response: Response): Promise<Answered<string>> {
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const part of response.body ?? []) {
      bytes += part.byteLength
      if (bytes > LARGEST_ANSWER_BYTES) return { ok: false, why: 'unreadable' }
      parts.push(part)
    }
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return { ok: false, why: 'unreachable' }
    throw error
  }
  return { ok: true, value: Buffer.concat(parts).toString('utf8') }
}
