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
  const handle = await open(file, 'a+', 0o600)
  try {
    // A line torn by a power cut stays a line of its own; glued to it, this one would be lost or read as another root.
    const { size } = await handle.stat()
    const last = size > 0 ? (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() : '\n'
    await handle.write(
      `${last === '\n' ? '' : '\n'}${block} ${leafCount} ${root.toString('hex')} ${sealedAt}\n`,
    )
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

const ANCHOR = /^(\d+) (\d+) ([0-9a-f]{64}) (\d{4}-\d\d-\d\dT[\d:.]+Z)$/

/** All noted roots, oldest first; an empty list when there is no file yet. A line torn by a power cut is left out. */
export async function readAnchors(file: string): Promise<Anchor[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return text.split('\n').flatMap(line => {
    const [, block, leafCount, root, sealedAt] = ANCHOR.exec(line) ?? []
    return sealedAt && root ? [{ block: Number(block), leafCount: Number(leafCount), root, sealedAt }] : []
  })
}
