import { z } from 'zod'
import { id, listOf, query } from '../../platform/http/contract.ts'
import { reviewState } from './contract.ts'

export const kycStandings = query({
  name: 'kyc.kycStandings',
  path: '/api/parties/kyc-standings',
  summary:
    'How the identity checks of clients stand today, for lists; companies that are no clients are left out.',
  permission: 'kyc.read',
  sight: 'list',
  input: z.object({ ids: listOf(id) }),
  output: z.object({ rows: z.array(z.object({ id, reviewState, nextReviewOn: z.string().nullable() })) }),
})
