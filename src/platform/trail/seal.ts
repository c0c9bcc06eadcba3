import { sign } from 'node:crypto'
import { sql } from 'kysely'
import type { MasterKey } from '../crypto/master-key.ts'
import type { Db, Tx } from '../database/database.ts'
import { appendAnchor, type SealedBlock } from './anchors.ts'
import { blockRoot, FIRST_PREVIOUS_ROOT, leafHash, merkleRoot } from './merkle.ts'
import './tables.ts'

const SEALER_LOCK = 7_203_001
const BLOCK_LIMIT = 20_000

/**
 * Seals what has been committed since the last block: one block, or null when there is nothing or another process is sealing.
 * The queue is read by row, never by "id greater than the last", so a transaction which commits late is sealed late, not lost.
 */
export async function sealOnce(db: Db, master: MasterKey, now: Date): Promise<SealedBlock | null> {
  return db.transaction().execute(async tx => {
    const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${SEALER_LOCK}) as got`.execute(
      tx,
    )
    if (!lock.rows[0]?.got) return null
    const waiting = await tx
      .selectFrom('audit_unsealed')
      .select(['event_id', 'kind', 'at', 'content_hash'])
      .orderBy('event_id')
      .limit(BLOCK_LIMIT)
      .execute()
    if (waiting.length === 0) return null
    const previous = await tx
      .selectFrom('audit_block')
      .select(['block', 'root'])
      .orderBy('block', 'desc')
      .limit(1)
      .executeTakeFirst()
    const block = (previous?.block ?? 0) + 1
    const previousRoot = previous?.root ?? FIRST_PREVIOUS_ROOT
    const tree = merkleRoot(waiting.map(row => leafHash(row.kind, row.event_id, row.content_hash)))
    const root = blockRoot(block, waiting.length, tree, previousRoot)
    const sealedAt = now.toISOString()
    await tx
      .insertInto('audit_block')
      .values({
        block,
        merkle_root: tree,
        previous_root: previousRoot,
        root,
        leaf_count: waiting.length,
        sealed_at: sealedAt,
        signature: sign(null, root, master.signingKey()),
      })
      .execute()
    await moveToLeaves(tx, block, waiting)
    return { block, root, leafCount: waiting.length, sealedAt }
  })
}

async function moveToLeaves(
  tx: Tx,
  block: number,
  rows: { event_id: string; kind: string; at: string; content_hash: Buffer }[],
): Promise<void> {
  const ids = rows.map(row => row.event_id)
  await sql`insert into audit_leaf (block, position, event_id, kind, at, content_hash)
    select ${block}, position - 1, event_id, kind, at, content_hash
    from unnest(${ids}::uuid[], ${rows.map(row => row.kind)}::text[], ${rows.map(row => row.at)}::timestamptz[],
      ${rows.map(row => row.content_hash)}::bytea[]) with ordinality as u(event_id, kind, at, content_hash, position)`.execute(
    tx,
  )
  await sql`delete from audit_unsealed where event_id = any(${ids}::uuid[])`.execute(tx)
}

export interface SealerParts {
  db: Db
  master: MasterKey
  anchorsFile: string
  now(): Date
  onError(error: unknown): void
}

/** The trail is sealed within a second; while much is written, more often and less at a time, so that no command waits behind it. */
const PAUSE_MS = 1000
const BUSY_PAUSE_MS = 200
const BUSY_LEAVES = 50

/** Seals again and again and writes each new root outside the database; returns a function which seals once more and stops. */
export function startSealer(parts: SealerParts): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout
  let running: Promise<number> = Promise.resolve(0)
  const step = async () => {
    let leaves = 0
    for (;;) {
      const sealed = await sealOnce(parts.db, parts.master, parts.now())
      if (!sealed) return leaves
      await appendAnchor(parts.anchorsFile, sealed)
      leaves += sealed.leafCount
      if (sealed.leafCount < BLOCK_LIMIT) return leaves
    }
  }
  const next = (pauseMs: number) => {
    timer = setTimeout(() => {
      running = step().catch(error => {
        parts.onError(error)
        return 0
      })
      void running.then(leaves => {
        if (!stopped) next(leaves > BUSY_LEAVES ? BUSY_PAUSE_MS : PAUSE_MS)
      })
    }, pauseMs)
  }
  next(PAUSE_MS)
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
    await step()
  }
}
