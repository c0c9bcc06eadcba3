import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { exclusionsOfParty, holdingHistory, holdingsOfParty, ownershipOfParty } from './contract.ts'
import { exclusionsOf } from './exclusions-shown.ts'
import { startOwnership } from './jobs.ts'
import { historyOfHolding, holdingsOf, ownershipOf } from './queries.ts'

/** 株主・グループ: who holds how much of whom, and what follows from it: beneficial owners, parents, groups. */
export const ownership: Slice = {
  name: 'ownership',
  // Who may read and change people may read and change holdings.
  permissions: [],
  commands,
  routes: () => [
    answerQuery(holdingsOfParty, holdingsOf),
    answerQuery(holdingHistory, (context, { holdingId }) => historyOfHolding(context, holdingId)),
    answerQuery(ownershipOfParty, ownershipOf),
    answerQuery(exclusionsOfParty, (context, { partyId }) => exclusionsOf(context, partyId)),
    ...commands.map(runCommand),
  ],
  start: startOwnership,
}

export { record as recordHoldingCommand } from './commands.ts'
export { type OwnerNumber, type OwnersCompared, ownersCompared, ownersComparedOf } from './declared.ts'
export { letGoOfOwnership } from './let-go.ts'
export { groupMemberIds, groupsOfParties } from './queries.ts'
export {
  holdingTakeOverRefusals,
  type TakenOverHolding,
  takeBackHolding,
  takeBackTie,
  takeOverHolding,
  takeOverTie,
} from './take-over.ts'
export { confirm as confirmTieCommand, recordTie } from './ties.ts'
