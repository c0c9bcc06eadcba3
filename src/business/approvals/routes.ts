import { answerQuery, type Route, runCommand } from '../../platform/http/route.ts'
import type { Services } from '../../platform/slice.ts'
import { approve, giveBack, reject, resubmit, withdraw } from './commands.ts'
import { countWaiting, listChangeRequests, openChangeRequest } from './contract.ts'
import { countRequests, listRequests, openRequest } from './queries.ts'

export const commands = [approve, reject, giveBack, withdraw, resubmit]

export function routes(services: Services): Route[] {
  return [
    answerQuery(listChangeRequests, (context, input) => listRequests(services.records, context, input)),
    answerQuery(countWaiting, countRequests),
    answerQuery(openChangeRequest, (context, input) => openRequest(services, context, input.changeRequestId)),
    ...commands.map(runCommand),
  ]
}
