import { createHash } from 'node:crypto'

export const FIRST_PREVIOUS_ROOT = Buffer.alloc(32)

/** Leaf of the tree: what kind of record, which one, and the hash of its exact text. */
export function leafHash(kind: string, eventId: string, contentHash: Buffer): Buffer {
  return createHash('sha256').update('\x00').update(kind).update(eventId).update(contentHash).digest()
}

/** Root over the leaves in order; an odd node is carried up unchanged. Throws for an empty block: there is none. */
export function merkleRoot(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) throw new Error('a block has at least one leaf')
  let level = leaves
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const right = level[at + 1]
      above.push(
        right ? createHash('sha256').update('\x01').update(level[at]!).update(right).digest() : level[at]!,
      )
    }
    level = above
  }
  return level[0]!
}

/** What a block is known by: its number, its size, its tree and the block before it. */
export function blockRoot(block: number, leafCount: number, tree: Buffer, previousRoot: Buffer): Buffer {
  return createHash('sha256').update(`\x02${block}:${leafCount}:`).update(tree).update(previousRoot).digest()
}
