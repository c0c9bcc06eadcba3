import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import { type Db, openDatabase, openPool } from './database.ts'

const SOURCE_ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface MigrationFile {
  /** 20261124-0900-parties: the time stamp orders all slices' migrations in one line. */
  name: string
  path: string
  text: string
}

/** All slices' migrations, oldest first. Two files with one name are refused: their order would be a matter of chance. */
export function migrationFiles(): MigrationFile[] {
  const paths = globSync('{platform,business}/**/migrations/*.sql', { cwd: SOURCE_ROOT })
  const files = paths.map(path => {
    const full = join(SOURCE_ROOT, path)
    return { name: basename(path, '.sql'), path: full, text: readFileSync(full, 'utf8') }
  })
  files.sort((a, b) => (a.name < b.name ? -1 : 1))
  const seen = new Set<string>()
  for (const { name } of files) {
    if (!/^\d{8}-\d{4}-[a-z0-9-]+$/.test(name))
      throw new Error(`migration ${name}: name it YYYYMMDD-HHMM-what`)
    if (seen.has(name)) throw new Error(`two migrations are called ${name}: change the minute of one`)
    seen.add(name)
  }
  return files
}

class SlicesMigrations implements MigrationProvider {
  async getMigrations(): Promise<Record<string, Migration>> {
    const all: Record<string, Migration> = {}
    for (const file of migrationFiles())
      all[file.name] = { up: async db => void (await sql.raw(file.text).execute(db)) }
    return all
  }
}

export interface MigrationOutcome {
  applied: string[]
  level: string
}

/** Brings the schema to the newest level with the owner's login; throws with the failing migration's name. */
export async function migrate(ownerUrl: string, upTo?: string): Promise<MigrationOutcome> {
  const db = openDatabase(openPool({ url: ownerUrl, max: 2, name: 'daicho migrate' }))
  try {
    return await migrateDatabase(db, upTo)
  } finally {
    await db.destroy()
  }
}

async function migrateDatabase(db: Db, upTo?: string): Promise<MigrationOutcome> {
  const migrator = new Migrator({
    db,
    provider: new SlicesMigrations(),
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  })
  await refuseNewerSchema(migrator)
  const { error, results = [] } = upTo ? await migrator.migrateTo(upTo) : await migrator.migrateToLatest()
  const failed = results.find(result => result.status === 'Error')
  if (failed) throw new Error(`migration ${failed.migrationName} failed: ${String(error)}`, { cause: error })
  if (error) throw error instanceof Error ? error : new Error(String(error))
  const applied = results.filter(result => result.status === 'Success').map(result => result.migrationName)
  return { applied, level: upTo ?? migrationFiles().at(-1)?.name ?? '' }
}

/** A database which a newer program has migrated must not be opened by an older one. */
async function refuseNewerSchema(migrator: Migrator): Promise<void> {
  const known = new Set(migrationFiles().map(file => file.name))
  const rows = await migrator.getMigrations().catch(rethrowNewerSchema)
  const newer = rows.filter(row => row.executedAt && !known.has(row.name))
  if (newer.length) throw newerSchema(newer.map(row => row.name).join(', '))
}

function rethrowNewerSchema(error: unknown): never {
  if (error instanceof Error && error.message.includes('previously executed migration'))
    throw newerSchema(error.message)
  throw error
}

function newerSchema(what: string): Error {
  return new Error(
    `this database was used by a newer version of Daicho (${what}). Remedy: start the newer version, or restore a backup made before the upgrade.`,
  )
}

/** One hash over all migrations: equal hash means equal schema, so a prepared template database can be used again. */
export function migrationsHash(): string {
  const hash = createHash('sha256')
  for (const file of migrationFiles()) hash.update(file.name).update('\0').update(file.text).update('\0')
  return hash.digest('hex').slice(0, 16)
}
