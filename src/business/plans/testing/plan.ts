import type { z } from 'zod'
import type { World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { approve } from '../../approvals/commands.ts'
import { activate, draft } from '../commands.ts'
import { openPlan } from '../contract.ts'
import type { planParameters } from '../parameters.ts'

export type Parameters = z.input<typeof planParameters>

/** A plan of invoices for corporations and sole proprietors, two-party, 2–9.8 %, from 100,000 to 5,000,000 yen. */
export const quickPlan: Parameters = {
  legalKinds: ['two_party'],
  collectionRoutes: ['client_remits'],
  clientTypes: ['corp', 'sole'],
  receivableKinds: ['invoice'],
  minYen: 100_000,
  maxYen: 5_000_000,
  advancePpm: 900_000,
  feeMinPpm: 20_000,
  feeMaxPpm: 98_000,
  feeBase: 'purchased',
  feeMinimumYen: 0,
  maxTenorDays: 120,
  quoteClock: null,
  decisionClock: { value: 60, unit: 'business_min' },
  fundingClock: { value: 1, unit: 'same_day' },
  documents: { corp: ['invoice', 'bank_statement'], sole: ['invoice', 'tax_return'] },
  registration: 'none',
  notice: 'held',
  payoutAfter: 'contract',
  duplicateScopes: ['own_book'],
  recourse: 'dilution_only',
  collateralRequired: 'none',
  guarantorRequired: 'none',
  lateRatePpm: 146_000,
  ceilingYen: null,
}

export const change = { reasonCode: 'review' as const, reasonText: '商品会議の決定', evidence: [] }

/** A plan whose first version two people activated. */
export async function activePlan(
  world: World,
  people: { writer: Actor; approver: Actor },
  code: string,
  parameters: Parameters = quickPlan,
): Promise<{ planId: string; planVersionId: string }> {
  const drafted = await world.done(people.writer, draft, {
    code,
    name: `商品${code}`,
    parameters,
    note: '最初の版',
  })
  await activated(world, people, drafted.planVersionId, 1)
  return { planId: drafted.id, planVersionId: drafted.planVersionId }
}

export async function activated(
  world: World,
  { writer, approver }: { writer: Actor; approver: Actor },
  planVersionId: string,
  rowVersion: number,
): Promise<void> {
  const answer = await world.run(writer, activate, { planVersionId, rowVersion, change })
  const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
  await world.done(approver, approve, { changeRequestId })
}

export const shownPlan = (world: World, who: Actor, planId: string) => world.ask(who, openPlan, { planId })
