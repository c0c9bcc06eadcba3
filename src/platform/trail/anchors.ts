import { open, readFile } from 'node:fs/promises'

export interface SealedBlock {
  block: number
  root: Buffer
  leafCount: number
  sealedAt: string
}

export interface Anchor {
  block: number
  leafCount: number
  root: string
  sealedAt: string
}

/**
 * Notes a block's root outside the database, one line each, flushed to the disk. A database whose tail was cut, or which was
 * replaced, no longer agrees with this file; keep a copy of it elsewhere.
 */
export async function appendAnchor(
  file: string,
  { block, leafCount, root, sealedAt }: SealedBlock,
): Promise<void> {
  const handle = await open(file, 'a', 0o600)
  try {
    await handle.write(`${block} ${leafCount} ${root.toString('hex')} ${sealedAt}\n`)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

/** All noted roots, oldest first; an empty list when there is no file yet. A torn last line (power cut) is left out. */
export async function readAnchors(file: string): Promise<Anchor[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return text.split('\n').flatMap(line => {
    const [block, leafCount, root, sealedAt] = line.split(' ')
    return sealedAt && root ? [{ block: Number(block), leafCount: Number(leafCount), root, sealedAt }] : []
  })
}
