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
import {
  agreeing,
  decide,
  disagreeing,
  type Frequencies,
  guardOf,
  saysNothing,
  scoreLevels,
} from './score.ts'
import type { WeightTable } from './weights.ts'

const NUMBER_SAME = level('number', 'same')
const NAME_DIFFERENT = level('name', 'different')
const FORM_DIFFERENT = level('form', 'different')

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

/** What the pairs say about one row's corporate number. */
class NumberWitnesses {
  /** Rows which share their number with a row that also is called alike. */
  readonly supported = new Set<number>()
  /** Rows whose number stands beside nothing else that agrees. */
  readonly copied = new Set<number>()
  /** Rows whose number stands at another name. */
  readonly atOtherName = new Set<number>()
  /** For each row the numbers of rows which are the same company in everything but the number, with how often. */
  readonly lookAlikes = new Map<number, Map<number, number>>()
  /** Pairs of rows which agree in nearly everything a row can say, but the number. */
  readonly twins: [number, number][] = []

  lookAlike(row: number, number: number): void {
    const numbers = this.lookAlikes.get(row) ?? new Map<number, number>()
    this.lookAlikes.set(row, numbers.set(number, (numbers.get(number) ?? 0) + 1))
  }
}

/**
 * Rows whose number is another company's: it stands only with rows that are nothing like them; or it stands at another name
 * while their own name and facts stand at another number; or two rows which are the same in every fact agree on another number.
 */
function disputedRows(store: FeatureStore, pairs: ScoredPairs): Set<number> {
  const seen = witnesses(store, pairs)
  const disputed = new Set(seen.copied)
  for (const [row, numbers] of seen.lookAlikes) {
    if (seen.atOtherName.has(row) || Math.max(...numbers.values()) >= 2) disputed.add(row)
  }
  for (const row of numbersOfNobody(store, seen)) disputed.add(row)
  for (const row of disputed) {
    if (seen.supported.has(row) || store.numberState[row] !== NUMBER_VALID) disputed.delete(row)
  }
  return disputed
}

/** So many false numbers must be seen in a ledger before one is believed to be false without a third row to say so. */
const FALSE_NUMBERS_SEEN = 10

/**
 * Rows whose number stands at no other row, while name and facts stand at another number: the check digit says how a number was
 * copied, not whose it is. Where the other number has a second row, two facts and none against are enough. Where both numbers stand
 * alone they forbid, unless the ledger has shown that its numbers are often nobody's; then neither is believed between rows which
 * agree in nearly everything.
 */
function numbersOfNobody(store: FeatureStore, seen: NumberWitnesses): number[] {
  const asked = new Set<number>()
  for (const row of seen.lookAlikes.keys()) asked.add(store.number[row]!)
  for (const [a, b] of seen.twins) asked.add(store.number[a]!).add(store.number[b]!)
  const rows = new Map<number, number>()
  for (let row = 0; row < store.rows; row++) {
    const number = store.number[row]!
    if (asked.has(number)) rows.set(number, (rows.get(number) ?? 0) + 1)
  }
  const alone = (number: number) => (rows.get(number) ?? 0) === 1
  const found: number[] = []
  for (const [row, numbers] of seen.lookAlikes)
    if (alone(store.number[row]!) && [...numbers.keys()].some(number => !alone(number))) found.push(row)
  if (found.length < FALSE_NUMBERS_SEEN) return found
  for (const [a, b] of seen.twins) {
    if (alone(store.number[a]!)) found.push(a)
    if (alone(store.number[b]!)) found.push(b)
  }
  return found
}

function witnesses(store: FeatureStore, pairs: ScoredPairs): NumberWitnesses {
  const seen = new NumberWitnesses()
  const open: number[] = []
  let copied = 0
  let renamed = 0
  for (let k = 0; k < pairs.count; k++) {
    const [a, b, levels] = [pairs.a[k]!, pairs.b[k]!, pairs.levels[k]!]
    if (isLookAlike(levels)) {
      seen.lookAlike(a, store.number[b]!)
      seen.lookAlike(b, store.number[a]!)
    }
    if (isTwin(levels)) seen.twins.push([a, b])
    if (levelOf(levels, 'number') !== NUMBER_SAME) continue
    const name = levelOf(levels, 'name')
    if (!saysNothing(name)) {
      seen.supported.add(a).add(b)
      continue
    }
    seen.atOtherName.add(a).add(b)
    if (guardOf(levels) === 'only_corporate_number_agrees') {
      copied++
      seen.copied.add(a).add(b)
    } else if (name === NAME_DIFFERENT && agreeing(levels) === 0) open.push(k)
    else renamed++
  }
  // Where copied numbers are seen more often than renamed companies, or have been seen often, the undecided ones are taken for copied too.
  if (copied > renamed || copied >= FALSE_NUMBERS_SEEN)
    for (const k of open) seen.copied.add(pairs.a[k]!).add(pairs.b[k]!)
  return seen
}

const SAME_NAMES = new Set(
  ['same', 'same_variant', 'same_reading_similar_kanji', 'same_across_scripts'].map(name =>
    level('name', name),
  ),
)

/** Two numbers, but one name and at least two more facts in common and none against: only the number tells them apart. */
function isLookAlike(levels: number): boolean {
  if (guardOf(levels) !== 'corporate_numbers_differ' || !SAME_NAMES.has(levelOf(levels, 'name'))) return false
  return agreeing(levels) >= 2 && disagreeing(levels) === 0 && levelOf(levels, 'form') !== FORM_DIFFERENT
}

/** One name, three facts or more in common and at most one that moved: what else could tell two companies apart is not in the rows. */
function isTwin(levels: number): boolean {
  if (guardOf(levels) !== 'corporate_numbers_differ' || !SAME_NAMES.has(levelOf(levels, 'name'))) return false
  return agreeing(levels) >= 3 && disagreeing(levels) <= 1 && levelOf(levels, 'form') !== FORM_DIFFERENT
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
