import { z } from 'zod'
import { id, query } from '../../platform/http/contract.ts'

export const printCard = query({
  name: 'cards.printCard',
  path: '/api/parties/:partyId/card.pdf',
  summary:
    'The customer card as A4 sheets: basics, people, accounts, checks, limits, contracts, claims and alerts, each as far as the person may see it.',
  permission: 'cards.print',
  sight: 'export',
  input: z.object({ partyId: id }),
  output: z.unknown(),
})
