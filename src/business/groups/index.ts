import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { groupExposure, listProposals } from './contract.ts'
import { exposureOfGroup } from './exposure-query.ts'
import { startGroups } from './jobs.ts'
import { proposals } from './proposals.ts'

/** グループ: companies that belong together, what is at risk with all of them, and ties proposed from data. */
export const groups: Slice = {
  name: 'groups',
  // Who may read and change people may read and change groups.
  permissions: [],
  commands,
  routes: () => [
    answerQuery(groupExposure, (context, { partyId }) => exposureOfGroup(context, partyId)),
    answerQuery(listProposals, proposals),
    ...commands.map(runCommand),
  ],
  start: startGroups,
}

export { letGoOfTies } from './let-go.ts'
