import { every } from '../../platform/every.ts'
import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands, withdraw } from './commands.ts'
import { plannedOfRecord } from './contract.ts'
import { carryOutDueChanges } from './jobs.ts'
import { plannedOf } from './queries.ts'

const EVERY_MS = 30_000

/** 変更管理: when values came into force, what will come into force later, and why; the slices below keep their histories through it. */
export const changes: Slice = {
  name: 'changes',
  permissions: [
    {
      code: 'changes.read',
      label: '予約された変更を見る',
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
      code: 'changes.withdraw',
      label: '予約された変更を取り消す',
      roles: ['sales', 'operations', 'reviewer'],
    },
    { code: 'changes.takeEffect', label: '予約された変更をその日に適用する（システム）', roles: [] },
  ],
  commands,
  routes: () => [
    answerQuery(plannedOfRecord, (context, { recordId }) => plannedOf(context, recordId)),
    runCommand(withdraw),
  ],
  start: async services =>
    every(
      EVERY_MS,
      () => carryOutDueChanges(services),
      error => services.log('planned changes could not be carried out', { error }),
    ),
}

export {
  type Beginning,
  type Facts,
  factsOf,
  forgetValues,
  type KeptChange,
  keepManyValues,
  keepValues,
  valuesOn,
} from './keep-values.ts'
export { type ChangeToPlan, checkEffectiveDay, type Planned, planChange } from './plan-change.ts'
export { type HistoryEntry, historyOf } from './queries.ts'
export { endOfDay, joined, knownAt, type Period, periodOn, periodsOf, type ValueFact } from './timeline.ts'
