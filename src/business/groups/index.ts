import { answerQuery } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { groupExposure } from './contract.ts'
import { exposureOfGroup } from './exposure-query.ts'

/** グループ: companies that belong together, what is at risk with all of them, and ties proposed from data. */
export const groups: Slice = {
  name: 'groups',
  permissions: [],
  commands: [],
  routes: () => [answerQuery(groupExposure, (context, { partyId }) => exposureOfGroup(context, partyId))],
}
