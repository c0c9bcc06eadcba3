import { z } from 'zod'
import { id, pageInput, pageOf, query } from '../../platform/http/contract.ts'

export const trailEvent = z.object({
  id,
  at: z.string(),
  verb: z.string(),
  actor: z.object({ id, name: z.string() }),
  /** The other person of an approved change. */
  approvedBy: z.object({ id, name: z.string() }).nullable(),
  subjects: z.array(z.object({ kind: z.string(), id })),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  facts: z.record(z.string(), z.unknown()).nullable(),
  /** What a refused attempt tried to do, in words; null otherwise. */
  attempted: z.string().nullable(),
  reason: z.string().nullable(),
  sealedIn: z.number().nullable(),
  /** Numbers of the records of a merged company which the event is about; empty otherwise. */
  recordNos: z.array(z.string()),
})
export type TrailEvent = z.infer<typeof trailEvent>

export const recordHistory = query({
  name: 'audit.recordHistory',
  path: '/api/records/:recordId/history',
  summary:
    'What happened to one record, newest first: who, when, what, why; of a company made of several records, to all of them.',
  permission: 'audit.history',
  sight: 'list',
  input: z.object({ recordId: id, ...pageInput }),
  output: pageOf(trailEvent),
})

export const listEvents = query({
  name: 'audit.listEvents',
  path: '/api/audit/events',
  summary: 'The trail itself, newest first, by person, verb and time.',
  permission: 'audit.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    actorId: id.optional(),
    verb: z.string().max(100).optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  }),
  output: pageOf(trailEvent),
})

export const viewRow = z.object({
  id,
  at: z.string(),
  actor: z.object({ id, name: z.string() }),
  kind: z.enum(['open', 'list', 'search', 'export', 'download', 'unmask']),
  query: z.string(),
  /** What that query lets people do, in words; null for those of earlier versions. */
  queryWords: z.string().nullable(),
  shown: z.number().int(),
  ip: z.string().nullable(),
  reason: z.string().nullable(),
})
export type ViewRow = z.infer<typeof viewRow>

export const whoSaw = query({
  name: 'audit.whoSaw',
  path: '/api/records/:recordId/views',
  summary:
    'Who saw this record between two days: pages opened, lists, searches, exports and downloads that showed it.',
  permission: 'audit.read',
  sight: 'list',
  input: z.object({ recordId: id, from: z.iso.date(), to: z.iso.date(), ...pageInput }),
  output: pageOf(viewRow),
})

export const trailState = query({
  name: 'audit.trailState',
  path: '/api/audit/state',
  summary: 'How far the trail is sealed, and the newest root to note elsewhere.',
  permission: 'audit.read',
  sight: null,
  input: z.object({}),
  output: z.object({
    blocks: z.number().int(),
    lastRoot: z.string().nullable(),
    lastSealedAt: z.string().nullable(),
    unsealed: z.number().int(),
    oldestUnsealedAt: z.string().nullable(),
  }),
})
