import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { listReviews, registerCheckOf } from './contract.ts'
import { startChangewatch } from './jobs.ts'
import { lists } from './lists.ts'
import { registerCheck, reviews } from './queries.ts'

const HANDLERS = [
  'sales',
  'reviewer',
  'approver',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
] as const

/** 変更検知: signs that a customer changed, each a review with owner and deadline; some suspend headroom at once. */
export const changewatch: Slice = {
  name: 'changewatch',
  lists,
  permissions: [
    { code: 'changewatch.read', label: '変更検知を見る', roles: [...HANDLERS, 'auditor'] },
    {
      code: 'changewatch.report',
      label: '変更の兆候（返戻・振込先相違など）を報告する',
      roles: ['sales', 'reviewer', 'operations', 'collector', 'compliance', 'accounting', 'manager'],
    },
    {
      code: 'changewatch.judge',
      label: '変更検知の確認を終える',
      roles: ['reviewer', 'operations', 'compliance', 'manager'],
    },
  ],
  commands,
  routes: () => [
    answerQuery(listReviews, reviews),
    answerQuery(registerCheckOf, registerCheck),
    ...commands.map(runCommand),
  ],
  start: startChangewatch,
}

export { letGoOfReviews } from './let-go.ts'
export { openReviewOf } from './open-review.ts'
export { suddenFall } from './rules.ts'
