import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { accept } from './breach.ts'
import { commands as ofLimits } from './commands.ts'
import { headroomOfDeal, limitsOfParty, listLimits, overridesOfDeal, overridesOfParty } from './contract.ts'
import { lists } from './lists.ts'
import { overridesOf, overridesOfOneDeal } from './override-queries.ts'
import { commands as ofOverrides } from './overrides.ts'
import { headroomAnswer, limitsOf, list } from './queries.ts'
import { listColumns, useOf } from './use.ts'
import { limitUse } from './use-contract.ts'

const commands = [...ofLimits, accept, ...ofOverrides]

/** Limits, what is held and at risk under them, headroom. Later slices write exposure through this door only. */
export const credit: Slice = {
  name: 'credit',
  lists,
  listColumns,
  permissions: [
    {
      code: 'credit.read',
      label: '与信枠・与信残高を見る',
      roles: [
        'sales',
        'reviewer',
        'approver',
        'operations',
        'collector',
        'compliance',
        'accounting',
        'manager',
        'auditor',
      ],
    },
    {
      code: 'credit.request',
      label: '与信枠の設定・引上げ・停止解除・超過承認を申請する',
      roles: ['reviewer'],
    },
    {
      code: 'credit.approve',
      label: '与信枠の設定・引上げ・停止解除・超過承認を承認する',
      roles: ['approver', 'manager'],
    },
    {
      code: 'credit.suspend',
      label: '与信枠・超過承認を停止・取消する',
      roles: ['reviewer', 'approver', 'compliance', 'manager'],
    },
  ],
  commands,
  records: [
    { kind: 'limit', read: 'credit.read' },
    { kind: 'credit_limit', read: 'credit.read' },
    { kind: 'limit_override', read: 'credit.read' },
  ],
  routes: () => [
    answerQuery(limitsOfParty, (context, { partyId }) => limitsOf(context, partyId)),
    answerQuery(listLimits, list),
    answerQuery(limitUse, (context, { ids }) => useOf(context, ids)),
    answerQuery(headroomOfDeal, (context, { clientId, debtorId }) =>
      headroomAnswer(context, clientId, debtorId),
    ),
    answerQuery(overridesOfParty, (context, { partyId }) => overridesOf(context, partyId)),
    answerQuery(overridesOfDeal, overridesOfOneDeal),
    ...commands.map(runCommand),
  ],
}

export { grant as grantLimitCommand, suspend as suspendLimitCommand, suspendLimitsOf } from './commands.ts'
export {
  type CommittedClaim,
  commitExposure,
  type ExposureToCommit,
  exposureHindrances,
  exposureHindrancesOf,
  headroomFor,
  recheckExposure,
  settleExposure,
} from './commit.ts'
export { type GroupSide, type GroupStanding, groupStanding } from './group-standing.ts'
export {
  chooseLimits,
  chosenLimits,
  forgetLimitChoices,
  type LimitChoices,
  type LimitState,
  type LimitsOfKind,
  limitStates,
  limitsAtMerge,
  settleLimits,
} from './merged-limits.ts'
export { overrideApprovers } from './override-deal.ts'
export { type LimitInUse, limitsInUse } from './queries.ts'
export { exposure } from './rules/exposure.ts'
export type { Headroom } from './rules/headroom.ts'
export {
  type LimitToTakeOver,
  limitTakeOverRefusals,
  type TakenOverLimit,
  takeBackExposure,
  takeBackLimit,
  takeOverExposure,
  takeOverLimit,
} from './take-over.ts'
