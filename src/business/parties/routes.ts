import { answerQuery, type Route, runCommand } from '../../platform/http/route.ts'
import { listAssignments } from './assignment-contract.ts'
import { assignments } from './assignment-queries.ts'
import { assign, endAssigned } from './commands/assign.ts'
import { changePartyBasics, changePartyRoles } from './commands/change-basics.ts'
import { placeCommands } from './commands/places.ts'
import { register } from './commands/register-party.ts'
import { rename } from './commands/rename-party.ts'
import { findOwners, listParties, openParty, readAddress, searchParties } from './contract.ts'
import { placesOfParty } from './places-contract.ts'
import { branchesAndCodes } from './places-queries.ts'
import { listPartyRows, openPartyRecord } from './queries.ts'
import { search } from './search.ts'
import { addressAid, owners } from './typing-aids.ts'

export const commands = [
  register,
  rename,
  changePartyBasics,
  changePartyRoles,
  assign,
  endAssigned,
  ...placeCommands,
]

export function routes(): Route[] {
  return [
    answerQuery(listParties, listPartyRows),
    answerQuery(searchParties, search),
    answerQuery(findOwners, owners),
    answerQuery(readAddress, async (_context, input) => addressAid(input)),
    answerQuery(openParty, openPartyRecord),
    answerQuery(placesOfParty, branchesAndCodes),
    answerQuery(listAssignments, assignments),
    ...commands.map(runCommand),
  ]
}
