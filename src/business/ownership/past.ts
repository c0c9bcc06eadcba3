import { call } from '../../platform/http/client.ts'
import type { OfferedPast } from '../../platform/web/page.ts'
import { holdingsOfParty } from './contract.ts'

/** Who held a party's shares on a past day. */
export const ownershipPast: readonly OfferedPast[] = [
  {
    on: 'party',
    key: 'holdings',
    title: '株主',
    order: 110,
    permission: 'people.read',
    async facts(partyId, { asOf, known }, signal) {
      const { holders } = await call(holdingsOfParty, { partyId, asOf, known }, { signal })
      return holders.map(held => ({
        key: `${held.holderId ?? held.id}:${held.right}`,
        label: held.holderName,
        value: held.share,
        ...(held.holderId
          ? {
              restoreHref: `/parties/${partyId}/shares/new?holder=${held.holderKind}:${held.holderId}&name=${encodeURIComponent(held.holderName)}`,
            }
          : {}),
      }))
    },
  },
]
