import { createHash } from 'node:crypto'

/** A text is named from its third use on: texts built for one request (filters, lists of values) never fill the server's memory. */
const USES_BEFORE_NAMING = 3
const MOST_NAMES = 400
const MOST_CANDIDATES = 2_000

/**
 * Which SQL texts get a name, so that PostgreSQL parses and plans them once a session (docs/decisions/0011). The name is a hash of the
 * text: whatever session a pooler hands out, one name can only mean one text.
 */
export class StatementNames {
  #names = new Map<string, string>()
  #uses = new Map<string, number>()
  #on: boolean
  #generation = 0

  constructor(on: boolean) {
    this.#on = on
  }

  /** Counts up each time the names became worthless; a session of an earlier generation holds plans nobody uses. */
  get generation(): number {
    return this.#generation
  }

  get areUsed(): boolean {
    return this.#on
  }

  get size(): number {
    return this.#names.size
  }

  /** The text's name, or null while it is to be sent without one. */
  nameOf(text: string): string | null {
    if (!this.#on) return null
    const known = this.#names.get(text)
    if (known !== undefined) return known
    if (this.#names.size >= MOST_NAMES) return null
    const uses = (this.#uses.get(text) ?? 0) + 1
    if (uses < USES_BEFORE_NAMING) {
      if (this.#uses.size >= MOST_CANDIDATES) this.#uses.clear()
      this.#uses.set(text, uses)
      return null
    }
    this.#uses.delete(text)
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    const name = `d${this.#generation}_${hash}`
    this.#names.set(text, name)
    return name
  }

  /** The schema changed under the plans: every text gets a new name, and with it a new plan. */
  startAnew(): void {
    this.#generation++
    this.#names.clear()
  }

  /** Sessions do not keep what was prepared (a pooler which changes them between transactions): send every text without a name. */
  switchOff(): void {
    this.#on = false
    this.startAnew()
  }
}
