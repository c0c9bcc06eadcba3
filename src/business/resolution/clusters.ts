import type { Id } from '../../platform/ids/uuid.ts'

export interface ProposedPair {
  partyId: Id
  otherPartyId: Id
  score: number
}

/**
 * Groups of records that may be one company: pairs are joined surest first, and a pair which would bring two different corporate
 * numbers, or two records judged different, into one group stays out of it (matching.md §6.7–8).
 */
export function clustersOf<P extends ProposedPair>(
  pairs: readonly P[],
  numberOf: (id: Id) => string | null,
  areDifferent: (a: Id, b: Id) => boolean,
): { key: Id; score: number; members: Id[]; pairs: P[] }[] {
  const groups = new Map<Id, { members: Set<Id>; pairs: P[] }>()
  const groupOf = (id: Id) => groups.get(id) ?? { members: new Set([id]), pairs: [] }
  for (const pair of [...pairs].sort((a, b) => b.score - a.score)) {
    const [first, second] = [groupOf(pair.partyId), groupOf(pair.otherPartyId)]
    if (first === second) {
      first.pairs.push(pair)
      continue
    }
    const members = new Set([...first.members, ...second.members])
    const numbers = new Set([...members].flatMap(id => numberOf(id) ?? []))
    const apart = [...first.members].some(a => [...second.members].some(b => areDifferent(a, b)))
    if (numbers.size > 1 || apart) continue
    const joined = { members, pairs: [...first.pairs, ...second.pairs, pair] }
    for (const id of members) groups.set(id, joined)
  }
  return [...new Set(groups.values())]
    .map(group => {
      const members = [...group.members].sort()
      return {
        key: members[0]!,
        score: group.pairs.reduce((highest, pair) => Math.max(highest, pair.score), Number.NEGATIVE_INFINITY),
        members,
        pairs: group.pairs,
      }
    })
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
}
