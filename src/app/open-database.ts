import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../platform/config.ts'
import { addressParts, connectionRefusal } from '../platform/database/connection-refusal.ts'
import { probeDatabase, startEmbedded } from '../platform/database/embedded/index.ts'
import { migrate } from '../platform/database/migrate.ts'
import { APP_ROLE, appUrl, ensureAppRole, newPassword } from '../platform/database/roles.ts'

export interface OpenedDatabase {
  /** The program's own login. */
  appUrl: string
  /** The owner's login: migrations, backup, restore. */
  ownerUrl: string
  /** For the operator: where the database is. */
  where: string
  migrated: string[]
  stop(): Promise<void>
}

export interface OpenOptions {
  as: 'server' | 'verb'
  log: (line: string) => void
  /** Restore begins with an empty database and migrates by itself. */
  migrate?: boolean
  /** Told while an embedded database comes up in a process of its own; perhaps never, perhaps twice. */
  onStarting?: () => void
}

/** Opens the outside database of DATABASE_URL, or starts the embedded one; roles and schema are ready afterwards. */
export async function openDatabase(config: Config, options: OpenOptions): Promise<OpenedDatabase> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  return config.databaseUrl ? openOutside(config, config.databaseUrl, options) : openEmbedded(config, options)
}

async function openEmbedded(
  config: Config,
  { as, log, onStarting, migrate: wanted = true }: OpenOptions,
): Promise<OpenedDatabase> {
  const embedded = await startEmbedded({
    dataDir: config.dataDir,
    log,
    as,
    ...(onStarting && { onStarting }),
  })
  try {
    const programUrl = await programAddress(embedded.ownerUrl, config.dataDir)
    const migrated = wanted ? (await migrate(embedded.ownerUrl)).applied : []
    return {
      appUrl: programUrl,
      ownerUrl: embedded.ownerUrl,
      where: `embedded PostgreSQL in ${config.dataDir} (${embedded.how})`,
      migrated,
      stop: () => embedded.stop(),
    }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

/**
 * With DATABASE_OWNER_URL, DATABASE_URL is the program's own login. With DATABASE_URL alone it is the owner's, and the program
 * makes its own login beside it.
 */
async function openOutside(
  config: Config,
  url: string,
  { migrate: wanted = true }: OpenOptions,
): Promise<OpenedDatabase> {
  const ownerUrl = config.databaseOwnerUrl ?? url
  await withOutside(ownerUrl, client => probeDatabase(client, { mustBeDurable: false }))
  const programUrl = config.databaseOwnerUrl ? url : await programAddress(ownerUrl, config.dataDir)
  if (config.databaseOwnerUrl) await probeProgramLogin(url, ownerUrl)
  const migrated = wanted ? (await migrate(ownerUrl)).applied : []
  const { place } = addressParts(ownerUrl)
  return {
    appUrl: programUrl,
    ownerUrl,
    where: `PostgreSQL at ${place}`,
    migrated,
    stop: async () => {},
  }
}

async function withOutside<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    throw connectionRefusal(url, error)
  }
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The two addresses must name one database, and the program's the program's own login. */
async function probeProgramLogin(url: string, ownerUrl: string): Promise<void> {
  const user = decodeURIComponent(new URL(url).username)
  if (user !== APP_ROLE)
    throw new Error(
      `DATABASE_URL must use the login ${APP_ROLE} when DATABASE_OWNER_URL is set; it uses "${user}"`,
    )
  const [ours, owners] = [await withOutside(url, databaseOf), await withOutside(ownerUrl, databaseOf)]
  if (ours !== owners)
    throw new Error(
      'DATABASE_URL and DATABASE_OWNER_URL lead to two databases. Remedy: write the same host, port and database into both.',
    )
}

/** Tells one database from all others: of which server since when, and which one there. */
async function databaseOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query(
    "select concat_ws(' ', oid, datname, pg_postmaster_start_time()) as it from pg_database where datname = current_database()",
  )
  return rows[0].it
}

/** The address of the program's own login, which is made when it is not there. */
async function programAddress(ownerUrl: string, dataDir: string): Promise<string> {
  const password = appPassword(dataDir)
  return appUrl(ownerUrl, password, await ensureAppRole(ownerUrl, password))
}

/** The password of the program's login, made once and kept beside the data (mode 600). */
function appPassword(dataDir: string): string {
  const file = join(dataDir, 'app.password')
  if (!existsSync(file)) writeFileSync(file, newPassword(), { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}
