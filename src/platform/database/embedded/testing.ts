import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { makeCluster, runningPostmaster, serverUrl, startCluster, stopCluster } from './cluster.ts'
import { openDataFolder, ownerPassword } from './folder.ts'
import { choosePlace, type PlaceOptions } from './place.ts'
import { probeDatabase } from './probe.ts'
import { isAlive, ownMark, type ProcessMark } from './processes.ts'

export interface ThrowawayServer {
  /** The owner's URL of the empty database "postgres" on the server. */
  ownerUrl: string
  /** Stops the server and removes its folder. */
  stop(): Promise<void>
}

const PREFIX = 'daicho-test-'

/**
 * One server for a test run, in a temporary folder, without fsync: it need not survive a power cut. Tests make their databases
 * on it with createTestDatabase. It ends with this process at the latest; after a kill -9, the next run ends it.
 */
export async function startThrowawayServer(options: PlaceOptions = {}): Promise<ThrowawayServer> {
  endAbandonedServers()
  const root = mkdtempSync(join(tmpdir(), PREFIX))
  const folder = openDataFolder(root)
  writeFileSync(join(folder.runFolder, 'owner'), JSON.stringify(ownMark()))
  const place = await choosePlace(folder, options)
  const remove = () => {
    rmSync(root, { recursive: true, force: true })
    if (!place.cluster.startsWith(root)) rmSync(place.cluster, { recursive: true, force: true })
  }
  const endAtExit = () => {
    endAtOnce(place.cluster)
    remove()
  }
  process.once('exit', endAtExit)
  const password = ownerPassword(folder, false)
  await makeCluster(place, password, false)
  const port = await startCluster(place, null, { durable: false })
  const ownerUrl = serverUrl(place.cluster, port, password, 'postgres')
  await withClient(databaseUrl(ownerUrl, 'template1'), client =>
    probeDatabase(client, { mustBeDurable: false }),
  )
  const stop = async () => {
    await stopCluster(place)
    remove()
    process.off('exit', endAtExit)
  }
  return { ownerUrl, stop }
}

/** Ends the servers of test runs which were killed before they could do so themselves. Others' folders cannot be read and stay. */
function endAbandonedServers(): void {
  for (const name of readdirSync(tmpdir()).filter(entry => entry.startsWith(PREFIX))) {
    const root = join(tmpdir(), name)
    const owner = readOwner(join(root, 'run', 'owner'))
    if (owner === null || isAlive(owner)) continue
    const cluster = join(root, 'postgres')
    endAtOnce(cluster)
    rmSync(root, { recursive: true, force: true })
  }
}

/** Ends a server without a checkpoint and waits up to five seconds; at the exit of a process nothing asynchronous runs any more. */
function endAtOnce(cluster: string): void {
  const postmaster = runningPostmaster(cluster)
  if (postmaster) process.kill(postmaster.pid, 'SIGQUIT')
  const clock = new Int32Array(new SharedArrayBuffer(4))
  for (let wait = 0; wait < 250 && runningPostmaster(cluster) !== null; wait++) Atomics.wait(clock, 0, 0, 20)
}

function readOwner(path: string): ProcessMark | null {
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
  } catch {
    // Another user's, or just being made: it is not ours to end.
    return null
  }
}

/** The same server and login, another database. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.toString()
}

/**
 * Copies a prepared database, which nobody may be connected to, under the given name; returns the copy's URL.
 */
export async function createTestDatabase(ownerUrl: string, template: string, name: string): Promise<string> {
  await withClient(databaseUrl(ownerUrl, 'postgres'), client =>
    client.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`),
  )
  return databaseUrl(ownerUrl, name)
}

/** Drops a test's database, cutting connections that are still open. */
export async function dropTestDatabase(ownerUrl: string, name: string): Promise<void> {
  await withClient(databaseUrl(ownerUrl, 'postgres'), client =>
    client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
  )
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'daicho test' })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
