import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzipSync } from 'node:zlib'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { buildIndex, type ListEntry, type ListIndex, POLICY, type ScreeningPolicy } from './engine/index.ts'
import type { SearchedList } from './tables.ts'

const unpack = promisify(gunzip)

/**
 * The engine's policy with a lower bound for review: an equal name whose birth year differs scores some points under the engine's own
 * bound, and a namesake on a sanctions list is for a person to tell apart, not for a birth date somebody may have mistyped.
 */
export const SCREENING_POLICY: ScreeningPolicy = {
  ...POLICY,
  version: `${POLICY.version}+review-805`,
  reviewFrom: 805,
}

export function packEntries(entries: readonly ListEntry[]): Buffer {
  return gzipSync(JSON.stringify(entries))
}

export async function unpackEntries(packed: Buffer): Promise<ListEntry[]> {
  return JSON.parse((await unpack(packed)).toString('utf8'))
}

/** Version of one entry: any item that changes makes another. */
export function entryHash(entry: ListEntry): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('hex')
}

export interface ListsInForce {
  lists: SearchedList[]
  index: ListIndex
}

/** One index per process, for the versions in force; another load makes it anew and the old one is let go. */
let held: { key: string; inForce: Promise<ListsInForce> } | null = null

export async function listsAreLoaded(db: Db | Tx): Promise<boolean> {
  const row = await db
    .selectFrom('watch_list_version')
    .select('id')
    .where('superseded_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The lists in force and their index; null when nothing has been loaded yet. Built at first use, some 0.1 ms for each listed name. */
export async function listsInForce(db: Db | Tx): Promise<ListsInForce | null> {
  const rows = await db
    .selectFrom('watch_list_version')
    .select(['id', 'list_id', 'version_no', 'entry_count'])
    .where('superseded_at', 'is', null)
    .orderBy('list_id')
    .execute()
  if (rows.length === 0) return null
  const key = rows.map(row => row.id).join()
  if (held?.key !== key) {
    const lists = rows.map(row => ({
      listId: row.list_id,
      versionId: row.id,
      versionNo: row.version_no,
      entries: row.entry_count,
    }))
    held = { key, inForce: build(db, lists) }
    held.inForce.catch(() => {
      if (held?.key === key) held = null
    })
  }
  return held.inForce
}

async function build(db: Db | Tx, lists: SearchedList[]): Promise<ListsInForce> {
  const entries: { entries: ListEntry[] }[] = []
  for (const { versionId } of lists) entries.push({ entries: await entriesOf(db, versionId) })
  return { lists, index: buildIndex(entries, { policy: SCREENING_POLICY }) }
}

export async function entriesOf(db: Db | Tx, versionId: Id): Promise<ListEntry[]> {
  const row = await db
    .selectFrom('watch_list_version')
    .select('entries_packed')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return unpackEntries(row.entries_packed)
}
