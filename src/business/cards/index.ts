import { answerFile } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { cardOf } from './card.ts'
import { printCard } from './contract.ts'

/** 帳票: sheets that put together what the other slices answer; asked as the person who prints. */
export const cards: Slice = {
  name: 'cards',
  permissions: [
    {
      code: 'cards.print',
      label: '顧客カードを印刷する',
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
  ],
  commands: [],
  routes: ({ reading }) => [
    answerFile(printCard, (context, { partyId }) => cardOf(reading, context, partyId)),
  ],
}
