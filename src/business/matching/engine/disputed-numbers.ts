/**
 * Corporate numbers copied into the wrong row. Where two rows share a number and nothing else, and one of them shares it
 * with no other row, that row's number is in doubt: it no longer decides or forbids, and the row is compared once more.
 */
import { type KeyIndex, NO_BLOCK } from './blocking.ts'
import { comparePair } from './compare.ts'
import type { FeatureStore } from './feature-store.ts'
import { NUMBER_DISPUTED, NUMBER_VALID } from './features.ts'
import { level, levelOf } from './levels.ts'
import { mergePairs, PairBuffer, type ScoredPairs } from './pair-scan.ts'
import { agreeing, decide, type Frequencies, guardOf, scoreLevels } from './score.ts'
import type { WeightTable } from './weights.ts'

const NUMBER_SAME = level('number', 'same')
const NAME_DIFFERENT = level('name', 'different')

/** The pairs after disputed numbers were set aside; marks those rows in the store. */
export function settleDisputedNumbers(
  store: FeatureStore,
  indexes: readonly KeyIndex[],
  pairs: ScoredPairs,
  frequencies: Frequencies,
  weights: WeightTable,
): ScoredPairs {
  const disputed = disputedRows(store, pairs)
  if (disputed.size === 0) return pairs
  for (const row of disputed) store.numberState[row] = NUMBER_DISPUTED
  const kept = new PairBuffer()
  for (let k = 0; k < pairs.count; k++) {
    const [a, b] = [pairs.a[k]!, pairs.b[k]!]
    if (!disputed.has(a) && !disputed.has(b)) kept.push(a, b, pairs.bits[k]!, pairs.levels[k]!)
  }
  for (const row of disputed) {
    for (const other of candidatesOf(row, indexes)) {
      const levels = comparePair(store, row, other)
      const bits = scoreLevels(levels, row, other, frequencies, weights)
      if (decide(levels, bits) !== 'different')
        kept.push(Math.min(row, other), Math.max(row, other), bits, levels)
    }
  }
  return mergePairs([kept.finish()])
}

/** Rows which share their number only with rows that are nothing like them. */
function disputedRows(store: FeatureStore, pairs: ScoredPairs): Set<number> {
  const disputed = new Set<number>()
  const supported = new Set<number>()
  const open: number[] = []
  let copied = 0
  let renamed = 0
  for (let k = 0; k < pairs.count; k++) {
    const levels = pairs.levels[k]!
    if (levelOf(levels, 'number') !== NUMBER_SAME) continue
    const isCopied = guardOf(levels) === 'only_corporate_number_agrees'
    const otherName = levelOf(levels, 'name') === NAME_DIFFERENT
    if (otherName && !isCopied && agreeing(levels) === 0) open.push(k)
    else {
      if (isCopied) copied++
      else if (otherName) renamed++
      const rows = isCopied ? disputed : supported
      rows.add(pairs.a[k]!).add(pairs.b[k]!)
    }
  }
  // Where copied numbers are seen more often than renamed companies, the undecided ones are taken for copied too.
  const rows = copied > renamed ? disputed : supported
  for (const k of open) rows.add(pairs.a[k]!).add(pairs.b[k]!)
  for (const row of disputed) {
    if (supported.has(row) || store.numberState[row] !== NUMBER_VALID) disputed.delete(row)
  }
  return disputed
}

/** Every row some key brings together with this one, in either direction. */
function candidatesOf(row: number, indexes: readonly KeyIndex[]): Set<number> {
  const found = new Set<number>()
  for (const { order, position, from } of indexes) {
    const at = position[row]!
    if (at === NO_BLOCK) continue
    for (let k = from[at]!; k < at; k++) found.add(order[k]!)
    for (let k = at + 1; k < order.length && from[k]! <= at; k++) found.add(order[k]!)
  }
  return found
}
