import { z } from 'zod'
import { id, query, yen } from '../../platform/http/contract.ts'

const side = z.object({
  kind: z.enum(['group', 'debtor_group']),
  /** Null: no limit of this kind is in force. */
  limitYen: yen.nullable(),
  suspended: z.boolean(),
  exposureYen: yen,
  committedYen: yen,
  sentence: z.string(),
})

export const groupExposure = query({
  name: 'groups.groupExposure',
  path: '/api/parties/:partyId/group-exposure',
  summary: 'What stands at risk with all companies of a party’s group together, and the limits over it.',
  permission: 'credit.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({
    sides: z.array(side),
    companies: z.array(
      z.object({
        id,
        partyNo: z.string(),
        name: z.string(),
        roles: z.array(z.string()),
        clientYen: yen,
        debtorYen: yen,
      }),
    ),
  }),
})
export type GroupExposure = z.infer<typeof groupExposure.output>
