import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runAs } from './account.ts'
import { POSTGRES_MAJOR, programPath } from './binaries.ts'
import { writeWhole } from './folder.ts'
import { give, type Place } from './place.ts'
import { pidExists, workingFolder } from './processes.ts'
import { postgresqlConf } from './settings.ts'

export const HOST = '127.0.0.1'
const OWNER = 'daicho_owner'

/**
 * The owner's address of a database of the running server: through the socket in the cluster's folder, which asks half the time of a
 * loopback connection, else through the port. TLS is switched off by name: a PGSSLMODE in the environment would ask for what it has not.
 */
export function serverUrl(cluster: string, port: number, password: string, database: string): string {
  const through = hasSocket(cluster, port) ? `&host=${encodeURIComponent(cluster)}` : ''
  return `postgres://${OWNER}:${password}@${HOST}:${port}/${database}?sslmode=disable${through}`
}

/** What the system lets a socket's path be long, the shorter one of Linux (107 bytes) and macOS. */
const LONGEST_SOCKET_PATH = 103

function hasSocket(cluster: string, port: number): boolean {
  const path = join(cluster, `${SOCKET}${port}`)
  return Buffer.byteLength(path) <= LONGEST_SOCKET_PATH && existsSync(path)
}

const SOCKET = '.s.PGSQL.'

/** What a killed server leaves: its lock names a process number that may be somebody else's by now, and would forbid the start. */
function removeSockets(cluster: string): void {
  if (runningPostmaster(cluster) !== null) return
  for (const name of readdirSync(cluster).filter(entry => entry.startsWith(SOCKET)))
    rmSync(join(cluster, name), { force: true })
}

const LOCALE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'

/** Makes a new cluster. It is built beside its place and renamed, so that an interrupted start leaves no half cluster. */
export async function makeCluster(place: Place, password: string, durable: boolean): Promise<void> {
  const home = dirname(place.cluster)
  for (const name of readdirSync(home))
    if (/^postgres\.\d+\.(new|password)$/.test(name))
      rmSync(join(home, name), { recursive: true, force: true })
  const half = `${place.cluster}.${process.pid}.new`
  const passwordFile = `${place.cluster}.${process.pid}.password`
  mkdirSync(half, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  try {
    if (place.account.kind === 'switched') for (const path of [half, passwordFile]) give(path, place.account)
    const { code, output } = await runAs(place.account, programPath(place.programs, 'initdb'), [
      `--pgdata=${half}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      `--locale=${LOCALE}`,
      '--text-search-config=simple',
      '--no-instructions',
      // A new segment is filled with zeros while every commit waits: four short waits instead of a long one.
      '--wal-segsize=4',
      ...syncing(durable),
    ])
    if (code !== 0) throw new Error(`the database could not be created ${place.account.how}: ${output}`)
    renameSync(half, place.cluster)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(half, { recursive: true, force: true })
  }
}

/** One call for the whole disk instead of one for each of a thousand files, where the system has such a call. */
function syncing(durable: boolean): string[] {
  if (!durable) return ['--no-sync']
  return process.platform === 'linux' ? ['--sync-method=syncfs'] : []
}

/** Refuses a cluster of another major version; PostgreSQL would refuse too, without saying what to do. */
export function refuseOtherMajor(cluster: string): void {
  const major = Number(readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim())
  if (major > POSTGRES_MAJOR)
    throw new Error(
      `${cluster} was made by PostgreSQL ${major}; this version of Daicho brings ${POSTGRES_MAJOR}. ` +
        'Remedy: start the newer version of Daicho that made it.',
    )
  if (major < POSTGRES_MAJOR)
    throw new Error(
      `${cluster} was made by PostgreSQL ${major}; this version of Daicho brings ${POSTGRES_MAJOR}. ` +
        'Remedy: run "daicho backup" with the version that made it, then "daicho restore" with this one into a new data folder.',
    )
}

export interface Postmaster {
  pid: number
  port: number
  status: string
}

/** The server process of this cluster if it is alive: after a kill -9 of ours, its own goes on. A stale note of a dead one is removed. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  const where = pidExists(pid) ? workingFolder(pid) : null
  // Numbers are used again: PostgreSQL itself would take any process with that number for its predecessor and refuse to start.
  const isOurs =
    pidExists(pid) && (where === null ? process.platform !== 'linux' : isSameFolder(where, cluster))
  if (!isOurs) {
    rmSync(file, { force: true })
    return null
  }
  return { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() }
}

function isSameFolder(a: string, b: string): boolean {
  const [left, right] = [a, b].map(path => statSync(path, { throwIfNoEntry: false }))
  return left !== undefined && right !== undefined && left.ino === right.ino && left.dev === right.dev
}

/** Waits for a postmaster that is still starting, recovering or stopping. Null when it has ended. */
export async function settledPostmaster(cluster: string): Promise<Postmaster | null> {
  for (const deadline = Date.now() + 600_000; ; await sleep(50)) {
    const postmaster = runningPostmaster(cluster)
    if (postmaster === null || postmaster.status === 'ready') return postmaster
    if (Date.now() > deadline)
      throw new Error(
        `PostgreSQL (process ${postmaster.pid}) has been "${postmaster.status}" for ten minutes. Remedy: see ${cluster}/log.`,
      )
  }
}

export interface StartWishes {
  /** False only for the throwaway server of a test run. */
  durable: boolean
  /** Wait for the wished port instead of taking another: someone already knows the URL. */
  keepPort?: boolean
  /** Told while PostgreSQL comes up in its own process, so that the caller may use the time. */
  onStarting?: () => void
}

const PORT_TAKEN = /could not (bind|create any TCP)|Address already in use/i
const STARTS = 40

/** Starts the cluster and returns its port: the wished one, or a free one when that is taken. */
export async function startCluster(
  place: Place,
  wishedPort: number | null,
  wishes: StartWishes,
): Promise<number> {
  const mayKeep = wishedPort !== null && (wishes.keepPort || (await isFree(wishedPort)))
  let port = mayKeep ? wishedPort : await freePort()
  for (let attempt = 1; ; attempt++) {
    writeConf(place, port, wishes.durable)
    removeSockets(place.cluster)
    const starting = tryStart(place)
    wishes.onStarting?.()
    const reason = await starting
    if (reason === null) return port
    const portTaken = PORT_TAKEN.test(reason)
    // The backends of a killed server may not all have ended yet.
    if (!(portTaken || /shared memory block/i.test(reason)) || attempt === STARTS)
      throw new Error(`PostgreSQL did not start ${place.account.how} on ${place.cluster}:\n${reason}`)
    if (portTaken && !wishes.keepPort) port = await freePort()
    await sleep(250)
  }
}

/** Null when it runs, else what it said. */
async function tryStart(place: Place): Promise<string | null> {
  const log = join(place.cluster, 'start.log')
  rmSync(log, { force: true })
  const args = ['start', '--wait', '--timeout=600', '--silent', `--pgdata=${place.cluster}`, `--log=${log}`]
  const { code, output } = await runAs(place.account, programPath(place.programs, 'pg_ctl'), args)
  if (code === 0) return null
  return [output, existsSync(log) ? readFileSync(log, 'utf8') : '', newestLog(place.cluster)]
    .join('\n')
    .trim()
}

/** The configuration is ours to write anew; a crash in the middle must leave the old one whole. local.conf is the operator's. */
function writeConf(place: Place, port: number, durable: boolean): void {
  const path = join(place.cluster, 'postgresql.conf')
  const local = join(place.cluster, 'local.conf')
  writeWhole(path, postgresqlConf({ port, durable }))
  if (!existsSync(local)) writeWhole(local, '# Your own settings; they win over those of postgresql.conf.\n')
}

function newestLog(cluster: string): string {
  const folder = join(cluster, 'log')
  if (!existsSync(folder)) return ''
  const files = readdirSync(folder).map(name => ({ name, at: statSync(join(folder, name)).mtimeMs }))
  const newest = files.sort((a, b) => b.at - a.at)[0]
  return newest ? readFileSync(join(folder, newest.name), 'utf8').split('\n').slice(-8).join('\n') : ''
}

/** Stops the server: open transactions roll back, everything answered is on disk. */
export async function stopCluster(place: Place): Promise<void> {
  if (runningPostmaster(place.cluster) === null) return
  const args = ['stop', '--mode=fast', '--wait', '--timeout=120', '--silent', `--pgdata=${place.cluster}`]
  const { code, output } = await runAs(place.account, programPath(place.programs, 'pg_ctl'), args)
  if (code !== 0 && runningPostmaster(place.cluster) !== null)
    throw new Error(
      `PostgreSQL on ${place.cluster} did not stop: ${output}. Remedy: see ${place.cluster}/log.`,
    )
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, HOST, () => probe.close(() => resolve(true)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, HOST, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
