import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { countAlerts, listAlerts } from './contract.ts'
import { startAlerts } from './jobs.ts'
import { lists } from './lists.ts'
import { count, list } from './queries.ts'
import { listColumns, standingsOf } from './standings.ts'
import { alertStandings } from './standings-contract.ts'

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

/** アラート: what the rules find in the records of the other slices, each with an owner and a deadline. */
export const alerts: Slice = {
  name: 'alerts',
  lists,
  listColumns,
  permissions: [
    { code: 'alerts.read', label: 'アラートを見る', roles: [...HANDLERS, 'auditor', 'administrator'] },
    { code: 'alerts.handle', label: 'アラートを引き受ける・保留する・解決する', roles: HANDLERS },
  ],
  commands,
  records: [
    {
      kind: 'alert',
      read: 'alerts.read',
      find: async ({ db, actor }, id) => {
        if (actor.reach !== 'all') return null
        const row = await db
          .selectFrom('alert')
          .select(['party_id', 'seen_no'])
          .where('id', '=', id)
          .executeTakeFirst()
        return row ? { dataSubjectId: row.party_id ?? id, seenNo: row.seen_no } : null
      },
    },
  ],
  routes: () => [
    answerQuery(listAlerts, list),
    answerQuery(countAlerts, count),
    answerQuery(alertStandings, (context, { ids }) => standingsOf(context, ids)),
    ...commands.map(runCommand),
  ],
  start: startAlerts,
}

export { letGoOfParties } from './let-go.ts'
export { type RaiseResult, raiseAlerts } from './raise.ts'
