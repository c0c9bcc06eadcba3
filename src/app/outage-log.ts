import { connectionRefusal } from '../platform/database/connection-refusal.ts'
import { isLostConnection } from '../platform/database/sql-errors.ts'
import type { Services } from '../platform/slice.ts'

const SAID_AGAIN_AFTER_MS = 60_000

/**
 * The log while the database is away: every job and request fails for the same reason, so that one line a minute names the place and the
 * remedy instead of hundreds; another says that it is back.
 */
export class OutageLog {
  readonly #log: Services['log']
  readonly #url: string
  readonly #now: () => number
  #saidAt: number | null = null

  constructor(log: Services['log'], url: string, now: () => number = () => performance.now()) {
    this.#log = log
    this.#url = url
    this.#now = now
  }

  readonly log: Services['log'] = (message, facts) => {
    const error = facts?.error
    if (!isLostConnection(error)) return this.#log(message, facts)
    if (this.#saidAt !== null && this.#now() - this.#saidAt < SAID_AGAIN_AFTER_MS) return
    this.#saidAt = this.#now()
    this.#log(`${connectionRefusal(this.#url, error).message} The program goes on by itself once it is back.`)
  }

  /** A session was opened. */
  readonly opened = (): void => {
    if (this.#saidAt === null) return
    this.#saidAt = null
    this.#log('the database is back')
  }
}
