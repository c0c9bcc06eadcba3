/** Pairwise precision and recall of a clustering against labels. */

export type PairQuality = {
  truePairs: number
  foundPairs: number
  correctPairs: number
  precision: number
  recall: number
  f1: number
}

/** `found` and `truth` name each row's cluster and company; rows in the same order. */
export function pairQuality(
  found: readonly (string | number)[],
  truth: readonly (string | number)[],
): PairQuality {
  const both = found.map((cluster, row) => `${cluster}\u0000${truth[row]}`)
  const foundPairs = pairsIn(found)
  const truePairs = pairsIn(truth)
  const correctPairs = pairsIn(both)
  const precision = foundPairs === 0 ? 1 : correctPairs / foundPairs
  const recall = truePairs === 0 ? 1 : correctPairs / truePairs
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { truePairs, foundPairs, correctPairs, precision, recall, f1 }
}

function pairsIn(names: readonly (string | number)[]): number {
  const sizes = new Map<string | number, number>()
  for (const name of names) sizes.set(name, (sizes.get(name) ?? 0) + 1)
  let pairs = 0
  for (const size of sizes.values()) pairs += (size * (size - 1)) / 2
  return pairs
}
