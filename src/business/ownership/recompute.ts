import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type OwnershipGraph, readGraph } from './read-graph.ts'
import { type CompanyResult, declaredRoles, resultsOf } from './results.ts'
import { toPpm } from './rules/fraction.ts'

/** The companies of which something follows from holdings in one: itself, and everything held below it. */
export function companiesBelow(graph: OwnershipGraph, company: Id): Id[] {
  const below = new Set([company])
  for (const next of below)
    for (const held of graph.holdings) if (held.holder === next) below.add(held.company)
  return [...below].sort()
}

/**
 * Computes anew what follows from the holdings around some companies (identities) and keeps it for screening, lists and reviews; a
 * result that has changed leaves an event. Returns the companies of which it has. People stand in the event by number only.
 */
export async function recompute(context: CommandContext, companies: readonly Id[]): Promise<Id[]> {
  const { tx, now } = context
  const graph = await readGraph(tx, companies, { down: true })
  const ids = [...new Set(companies.flatMap(id => companiesBelow(graph, id)))]
    .filter(id => graph.companies.has(id))
    .sort()
  if (ids.length === 0) return []
  const declared = await declaredRoles(tx, ids)
  const results = resultsOf(graph, ids, declared, id => id)
  const { rows: kept } = await sql<{ company_id: Id; facts_key: string; detail_key: string }>`
    select company_id, facts_key, detail_key from computed_ownership where company_id = any(${ids}::uuid[]) order by company_id for update`.execute(
    tx,
  )
  const before = new Map(kept.map(row => [row.company_id, row]))
  const changed = ids.filter(id => detailKeyOf(results.get(id)!) !== before.get(id)?.detail_key)
  if (changed.length === 0) return []
  await tx.deleteFrom('computed_ownership').where('company_id', 'in', changed).execute()
  await insertMany(
    tx,
    'computed_ownership',
    changed.map(id => {
      const { owners, parent } = results.get(id)!
      return {
        company_id: id,
        outcome: owners.outcome,
        certain: owners.certain,
        open_ppm: Math.min(1_000_000, toPpm(owners.open)),
        exceeds: owners.excesses.length > 0,
        parent_id: parent.parent,
        ultimate_id: parent.ultimate,
        facts_key: factsKeyOf(results.get(id)!),
        detail_key: detailKeyOf(results.get(id)!),
        computed_at: now.toISOString(),
      }
    }),
  )
  await insertMany(
    tx,
    'computed_owner',
    changed.flatMap(id =>
      results.get(id)!.owners.owners.map(owner => ({
        company_id: id,
        holder_kind: owner.deemed ? 'party' : 'person',
        holder_id: owner.id,
        basis: owner.basis,
        share_ppm: Math.min(1_000_000, toPpm(owner.share)),
      })),
    ),
  )
  const decided = changed.filter(id => factsKeyOf(results.get(id)!) !== before.get(id)?.facts_key)
  for (const id of decided) await context.record(eventOf(graph, id, results.get(id)!))
  return decided
}

/** Who owns and controls, as one text: equal exactly when nothing has changed that anybody must look at. */
export function factsKeyOf({ owners, parent }: CompanyResult): string {
  const rows = owners.owners.map(owner => `${owner.id}:${owner.basis}`).sort()
  return [owners.outcome, owners.certain, parent.parent ?? '', parent.ultimate ?? '', ...rows].join('|')
}

/** The same with every share: equal exactly when what is kept need not be written again. */
function detailKeyOf(result: CompanyResult): string {
  const { owners } = result
  const shares = owners.owners.map(owner => `${owner.id}:${owner.share.num}/${owner.share.den}`).sort()
  return [factsKeyOf(result), toPpm(owners.open), owners.excesses.length, ...shares].join('|')
}

function eventOf(graph: OwnershipGraph, id: Id, { owners, parent }: CompanyResult) {
  const noOf = (one: Id) => graph.companies.get(one)?.partyNo ?? graph.persons.get(one)?.personNo ?? null
  return {
    verb: 'ownership_computed',
    subjects: [{ kind: 'party', id }],
    after: {
      outcome: owners.outcome,
      certain: owners.certain,
      owners: owners.owners.map(owner => ({ no: noOf(owner.id), basis: owner.basis })),
      parent: parent.parent ? noOf(parent.parent) : null,
    },
    facts: {
      summary: `実質的支配者（計算）${owners.owners.length}件、親会社 ${parent.parent ? noOf(parent.parent) : 'なし'}`,
    },
  }
}
