import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { LEGAL_FORMS } from '../names/index.ts'
import type { CompanyNode, GraphDay, GraphHolding, OwnershipGraph } from './read-graph.ts'
import type { HoldingFact } from './rules/control.ts'
import { beneficialOwners, type CompanyKind, type Owners } from './rules/owners.ts'
import { type Parent, parentOf } from './rules/parents.ts'

/** Forms in which votes by capital decide (JR §3.6, 資本多数決法人); a form of another country counts as one of them. */
const capitalForms = ['kabushiki', 'yugen', 'tokutei_mokuteki', 'toshi_hojin']
const otherForms = new Set(LEGAL_FORMS.map(form => form.code).filter(code => !capitalForms.includes(code)))

export function companyKindOf(
  company: Pick<CompanyNode, 'partyKind' | 'legalForm' | 'listing'>,
): CompanyKind {
  if (company.partyKind === 'public_body' || company.listing === 'listed' || company.listing === 'public')
    return 'deemed_person'
  if (company.partyKind !== 'corporation') return 'no_corporation'
  return otherForms.has(company.legalForm) ? 'other_corporation' : 'capital_majority'
}

/** The holdings that decide in each company: votes, or rights to profit where the form goes by them and they are recorded. */
export function decidingHoldings({
  companies,
  holdings,
}: Pick<OwnershipGraph, 'companies' | 'holdings'>): HoldingFact[] {
  const byProfit = new Set(
    holdings
      .filter(held => held.right === 'profit')
      .map(held => held.company)
      .filter(id => {
        const company = companies.get(id)
        return company !== undefined && companyKindOf(company) === 'other_corporation'
      }),
  )
  return holdings
    .filter(held => held.right === (byProfit.has(held.company) ? 'profit' : 'votes'))
    .map(({ holder, company, share }) => ({ holder, company, share }))
}

/** People declared for a company: who has dominant influence, who represents it, who was judged clearly unable to control it. */
export interface DeclaredRoles {
  influence: Id[]
  representatives: Id[]
  unable: Id[]
}

/** Declared roles that stand today, by company (identity); who is unable to control, on a past day when asked. */
export async function declaredRoles(
  db: Db | Tx,
  companies: readonly Id[],
  on: GraphDay | null = null,
): Promise<Map<Id, DeclaredRoles>> {
  const { rows } = await sql<{ company: Id; person_id: Id; person_role: string }>`
    select distinct i.identity_id as company, r.person_id, r.person_role
    from party_identity i join party_person r on r.party_id = i.party_id
    where i.identity_id = any(${[...companies]}::uuid[]) and r.valid_to is null
      and (r.person_role = 'representative' or (r.person_role = 'beneficial_owner' and r.bo_basis = 'influence'))
    order by 1, 2`.execute(db)
  const declared = new Map<Id, DeclaredRoles>(
    companies.map(id => [id, { influence: [], representatives: [], unable: [] }]),
  )
  for (const { company, person_id } of await excludedPeople(db, companies, on))
    declared.get(company)?.unable.push(person_id)
  for (const row of rows)
    declared
      .get(row.company)
      ?.[row.person_role === 'representative' ? 'representatives' : 'influence'].push(row.person_id)
  return declared
}

/** Judgements that stand, or stood on a past day as far as known then: who is left out of the owners of which company (identity). */
async function excludedPeople(db: Db | Tx, companies: readonly Id[], on: GraphDay | null) {
  const standing =
    on === null
      ? sql<boolean>`e.valid_to is null`
      : sql<boolean>`e.valid_from <= ${on.day}
          and (${on.knownUntil}::timestamptz is null or e.recorded_at <= ${on.knownUntil}::timestamptz)
          and (e.valid_to is null or e.valid_to > ${on.day}
            or (${on.knownUntil}::timestamptz is not null and e.ended_recorded_at > ${on.knownUntil}::timestamptz))`
  const { rows } = await sql<{ company: Id; person_id: Id }>`
    select distinct i.identity_id as company, e.person_id
    from party_identity i join control_exclusion e on e.party_id = i.party_id
    where i.identity_id = any(${[...companies]}::uuid[]) and ${standing} order by 1, 2`.execute(db)
  return rows
}

export interface CompanyResult {
  owners: Owners
  parent: Parent
}

/** What follows from a graph for some of its companies. `nameOf` says how people and companies are called in the sentences. */
export function resultsOf(
  graph: OwnershipGraph,
  companies: readonly Id[],
  declared: ReadonlyMap<Id, DeclaredRoles>,
  nameOf: (id: Id) => string,
): Map<Id, CompanyResult> {
  const holdings = decidingHoldings(graph)
  const persons = new Set(graph.persons.keys())
  const ids = [...graph.companies.keys()].sort()
  const deemed = new Set(
    [...graph.companies.values()]
      .filter(
        company => companyKindOf(company) === 'deemed_person' || company.listing === 'subsidiary_of_listed',
      )
      .map(company => company.id),
  )
  return new Map(
    companies.flatMap(id => {
      const company = graph.companies.get(id)
      if (!company) return []
      const { influence = [], representatives = [], unable = [] } = declared.get(id) ?? {}
      const owners = beneficialOwners({
        company: id,
        kind: companyKindOf(company),
        holdings: above(id, holdings),
        persons,
        deemed,
        influence,
        representatives,
        excluded: new Set(unable),
        nameOf,
      })
      return [[id, { owners, parent: parentOf(id, { companies: ids, holdings, nameOf }) }] as const]
    }),
  )
}

/** The holdings from which a company can be reached upwards. */
function above(company: Id, holdings: readonly HoldingFact[]): HoldingFact[] {
  const byCompany = new Map<Id, HoldingFact[]>()
  for (const held of holdings) byCompany.set(held.company, [...(byCompany.get(held.company) ?? []), held])
  const seen = new Set([company])
  for (const next of seen) for (const { holder } of byCompany.get(next) ?? []) seen.add(holder)
  return holdings.filter(held => seen.has(held.company))
}

/** The same graph with one holding changed, or taken out. */
export function withHolding(
  graph: OwnershipGraph,
  changed: Pick<GraphHolding, 'company' | 'holder' | 'right'>,
  held: GraphHolding | null,
): OwnershipGraph {
  const others = graph.holdings.filter(
    one => one.company !== changed.company || one.holder !== changed.holder || one.right !== changed.right,
  )
  return { ...graph, holdings: held ? [...others, held] : others }
}
