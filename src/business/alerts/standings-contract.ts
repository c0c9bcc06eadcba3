import { z } from 'zod'
import { id, listOf, query } from '../../platform/http/contract.ts'
import { alertSeverities } from './tables.ts'

export const alertStandings = query({
  name: 'alerts.alertStandings',
  path: '/api/parties/alert-standings',
  summary:
    'How many alerts of each company are not resolved, and the gravest; companies without any are left out.',
  permission: 'alerts.read',
  sight: 'list',
  input: z.object({ ids: listOf(id) }),
  output: z.object({
    rows: z.array(
      z.object({ id, alerts: z.number().int(), gravest: z.enum(alertSeverities), dueOn: z.string() }),
    ),
  }),
})
