import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { withOwnValues } from '../customization/index.ts'
import { partiesInReach, type Reach, sameCompany } from '../parties/index.ts'
import {
  type ContractRow,
  type ContractShown,
  contractStates,
  type listContracts,
  stepsByHand,
} from './contract.ts'
import { contractTermsOn } from './records.ts'
import { CONTRACT_MACHINE } from './rules/states.ts'
import { contractStateOn, hindrancesToPurchaseUnder } from './rules.ts'
import { signingOf } from './signing-of.ts'
import './tables.ts'

export function contractsInReach(context: Reach) {
  const all = context.db
    .selectFrom('contract as c')
    .innerJoin('party as p', 'p.id', 'c.party_id')
    .innerJoin('contract_version as v', join =>
      join.onRef('v.contract_id', '=', 'c.id').onRef('v.version', '=', 'c.newest_version'),
    )
    .selectAll('c')
    .leftJoin('contract as m', 'm.id', 'c.master_id')
    .select(['p.legal_name', 'p.seen_no as party_seen_no', 'm.seen_no as master_seen_no', 'v.terms'])
  return context.actor.reach === 'all'
    ? all
    : all.where('c.party_id', 'in', partiesInReach(context).select('party.id'))
}

type ContractRecord = Awaited<ReturnType<ReturnType<typeof contractsInReach>['execute']>>[number]

export async function list(
  context: QueryContext,
  input: z.output<typeof listContracts.input>,
): Promise<Seen<{ rows: ContractRow[]; next: string | null }>> {
  let query = contractsInReach(context)
    .orderBy('c.id', 'desc')
    .limit(input.limit + 1)
  if (input.partyId) query = query.where('c.party_id', 'in', sameCompany(input.partyId))
  if (input.state.length) query = query.where(stateOn(context.today), 'in', input.state)
  if (input.after) query = query.where('c.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: await withOwnValues(
        context.db,
        'contract',
        await withSigning(
          context.db,
          page.map(row => toRow(row, context.today)),
        ),
      ),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.flatMap(row => [row.seen_no, row.party_seen_no]),
  }
}

async function withSigning(db: QueryContext['db'], rows: ContractRow[]): Promise<ContractRow[]> {
  if (rows.length === 0) return rows
  const stored = await db
    .selectFrom('contract_signing')
    .selectAll()
    .where(
      'contract_id',
      'in',
      rows.map(row => row.id),
    )
    .execute()
  const byContract = new Map(stored.map(row => [row.contract_id, row]))
  return rows.map(row => {
    const found = byContract.get(row.id)
    if (!found) return row
    const { signerId: _, ...signing } = signingOf(found)
    return { ...row, signing }
  })
}

/** The derived state in SQL, as contractStateOn says it. */
function stateOn(today: string) {
  return sql<string>`case when c.state = 'executed' and c.effective_on <= ${today} then 'active' else c.state end`
}

export async function open(context: QueryContext, contractId: Id): Promise<Seen<ContractShown>> {
  const { db, today } = context
  const row = found(
    await contractsInReach(context).where('c.id', '=', contractId).executeTakeFirst(),
    'contract',
  )
  const versions = await db
    .selectFrom('contract_version')
    .selectAll()
    .where('contract_id', '=', contractId)
    .orderBy('version', 'desc')
    .execute()
  const names = await staffNames(db, [
    row.drafted_by,
    ...versions.flatMap(one => (one.approved_by ? [one.recorded_by, one.approved_by] : [one.recorded_by])),
  ])
  const name = (id: Id) => names.get(id) ?? '（不明）'
  const facts = { state: row.state, effectiveOn: row.effective_on, endsOn: row.ends_on }
  const steps: readonly string[] = [...stepsByHand, 'executed']
  return {
    body: {
      ...toRow(row, today),
      rowVersion: row.row_version,
      masterId: row.master_id,
      signedOn: row.signed_on,
      signMethod: row.sign_method,
      draftedBy: name(row.drafted_by),
      terminatedOn: row.terminated_on,
      terminationReason: row.termination_reason,
      terms: (await contractTermsOn(db, contractId, today)).terms,
      versions: versions.map(one => ({
        version: one.version,
        validFrom: one.valid_from,
        recordedBy: name(one.recorded_by),
        approvedBy: one.approved_by ? name(one.approved_by) : null,
        recordedAt: one.recorded_at,
        reason: one.reason,
        terms: one.terms,
      })),
      nextSteps: contractStates.filter(
        to => CONTRACT_MACHINE[row.state][to] === 'command' && steps.includes(to),
      ),
      hindrances: hindrancesToPurchaseUnder(facts, today).map(reason => reason.code),
    },
    seen: [row.seen_no, row.party_seen_no, ...(row.master_seen_no === null ? [] : [row.master_seen_no])],
  }
}

function toRow(row: ContractRecord, today: string): ContractRow {
  return {
    id: row.id,
    contractNo: row.contract_no,
    partyId: row.party_id,
    partyName: row.legal_name,
    contractKind: row.contract_kind,
    state: contractStateOn({ state: row.state, effectiveOn: row.effective_on, endsOn: row.ends_on }, today),
    legalKind: row.terms.legalKind,
    collectionRoute: row.terms.collectionRoute,
    advancePpm: row.terms.advancePpm,
    feePpm: row.terms.feePpm,
    effectiveOn: row.effective_on,
    endsOn: row.ends_on,
  }
}
