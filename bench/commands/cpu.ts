import { readdirSync, readFileSync } from 'node:fs'

/** A tick of /proc's clocks is a hundredth of a second on every Linux that Node runs on. */
const TICK_MS = 10

interface ProcessTimes {
  parent: number
  ms: number
}

/** User and system time of one process in milliseconds, its ended children included; null when it is gone or this is no Linux. */
function timesOf(pid: number): ProcessTimes | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number) as [
      number,
      number,
      number,
      number,
    ]
    return { parent: Number(fields[1]), ms: (user + system + childUser + childSystem) * TICK_MS }
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
      return null
    throw error
  }
}

export interface CpuMs {
  server: number
  database: number
}

/** What the server process and the whole database server (postmaster, sessions, writers) have used so far, in milliseconds; null outside Linux. */
export function cpuMs(serverPid: number, sessionPid: number): CpuMs | null {
  const server = timesOf(serverPid)
  const postmaster = timesOf(sessionPid)?.parent
  if (!server || postmaster === undefined) return null
  let database = timesOf(postmaster)?.ms ?? 0
  for (const name of readdirSync('/proc')) {
    const times = /^\d+$/.test(name) ? timesOf(Number(name)) : null
    if (times?.parent === postmaster) database += times.ms
  }
  return { server: server.ms, database }
}
