import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type pg from 'pg'
import { withClient } from './backup.ts'
import {
  MIGRATION_TABLES,
  presentSchemas,
  SCHEMAS,
  STABLE_TEXT,
  storedTables,
  type Table,
} from './catalog.ts'
import { withoutConstraints } from './constraints.ts'
import { checkFiles, type Manifest, readManifest } from './manifest.ts'
import { makeMissingPartitions } from './partitions.ts'
import { copyFile, copyFolder, syncFolders } from './stored-files.ts'
import { copyTableIn, quoted, tableContentSha256 } from './table-copy.ts'
import { unwrapKey, type WrappedKey } from './wrapped-key.ts'

export interface RestoreOptions {
  /** Owner of an empty database. */
  ownerUrl: string
  /** Must be empty or not exist. */
  filesDir: string
  anchorsFile?: string
  /** Opens the master key of the backup; without it the key is not returned. */
  passphrase?: string
  /** Makes the schema as it was at the level of the backup, with the program's login and the job tables. */
  migrateTo(level: string): Promise<void>
  /** Brings the restored schema to the newest level. */
  migrateAll(): Promise<void>
}

export interface Restored {
  manifest: Manifest
  masterKey: Buffer | null
  rows: number
}

/**
 * Brings a backup back into an empty database and an empty folder. All of the backup is checked before anything is written; each
 * restored table must give back the same bytes that were saved. Rows arrive in one transaction. Throws with the remedy.
 */
export async function restoreFrom(source: string, options: RestoreOptions): Promise<Restored> {
  const folder = resolve(source)
  const manifest = readManifest(folder)
  const masterKey = openMasterKey(folder, manifest, options.passphrase)
  await checkFiles(folder, manifest)
  await refuseUsedFolder(options.filesDir)
  await withClient(options.ownerUrl, refuseUsedDatabase)
  const rows = await restoreDatabase(folder, manifest, options).catch(rethrowWithRemedy)
  await restoreFiles(folder, manifest, options)
  await options.migrateAll()
  return { manifest, masterKey, rows }
}

function openMasterKey(folder: string, { extras }: Manifest, passphrase?: string): Buffer | null {
  if (!passphrase) return null
  if (!extras.some(({ path }) => path === 'master-key.json'))
    throw new Error(
      'this backup holds no master key. Remedy: restore without a passphrase and put the master key in place yourself.',
    )
  return unwrapKey(
    JSON.parse(readFileSync(join(folder, 'master-key.json'), 'utf8')) as WrappedKey,
    passphrase,
  )
}

async function refuseUsedFolder(folder: string): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length)
    throw new Error(
      `${folder} already holds files, and a restore overwrites nothing. Remedy: restore into a new data folder.`,
    )
}

async function refuseUsedDatabase(client: pg.Client): Promise<void> {
  const tables = await storedTables(client, SCHEMAS)
  const { rows } = await client.query(
    "select 1 from unnest($1::text[]) as name where to_regclass('public.' || name) is not null",
    [MIGRATION_TABLES],
  )
  if (tables.length || rows.length)
    throw new Error(
      'the database already holds tables, and a restore overwrites nothing. Remedy: restore into a new, empty database.',
    )
}

function rethrowWithRemedy(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error)
  throw new Error(
    `the restore failed: ${reason}\nRemedy: remove this database, make an empty one, and restore again.`,
    { cause: error },
  )
}

async function restoreDatabase(folder: string, manifest: Manifest, options: RestoreOptions): Promise<number> {
  await options.migrateTo(manifest.level)
  return await withClient(options.ownerUrl, async client => {
    await client.query(STABLE_TEXT)
    await client.query('begin')
    const schemas = await presentSchemas(client, manifest.schemas)
    await makeMissingPartitions(client, schemas, manifest.partitions)
    const present = await storedTables(client, schemas)
    refuseOtherSchema(manifest, present)
    let rows = 0
    await withoutConstraints(client, schemas, async () => {
      if (present.length) await client.query(`truncate ${present.map(quoted).join(', ')}`)
      for (const table of manifest.tables) rows += await restoreTable(client, folder, table)
      await forgetTransactions(client, present)
    })
    await restoreSequences(client, manifest)
    await refreshViews(client, schemas)
    await client.query('commit')
    await client.query('analyze')
    return rows
  })
}

/** The migrations of this version must lead to the same tables at that level; a missing one would lose rows. */
function refuseOtherSchema({ tables, level }: Manifest, present: readonly Table[]): void {
  const columnsOf = new Map(present.map(table => [quoted(table), new Set(table.columns)]))
  const missing: string[] = []
  for (const table of tables) {
    const columns = columnsOf.get(quoted(table))
    if (!columns) missing.push(quoted(table))
    else
      missing.push(
        ...table.columns.filter(column => !columns.has(column)).map(column => `${quoted(table)}.${column}`),
      )
  }
  if (missing.length)
    throw new Error(
      `the schema at level "${level}" lacks what the backup holds: ${missing.slice(0, 10).join(', ')}`,
    )
}

async function restoreTable(
  client: pg.Client,
  folder: string,
  table: Manifest['tables'][number],
): Promise<number> {
  const rows = await copyTableIn(client, table, join(folder, table.file))
  if (rows !== table.rows) throw new Error(`${quoted(table)} got ${rows} rows instead of ${table.rows}`)
  if ((await tableContentSha256(client, table)) !== table.contentSha256)
    throw new Error(`${quoted(table)} does not hold the same rows as the backup`)
  return rows
}

/** A number of the old server could belong to a transaction the new one has yet to run; the restoring one takes its place. */
async function forgetTransactions(client: pg.Client, tables: readonly Table[]): Promise<void> {
  for (const table of tables)
    for (const column of table.transactionColumns)
      await client.query(
        `update ${quoted(table)} set "${column.replaceAll('"', '""')}" = pg_current_xact_id()`,
      )
}

async function restoreSequences(client: pg.Client, { sequences }: Manifest): Promise<void> {
  for (const sequence of sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [
      quoted(sequence),
      sequence.lastValue,
      sequence.isCalled,
    ])
}

async function refreshViews(client: pg.Client, schemas: readonly string[]): Promise<void> {
  const { rows } = await client.query(
    `select n.nspname::text as schema, c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'm' and n.nspname = any($1) order by c.oid`,
    [schemas],
  )
  for (const view of rows as { schema: string; name: string }[])
    await client.query(`refresh materialized view ${quoted(view)}`)
}

/** Copies beside the place and renames, so that an interrupted restore leaves no half folder. */
async function restoreFiles(
  folder: string,
  manifest: Manifest,
  { filesDir, anchorsFile }: RestoreOptions,
): Promise<void> {
  const target = resolve(filesDir)
  const half = `${target}.${process.pid}.part`
  await mkdir(dirname(target), { recursive: true })
  await rm(half, { recursive: true, force: true })
  await copyFolder(join(folder, 'files'), half)
  await syncFolders(half)
  if (existsSync(target)) await rmdir(target)
  await rename(half, target)
  if (anchorsFile && !existsSync(anchorsFile) && manifest.extras.some(({ path }) => path === 'anchors.log'))
    await copyFile(join(folder, 'anchors.log'), anchorsFile)
}
