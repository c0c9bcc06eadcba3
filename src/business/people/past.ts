import { call } from '../../platform/http/client.ts'
import type { OfferedPast } from '../../platform/web/page.ts'
import { peopleOfParty } from './contract.ts'
import { boBasisLabels, personRoleLabels } from './labels.ts'

/** Who held which role in a party, and who held its shares, on a past day. */
export const peoplePast: readonly OfferedPast[] = [
  {
    on: 'party',
    key: 'people',
    title: '関係者',
    order: 100,
    permission: 'people.read',
    async facts(partyId, { asOf, known }, signal) {
      const { people } = await call(peopleOfParty, { partyId, asOf, known }, { signal })
      return people.map(person => ({
        key: `${person.role}:${person.personId}`,
        label: personRoleLabels[person.role],
        value: [person.name, person.title, person.boBasis && boBasisLabels[person.boBasis]]
          .filter(Boolean)
          .join('　'),
        restoreHref: `/parties/${partyId}/people/new?role=${person.role}&person=${person.personId}&name=${encodeURIComponent(person.name)}`,
      }))
    },
  },
]
