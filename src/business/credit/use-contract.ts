import { z } from 'zod'
import { id, listOf, query, yen } from '../../platform/http/contract.ts'
import { limitKinds } from './tables.ts'

export const limitUse = query({
  name: 'credit.limitUse',
  path: '/api/parties/limit-use',
  summary:
    'How much of its own limit each company uses today, for lists: as client or as debtor, the fuller one; companies without a limit in force are left out.',
  permission: 'credit.read',
  sight: 'list',
  input: z.object({ ids: listOf(id) }),
  output: z.object({
    rows: z.array(
      z.object({
        id,
        limitKind: z.enum(limitKinds),
        limitYen: yen,
        exposureYen: yen,
        suspended: z.boolean(),
      }),
    ),
  }),
})
