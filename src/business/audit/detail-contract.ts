import { z } from 'zod'
import { id, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { trailEvent, viewRow } from './contract.ts'

const block = z.object({
  block: z.number().int(),
  merkleRoot: z.string(),
  previousRoot: z.string(),
  root: z.string(),
  leafCount: z.number().int(),
  sealedAt: z.string(),
  signature: z.string(),
})
export type BlockRow = z.infer<typeof block>

/** What an entry of the trail is kept as, and where it is sealed. */
const kept = {
  /** Exactly the text that is hashed; personal values in it are ciphertext. */
  canonicalText: z.string(),
  contentHash: z.string(),
  /** Whether the text still has that hash, reckoned now. */
  hashAgrees: z.boolean(),
  /** The place in the sealed trail; null while it waits to be sealed. */
  leaf: z.object({ block: z.number().int(), position: z.number().int() }).nullable(),
  sealedBlock: block.nullable(),
}

export const openEvent = query({
  name: 'audit.openEvent',
  path: '/api/audit/events/:eventId',
  summary:
    'One event in full: who in which roles, from where, what before and after, reason and evidence, the exact text that is hashed, and the block that seals it.',
  permission: 'audit.read',
  sight: 'open',
  input: z.object({ eventId: id }),
  output: trailEvent.extend({
    /** Roles the person held when acting, in words. */
    actorRoles: z.array(z.string()),
    requestedBy: z.object({ id, name: z.string() }).nullable(),
    changeRequestId: id.nullable(),
    ip: z.string().nullable(),
    requestId: z.string(),
    evidence: z.array(id),
    ...kept,
  }),
})
export type EventShown = z.infer<typeof openEvent.output>

export const listTrailViews = query({
  name: 'audit.listViews',
  path: '/api/audit/views',
  summary: 'Who saw what between two days, newest first: by person and by how it was seen.',
  permission: 'audit.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    from: z.iso.date(),
    to: z.iso.date(),
    actorId: id.optional(),
    kind: viewRow.shape.kind.optional(),
  }),
  output: pageOf(viewRow),
})

export const openView = query({
  name: 'audit.openView',
  path: '/api/audit/views/:viewId',
  summary:
    'One view record in full: what was asked, the short numbers of every record shown, the exact text that is hashed, and the block that seals it.',
  permission: 'audit.read',
  sight: 'open',
  input: z.object({ viewId: id }),
  output: viewRow.extend({
    requestId: z.string(),
    /** What was asked, as kept: personal values are keyed hashes. */
    asked: z.unknown(),
    ids: z.array(z.number().int()),
    ...kept,
  }),
})
export type ViewShown = z.infer<typeof openView.output>

export const listBlocks = query({
  name: 'audit.listBlocks',
  path: '/api/audit/blocks',
  summary:
    'The sealed blocks, newest first: roots, what came before, how many entries, when, and the signature.',
  permission: 'audit.read',
  sight: null,
  input: z.object({ ...pageInput }),
  output: pageOf(block),
})
