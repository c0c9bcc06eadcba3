import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, ownMark, type ProcessMark } from './processes.ts'

/** A process that uses the database of a data folder. There is one server at most; command-line verbs come and go beside it. */
export interface Holder extends ProcessMark {
  as: 'server' | 'verb'
}

function readMark<T extends ProcessMark>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T
  } catch {
    // Gone meanwhile, or cut short by a crash: it names no living process either way.
    return null
  }
}

/** The living holders of a run folder; the files of dead ones are removed on the way. */
export function livingHolders(runFolder: string): Holder[] {
  const folder = join(runFolder, 'holders')
  mkdirSync(folder, { recursive: true })
  const living: Holder[] = []
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.new')) continue
    const path = join(folder, name)
    const holder = readMark<Holder>(path)
    if (holder && isAlive(holder)) living.push(holder)
    else rmSync(path, { force: true })
  }
  return living
}

/** Refuses a second server; call it while holding the folder lock. */
export function refuseSecondServer(runFolder: string): void {
  const other = livingHolders(runFolder).find(holder => holder.as === 'server')
  if (other)
    throw new Error(
      `another Daicho server (process ${other.pid}) already uses this data folder. ` +
        'Remedy: stop it first, or give this one another folder with DAICHO_DATA.',
    )
}

/** Writes this process down as a holder; returns the act of striking it out. */
export function hold(runFolder: string, as: Holder['as']): () => void {
  const mark = ownMark()
  const folder = join(runFolder, 'holders')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${mark.pid}-${nextHolder++}`)
  writeFileSync(`${path}.new`, JSON.stringify({ ...mark, as }))
  renameSync(`${path}.new`, path)
  return () => rmSync(path, { force: true })
}

let nextHolder = 1

/** Runs the work while no other process starts or stops the database of this folder. Waits up to two minutes for its turn. */
export async function withFolderLock<T>(runFolder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(runFolder, 'lock')
  const mine = join(runFolder, `lock.${process.pid}.${nextHolder++}`)
  writeFileSync(mine, JSON.stringify(ownMark()))
  try {
    for (const deadline = Date.now() + 120_000; !tryLink(mine, lock); ) {
      dropDeadLock(lock, mine)
      if (Date.now() > deadline)
        throw new Error(
          `another process keeps starting or stopping this database. Remedy: end it, then remove ${lock}.`,
        )
      await sleep(20)
    }
    try {
      return await work()
    } finally {
      rmSync(lock, { force: true })
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

/** A hard link is made by one process only, whoever else tries at the same moment. */
function tryLink(mine: string, lock: string): boolean {
  try {
    linkSync(mine, lock)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function dropDeadLock(lock: string, mine: string): void {
  const owner = readMark(lock)
  if (owner === null || isAlive(owner)) return
  // Taken aside first: of two processes that see the dead owner, one moves the file and the other finds nothing to move.
  const aside = `${mine}.dead`
  try {
    renameSync(lock, aside)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  const moved = readMark(aside)
  // The lock may have changed hands between the look and the move; a living owner gets it back.
  if (moved && isAlive(moved)) tryLink(aside, lock)
  rmSync(aside, { force: true })
}
