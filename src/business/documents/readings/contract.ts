import { z } from 'zod'
import { command, id } from '../../../platform/http/contract.ts'
import { documentRefusals } from '../contract.ts'
import { readingFields } from '../tables.ts'

export const readingRefusals = {
  ...documentRefusals,
  version_must_exist: 'この版はありません。',
  reading_must_fit_its_field: '読み取った値が項目の形に合いません。',
  reading_must_be_open: 'この読み取り結果は、既に判断されたか、新しい読み取りに置き換えられています。',
  document_must_be_quarantined: 'この書類は隔離されていません。',
  masked_version_must_be_added:
    '番号を隠した新しい版がまだありません。「新しい版」で登録してから、隔離を解いてください。',
} as const

const reading = {
  /** The newest where none is named. */
  versionNo: z.number().int().min(1).optional(),
  fields: z
    .array(
      z.object({
        field: z.enum(readingFields),
        /** Days as 2026-11-10, yen as whole numbers, kinds by their code. */
        value: z.string().max(500),
        confidencePpm: z.number().int().min(0).max(1_000_000),
      }),
    )
    .max(20),
  /** The whole text that was read: looked through for individual numbers, and not kept. */
  text: z.string().max(200_000).optional(),
}
const source = z.string().trim().min(1).max(100)
const outcome = z.enum(['proposed', 'quarantined'])

export const proposeReadings = command({
  name: 'documents.proposeReadings',
  path: '/api/documents/:documentId/readings',
  summary:
    'Takes what a machine read from a paper as proposals, with the confidence of each; nothing is changed by it. Where an individual number is found, none of it is kept, the paper is quarantined and compliance alerted.',
  permission: 'documents.propose',
  input: z.object({ documentId: id, source, ...reading }),
  output: z.object({ outcome, sentence: z.string(), readingIds: z.array(id) }),
  refusals: readingRefusals,
})

export const importReadings = command({
  name: 'documents.importReadings',
  path: '/api/document-readings/import',
  summary:
    'Takes what a machine read from many papers, named by their numbers; says of each paper what came of it.',
  permission: 'documents.propose',
  input: z.object({
    source,
    papers: z
      .array(z.object({ docNo: z.string().trim().min(1).max(30), ...reading }))
      .min(1)
      .max(200),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        docNo: z.string(),
        outcome: z.enum(['proposed', 'quarantined', 'refused']),
        sentence: z.string(),
      }),
    ),
  }),
  refusals: readingRefusals,
})

export const decideReading = command({
  name: 'documents.decideReading',
  path: '/api/document-readings/:readingId/decide',
  summary: 'Accepts a proposed value, which then corrects the paper, or refuses it with a reason.',
  permission: 'documents.correct',
  input: z.object({
    readingId: id,
    rowVersion: z.number().int().min(1),
    decision: z.enum(['accept', 'refuse']),
    reason: z.string().trim().min(2).max(500).optional(),
  }),
  output: z.object({ id, documentRowVersion: z.number().int() }),
  refusals: readingRefusals,
})

export const endQuarantine = command({
  name: 'documents.endQuarantine',
  path: '/api/documents/:documentId/end-quarantine',
  summary:
    'Opens a quarantined paper again: it holds no individual number after all, or a newer version hides it; the versions that show it stay closed.',
  permission: 'documents.quarantine',
  input: z.object({
    documentId: id,
    because: z.enum(['no_number', 'masked']),
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({ id }),
  refusals: readingRefusals,
})
