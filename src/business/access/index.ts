import type { Slice } from '../../platform/slice.ts'
import { startHousekeeping } from './jobs.ts'
import { lists } from './lists.ts'
import { permissions } from './permissions.ts'
import { commands, routes } from './routes.ts'

/** Who may do what: sign-in, roles, grants, and the own company. */
export const access: Slice = {
  name: 'access',
  lists,
  permissions,
  commands,
  records: [
    { kind: 'staff', read: 'access.readStaff' },
    { kind: 'company', read: 'access.readCompany' },
  ],
  routes,
  start: startHousekeeping,
}

export { actorOf, allStaffNames, contractorUntil, loadActor, permissionsOf, staffNames } from './actors.ts'
export { authContracts, mountAuth } from './auth-endpoints.ts'
export { type TransferDay, transferDayNow } from './bank-cut-off.ts'
export { releaseBrake, takeOnce } from './brake.ts'
export {
  businessHoursOf,
  type HoursRule,
  hoursRuleOf,
  minutesOfBusinessDay,
  minutesOfTime,
  STANDARD_HOURS,
  worksOn,
} from './business-hours.ts'
export { type CliParts, setup as setupVerb, users as usersVerb } from './cli.ts'
export { type Company, currentCompany, daysForTasks, settingsInForce, thresholdsInForce } from './company.ts'
export { DEMO_PASSWORD } from './demo-password.ts'
export { sliceLabels } from './labels.ts'
export { mailFault, mailSender, type PlainMail, type SendMail, unlessStopped } from './mail.ts'
export { isRole, type Role, roleLabels, roles, whyIncompatible } from './roles.ts'
export { installationMode, type SetUp, setupCompany } from './setup.ts'
export { countOpenTry } from './sign-in-door.ts'
export { authenticate, forgetSignIns } from './sign-ins.ts'
export { createStaff, type NewStaff } from './staff.ts'
export { type SystemActorName, systemActor, systemActors } from './system-actors.ts'
