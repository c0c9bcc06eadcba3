import { setTimeout as sleep } from 'node:timers/promises'
import { settledPostmaster, startCluster } from './cluster.ts'
import { withFolderLock } from './holders.ts'
import type { Place } from './place.ts'
import { isAlive, markOf } from './processes.ts'

const LOOK_EVERY_MS = 250
const LONGEST_PAUSE_MS = 30_000

export interface Watched {
  place: Place
  pid: number
  port: number
  runFolder: string
  log: (line: string) => void
}

/**
 * Starts PostgreSQL again, on its port, when it ends without having been asked to: someone killed it, or memory or disk ran out.
 * It recovers every answered write; the program's connections are made anew by its pool. Returns the act of looking no longer.
 */
export function keepRunning({ place, pid, port, runFolder, log }: Watched): () => void {
  const watching = new AbortController()
  const { signal } = watching
  void watch().catch(error => {
    if (!signal.aborted) throw error
  })
  return () => watching.abort()

  async function watch(): Promise<void> {
    let mark = markOf(pid)
    for (let failures = 0; !signal.aborted; ) {
      await sleep(Math.min(LOOK_EVERY_MS * 2 ** failures, LONGEST_PAUSE_MS), undefined, {
        signal,
        ref: false,
      })
      if (isAlive(mark)) continue
      try {
        const next = await withFolderLock(runFolder, () => restart())
        if (next !== null) mark = markOf(next)
        failures = 0
      } catch (error) {
        failures++
        log(`PostgreSQL could not be started again: ${error instanceof Error ? error.message : error}`)
      }
    }
  }

  async function restart(): Promise<number | null> {
    if (signal.aborted) return null
    const running = await settledPostmaster(place.cluster)
    if (running) return running.pid
    log('PostgreSQL has ended unasked; starting it again')
    await startCluster(place, port, { durable: true, keepPort: true })
    log(`PostgreSQL runs again on port ${port}`)
    // Killed once more meanwhile, it is found dead at the next look.
    return (await settledPostmaster(place.cluster))?.pid ?? 0
  }
}
