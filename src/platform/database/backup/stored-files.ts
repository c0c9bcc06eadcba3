import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { StoredFile } from './manifest.ts'

/**
 * Copies all files below a folder, in the order of their names, and returns what was copied. A file that vanishes meanwhile was
 * disposed of together with its key, and is left out. Half-written uploads (*.tmp) are left out too.
 */
export async function copyFolder(from: string, to: string): Promise<StoredFile[]> {
  await mkdir(to, { recursive: true })
  if (!existsSync(from)) return []
  const entries = await readdir(from, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter(entry => entry.isFile() && !entry.name.endsWith('.tmp'))
    .map(entry => relative(from, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
  const copied: StoredFile[] = []
  for (const path of paths) {
    const file = await copyFile(join(from, path), join(to, path))
    if (file) copied.push({ path, ...file })
  }
  return copied
}

/** Copies one file to disk, hashing on the way. Null when there is none. */
export async function copyFile(from: string, to: string): Promise<Omit<StoredFile, 'path'> | null> {
  const source = await open(from, 'r').catch(nullWhenMissing)
  if (source === null) return null
  try {
    await mkdir(dirname(to), { recursive: true })
    const target = await open(to, 'wx', 0o600)
    const hash = createHash('sha256')
    let bytes = 0
    try {
      for await (const chunk of source.createReadStream({ autoClose: false })) {
        hash.update(chunk)
        bytes += chunk.length
        await target.write(chunk)
      }
      await target.sync()
    } finally {
      await target.close()
    }
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    await source.close()
  }
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

/** Makes the entries of a folder and of all below it durable. */
export async function syncFolders(root: string): Promise<void> {
  if (process.platform === 'win32') return
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const folders = entries
    .filter(entry => entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name))
  for (const folder of [...folders, root]) {
    const handle = await open(folder, 'r')
    await handle.sync()
    await handle.close()
  }
}
