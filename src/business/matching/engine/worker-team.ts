/** A few threads which take tasks in order and answer with promises. */
import { Worker } from 'node:worker_threads'
import { LedgerFileError } from './ledger-csv.ts'
import type {
  ChunkResult,
  ChunkTask,
  ScanResult,
  ScanTask,
  WorkerAnswer,
  WorkerTask,
} from './match-worker.ts'

type Waiting = { task: WorkerTask; settle: (answer: WorkerAnswer) => void; fail: (error: unknown) => void }

/** Starts `size` threads; call `close` when done. */
export class WorkerTeam {
  readonly size: number
  private readonly idle: Worker[] = []
  private readonly all: Worker[] = []
  private readonly queue: Waiting[] = []
  private readonly busy = new Map<Worker, Waiting>()

  constructor(size: number) {
    this.size = size
    for (let k = 0; k < size; k++) this.all.push(this.hire())
    this.idle.push(...this.all)
  }

  chunk(task: ChunkTask): Promise<ChunkResult> {
    return this.give(task) as Promise<ChunkResult>
  }

  scan(task: ScanTask): Promise<ScanResult> {
    return this.give(task) as Promise<ScanResult>
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map(worker => worker.terminate()))
  }

  private hire(): Worker {
    const worker = new Worker(new URL('./match-worker.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    worker.on('message', (answer: WorkerAnswer) => {
      const done = this.busy.get(worker)
      this.busy.delete(worker)
      this.idle.push(worker)
      done?.settle(answer)
      this.next()
    })
    worker.on('error', error => {
      this.busy.get(worker)?.fail(error)
      for (const waiting of this.queue.splice(0)) waiting.fail(error)
    })
    return worker
  }

  private give(task: WorkerTask): Promise<ChunkResult | ScanResult> {
    return new Promise((resolve, reject) => {
      const settle = (answer: WorkerAnswer) => {
        if (answer.ok) resolve(answer.result)
        else reject(new LedgerFileError(answer.file, answer.line, answer.column, withoutPlace(answer)))
      }
      this.queue.push({ task, settle, fail: reject })
      this.next()
    })
  }

  private next(): void {
    while (this.idle.length > 0 && this.queue.length > 0) {
      const worker = this.idle.pop()!
      const waiting = this.queue.shift()!
      this.busy.set(worker, waiting)
      worker.postMessage(waiting.task)
    }
  }
}

function withoutPlace(answer: { file: string; line: number; column: number; message: string }): string {
  return answer.message.slice(`${answer.file}:${answer.line}:${answer.column}: `.length)
}
