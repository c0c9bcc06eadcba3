import { parentPort, workerData } from 'node:worker_threads'
import type { ListEntry } from '../lists/list-entry.ts'
import { ListIndex, screenSubject } from './list-index.ts'
import type { ScreeningPolicy } from './policy.ts'
import type { ScreeningMatch, ScreeningSubject } from './screening-result.ts'

export interface WorkerSetup {
  entries: readonly ListEntry[]
  policy: ScreeningPolicy
}

export interface WorkerTask {
  subjects: ScreeningSubject[]
}

export type WorkerMatch = Omit<ScreeningMatch, 'listEntry'> & { entry: number }

export interface WorkerAnswer {
  /** Place of the subject in the batch and what was found for it; clear subjects are left out. */
  found: [number, WorkerMatch[]][]
}

const setup = workerData as WorkerSetup
const index = new ListIndex(setup.entries, { policy: setup.policy, exhaustive: false })
const places = new Map(index.entries.map((entry, at) => [entry, at]))

parentPort!.on('message', (task: WorkerTask) => {
  const found: WorkerAnswer['found'] = []
  for (const [at, subject] of task.subjects.entries()) {
    const matches = screenSubject(index, subject)
    if (matches.length > 0)
      found.push([at, matches.map(({ listEntry, ...rest }) => ({ ...rest, entry: places.get(listEntry)! }))])
  }
  const answer: WorkerAnswer = { found }
  parentPort!.postMessage(answer)
})
