import type { Selectable } from 'kysely'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tables, Tx } from '../../platform/database/database.ts'
import { daysBetween } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { ReceivableKind } from '../contracts/contract.ts'
import { type ContractState, contractTermsOn, hindrancesToPurchaseUnder } from '../contracts/index.ts'
import { exposureHindrancesOf, headroomFor } from '../credit/index.ts'
import type { PartyKind } from '../parties/tables.ts'
import {
  ceilingHindrances,
  claimsUnderPlans,
  clientTypeOf,
  hindrancesToApply,
  hindrancesToClaims,
  planVersions,
} from '../plans/index.ts'
import { hindrancesToDeal } from '../receivables/index.ts'
import { newsHindrances, screeningHindrances } from '../screening/index.ts'
import { itemTitle } from './item-title.ts'
import { owed } from './rules/checklist.ts'
import { type MoveFacts, needsDealFacts, standing } from './rules/moves.ts'
import { type ApplicationState, type StoredState, stateNow } from './rules/states.ts'
import './tables.ts'

interface Asking {
  tx: Db | Tx
  actor: { id: Id }
  now: Date
  today: IsoDate
}

const NONE: readonly Reason[] = []

/** What the guards look at, as it stands in this transaction, and the state with the claims counted in. `lock` false only looks ahead. */
export async function moveFacts(
  context: Asking,
  row: Selectable<Tables['application']>,
  { lock, to }: { lock: boolean; to?: StoredState },
): Promise<{ facts: MoveFacts; from: ApplicationState }> {
  const { tx, actor, now } = context
  const claims = await tx
    .selectFrom('application_claim as l')
    .innerJoin('receivable as r', 'r.id', 'l.receivable_id')
    .innerJoin('party as d', 'd.id', 'r.debtor_id')
    .select([
      'r.id',
      'r.receivable_no',
      'r.client_id',
      'r.debtor_id',
      'r.state',
      'r.duplicate_result',
      'r.contract_id',
      'r.receivable_kind',
      'r.due_on',
    ])
    .select(['r.purchase_id', 'r.funded_on', 'd.party_kind as debtor_kind'])
    .where('l.application_id', '=', row.id)
    .orderBy('r.id')
    .execute()
  const items = await tx
    .selectFrom('application_item')
    .select(['item_kind', 'title', 'state'])
    .where('application_id', '=', row.id)
    .orderBy('position')
    .execute()
  const quote = await tx
    .selectFrom('quote')
    .select(['state', 'expires_at', 'contract_id'])
    .where('application_id', '=', row.id)
    .where('state', 'in', ['offered', 'accepted'])
    .executeTakeFirst()
  const live = standing(claims)
  const from = stateNow(row.state, {
    standing: live.length,
    funded: live.filter(claim => claim.funded_on !== null).length,
  })
  const facts: MoveFacts = {
    claims: claims.map(claim => ({
      receivableNo: claim.receivable_no,
      state: claim.state,
      duplicateResult: claim.duplicate_result,
      contractId: claim.contract_id,
      bought: claim.purchase_id !== null,
    })),
    owed: owed(items).map(itemTitle),
    deciderDrafted: row.drafted_by === actor.id,
    quote: quote
      ? {
          state: quote.state,
          expired: Date.parse(quote.expires_at) < now.getTime(),
          contractId: quote.contract_id,
        }
      : null,
    screening: NONE,
    plan: await planHindrances(context, row, live),
    limits: NONE,
    deal: NONE,
    contract: NONE,
    headroom: NONE,
  }
  const looksFurther = needsDealFacts(from) && to !== 'withdrawn' && to !== 'docs_pending'
  if (!looksFurther) return { facts, from }
  return { facts: { ...facts, ...(await dealFacts(context, { row, from, live, lock, quote })) }, from }
}

/** What the plan has against who applies and what is offered; a contract and its price are measured when they are named. */
async function planHindrances(
  { tx, today }: Asking,
  row: Selectable<Tables['application']>,
  live: readonly {
    receivable_no: string
    receivable_kind: ReceivableKind
    due_on: IsoDate
    debtor_kind: PartyKind
  }[],
): Promise<readonly Reason[]> {
  if (row.plan_version_id === null) return NONE
  const plan = (await planVersions(tx, [row.plan_version_id])).get(row.plan_version_id)
  if (!plan) return NONE
  const party = await tx
    .selectFrom('party')
    .select(['party_kind', 'industry_code'])
    .where('id', '=', row.client_id)
    .executeTakeFirstOrThrow()
  return [
    ...hindrancesToApply(plan.parameters, {
      clientType: clientTypeOf(party.party_kind),
      industryCode: party.industry_code,
      requestedYen: row.requested_yen,
      channel: row.channel,
      form: row.form,
    }),
    ...hindrancesToClaims(
      plan.parameters,
      live.map(claim => ({
        receivableNo: claim.receivable_no,
        kind: claim.receivable_kind,
        debtorKind: claim.debtor_kind,
        days: daysBetween(today, claim.due_on),
      })),
    ),
  ]
}

interface LiveClaim {
  id: Id
  client_id: Id
  debtor_id: Id
  state: string
}

async function dealFacts(
  { tx, now, today }: Asking,
  deal: {
    row: { client_id: Id }
    from: ApplicationState
    live: readonly LiveClaim[]
    lock: boolean
    quote: { contract_id: Id } | undefined
  },
): Promise<Partial<MoveFacts>> {
  const { row, from, live, lock, quote } = deal
  const debtorIds = [...new Set(live.map(claim => claim.debtor_id))]
  const parties = { clientId: row.client_id, debtorIds }
  const screening = [
    ...(await screeningHindrances(tx, parties, today)),
    ...(await newsHindrances(tx, parties, today)),
  ]
  if (from === 'screening') return { screening }
  const limits = await limitsMissing(tx, today, row.client_id, debtorIds)
  if (from === 'in_review') return { screening, limits }
  const committed = live.filter(claim => claim.state === 'approved')
  const contract = quote ? await contractTermsOn(tx, quote.contract_id, today) : null
  const headroom = await exposureHindrancesOf(
    { tx, today },
    committed.map(claim => ({
      receivableId: claim.id,
      clientId: claim.client_id,
      debtorId: claim.debtor_id,
    })),
    { lock },
  )
  const under = await claimsUnderPlans(
    tx,
    committed.map(claim => claim.id),
  )
  const ceilings = await ceilingHindrances({ tx, today }, under, { lock })
  return {
    screening,
    limits,
    deal: await hindrancesToDeal({ tx, now, today }, parties),
    contract: contract
      ? hindrancesToPurchaseUnder({ ...contract, state: contract.state as ContractState }, today)
      : [{ code: 'contract_must_be_chosen' }],
    headroom: once([...headroom.flat(), ...ceilings.values()]),
  }
}

/** The limits a quote needs and does not have, each once: of the client and of every debtor (FF §3, in_review→quoted). */
async function limitsMissing(
  tx: Db | Tx,
  today: IsoDate,
  clientId: Id,
  debtorIds: readonly Id[],
): Promise<Reason[]> {
  const reasons: Reason[] = []
  for (const debtorId of debtorIds) {
    const room = await headroomFor(tx, today, clientId, debtorId)
    for (const line of room.lines)
      if (line.rule === 'limit_must_be_in_force')
        reasons.push({ code: 'limit_must_be_in_force', message: line.sentence })
      else if (line.rule === 'suspended_limit_gives_no_headroom')
        reasons.push({ code: 'limit_must_not_be_suspended', message: line.sentence })
  }
  return once(reasons)
}

/** The same sentence is said once. */
function once(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map(reason => [`${reason.code} ${reason.message ?? ''}`, reason])).values()]
}
