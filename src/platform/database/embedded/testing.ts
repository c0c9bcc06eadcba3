import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { makeCluster, serverUrl, startCluster, stopCluster } from './cluster.ts'
import { openDataFolder, ownerPassword } from './folder.ts'
import { choosePlace, type PlaceOptions } from './place.ts'
import { probeDatabase } from './probe.ts'

export interface ThrowawayServer {
  /** The owner's URL of the empty database "postgres" on the server. */
  ownerUrl: string
  /** Stops the server and removes its folder. */
  stop(): Promise<void>
}

/**
 * One server for a test run, in a temporary folder, without fsync: it need not survive a power cut. Tests make their databases
 * on it with createTestDatabase.
 */
export async function startThrowawayServer(options: PlaceOptions = {}): Promise<ThrowawayServer> {
  const root = mkdtempSync(join(tmpdir(), 'daicho-test-'))
  const folder = openDataFolder(root)
  const place = await choosePlace(folder, options)
  const password = ownerPassword(folder, false)
  await makeCluster(place, password, false)
  const port = await startCluster(place, null, false)
  const ownerUrl = serverUrl(port, password, 'postgres')
  await withClient(databaseUrl(ownerUrl, 'template1'), client =>
    probeDatabase(client, { mustBeDurable: false }),
  )
  const stop = async () => {
    await stopCluster(place)
    rmSync(root, { recursive: true, force: true })
    if (!place.cluster.startsWith(root) && existsSync(place.cluster))
      rmSync(place.cluster, { recursive: true, force: true })
  }
  return { ownerUrl, stop }
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
