import { z } from 'zod'
import { command, id, isoDate, listOf, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { impacts } from '../approvals/contract.ts'
import { impactOutcomes, taskKinds, taskOrigins, taskStates } from './tables.ts'

export const taskRefusals = {
  task_must_be_open: 'このタスクは既に終わっています。',
  due_must_not_be_past: '期限は今日以降の日付にしてください。',
  due_must_be_within_two_years: '期限は2年以内の日付にしてください。',
  due_must_change: '今の期限と同じ日です。',
  owner_must_be_able_to_act:
    '担当者に選べるのは、利用中で、タスクを扱える役割の人だけです。別の人を選んでください。',
  owner_must_change: 'その人は既に担当者です。',
  origin_must_be_reachable: '元の記録が見つかりません。記録のページから登録し直してください。',
} as const

const reason = z.string().trim().min(5).max(500)
const which = { taskId: id, rowVersion: z.number().int() }
const done = z.object({ id, rowVersion: z.number().int() })

/** From what a task by hand may come: a record the person can look at. */
export const originsByHand = ['alert', 'checklist', 'promise', 'incident'] as const

export const openTask = command({
  name: 'tasks.open',
  path: '/api/tasks',
  summary:
    'Opens a task with a title, a day and an owner, for a company or for none, by hand or from a record.',
  permission: 'tasks.handle',
  input: z.object({
    kind: z.enum(taskKinds).default('other'),
    title: z.string().trim().min(1).max(200),
    note: z.string().trim().min(1).max(2000).nullish(),
    partyId: id.nullish(),
    /** Left out: whoever opens it. */
    ownerId: id.nullish(),
    dueOn: isoDate,
    origin: z.object({ kind: z.enum(originsByHand), id }).nullish(),
  }),
  output: z.object({ id, taskNo: z.string() }),
  refusals: taskRefusals,
})

export const takeTask = command({
  name: 'tasks.take',
  path: '/api/tasks/:taskId/take',
  summary: 'Makes this person the owner of the task.',
  permission: 'tasks.handle',
  input: z.object(which),
  output: done,
  refusals: taskRefusals,
})

export const handOverTask = command({
  name: 'tasks.handOver',
  path: '/api/tasks/:taskId/hand-over',
  summary: 'Gives an open task to another person, for a stated reason; who had it before stays with it.',
  permission: 'tasks.handle',
  input: z.object({ ...which, toId: id, reason }),
  output: done,
  refusals: taskRefusals,
})

export const rescheduleTask = command({
  name: 'tasks.reschedule',
  path: '/api/tasks/:taskId/reschedule',
  summary: 'Moves the day of an open task, for a stated reason; the day before stays in its history.',
  permission: 'tasks.handle',
  input: z.object({ ...which, dueOn: isoDate, reason }),
  output: done,
  refusals: taskRefusals,
})

export const finishTask = command({
  name: 'tasks.finish',
  path: '/api/tasks/:taskId/finish',
  summary: 'Ends a task with what came of it.',
  permission: 'tasks.handle',
  input: z.object({ ...which, outcome: z.string().trim().min(5).max(1000) }),
  output: done,
  refusals: taskRefusals,
})

export const cancelTask = command({
  name: 'tasks.cancel',
  path: '/api/tasks/:taskId/cancel',
  summary: 'Ends a task that need not be done, with the reason.',
  permission: 'tasks.handle',
  input: z.object({ ...which, reason }),
  output: done,
  refusals: taskRefusals,
})

const person = z.object({ id, name: z.string() })

const row = z.object({
  id,
  rowVersion: z.number().int(),
  taskNo: z.string(),
  kind: z.enum(taskKinds),
  /** The company it is about. */
  subject: z.object({ id, name: z.string(), partyNo: z.string() }).nullable(),
  origin: z.object({
    kind: z.enum(taskOrigins),
    id: id.nullable(),
    /** The number of the change request it comes from. */
    no: z.string().nullable(),
  }),
  title: z.string(),
  owner: person.nullable(),
  /** Whose work it is while nobody has taken it. */
  ownerRole: z.string().nullable(),
  dueOn: z.string(),
  isOverdue: z.boolean(),
  state: z.enum(taskStates),
  outcome: z.string().nullable(),
  doneBy: person.nullable(),
  doneAt: z.string().nullable(),
  handedOverFrom: person.nullable(),
  openedAt: z.string(),
})
export type TaskRow = z.infer<typeof row>

export const listTasks = query({
  name: 'tasks.listTasks',
  path: '/api/tasks',
  summary:
    'Tasks by day, the nearest first; `whose` keeps mine (owned, or of a role I hold) or those of everybody who holds one of my roles.',
  permission: 'tasks.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    whose: z.enum(['mine', 'team', 'all']).default('all'),
    state: listOf(z.enum(taskStates)),
    kind: listOf(z.enum(taskKinds)),
    origin: listOf(z.enum(taskOrigins)),
    overdue: z.stringbool().default(false),
    partyId: id.optional(),
  }),
  output: pageOf(row),
})

const shown = row.extend({
  note: z.string().nullable(),
  openedBy: person,
  handedOverAt: z.string().nullable(),
  /** The tab of the company's page on which the work is done. */
  workplace: z.string().nullable(),
})
export type TaskShown = z.infer<typeof shown>

export const openTaskPage = query({
  name: 'tasks.openTask',
  path: '/api/tasks/:taskId',
  summary: 'One task with where it comes from, who had it before and what came of it.',
  permission: 'tasks.read',
  sight: 'open',
  input: z.object({ taskId: id }),
  output: shown,
})

export const impactsOfRequest = query({
  name: 'tasks.impactsOfRequest',
  path: '/api/change-requests/:changeRequestId/impacts',
  summary:
    'What became of each item an applied change touches: a task, a review another part of the program opened, or nothing, and by which rule.',
  permission: 'tasks.read',
  sight: 'list',
  input: z.object({ changeRequestId: id }),
  output: z.object({
    rows: z.array(
      z.object({
        impact: z.enum(impacts),
        outcome: z.enum(impactOutcomes),
        sentence: z.string(),
        task: z.object({ id, taskNo: z.string(), state: z.enum(taskStates), dueOn: z.string() }).nullable(),
        linked: z.object({ kind: z.string(), id, partyId: id.nullable() }).nullable(),
        decidedAt: z.string(),
      }),
    ),
  }),
})
export type ImpactRow = z.infer<typeof impactsOfRequest.output>['rows'][number]
