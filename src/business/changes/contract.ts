import { z } from 'zod'
import { command, id, isoDate, query } from '../../platform/http/contract.ts'

/** How far ahead a change may be decided, in days: what lies further away is a wish, not a decision. */
export const FARTHEST_DAYS = 3 * 366
export const EARLIEST_DAY = '1868-01-25'

export const effectiveRefusals = {
  effective_date_must_be_near: '変更日は明治以降、3年先までの日付で入力してください。',
  nothing_must_be_planned_twice: 'この項目には同じ日の予約が既にあります。先に取り消してください。',
} as const

const planned = z.object({
  id,
  plannedNo: z.string(),
  record: z.object({ kind: z.string(), id }),
  summary: z.string(),
  items: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      old: z.unknown(),
      new: z.unknown(),
      masked: z.boolean(),
    }),
  ),
  effectiveOn: isoDate,
  reasonText: z.string(),
  evidence: z.array(id),
  state: z.enum(['planned', 'applied', 'withdrawn', 'failed']),
  plannedBy: z.object({ id, name: z.string() }),
  approvedBy: z.object({ id, name: z.string() }).nullable(),
  plannedAt: z.string(),
  endReason: z.string().nullable(),
  /** The permission needed to take it back. */
  permission: z.string(),
})
export type PlannedChange = z.infer<typeof planned>

export const plannedOfRecord = query({
  name: 'changes.plannedOfRecord',
  path: '/api/records/:recordId/planned-changes',
  summary:
    'Changes of a record decided for a later day, the nearest first, and those which could not be carried out.',
  permission: 'changes.read',
  sight: 'list',
  input: z.object({ recordId: id }),
  output: z.object({ rows: z.array(planned) }),
})

export const withdrawPlanned = command({
  name: 'changes.withdrawPlanned',
  path: '/api/planned-changes/:plannedId/withdraw',
  summary: 'Takes back a change before its day, or clears away one that failed, with a reason.',
  permission: 'changes.withdraw',
  input: z.object({ plannedId: id, reason: z.string().trim().min(5).max(2000) }),
  output: z.object({ id }),
  refusals: { change_must_still_be_planned: 'この変更は既に適用されたか、取り消されています。' },
})

/** Run by the clock only; no route leads here. */
export const takeEffect = command({
  name: 'changes.takeEffect',
  path: '/api/planned-changes/:plannedId/take-effect',
  summary: 'Carries out a planned change on its day.',
  permission: 'changes.takeEffect',
  input: z.object({ plannedId: id }),
  output: z.object({ id, answer: z.unknown() }),
  refusals: {
    change_must_still_be_planned: 'この変更は既に適用されたか、取り消されています。',
    day_must_have_come: 'この変更の日はまだ来ていません。',
  },
})

export const noteFailure = command({
  name: 'changes.noteFailure',
  path: '/api/planned-changes/:plannedId/note-failure',
  summary: 'Notes why a planned change could not be carried out.',
  permission: 'changes.takeEffect',
  input: z.object({ plannedId: id, sentences: z.array(z.string().max(500)).min(1).max(50) }),
  output: z.object({ id }),
  refusals: {},
})
