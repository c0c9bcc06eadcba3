import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { productVersion } from '../embedded/folder.ts'
import {
  migrationNames,
  partitions,
  presentSchemas,
  SCHEMAS,
  STABLE_TEXT,
  sequences,
  storedTables,
} from './catalog.ts'
import { FORMAT, type Manifest, manifestText, type StoredFile, sha256Of, type TableCopy } from './manifest.ts'
import { copyFile, copyFolder, syncFolders } from './stored-files.ts'
import { copyTableOut } from './table-copy.ts'
import { wrapKey } from './wrapped-key.ts'

/** Held shared during a backup. Whoever removes files takes it exclusively and comes back later when it is not to be had. */
export const BACKUP_LOCK = 7_322_001

export interface BackupOptions {
  ownerUrl: string
  /** Uploaded files; need not exist. */
  filesDir: string
  /** Where the roots of the trail are noted; need not exist. */
  anchorsFile?: string
  /** Without it the backup cannot decrypt personal data by itself: keep the master key elsewhere then. */
  key?: { masterKey: Buffer; passphrase: string }
  now: Date
  schemas?: readonly string[]
}

/**
 * Writes all rows of one moment, then the files, into a new folder. The folder appears whole or not at all; an existing one must
 * be empty. Work goes on meanwhile. Throws with the remedy; then nothing is left behind.
 */
export async function backupTo(target: string, options: BackupOptions): Promise<Manifest> {
  const folder = resolve(target)
  await refuseNonEmpty(folder)
  await mkdir(dirname(folder), { recursive: true })
  const half = `${folder}.${process.pid}.part`
  await rm(half, { recursive: true, force: true })
  try {
    const key = options.key ? wrapKey(options.key.masterKey, options.key.passphrase) : null
    await mkdir(join(half, 'tables'), { recursive: true, mode: 0o700 })
    const manifest = await withClient(options.ownerUrl, async client => {
      // Until the files are copied too, nothing the rows speak of may be swept away.
      await client.query('select pg_advisory_lock_shared($1)', [BACKUP_LOCK])
      const rows = await copyDatabase(client, half, options)
      const files = await copyFolder(options.filesDir, join(half, 'files'))
      const anchors = options.anchorsFile
        ? await copyFile(options.anchorsFile, join(half, 'anchors.log'))
        : null
      const extras: StoredFile[] = anchors ? [{ path: 'anchors.log', ...anchors }] : []
      if (key) extras.push(await writeText(half, 'master-key.json', `${JSON.stringify(key, null, 1)}\n`))
      return { ...rows, files, extras }
    })
    await writeText(half, 'manifest.json', manifestText(manifest))
    await syncFolders(half)
    if (existsSync(folder)) await rmdir(folder)
    await rename(half, folder)
    return manifest
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    throw error
  }
}

async function refuseNonEmpty(folder: string): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length)
    throw new Error(
      `${folder} is not empty, and a backup overwrites nothing. Remedy: name a folder that does not exist yet.`,
    )
}

/** One snapshot for all tables, however long it takes to read them. */
async function copyDatabase(
  client: pg.Client,
  half: string,
  options: BackupOptions,
): Promise<Omit<Manifest, 'files' | 'extras'>> {
  await client.query(STABLE_TEXT)
  await client.query('begin isolation level repeatable read read only')
  const schemas = await presentSchemas(client, options.schemas ?? SCHEMAS)
  const { rows } = await client.query('show server_version')
  const facts = {
    format: FORMAT,
    productVersion: productVersion(),
    postgresVersion: String(rows[0].server_version),
    madeAt: options.now.toISOString(),
    level: (await migrationNames(client)).at(-1) ?? '',
    schemas,
    partitions: await partitions(client, schemas),
    sequences: await sequences(client, schemas),
  }
  const tables: TableCopy[] = []
  for (const { schema, name, columns } of await storedTables(client, schemas)) {
    const file = `tables/${encodeURIComponent(schema)}.${encodeURIComponent(name)}.copy.zst`
    tables.push({
      schema,
      name,
      columns,
      file,
      ...(await copyTableOut(client, { schema, name, columns }, join(half, file))),
    })
  }
  await client.query('commit')
  return { ...facts, tables }
}

async function writeText(folder: string, path: string, text: string): Promise<StoredFile> {
  const file = await open(join(folder, path), 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return { path, bytes: Buffer.byteLength(text), sha256: sha256Of(text) }
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'daicho backup' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
