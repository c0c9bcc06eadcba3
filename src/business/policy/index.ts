import { answerFile, answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { confirm, draft, withdraw } from './commands.ts'
import { openPolicy, printPolicy } from './contract.ts'
import { policy as policyNow, ruleBook } from './queries.ts'
import './tables.ts'

const commands = [draft, confirm, withdraw]

export { type InForce, policyInForce } from './in-force.ts'
export { type RecordKept, recordKept } from './record-until.ts'

/** 運用規程: what the company has decided for its work with the ledger, confirmed by four heads, in versions. */
export const policy: Slice = {
  name: 'policy',
  permissions: [
    {
      code: 'policy.read',
      label: '運用規程を見る・印刷する',
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
        'administrator',
      ],
    },
    { code: 'policy.draft', label: '運用規程の案を作る・取り下げる', roles: ['manager', 'compliance'] },
    {
      code: 'policy.confirm',
      label: '部門の責任者として運用規程を確認する',
      roles: ['approver', 'compliance', 'manager', 'reviewer', 'collector', 'sales'],
    },
  ],
  commands,
  records: [{ kind: 'policy', read: 'policy.read' }],
  routes: services => [
    answerQuery(openPolicy, context => policyNow(services, context)),
    answerFile(printPolicy, (context, { versionId }) => ruleBook(services, context, versionId)),
    ...commands.map(runCommand),
  ],
}
