import type { Id } from '../ids/uuid.ts'

/** Groups under way at the same time: while the database works on one, the program prepares the next. */
const MOST_GROUPS = 2
const MOST_MEMBERS = 16

export interface Visitor {
  /** Records no two members of one group may share. */
  touches: readonly (Id | string)[]
}

interface Waiting<V, A> {
  visitor: V
  resolve(answer: A): void
  reject(error: unknown): void
}

/**
 * Where runs of one command wait for each other. Whoever comes while nothing is under way starts at once; whoever comes later goes with
 * the others who came meanwhile. Nobody waits for company.
 */
export class WaitingRoom<V extends Visitor, A> {
  readonly #run: (group: readonly V[]) => Promise<PromiseSettledResult<A>[]>
  #waiting: Waiting<V, A>[] = []
  #groups = 0
  #called = false

  /** `run` settles every visitor of its group, in their order. */
  constructor(run: (group: readonly V[]) => Promise<PromiseSettledResult<A>[]>) {
    this.#run = run
  }

  enter(visitor: V): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ visitor, resolve, reject })
      this.#callSoon()
    })
  }

  /** After what has arrived together has been read. */
  #callSoon(): void {
    if (this.#called) return
    this.#called = true
    setImmediate(() => {
      this.#called = false
      while (this.#groups < MOST_GROUPS && this.#waiting.length > 0) void this.#serve(this.#next())
    })
  }

  /** The longest waiting first; whoever shares a record with one of them waits on. */
  #next(): Waiting<V, A>[] {
    const group: Waiting<V, A>[] = []
    const later: Waiting<V, A>[] = []
    const touched = new Set<string>()
    for (const one of this.#waiting) {
      const { touches } = one.visitor
      const fits = group.length < MOST_MEMBERS && touches.every(id => !touched.has(id))
      ;(fits ? group : later).push(one)
      // Also when it waits on: who came later for the same record must not overtake.
      for (const id of touches) touched.add(id)
    }
    this.#waiting = later
    return group
  }

  async #serve(group: Waiting<V, A>[]): Promise<void> {
    this.#groups++
    try {
      const outcomes = await this.#run(group.map(one => one.visitor))
      for (const [at, one] of group.entries()) {
        const outcome = outcomes[at]
        if (outcome?.status === 'fulfilled') one.resolve(outcome.value)
        else one.reject(outcome?.reason ?? new Error('a member of a group was not answered'))
      }
    } catch (error) {
      for (const one of group) one.reject(error)
    } finally {
      this.#groups--
      this.#callSoon()
    }
  }
}
