import { every } from '../../platform/every.ts'
import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { impactsOfRequest, listTasks, openTaskPage } from './contract.ts'
import { lists } from './lists.ts'
import { openImpactTasks } from './open-impact-tasks.ts'
import { impactsOf, list, open } from './queries.ts'
import './tables.ts'

const EVERY_MS = 3_000

const HANDLERS = [
  'sales',
  'reviewer',
  'approver',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
] as const

/** タスク: work with an owner and a day, by hand or from what a change in force touches. */
export const tasks: Slice = {
  name: 'tasks',
  lists,
  permissions: [
    { code: 'tasks.read', label: 'タスクを見る', roles: [...HANDLERS, 'auditor', 'administrator'] },
    { code: 'tasks.handle', label: 'タスクを登録する・引き継ぐ・終える', roles: HANDLERS },
  ],
  commands,
  records: [{ kind: 'task', read: 'tasks.read' }],
  routes: ({ records }) => [
    answerQuery(listTasks, list),
    answerQuery(openTaskPage, (context, { taskId }) => open(context, taskId)),
    answerQuery(impactsOfRequest, (context, { changeRequestId }) =>
      impactsOf(records, context, changeRequestId),
    ),
    ...commands.map(runCommand),
  ],
  start: async services =>
    every(
      EVERY_MS,
      () => openImpactTasks(services),
      error => services.log('opening tasks of applied changes failed', { error }),
    ),
}

export { openImpactTasks } from './open-impact-tasks.ts'
