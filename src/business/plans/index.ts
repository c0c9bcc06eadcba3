import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { ceilingsOfParty, listPlans, openPlan, planChoices } from './contract.ts'
import { lists } from './lists.ts'
import { ceilingsOf, choices, list, open } from './queries.ts'

/** 商品: what the company sells, as versions that two people activate; applications and quotes are measured against them (FF §5). */
export const plans: Slice = {
  name: 'plans',
  lists,
  permissions: [
    {
      code: 'plans.read',
      label: '商品を見る',
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
      code: 'plans.draft',
      label: '商品の版を作成・変更する、適用を申請する',
      roles: ['operations', 'manager'],
    },
    { code: 'plans.approve', label: '商品の版の適用を承認する', roles: ['approver', 'manager'] },
    {
      code: 'plans.approveSpecial',
      label: '償還請求権・低い代金・担保や保証人のある商品の適用を承認する',
      roles: ['compliance'],
    },
    { code: 'plans.retire', label: '商品の取扱いを終了する', roles: ['compliance', 'manager'] },
  ],
  commands,
  records: [
    {
      kind: 'plan',
      read: 'plans.read',
      find: async ({ db }, id) => {
        const row = await db.selectFrom('plan').select('seen_no').where('id', '=', id).executeTakeFirst()
        return row ? { dataSubjectId: id, seenNo: row.seen_no } : null
      },
    },
    { kind: 'plan_version', read: 'plans.read' },
  ],
  routes: () => [
    answerQuery(listPlans, list),
    answerQuery(planChoices, choices),
    answerQuery(ceilingsOfParty, (context, { partyId }) => ceilingsOf(context, partyId)),
    answerQuery(openPlan, (context, { planId }) => open(context, planId)),
    ...commands.map(runCommand),
  ],
}

export { ceilingHindrances, claimsUnderPlans } from './ceiling.ts'
export { activate as activatePlanVersionCommand, draft as draftPlanCommand } from './commands.ts'
export { storedParameters } from './parameters.ts'
export { type PlanUsed, planToApply, planVersions } from './records.ts'
export {
  type ClaimUnderPlan,
  clientTypeOf,
  hindrancesToApply,
  hindrancesToClaims,
  hindrancesToQuote,
  registrationFor,
} from './rules/eligibility.ts'
