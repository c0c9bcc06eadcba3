import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import { standings } from './ceiling.ts'
import type { ceilingsOfParty, listPlans, PlanRow, PlanShown, planChoices } from './contract.ts'
import { type Plan, type PlanVersion, readVersion } from './records.ts'
import { reasonsForCompliance } from './rules/compliance.ts'
import { clientTypeOf, hindrancesToApply } from './rules/eligibility.ts'
import { shownState, versionInForce } from './rules/versions.ts'
import './tables.ts'

const UNKNOWN = '（不明）'

export async function list(
  { db, today }: QueryContext,
  input: z.output<typeof listPlans.input>,
): Promise<Seen<{ rows: PlanRow[]; next: string | null }>> {
  let asked = db
    .selectFrom('plan')
    .selectAll()
    .orderBy('code')
    .limit(input.limit + 1)
  if (input.status.length) asked = asked.where('status', 'in', input.status)
  if (input.text) {
    const part = `%${input.text.normalize('NFKC').replace(/[\\%_]/g, sign => `\\${sign}`)}%`
    asked = asked.where(sql<boolean>`(code ilike ${part} or name ilike ${part} or operated_by ilike ${part})`)
  }
  if (input.after) asked = asked.where('code', '>', String(readMark(input.after, 1)[0]))
  const plans = await asked.execute()
  const page = plans.slice(0, input.limit)
  const last = page.at(-1)
  const versions = await versionsOf(
    db,
    page.map(plan => plan.id),
  )
  return {
    body: {
      rows: page.map(plan => toRow(plan, versions.get(plan.id) ?? [], today)),
      next: plans.length > input.limit && last ? markOf([last.code]) : null,
    },
    seen: page.map(plan => plan.seen_no),
  }
}

async function versionsOf(db: QueryContext['db'], planIds: readonly Id[]): Promise<Map<Id, PlanVersion[]>> {
  const rows = planIds.length
    ? await db
        .selectFrom('plan_version')
        .selectAll()
        .where('plan_id', 'in', [...planIds])
        .orderBy('version', 'desc')
        .execute()
    : []
  return Map.groupBy(rows.map(readVersion), row => row.plan_id)
}

const factsOf = (row: PlanVersion) => ({
  ...row,
  effectiveFrom: row.effective_from,
  effectiveTo: row.effective_to,
})

function toRow(plan: Plan, versions: readonly PlanVersion[], today: string): PlanRow {
  const all = versions.map(factsOf)
  const inForce = plan.status === 'active' ? versionInForce(all, today) : null
  const waiting =
    all.filter(one => shownState(one, all, today) === 'waiting').sort((a, b) => b.version - a.version)[0] ??
    null
  const draft = all.find(one => one.state === 'draft') ?? null
  const named = (one: (typeof all)[number]) => ({
    id: one.id,
    version: one.version,
    effectiveFrom: one.effectiveFrom,
    effectiveTo: one.effectiveTo,
  })
  return {
    id: plan.id,
    rowVersion: plan.row_version,
    code: plan.code,
    name: plan.name,
    operatedBy: plan.operated_by,
    transactionKind: plan.transaction_kind,
    status: plan.status,
    inForce: inForce && { ...named(inForce), parameters: inForce.parameters },
    waiting: waiting && named(waiting),
    draft: draft && named(draft),
  }
}

/** One plan with every version, newest first, and the requests that wait for their second person. */
export async function open({ db, today }: QueryContext, planId: Id): Promise<Seen<PlanShown>> {
  const plan = found(
    await db.selectFrom('plan').selectAll().where('id', '=', planId).executeTakeFirst(),
    'plan',
  )
  const versions = (await versionsOf(db, [planId])).get(planId) ?? []
  const requests = await db
    .selectFrom('change_request')
    .select(['id', 'change_no', 'seen_no', 'related_ids'])
    .where('object_id', '=', planId)
    .where('command', '=', 'plans.activate')
    .where('state', '=', 'pending')
    .execute()
  const names = await staffNames(
    db,
    [plan.created_by, ...versions.flatMap(one => [one.drafted_by, one.activated_by, one.approved_by])].filter(
      person => person !== null,
    ),
  )
  const name = (id: Id) => names.get(id) ?? UNKNOWN
  const all = versions.map(factsOf)
  return {
    body: {
      ...toRow(plan, versions, today),
      ceiling: (await standings(db, today, [planId])).get(planId) ?? null,
      createdBy: name(plan.created_by),
      createdAt: plan.created_at,
      versions: all.map(one => {
        const request = requests.find(waits => waits.related_ids.includes(one.id))
        return {
          id: one.id,
          rowVersion: one.row_version,
          version: one.version,
          state: shownState(one, all, today),
          effectiveFrom: one.effectiveFrom,
          effectiveTo: one.effectiveTo,
          parameters: one.parameters,
          advertised: one.advertised,
          note: one.note,
          draftedBy: name(one.drafted_by),
          draftedAt: one.drafted_at,
          activatedBy: one.activated_by && name(one.activated_by),
          approvedBy: one.approved_by && name(one.approved_by),
          activatedAt: one.activated_at,
          toCompliance: reasonsForCompliance(one.parameters),
          waitingRequest: request ? { id: request.id, changeNo: request.change_no } : null,
        }
      }),
    },
    seen: [plan.seen_no, ...requests.map(request => request.seen_no)],
  }
}

/** What may be chosen for a purchase today; a customer that is named tells which of them do not serve it. */
/** Ceilings that may bind a client, as its limits do: of the plans under which claims it sold are at risk. */
export async function ceilingsOf(
  context: QueryContext,
  partyId: Id,
): Promise<Seen<z.output<typeof ceilingsOfParty.output>>> {
  const { db, today } = context
  found(
    await partiesInReach(context).select('party.id').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const plans = await db
    .selectFrom('credit_exposure as e')
    .innerJoin('plan as p', 'p.id', 'e.plan_id')
    .select(['p.id', 'p.code', 'p.name', 'p.seen_no'])
    .select(sql<number>`sum(e.amount_yen)::bigint`.as('own_yen'))
    .where('e.client_id', 'in', sameCompany(partyId))
    .where('e.state', '<>', 'ended')
    .groupBy(['p.id', 'p.code', 'p.name', 'p.seen_no'])
    .orderBy('p.code')
    .execute()
  const bounded = await standings(
    db,
    today,
    plans.map(plan => plan.id),
  )
  const shown = plans.filter(plan => bounded.has(plan.id))
  return {
    body: {
      rows: shown.map(({ id, code, name, own_yen }) => ({
        planId: id,
        code,
        name,
        ...bounded.get(id)!,
        ownYen: own_yen,
      })),
    },
    seen: shown.map(plan => plan.seen_no),
  }
}

export async function choices(
  context: QueryContext,
  { partyId }: z.output<typeof planChoices.input>,
): Promise<Seen<z.output<typeof planChoices.output>>> {
  const { db, today } = context
  const party = partyId
    ? found(
        await partiesInReach(context)
          .clearSelect()
          .select(['party.party_kind', 'party.industry_code', 'party.seen_no'])
          .where('party.id', '=', partyId)
          .executeTakeFirst(),
        'party',
      )
    : null
  const plans = await db
    .selectFrom('plan')
    .selectAll()
    .where('status', '=', 'active')
    .where('transaction_kind', '=', 'purchase')
    .orderBy('code')
    .limit(200)
    .execute()
  const versions = await versionsOf(
    db,
    plans.map(plan => plan.id),
  )
  const offered = plans.flatMap(plan => {
    const { inForce } = toRow(plan, versions.get(plan.id) ?? [], today)
    return inForce ? [{ plan, inForce }] : []
  })
  return {
    body: {
      rows: offered.map(({ plan, inForce }) => ({
        planVersionId: inForce.id,
        planId: plan.id,
        code: plan.code,
        name: plan.name,
        version: inForce.version,
        parameters: inForce.parameters,
        hindrance:
          (party &&
            hindrancesToApply(inForce.parameters, {
              clientType: clientTypeOf(party.party_kind),
              industryCode: party.industry_code,
              requestedYen: null,
            })[0]?.message) ??
          null,
      })),
    },
    seen: [...(party ? [party.seen_no] : []), ...offered.map(({ plan }) => plan.seen_no)],
  }
}
