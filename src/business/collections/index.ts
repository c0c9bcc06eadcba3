import { randomUUID } from 'node:crypto'
import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Services, Slice } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { partiesInReach } from '../parties/index.ts'
import { commands } from './commands.ts'
import { ageing, listOverdue, openCase } from './contract.ts'
import { followUp, MOST_AT_ONCE } from './follow-up.ts'
import { lists } from './lists.ts'
import { ageingOn, openOne, overdue } from './queries.ts'

const EVERY_MS = 3_600_000

/** 回収: overdue claims, damages to date, cases, contacts, promises, disputes and write-offs. */
export const collections: Slice = {
  name: 'collections',
  lists,
  permissions: [
    {
      code: 'collections.read',
      label: '延滞・回収を見る',
      roles: [
        'sales',
        'reviewer',
        'approver',
        'operations',
        'collector',
        'compliance',
        'accounting',
        'manager',
        'auditor',
      ],
    },
    { code: 'collections.work', label: '回収案件を進める・連絡を記録する', roles: ['collector'] },
    { code: 'collections.requestWriteOff', label: '貸倒れを申請する', roles: ['collector'] },
    {
      code: 'collections.approve',
      label: '貸倒れ・売掛先への通知を承認する',
      roles: ['approver', 'manager'],
    },
  ],
  commands,
  records: [
    {
      kind: 'collection_case',
      read: 'collections.read',
      find: async (at, id) => {
        const row = await partiesInReach(at)
          .innerJoin('receivable as r', 'r.client_id', 'party.id')
          .innerJoin('collection_case as c', 'c.receivable_id', 'r.id')
          .select(['r.client_id', 'c.seen_no'])
          .where('c.id', '=', id)
          .executeTakeFirst()
        return row ? { dataSubjectId: row.client_id, seenNo: row.seen_no } : null
      },
    },
  ],
  routes: ({ keys }) => [
    answerQuery(listOverdue, overdue),
    answerQuery(ageing, ageingOn),
    answerQuery(openCase, (context, { receivableId }) => openOne(keys, context, receivableId)),
    ...commands.map(runCommand),
  ],
  start: startFollowUp,
}

/** Looks every hour for claims that became overdue and promises whose day has passed. */
async function startFollowUp(services: Services): Promise<() => Promise<void>> {
  let running: Promise<void> = Promise.resolve()
  const step = async () => {
    for (;;) {
      const key = randomUUID()
      const actor = systemActor('schedule', services.permissions)
      const run = { key, requestId: `collections-${key}` }
      const { status, body } = await services.executor.execute(followUp, actor, {}, run)
      if (status !== 200 || Math.max(body.opened, body.resolved) < MOST_AT_ONCE) return
    }
  }
  const timer = setInterval(() => {
    running = running.then(step).catch(error => services.log('collections follow-up failed', { error }))
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await running
  }
}

export { writeOffClaim as writeOffCommand } from './commands.ts'
export { followUp as followUpCommand } from './follow-up.ts'
export { letGoOfCases } from './let-go.ts'
