import { type Selectable, sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, type Reason, refuseAll } from '../../platform/commands/refusal.ts'
import type { Db, Tables, Tx } from '../../platform/database/database.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { ContractInForce } from '../contracts/index.ts'
import type { PartyKind } from '../parties/tables.ts'
import type { ApplicationChannel, PlanParameters } from '../plans/contract.ts'
import {
  ceilingHindrances,
  claimsUnderPlans,
  clientTypeOf,
  hindrancesToApply,
  hindrancesToQuote,
  type PlanUsed,
  planToApply,
  planVersions,
  registrationFor,
} from '../plans/index.ts'
import type { QuotedClaims } from '../receivables/index.ts'
import { type ItemKind, initialItems } from './rules/checklist.ts'
import { CLOCK_POLICY, planClockPolicy } from './rules/clock.ts'
import './tables.ts'

type ApplicationForm = PlanParameters['forms'][number]
type Application = Selectable<Tables['application']>

/** A version in words: its code tells it apart whatever it is called later. */
export const planWords = (plan: Pick<PlanUsed, 'code' | 'version'>) => `${plan.code} 第${plan.version}版`

/** The version of a plan an application is made under; null: none. */
export async function planOf(
  tx: Db | Tx,
  application: { plan_version_id: Id | null },
): Promise<PlanUsed | null> {
  const { plan_version_id } = application
  return plan_version_id === null
    ? null
    : found((await planVersions(tx, [plan_version_id])).get(plan_version_id), 'plan_version')
}

/** Who applies and how, as the tables hold it. */
interface Asked {
  party: { party_kind: string; industry_code: string | null }
  requestedYen: number
  channel: ApplicationChannel | null
  form: ApplicationForm
}

/** The version a client applies under, and everything against it: not in force today, no purchase, not for this client, not for this amount. */
export async function planToTake(
  { tx, today }: Pick<CommandContext, 'tx' | 'today'>,
  planVersionId: Id | null | undefined,
  asked: Asked,
): Promise<{ plan: PlanUsed | null; reasons: Reason[] }> {
  if (!planVersionId) return { plan: null, reasons: [] }
  const { plan, hindrances } = await planToApply(tx, planVersionId, today)
  return { plan, reasons: [...hindrances, ...reasonsAgainst(plan, asked)] }
}

/** What a plan says to a client: whatever stands there, no registration is asked of one that is no corporation (FF §5). */
export const offeredTo = (parameters: PlanUsed['parameters'], partyKind: string): PlanUsed['parameters'] => ({
  ...parameters,
  registration: registrationFor(parameters, clientTypeOf(partyKind) ?? 'sole'),
})

const reasonsAgainst = (plan: PlanUsed, { party, ...asked }: Asked) =>
  hindrancesToApply(plan.parameters, {
    ...asked,
    clientType: clientTypeOf(party.party_kind),
    industryCode: party.industry_code,
  })

export interface PlanChange {
  /** Columns of the application that follow the plan. */
  columns: Partial<Pick<Application, 'plan_version_id' | 'clock_policy'>>
  /** Words of the plan before and after, where it changes. */
  before: { plan?: string | null }
  after: { plan?: string | null }
  plan: PlanUsed | null
  changed: boolean
  /** The claims of the application, locked where the plan changes. */
  claimIds: Id[]
}

/**
 * What a correction makes of the plan: another one must be in force today and brings its deadlines, counted from the submission and without
 * the time the client was waited for; the one that stays is asked about the amount only. Refuses with every reason.
 */
export async function changePlan(
  context: CommandContext,
  row: Application,
  input: { planVersionId?: Id | null | undefined; requestedYen: number; channel: ApplicationChannel | null },
): Promise<PlanChange> {
  const { tx } = context
  const before = await planOf(tx, row)
  const party = await tx
    .selectFrom('party')
    .select(['party_kind', 'industry_code'])
    .where('id', '=', row.client_id)
    .executeTakeFirstOrThrow()
  const asked = { party, requestedYen: input.requestedYen, channel: input.channel, form: row.form }
  if (input.planVersionId === undefined || input.planVersionId === row.plan_version_id) {
    if (before) refuseAll(reasonsAgainst(before, asked), 'invalid')
    return { columns: {}, before: {}, after: {}, plan: before, changed: false, claimIds: [] }
  }
  const { plan, reasons } = await planToTake(context, input.planVersionId, asked)
  refuseAll(reasons, 'invalid')
  return {
    columns: {
      plan_version_id: plan?.planVersionId ?? null,
      clock_policy: plan ? planClockPolicy(plan) : CLOCK_POLICY,
    },
    before: { plan: before && planWords(before) },
    after: { plan: plan && planWords(plan) },
    plan,
    changed: true,
    claimIds: await lockClaims(context, row.id),
  }
}

/** What the claims put at risk moves to the other plan: nobody may be approving one of them meanwhile. */
async function lockClaims({ tx }: CommandContext, applicationId: Id): Promise<Id[]> {
  const rows = await tx
    .selectFrom('application_claim as l')
    .innerJoin('receivable as r', 'r.id', 'l.receivable_id')
    .select('r.id')
    .where('l.application_id', '=', applicationId)
    .orderBy('r.id')
    .forUpdate('r')
    .execute()
  return rows.map(row => row.id)
}

/** Refuses when the ceiling of the plan the claims now stand under does not hold them. */
export async function refuseBeyondCeiling(context: CommandContext, claimIds: readonly Id[]): Promise<void> {
  const beyond = await ceilingHindrances(context, await claimsUnderPlans(context.tx, claimIds))
  refuseAll([...beyond.values()])
}

/** Asks for what the new plan wants and the checklist does not have; what is there stays, and may be waived. */
export async function askForPlanItems(
  context: CommandContext,
  row: Application,
  plan: PlanUsed | null,
): Promise<void> {
  if (plan === null) return
  const { party_kind } = await context.tx
    .selectFrom('party')
    .select('party_kind')
    .where('id', '=', row.client_id)
    .executeTakeFirstOrThrow()
  const there = await context.tx
    .selectFrom('application_item')
    .select('item_kind')
    .where('application_id', '=', row.id)
    .execute()
  const kinds = initialItems(row.form, party_kind, plan.parameters.documents)
  await insertItems(
    context,
    row.id,
    kinds.filter(kind => !there.some(item => item.item_kind === kind)),
  )
}

/** Puts documents on the checklist, after those that stand there. */
export async function insertItems(
  { tx, actor, now }: CommandContext,
  applicationId: Id,
  kinds: readonly ItemKind[],
): Promise<void> {
  if (kinds.length === 0) return
  await tx
    .insertInto('application_item')
    .values(
      kinds.map((kind, at) => ({
        id: newId(),
        application_id: applicationId,
        position: sql<number>`(select coalesce(max(position) + 1, 0) from application_item where application_id = ${applicationId}) + ${at}::int`,
        item_kind: kind,
        title: null,
        state: 'missing' as const,
        document_id: null,
        note: null,
        set_by: actor.id,
        set_at: now.toISOString(),
      })),
    )
    .execute()
}

/** Everything a plan has against a price under a contract; nothing without a plan (FF §3, fee within plan range). */
export function planReasons(
  plan: PlanUsed | null,
  contract: ContractInForce,
  claims: readonly {
    id: Id
    receivable_no: string
    receivable_kind: QuotedKind
    debtor_kind: PartyKind
  }[],
  { quote, days }: QuotedClaims,
): Reason[] {
  if (plan === null) return []
  const named = new Map(claims.map(claim => [claim.id, claim]))
  return hindrancesToQuote(plan.parameters, contract.terms, {
    purchasedYen: quote.purchasedYen,
    lines: quote.claims.map((line, at) => {
      const claim = found(named.get(line.receivableId), 'receivable')
      return {
        ...line,
        receivableNo: claim.receivable_no,
        kind: claim.receivable_kind,
        debtorKind: claim.debtor_kind,
        days: days[at] ?? 0,
      }
    }),
  })
}

type QuotedKind = ContractInForce['terms']['receivableKinds'][number]
