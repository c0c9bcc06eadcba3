import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../platform/config.ts'
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
}

/** Opens the outside database of DATABASE_URL, or starts the embedded one; roles and schema are ready afterwards. */
export async function openDatabase(config: Config, options: OpenOptions): Promise<OpenedDatabase> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  return config.databaseUrl ? openOutside(config, config.databaseUrl, options) : openEmbedded(config, options)
}

async function openEmbedded(
  config: Config,
  { as, log, migrate: wanted = true }: OpenOptions,
): Promise<OpenedDatabase> {
  const embedded = await startEmbedded({ dataDir: config.dataDir, log, as })
  try {
    const password = appPassword(config.dataDir)
    await ensureAppRole(embedded.ownerUrl, password)
    const migrated = wanted ? (await migrate(embedded.ownerUrl)).applied : []
    return {
      appUrl: appUrl(embedded.ownerUrl, password),
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
  await probeOutside(ownerUrl)
  const programUrl = config.databaseOwnerUrl ? url : appUrl(ownerUrl, appPassword(config.dataDir))
  if (config.databaseOwnerUrl) await refuseOwnerAsProgram(url)
  else await ensureAppRole(ownerUrl, appPassword(config.dataDir))
  const migrated = wanted ? (await migrate(ownerUrl)).applied : []
  const { hostname, port, pathname } = new URL(ownerUrl)
  return {
    appUrl: programUrl,
    ownerUrl,
    where: `PostgreSQL at ${hostname}:${port || 5432}${pathname}`,
    migrated,
    stop: async () => {},
  }
}

async function probeOutside(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    const { hostname, port } = new URL(url)
    throw new Error(
      `the database at ${hostname}:${port || 5432} did not answer (${error instanceof Error ? error.message : error}). Remedy: check DATABASE_URL and that the server runs.`,
    )
  }
  try {
    await probeDatabase(client, { mustBeDurable: false })
  } finally {
    await client.end()
  }
}

async function refuseOwnerAsProgram(url: string): Promise<void> {
  const user = decodeURIComponent(new URL(url).username)
  if (user !== APP_ROLE)
    throw new Error(
      `DATABASE_URL must use the login ${APP_ROLE} when DATABASE_OWNER_URL is set; it uses "${user}"`,
    )
}

/** The password of the program's login, made once and kept beside the data (mode 600). */
function appPassword(dataDir: string): string {
  const file = join(dataDir, 'app.password')
  if (!existsSync(file)) writeFileSync(file, newPassword(), { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}
