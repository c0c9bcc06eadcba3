import { type ByHolder, byHolder, type HoldingFact, votesOf } from './control.ts'
import { compare, type Fraction, none, percentText } from './fraction.ts'
import type { Explanation } from './owners.ts'

/** Who controls whom among the companies of a graph, mutual control left out. */
export interface ControlMap {
  /** Company → the companies which control it and are not controlled by it. */
  controllers: ReadonlyMap<string, readonly string[]>
  /** Company → the companies it controls, mutual control included. */
  controlled: ReadonlyMap<string, ReadonlySet<string>>
}

/** Who controls whom; `companies` are the companies of the graph. */
export function controlAmong(companies: readonly string[], holdings: ByHolder): ControlMap {
  const controlled = new Map(
    companies.map(company => [company, votesOf(company, holdings).controlled] as const),
  )
  const controllers = new Map<string, string[]>(companies.map(company => [company, []]))
  for (const [holder, under] of controlled)
    for (const company of under)
      if (company !== holder && !controlled.get(company)?.has(holder)) controllers.get(company)?.push(holder)
  for (const list of controllers.values()) list.sort()
  return { controllers, controlled }
}

export interface Parent {
  /** The nearest company above; null when nobody holds more than half. */
  parent: string | null
  /** The last company above. */
  ultimate: string | null
  /** What the parent counts for. */
  share: Fraction
  explanation: Explanation
}

/**
 * The parent of a company (DD group 1): the company with more than half of its votes, directly or through companies it controls. Of
 * several in a line the nearest. Companies that control one another are not each other's parent: a cycle alone gives none.
 */
export function parentOf(
  company: string,
  facts: { companies: readonly string[]; holdings: readonly HoldingFact[]; nameOf: (id: string) => string },
): Parent {
  const index = byHolder(facts.holdings)
  const { controllers, controlled } = controlAmong(facts.companies, index)
  const above = controllers.get(company) ?? []
  const isAbove = (a: string, b: string) => controllers.get(b)?.includes(a) === true
  const share = (id: string | null) => (id === null ? none : (votesOf(id, index).votes.get(company) ?? none))
  const best = (ids: readonly string[]) =>
    [...ids].sort((a, b) => compare(share(b), share(a)) || (a < b ? -1 : 1))[0] ?? null
  const parent = best(above.filter(id => !above.some(other => other !== id && isAbove(id, other))))
  const ultimate = best(above.filter(id => !above.some(other => other !== id && isAbove(other, id))))
  const mutual = facts.companies.filter(
    other => other !== company && controlled.get(other)?.has(company) && controlled.get(company)?.has(other),
  )
  const source = 'DD group 1, parent_party_id'
  const explanation: Explanation =
    parent !== null
      ? {
          code: 'parent_must_hold_more_than_half',
          sentence: `${facts.nameOf(parent)}が議決権の${percentText(share(parent))}を直接または支配する会社を通じて持つため、親会社です。`,
          source,
        }
      : mutual.length > 0
        ? {
            code: 'cycle_alone_must_give_no_parent',
            sentence: `${mutual.map(facts.nameOf).sort().join('、')}と互いに過半数を持ち合うため、親会社はありません。`,
            source,
          }
        : {
            code: 'nobody_holds_more_than_half',
            sentence: '議決権の過半数を持つ会社の記録はありません。',
            source,
          }
  return { parent, ultimate, share: share(parent), explanation }
}

export interface Tie {
  first: string
  second: string
}

/** Every company connected with one through control and confirmed ties, itself included, in order of id (DD group 1, group_id). */
export function groupOf(
  company: string,
  facts: { companies: readonly string[]; holdings: readonly HoldingFact[]; ties: readonly Tie[] },
): string[] {
  const { controlled } = controlAmong(facts.companies, byHolder(facts.holdings))
  const next = new Map<string, string[]>()
  const join = (a: string, b: string) => {
    next.set(a, [...(next.get(a) ?? []), b])
    next.set(b, [...(next.get(b) ?? []), a])
  }
  for (const [holder, under] of controlled) for (const held of under) if (held !== holder) join(holder, held)
  for (const { first, second } of facts.ties) join(first, second)
  const group = new Set([company])
  for (const member of group) for (const other of next.get(member) ?? []) group.add(other)
  return [...group].sort()
}
