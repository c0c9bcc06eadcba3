import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Reading } from '../../platform/reading.ts'
import { contentHash } from '../../platform/trail/canonical.ts'
import { isRole, roleLabels, staffNames } from '../access/index.ts'
import type { ViewRow } from './contract.ts'
import type { BlockRow, EventShown, listBlocks, listTrailViews, ViewShown } from './detail-contract.ts'
import { endOfDay, pageOfEvents, startOfDay, viewRowOf, visibleTo } from './queries.ts'

interface Entry {
  canonical_text: string
  content_hash: Buffer
}

/** The text as it is kept, whether it still has its hash, and the block that seals it. */
async function keptAs(db: Db, id: Id, entry: Entry) {
  const leaf = await db
    .selectFrom('audit_leaf')
    .select(['block', 'position'])
    .where('event_id', '=', id)
    .executeTakeFirst()
  const sealed = leaf
    ? await db.selectFrom('audit_block').selectAll().where('block', '=', leaf.block).executeTakeFirst()
    : undefined
  return {
    canonicalText: entry.canonical_text,
    contentHash: entry.content_hash.toString('hex'),
    hashAgrees: contentHash(entry.canonical_text).equals(entry.content_hash),
    leaf: leaf ?? null,
    sealedBlock: sealed ? blockRow(sealed) : null,
  }
}

function blockRow(row: {
  block: number
  merkle_root: Buffer
  previous_root: Buffer
  root: Buffer
  leaf_count: number
  sealed_at: string
  signature: Buffer
}): BlockRow {
  return {
    block: row.block,
    merkleRoot: row.merkle_root.toString('hex'),
    previousRoot: row.previous_root.toString('hex'),
    root: row.root.toString('hex'),
    leafCount: row.leaf_count,
    sealedAt: row.sealed_at,
    signature: row.signature.toString('hex'),
  }
}

/** One event in full, for whoever may see it at all. */
export async function event(reading: Reading, context: QueryContext, eventId: Id): Promise<Seen<EventShown>> {
  const { db } = context
  const row = found(
    await db
      .selectFrom('audit_event as e')
      .leftJoin('audit_leaf as l', 'l.event_id', 'e.id')
      .select(['e.id', 'e.at', 'e.actor_id', 'e.verb', 'e.canonical_text', 'e.content_hash', 'l.block'])
      .where('e.id', '=', eventId)
      .where(visibleTo(context))
      .executeTakeFirst(),
    'event',
  )
  const { body, seen } = await pageOfEvents({ db, reading }, [row], 1)
  const said = JSON.parse(row.canonical_text)
  const requestedBy: Id | null = said.actors?.requestedBy ?? null
  const names = requestedBy ? await staffNames(db, [requestedBy]) : new Map<Id, string>()
  const roles: string[] = said.actors?.roles ?? []
  return {
    body: {
      ...body.rows[0]!,
      actorRoles: roles.map(role => (isRole(role) ? roleLabels[role] : role)),
      requestedBy: requestedBy ? { id: requestedBy, name: names.get(requestedBy) ?? 'システム' } : null,
      changeRequestId: said.actors?.changeRequestId ?? null,
      ip: said.ip ?? null,
      requestId: said.requestId ?? '',
      evidence: said.evidence ?? [],
      ...(await keptAs(db, row.id, row)),
    },
    seen,
  }
}

export async function views(
  reading: Reading,
  { db }: QueryContext,
  input: z.output<typeof listTrailViews.input>,
): Promise<Seen<{ rows: ViewRow[]; next: string | null }>> {
  let asked = db
    .selectFrom('view_event')
    .select(['id', 'at', 'actor_id', 'kind', 'canonical_text'])
    .select(sql<number>`cardinality(seen)`.as('shown'))
    .where('at', '>=', startOfDay(input.from))
    .where('at', '<', endOfDay(input.to))
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (input.actorId) asked = asked.where('actor_id', '=', input.actorId)
  if (input.kind) asked = asked.where('kind', '=', input.kind)
  if (input.after) asked = asked.where('id', '<', String(readMark(input.after, 1)[0]))
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const names = await staffNames(
    db,
    page.map(row => row.actor_id),
  )
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => viewRowOf(reading, row, names)),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    // It names people and what they asked, and no record.
    seen: [],
  }
}

export async function view(reading: Reading, { db }: QueryContext, viewId: Id): Promise<Seen<ViewShown>> {
  const row = found(
    await db
      .selectFrom('view_event')
      .select(['id', 'at', 'actor_id', 'kind', 'seen', 'canonical_text', 'content_hash'])
      .select(sql<number>`cardinality(seen)`.as('shown'))
      .where('id', '=', viewId)
      .executeTakeFirst(),
    'view',
  )
  const names = await staffNames(db, [row.actor_id])
  const said = JSON.parse(row.canonical_text)
  return {
    body: {
      ...viewRowOf(reading, row, names),
      requestId: said.requestId ?? '',
      asked: said.query ?? null,
      ids: row.seen,
      ...(await keptAs(db, row.id, row)),
    },
    seen: row.seen,
  }
}

export async function blocks(
  { db }: QueryContext,
  input: z.output<typeof listBlocks.input>,
): Promise<Seen<{ rows: BlockRow[]; next: string | null }>> {
  let asked = db
    .selectFrom('audit_block')
    .selectAll()
    .orderBy('block', 'desc')
    .limit(input.limit + 1)
  if (input.after) asked = asked.where('block', '<', Number(readMark(input.after, 1)[0]))
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(blockRow),
      next: rows.length > input.limit && last ? markOf([last.block]) : null,
    },
    seen: [],
  }
}
