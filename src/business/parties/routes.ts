import { answerQuery, type Route, runCommand } from '../../platform/http/route.ts'
import { changePartyBasics, changePartyRoles } from './commands/change-basics.ts'
import { register } from './commands/register-party.ts'
import { rename } from './commands/rename-party.ts'
import { listParties, openParty, searchParties } from './contract.ts'
import { listPartyRows, openPartyRecord } from './queries.ts'
import { search } from './search.ts'

export const commands = [register, rename, changePartyBasics, changePartyRoles]

export function routes(): Route[] {
  return [
    answerQuery(listParties, listPartyRows),
    answerQuery(searchParties, search),
    answerQuery(openParty, openPartyRecord),
    ...commands.map(runCommand),
  ]
}
