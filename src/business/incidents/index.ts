import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { listIncidents, openIncidentPage } from './contract.ts'
import { incidentFields } from './fields.ts'
import { lists } from './lists.ts'
import { list, open } from './queries.ts'
import './tables.ts'

const REPORTERS = [
  'sales',
  'reviewer',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
] as const

/** 事故: what went wrong, with whom, why, and what is done so that it does not again. */
export const incidents: Slice = {
  name: 'incidents',
  lists,
  permissions: [
    { code: 'incidents.read', label: '事故を見る', roles: [...REPORTERS, 'approver', 'auditor'] },
    { code: 'incidents.report', label: '事故を登録する・内容を書く・届出を記録する', roles: REPORTERS },
    { code: 'incidents.close', label: '事故を終了する', roles: ['compliance', 'manager'] },
  ],
  commands,
  records: [
    {
      kind: 'incident',
      read: 'incidents.read',
      find: async (at, id) => {
        if (at.actor.reach !== 'all') return null
        const row = await at.db
          .selectFrom('incident')
          .select(['id', 'seen_no'])
          .where('id', '=', id)
          .executeTakeFirst()
        return row ? { dataSubjectId: row.id, seenNo: row.seen_no } : null
      },
      fields: Object.fromEntries(Object.values(incidentFields).map(field => [field.name, field.label.ja])),
    },
  ],
  routes: ({ keys }) => [
    answerQuery(listIncidents, list),
    answerQuery(openIncidentPage, (context, { incidentId }) => open(keys, context, incidentId)),
    ...commands.map(runCommand),
  ],
}
