import { answerQuery } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { claimsDue, firstSteps, homeFigures } from './contract.ts'
import { stepsLeft } from './first-steps.ts'
import { due, figuresOfTheDay } from './queries.ts'

/** ホーム: what needs me by deadline, and the figures of the day. */
export const home: Slice = {
  name: 'home',
  permissions: [
    {
      code: 'home.figures',
      label: 'ホームの経営指標を見る',
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
  ],
  commands: [],
  routes: () => [
    answerQuery(homeFigures, figuresOfTheDay()),
    answerQuery(claimsDue, due),
    answerQuery(firstSteps, stepsLeft),
  ],
}
