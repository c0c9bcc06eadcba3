import { addressOf } from '../../platform/http/client.ts'
import type { WebSlice } from '../../platform/web/page.ts'
import { printCard } from './contract.ts'

export const cardsWeb: WebSlice = {
  pages: [],
  links: [
    {
      on: 'party',
      key: 'card',
      label: '顧客カード（PDF）',
      order: 10,
      permission: printCard.permission,
      href: partyId => addressOf(printCard, { partyId }),
    },
  ],
}
