import { answerQuery, type Route, runCommand } from '../../platform/http/route.ts'
import type { Services } from '../../platform/slice.ts'
import { changeCompany } from './commands/company.ts'
import { grant, revoke } from './commands/grants.ts'
import { accept, invite, renew } from './commands/invites.ts'
import { end, resetFactor, revokeOwn, revokeSignIns } from './commands/leaving.ts'
import * as contract from './contract.ts'
import { readInvite, readMe, readMySignIns, readSignInInfo } from './queries/own.ts'
import { listAttempts, readCompany, readRights } from './queries/rights.ts'
import { listStaffRows, readInviteLink, readStaff } from './queries/staff.ts'

export const commands = [
  invite,
  renew,
  accept,
  grant,
  revoke,
  end,
  resetFactor,
  revokeSignIns,
  revokeOwn,
  changeCompany,
]

export function routes(services: Services): Route[] {
  return [
    answerQuery(contract.signInInfo, context => readSignInInfo(services, context)),
    answerQuery(contract.me, context => readMe(services, context)),
    answerQuery(contract.mySignIns, context => readMySignIns(context)),
    answerQuery(contract.openInvite, (context, input) => readInvite(services, context, input)),
    answerQuery(contract.listStaff, listStaffRows),
    answerQuery(contract.staffDetail, (context, input) => readStaff(services, context, input.staffId)),
    answerQuery(contract.whatMay, (context, input) => readRights(services, context, input)),
    answerQuery(contract.showInviteLink, (context, input) =>
      readInviteLink(services, context, input.inviteId),
    ),
    answerQuery(contract.signInLog, listAttempts),
    answerQuery(contract.companySettings, readCompany),
    ...commands.map(runCommand),
  ]
}
