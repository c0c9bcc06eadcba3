import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'

export interface StoredContent {
  contentHash: string
  storedPath: string
}

/**
 * Files outside the database: encrypted under their subject's key, written beside and renamed, with file and folder flushed, before
 * any row speaks of them. A crash leaves at most a file nobody knows, which the sweeper removes.
 */
export class FileStore {
  readonly #folder: string
  readonly #keys: SubjectKeys
  constructor(folder: string, keys: SubjectKeys) {
    this.#folder = folder
    this.#keys = keys
  }

  async write(db: Db | Tx, dataSubjectId: Id, content: Buffer): Promise<StoredContent> {
    const contentHash = this.hashOf(content)
    const sealed = await this.#keys.sealBytes(db, dataSubjectId, content)
    const storedPath = `${dataSubjectId.slice(-2)}/${dataSubjectId}/${contentHash.slice(0, 32)}-${newId().slice(-12)}`
    const path = join(this.#folder, storedPath)
    await makeFolder(dirname(path))
    const beside = `${path}.part`
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(sealed)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
    await syncFolder(dirname(path))
    return { contentHash, storedPath }
  }

  /** The content; throws when it is not what was stored, null when it, or its subject, has been disposed of. */
  async read(db: Db | Tx, { storedPath, contentHash }: StoredContent): Promise<Buffer | null> {
    // A paper that was disposed of has no place in the store any more.
    if (storedPath === '') return null
    const content = await this.#keys.openBytes(db, await readFile(join(this.#folder, storedPath)))
    if (content && this.hashOf(content) !== contentHash)
      throw new Error(`the stored file ${storedPath} is not what was saved`)
    return content
  }

  hashOf(content: Buffer): string {
    return this.#keys.keyedHash('file-content', content.toString('base64'))
  }
}

/** A new folder is flushed in its parent too: after a power cut it would be missing with all its files. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
