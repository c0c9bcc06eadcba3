import { add, type Fraction, half, isMore, none } from './fraction.ts'

/** A holder (person or company) has this part of the votes of a company. One entry per holder and company. */
export interface HoldingFact {
  holder: string
  company: string
  share: Fraction
}

/** Holdings by holder, made once for many questions. */
export type ByHolder = ReadonlyMap<string, readonly HoldingFact[]>

export function byHolder(holdings: Iterable<HoldingFact>): ByHolder {
  const map = new Map<string, HoldingFact[]>()
  for (const held of holdings) {
    const list = map.get(held.holder)
    if (list) list.push(held)
    else map.set(held.holder, [held])
  }
  return map
}

export interface Votes {
  /** What the holder counts for of each company's votes: held directly, and by companies the holder controls. */
  votes: ReadonlyMap<string, Fraction>
  /** The companies of whose votes that is more than half. */
  controlled: ReadonlySet<string>
}

const noStops: ReadonlySet<string> = new Set()

/**
 * What one holder counts for (JR §3.6: "indirect holding counts only through a company in which the person holds > 50 %"; DD group 1,
 * parent: "> 50 % of votes, directly or through parties it controls"). The least fixed point: a company is controlled once what is
 * known to count for the holder is more than half, and only then do its own holdings count; a ring of companies which hold one
 * another is therefore nobody's by itself. Nothing counts through `stops`, who are treated as natural persons. Each company is
 * taken in at most once, so cycles end by themselves; the result does not depend on the order of the holdings.
 */
export function votesOf(holder: string, holdings: ByHolder, stops: ReadonlySet<string> = noStops): Votes {
  const votes = new Map<string, Fraction>()
  const controlled = new Set<string>()
  const open = [holder]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { company, share } of holdings.get(next) ?? []) {
      const counted = add(votes.get(company) ?? none, share)
      votes.set(company, counted)
      if (controlled.has(company) || !isMore(counted, half)) continue
      controlled.add(company)
      if (company !== holder && !stops.has(company)) open.push(company)
    }
  }
  return { votes, controlled }
}
