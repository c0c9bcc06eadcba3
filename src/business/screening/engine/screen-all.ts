import { Worker } from 'node:worker_threads'
import type { ListEntry } from '../lists/list-entry.ts'
import { ListIndex, screenSubject } from './list-index.ts'
import type { ScreeningPolicy } from './policy.ts'
import type { WorkerAnswer, WorkerMatch, WorkerSetup, WorkerTask } from './screen-worker.ts'
import type { ScreeningMatch, ScreeningSubject } from './screening-result.ts'

export interface SubjectMatches {
  subject: ScreeningSubject
  /** Best first; empty means clear. */
  matches: ScreeningMatch[]
}

/** A built index, or what to build one from: with several threads only the workers need one. */
export type ScreeningSource = ListIndex | { entries: readonly ListEntry[]; policy: ScreeningPolicy }

const BATCH = 1_000

/**
 * Screens many subjects and yields them in the order given, in batches; memory does not grow with their number.
 * With one thread the work is done here, with more in worker threads that each hold their own index.
 */
export async function* screenAll(
  source: ScreeningSource,
  subjects: Iterable<ScreeningSubject> | AsyncIterable<ScreeningSubject>,
  options: { threads?: number } = {},
): AsyncGenerator<SubjectMatches[]> {
  const threads = Math.max(1, Math.min(64, options.threads ?? 1))
  if (threads === 1) {
    const index =
      source instanceof ListIndex
        ? source
        : new ListIndex(source.entries, { policy: source.policy, exhaustive: false })
    for await (const batch of inBatches(subjects))
      yield batch.map(subject => ({ subject, matches: screenSubject(index, subject) }))
    return
  }
  const pool = new ScreeningPool(source, threads)
  try {
    const waiting: Promise<SubjectMatches[]>[] = []
    for await (const batch of inBatches(subjects)) {
      waiting.push(pool.screen(batch))
      if (waiting.length >= threads * 3) yield await waiting.shift()!
    }
    for (const answer of waiting) yield await answer
  } finally {
    await pool.close()
  }
}

async function* inBatches(
  subjects: Iterable<ScreeningSubject> | AsyncIterable<ScreeningSubject>,
): AsyncGenerator<ScreeningSubject[]> {
  let batch: ScreeningSubject[] = []
  for await (const subject of subjects) {
    batch.push(subject)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

interface Waiting {
  batch: ScreeningSubject[]
  resolve: (answer: SubjectMatches[]) => void
  reject: (error: unknown) => void
}

/** Memory of a worker: an index holds some 4 kB for each listed name; the rest is for words met and for what is being collected. */
const BASE_MEGABYTES = 256
const MEGABYTES_PER_NAME = 0.006

function megabytesFor(entries: readonly ListEntry[]): number {
  return Math.ceil(
    BASE_MEGABYTES + entries.reduce((names, entry) => names + entry.names.length, 0) * MEGABYTES_PER_NAME,
  )
}

/** Worker threads with an index each; tasks go to whichever is free. */
class ScreeningPool {
  readonly #entries: readonly ListEntry[]
  readonly #workers: Worker[]
  readonly #free: Worker[]
  readonly #queue: Waiting[] = []
  readonly #running = new Map<Worker, Waiting>()

  constructor(source: ScreeningSource, threads: number) {
    this.#entries = source.entries
    const resourceLimits = { maxOldGenerationSizeMb: megabytesFor(source.entries) }
    const setup: WorkerSetup = { entries: source.entries, policy: source.policy }
    this.#workers = Array.from(
      { length: threads },
      () => new Worker(new URL('./screen-worker.ts', import.meta.url), { workerData: setup, resourceLimits }),
    )
    this.#free = [...this.#workers]
    for (const worker of this.#workers) {
      worker.on('message', (answer: WorkerAnswer) => this.#finish(worker, answer))
      worker.on('error', error => this.#fail(worker, error))
    }
  }

  screen(batch: ScreeningSubject[]): Promise<SubjectMatches[]> {
    const answer = new Promise<SubjectMatches[]>((resolve, reject) =>
      this.#queue.push({ batch, resolve, reject }),
    )
    // A failure is thrown when the answer is awaited in its turn; until then it must not count as unhandled.
    answer.catch(() => undefined)
    this.#startNext()
    return answer
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker.terminate()))
  }

  #startNext(): void {
    while (this.#free.length > 0 && this.#queue.length > 0) {
      const worker = this.#free.pop()!
      const task = this.#queue.shift()!
      this.#running.set(worker, task)
      const message: WorkerTask = { subjects: task.batch }
      worker.postMessage(message)
    }
  }

  #finish(worker: Worker, answer: WorkerAnswer): void {
    const task = this.#running.get(worker)!
    this.#running.delete(worker)
    this.#free.push(worker)
    const found = new Map(
      answer.found.map(([at, matches]) => [at, matches.map(match => this.#restore(match))]),
    )
    task.resolve(task.batch.map((subject, at) => ({ subject, matches: found.get(at) ?? [] })))
    this.#startNext()
  }

  #fail(worker: Worker, error: unknown): void {
    this.#running.get(worker)?.reject(error)
    this.#running.delete(worker)
    for (const task of this.#queue.splice(0)) task.reject(error)
  }

  /** Entries are sent as numbers, not copied back. */
  #restore(match: WorkerMatch): ScreeningMatch {
    const { entry, ...rest } = match
    return { listEntry: this.#entries[entry]!, ...rest }
  }
}
