import { createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto'
import { sql } from 'kysely'
import type { MasterKey } from '../crypto/master-key.ts'
import type { Db } from '../database/database.ts'
import type { Anchor } from './anchors.ts'
import { contentHash } from './canonical.ts'
import { erasedEvents } from './erasures.ts'
import { blockRoot, FIRST_PREVIOUS_ROOT, leafHash, merkleRoot } from './merkle.ts'
import type { AuditBlockTable } from './tables.ts'

export interface TrailFault {
  kind: 'changed' | 'removed' | 'inserted' | 'cut' | 'unsealed' | 'block_broken'
  block: number | null
  position: number | null
  eventId: string | null
  message: string
}

export interface TrailReport {
  sound: boolean
  blocks: number
  events: number
  views: number
  unsealed: number
  lastRoot: string | null
  /** The first fault in the order of the trail, or null. */
  firstFault: TrailFault | null
}

export interface VerifyOptions {
  master: MasterKey
  anchors: Anchor[]
  /** A root somebody noted earlier (`audit verify --against ROOT`); it must still be in the chain. */
  against?: string
  now: Date
  onProgress?(checked: number): void
}

const UNSEALED_LIMIT_MS = 60_000
const BLOCKS_PER_READ = 200
const LEAVES_PER_READ = 20_000

interface LeafRow {
  block: number
  position: number
  event_id: string
  kind: string
  content_hash: Buffer
  canonical_text: string | null
}

/** Walks the whole chain and names the first changed, removed, inserted or cut row (architecture.md, Trail). */
export async function verifyTrail(db: Db, options: VerifyOptions): Promise<TrailReport> {
  const report: TrailReport = {
    sound: true,
    blocks: 0,
    events: 0,
    views: 0,
    unsealed: 0,
    lastRoot: null,
    firstFault: null,
  }
  const publicKey = createPublicKey(options.master.signingKey())
  report.firstFault =
    (await verifyBlocks(db, publicKey, options, report)) ??
    (await findUnsealedTooLong(db, options.now, report)) ??
    (await findInserted(db)) ??
    findCut(options, report, await rootsAt(db, options))
  report.sound = report.firstFault === null
  return report
}

async function verifyBlocks(
  db: Db,
  key: KeyObject,
  options: VerifyOptions,
  report: TrailReport,
): Promise<TrailFault | null> {
  let previousRoot: Buffer = FIRST_PREVIOUS_ROOT
  const erased = await erasedEvents(db)
  for (let from = 1; ; from += BLOCKS_PER_READ) {
    const blocks = await db
      .selectFrom('audit_block')
      .selectAll()
      .where('block', '>=', from)
      .where('block', '<', from + BLOCKS_PER_READ)
      .orderBy('block')
      .execute()
    if (blocks.length === 0)
      return (await laterBlock(db, from)) ? fault('removed', from, 'a block is missing from the chain') : null
    for (const group of groupBlocks(blocks)) {
      const leaves = await readLeaves(db, group[0]!.block, group.at(-1)!.block)
      for (const block of group) {
        if (block.block !== report.blocks + 1)
          return fault('removed', report.blocks + 1, `block ${report.blocks + 1} is missing`)
        const found = checkBlock(block, leaves.get(block.block) ?? [], { previousRoot, key, erased }, report)
        if (found) return found
        previousRoot = block.root
        report.blocks++
        report.lastRoot = block.root.toString('hex')
      }
      options.onProgress?.(report.events + report.views)
    }
  }
}

async function laterBlock(db: Db, from: number): Promise<boolean> {
  const row = await db
    .selectFrom('audit_block')
    .select('block')
    .where('block', '>=', from)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Small blocks are read together, large ones alone, so that memory stays bounded and round trips few. */
function groupBlocks(blocks: AuditBlockTable[]): AuditBlockTable[][] {
  const groups: AuditBlockTable[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const block of blocks) {
    if (size + block.leaf_count > LEAVES_PER_READ) {
      groups.push([])
      size = 0
    }
    groups.at(-1)!.push(block)
    size += block.leaf_count
  }
  return groups
}

async function readLeaves(db: Db, first: number, last: number): Promise<Map<number, LeafRow[]>> {
  const { rows } = await sql<LeafRow>`
    select l.block, l.position, l.event_id, l.kind, l.content_hash, coalesce(e.canonical_text, v.canonical_text) as canonical_text
    from audit_leaf l
    left join audit_event e on l.kind = 'event' and e.id = l.event_id
    left join view_event v on l.kind = 'view' and v.id = l.event_id and v.at = l.at
    where l.block between ${first} and ${last}
    order by l.block, l.position`.execute(db)
  const byBlock = new Map<number, LeafRow[]>()
  for (const row of rows) {
    const list = byBlock.get(row.block)
    if (list) list.push(row)
    else byBlock.set(row.block, [row])
  }
  return byBlock
}

function checkBlock(
  block: AuditBlockTable,
  leaves: LeafRow[],
  { previousRoot, key, erased }: { previousRoot: Buffer; key: KeyObject; erased: ReadonlySet<string> },
  report: TrailReport,
): TrailFault | null {
  const hashes: Buffer[] = []
  for (const [position, leaf] of leaves.entries()) {
    const where = { block: block.block, position, eventId: leaf.event_id }
    if (leaf.position !== position)
      return { kind: 'removed', ...where, message: `leaf ${position} of block ${block.block} is missing` }
    if (leaf.canonical_text === null)
      return {
        kind: 'removed',
        ...where,
        message: `the ${leaf.kind} at leaf ${position} of block ${block.block} has been removed`,
      }
    // What a disposal emptied keeps its hash in the leaf, which the block's root holds.
    if (!erased.has(leaf.event_id) && !contentHash(leaf.canonical_text).equals(leaf.content_hash))
      return {
        kind: 'changed',
        ...where,
        message: `the ${leaf.kind} at leaf ${position} of block ${block.block} has been changed`,
      }
    hashes.push(leafHash(leaf.kind, leaf.event_id, leaf.content_hash))
    if (leaf.kind === 'event') report.events++
    else report.views++
  }
  if (leaves.length > block.leaf_count)
    return fault('inserted', block.block, `block ${block.block} has more leaves than were sealed`)
  if (leaves.length < block.leaf_count)
    return fault('removed', block.block, `block ${block.block} has fewer leaves than were sealed`)
  const tree = merkleRoot(hashes)
  const root = blockRoot(block.block, leaves.length, tree, previousRoot)
  if (
    !tree.equals(block.merkle_root) ||
    !root.equals(block.root) ||
    !block.previous_root.equals(previousRoot)
  )
    return fault(
      'block_broken',
      block.block,
      `block ${block.block} does not follow from its leaves and the block before`,
    )
  if (!verifySignature(null, block.root, key, block.signature))
    return fault('block_broken', block.block, `the signature of block ${block.block} is not ours`)
  return null
}

async function findUnsealedTooLong(db: Db, now: Date, report: TrailReport): Promise<TrailFault | null> {
  const rows = await db.selectFrom('audit_unsealed').select(['event_id', 'at']).orderBy('event_id').execute()
  report.unsealed = rows.length
  const late = rows.find(row => now.getTime() - new Date(row.at).getTime() > UNSEALED_LIMIT_MS)
  if (!late) return null
  return {
    kind: 'unsealed',
    block: null,
    position: null,
    eventId: late.event_id,
    message: 'a record has waited over 60 s for its seal',
  }
}

/** A row that is neither sealed nor waiting was written past the trigger. */
async function findInserted(db: Db): Promise<TrailFault | null> {
  const { rows } = await sql<{ id: string; kind: string }>`
    select id, 'event' as kind from audit_event e
      where not exists (select from audit_leaf where event_id = e.id) and not exists (select from audit_unsealed where event_id = e.id)
    union all
    select id, 'view' from view_event v
      where not exists (select from audit_leaf where event_id = v.id) and not exists (select from audit_unsealed where event_id = v.id)
    order by id limit 1`.execute(db)
  const first = rows[0]
  if (!first) return null
  return {
    kind: 'inserted',
    block: null,
    position: null,
    eventId: first.id,
    message: `the ${first.kind} ${first.id} was written past the seal`,
  }
}

async function rootsAt(db: Db, { anchors, against }: VerifyOptions): Promise<Map<string, number>> {
  const wanted = [...anchors.map(anchor => anchor.root), ...(against ? [against] : [])]
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('audit_block').select(['block', 'root']).execute()
  return new Map(rows.map(row => [row.root.toString('hex'), row.block]))
}

function findCut(
  { anchors, against }: VerifyOptions,
  report: TrailReport,
  roots: Map<string, number>,
): TrailFault | null {
  for (const anchor of anchors)
    if (roots.get(anchor.root) !== anchor.block)
      return fault(
        'cut',
        anchor.block,
        `block ${anchor.block} was noted outside the database and is not in it: the trail was cut or replaced`,
      )
  if (against && !roots.has(against.toLowerCase()))
    return fault(
      'cut',
      report.blocks + 1,
      `the root ${against} is not in the chain: the trail was cut or replaced`,
    )
  return null
}

function fault(kind: TrailFault['kind'], block: number, message: string): TrailFault {
  return { kind, block, position: null, eventId: null, message }
}
