import type { HoldingFact } from '../control.ts'

/**
 * What a holder counts for, found in another way than the product does: control is the smallest set of companies that is closed under
 * the rule, so it is what all closed sets have in common (Knaster–Tarski). Every subset is tried; for a few companies only. Shares
 * are whole percentages here, compared as numbers.
 */
export function votesBySubsets(
  holder: string,
  companies: readonly string[],
  holdings: readonly HoldingFact[],
  stops: ReadonlySet<string>,
): { controlled: Set<string>; votes: Map<string, number> } {
  const percent = ({ share }: HoldingFact) => Number((share.num * 100n) / share.den)
  const votesWith = (under: ReadonlySet<string>, company: string) => {
    let total = 0
    for (const held of holdings) {
      if (held.company !== company) continue
      const counts = held.holder === holder || (under.has(held.holder) && !stops.has(held.holder))
      if (counts) total += percent(held)
    }
    return total
  }
  let common = new Set(companies)
  for (let bits = 0; bits < 2 ** companies.length; bits += 1) {
    const under = new Set(companies.filter((_, at) => (bits >> at) & 1))
    const isClosed = companies.every(company => under.has(company) || votesWith(under, company) <= 50)
    if (isClosed) common = new Set([...common].filter(company => under.has(company)))
  }
  return { controlled: common, votes: new Map(companies.map(one => [one, votesWith(common, one)])) }
}
