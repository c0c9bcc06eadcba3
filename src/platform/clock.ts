/** Where the time comes from. Rules never read it: `now` and `today` are passed to them. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** The system's clock moved so that it starts at `start`; only for tests and the demo (DAICHO_CLOCK). */
export function movedClock(start: Date): Clock {
  const offset = start.getTime() - Date.now()
  return { now: () => new Date(Date.now() + offset) }
}

/** A clock that a test sets by hand. */
export class HandClock implements Clock {
  #now: Date
  constructor(now: Date) {
    this.#now = now
  }
  now(): Date {
    return this.#now
  }
  set(now: Date): void {
    this.#now = now
  }
}
