import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/**
 * A process which cannot be mistaken for a later one with the same number: numbers are used again, quickly so in containers,
 * but never together with the moment of the start.
 */
export interface ProcessMark {
  pid: number
  startedAt: string
}

export function ownMark(): ProcessMark {
  return markOf(process.pid)
}

/** Of a process that is already gone it names one which is not alive. */
export function markOf(pid: number): ProcessMark {
  return { pid, startedAt: startOf(pid) ?? 'ended' }
}

export function isAlive({ pid, startedAt }: ProcessMark): boolean {
  if (!pidExists(pid)) return false
  return startOf(pid) === startedAt
}

export function pidExists(pid: number): boolean {
  // To the system 0 and below mean whole groups of processes.
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When the process started, as an opaque text; null when there is no such process, '' where the system does not tell. */
function startOf(pid: number): string | null {
  if (process.platform === 'linux') return linuxStart(pid)
  if (process.platform === 'win32') return pidExists(pid) ? '' : null
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return pidExists(pid) ? '' : null
  }
}

function linuxStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces; the state follows it and the start is the 20th field from there.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; only its parent has not noticed yet.
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

/** The working folder of a process; null where the system does not tell. A postmaster's is its data folder. */
export function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}
