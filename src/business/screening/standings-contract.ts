import { z } from 'zod'
import { id, listOf, query } from '../../platform/http/contract.ts'
import { standing } from './contract.ts'

export const screeningStandings = query({
  name: 'screening.screeningStandings',
  path: '/api/parties/screening-standings',
  summary:
    'How companies stand with screening today, for lists: the worst of everybody screened because of each.',
  permission: 'screening.read',
  sight: 'list',
  input: z.object({ ids: listOf(id) }),
  output: z.object({
    rows: z.array(z.object({ id, standing, nextDueOn: z.string().nullable(), subjects: z.number().int() })),
  }),
})
