import { z } from 'zod'
import { command, id, query } from '../../platform/http/contract.ts'

const difference = z.object({
  rule: z.string(),
  recordNo: z.string(),
  receivableId: id.nullable(),
  expectedYen: z.number(),
  foundYen: z.number(),
})

export const proveBooks = command({
  name: 'reconciliation.proveBooks',
  path: '/api/book-proofs/prove',
  summary:
    'Compares exposure, journal and claims over the whole book and keeps what differs; runs every night by itself.',
  permission: 'reconciliation.proveBooks',
  input: z.object({}),
  output: z.object({ id, claimsChecked: z.number().int(), differences: z.number().int() }),
  refusals: {},
})

const proof = z.object({
  id,
  provedAt: z.string(),
  provedBy: z.string(),
  claimsChecked: z.number().int(),
  differenceCount: z.number().int(),
  differences: z.array(difference),
})
export type BookProof = z.infer<typeof proof>

export const listProofs = query({
  name: 'reconciliation.listProofs',
  path: '/api/book-proofs',
  summary: 'The last thirty proofs of the books, newest first, with the first differences of each.',
  permission: 'reconciliation.read',
  sight: 'list',
  input: z.object({}),
  output: z.object({ proofs: z.array(proof) }),
})
