import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

export const FORMAT = 1

export interface TableCopy {
  schema: string
  name: string
  columns: string[]
  rows: number
  /** Path inside the backup, and the SHA-256 of the file as it lies there. */
  file: string
  sha256: string
  /** SHA-256 of the rows in COPY's text form; the restored table must give the same. */
  contentSha256: string
}

export interface Partition {
  schema: string
  name: string
  parentSchema: string
  parentName: string
  /** For example FOR VALUES FROM ('2026-11-01 00:00:00+09') TO ('2026-12-01 00:00:00+09'). */
  bound: string
}

export interface SequenceState {
  schema: string
  name: string
  /** Text, because it may exceed what a number holds. */
  lastValue: string
  isCalled: boolean
}

export interface StoredFile {
  path: string
  bytes: number
  sha256: string
}

export interface Manifest {
  format: number
  productVersion: string
  postgresVersion: string
  madeAt: string
  /** The newest migration of the schema; empty when the database keeps no list of migrations. */
  level: string
  schemas: string[]
  tables: TableCopy[]
  partitions: Partition[]
  sequences: SequenceState[]
  /** What users have uploaded, then anchors.log and master-key.json where they are part of the backup. */
  files: StoredFile[]
  extras: StoredFile[]
}

/** Reads the manifest of a backup folder. Throws when it is none, is damaged, or was made by a newer version. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, 'manifest.json')
  if (!existsSync(path))
    throw new Error(
      `${folder} is not a backup: it has no manifest.json. Remedy: name the folder "daicho backup" made.`,
    )
  const { manifest, sha256 } = JSON.parse(readFileSync(path, 'utf8')) as {
    manifest: Manifest
    sha256: string
  }
  if (sha256Of(JSON.stringify(manifest)) !== sha256)
    throw new Error(
      `${path} has been changed since the backup was made. Remedy: use another copy of the backup.`,
    )
  if (manifest.format > FORMAT)
    throw new Error(
      `this backup was made by Daicho ${manifest.productVersion}, a newer version. Remedy: restore it with that version.`,
    )
  return manifest
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ manifest, sha256: sha256Of(JSON.stringify(manifest)) }, null, 1)}\n`
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Reads every file of the backup once and throws naming those that are missing or differ. */
export async function checkFiles(folder: string, { tables, files, extras }: Manifest): Promise<void> {
  const wrong: string[] = []
  const expected = [
    ...tables.map(({ file, sha256 }) => ({ path: file, sha256 })),
    ...files.map(({ path, sha256 }) => ({ path: join('files', path), sha256 })),
    ...extras,
  ]
  for (const { path, sha256 } of expected) {
    if (path.split(/[\\/]/).includes('..') || path.startsWith(sep))
      wrong.push(`${path}: leads out of the backup`)
    else if (!existsSync(join(folder, path))) wrong.push(`${path}: missing`)
    else if ((await sha256OfFile(join(folder, path))) !== sha256) wrong.push(`${path}: changed`)
  }
  if (wrong.length)
    throw new Error(
      `the backup ${folder} is damaged:\n  ${wrong.slice(0, 20).join('\n  ')}` +
        `${wrong.length > 20 ? `\n  and ${wrong.length - 20} more` : ''}\nRemedy: use another copy of the backup.`,
    )
}
