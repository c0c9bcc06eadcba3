import { z } from 'zod'
import { changeReason, command, id, listOf, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { hindranceSentences } from './labels.ts'
import { hindrances } from './rules/retention.ts'
import { subjectKinds } from './tables.ts'

export const disposalRefusals = {
  retention_must_be_over: '保存期間が終わっていないため、廃棄できません。',
  disposal_must_need_two: '廃棄は別の人の承認を経て実行されます。',
  ...hindranceSentences,
} as const

const subjectKind = z.enum(subjectKinds)

export const proposeDisposal = command({
  name: 'disposal.propose',
  path: '/api/disposals',
  summary:
    'Asks for a record past its retention to be destroyed: keys, words, names and files; always decided by a second person. The certificate follows within seconds, once the files are gone.',
  permission: 'disposal.propose',
  critical: 'always',
  input: z.object({ subjectKind, subjectId: id, change: changeReason }),
  output: z.object({
    id,
    disposalNo: z.string(),
    rows: z.number().int(),
    keysDestroyed: z.number().int(),
  }),
  refusals: disposalRefusals,
})

const due = z.object({
  subjectKind,
  subjectId: id,
  number: z.string(),
  name: z.string(),
  retentionClass: z.string(),
  dueOn: z.string(),
  hindrances: z.array(z.enum(hindrances)),
  /** A request to dispose of it waits for a second person. */
  changeRequestId: id.nullable(),
})
export type DisposalDue = z.infer<typeof due>

export const listDisposalDue = query({
  name: 'disposal.listDue',
  path: '/api/disposals/due',
  summary:
    'Records past their retention as found by the last walk over all records, oldest first, each with its rule and what stands against its disposal.',
  permission: 'disposal.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    kind: listOf(subjectKind),
    /** Only what may be proposed now, or only what something stands against. */
    state: z.enum(['free', 'blocked', 'all']).default('all'),
  }),
  output: pageOf(due).extend({
    /** When all records were last walked over; null: not yet. */
    foundAt: z.string().nullable(),
    /** How many of each, up to a thousand. */
    counts: z.object({ free: z.number().int(), blocked: z.number().int() }),
  }),
})

export const judgeDisposal = query({
  name: 'disposal.judge',
  path: '/api/disposals/judge/:subjectKind/:subjectId',
  summary:
    'Until when one record is kept, by which rule, what stands against its disposal now, and what would go with it.',
  permission: 'disposal.read',
  sight: 'open',
  input: z.object({ subjectKind, subjectId: id }),
  output: due.omit({ hindrances: true }).extend({
    reasons: z.array(z.object({ code: z.string(), message: z.string() })),
    goesWithIt: z.object({
      parties: z.number().int(),
      people: z.number().int(),
      documents: z.number().int(),
      files: z.number().int(),
    }),
    disposed: z.boolean(),
  }),
})
export type DisposalJudged = z.infer<typeof judgeDisposal.output>

const done = z.object({
  id,
  disposalNo: z.string(),
  subjectKind,
  subjectId: id,
  number: z.string(),
  retentionClass: z.string(),
  dueOn: z.string(),
  executedAt: z.string(),
  proposedBy: z.string(),
  approvedBy: z.string(),
  reason: z.string(),
  parties: z.number().int(),
  people: z.number().int(),
  documents: z.number().int(),
  files: z.number().int(),
  filesLeft: z.number().int(),
  rows: z.number().int(),
  keysDestroyed: z.number().int(),
  changeRequestId: id,
  certificateDocumentId: id.nullable(),
})
export type DisposalDone = z.infer<typeof done>

export const listDisposals = query({
  name: 'disposal.list',
  path: '/api/disposals',
  summary: 'Disposals that were carried out, newest first, with what was destroyed and their certificates.',
  permission: 'disposal.read',
  sight: 'list',
  input: z.object({ ...pageInput, subjectId: id.optional() }),
  output: pageOf(done),
})
