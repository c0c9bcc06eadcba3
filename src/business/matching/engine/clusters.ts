/**
 * Clusters from scored pairs: strongest links first; a cluster never holds two valid different corporate numbers, and two
 * clusters are not chained together by one weak link against the rest of the evidence.
 */
import { comparePair, numbersContradict } from './compare.ts'
import type { FeatureStore } from './feature-store.ts'
import { NUMBER_DISPUTED, NUMBER_VALID, SCRIPT_LATIN } from './features.ts'
import { level, levelOf } from './levels.ts'
import type { ScoredPairs } from './pair-scan.ts'
import { renamedPairs } from './renamed.ts'
import {
  contradictsAsSister,
  decide,
  type Frequencies,
  guardOf,
  isAtOtherName,
  looksLikeSister,
  ownFactAgrees,
  SAME_BITS,
  scoreLevels,
} from './score.ts'
import type { WeightTable } from './weights.ts'

export type Clusters = {
  /** Representative row of each row's cluster. */
  root: Uint32Array
  /** Index of the pair which joined the row; ALONE for the row that stands alone, RENAMED by the rule of renamed.ts. */
  link: Int32Array
  /** Links refused because the clusters' other pairs spoke against them. */
  refusedLinks: number
}

export const ALONE = -1
export const RENAMED = -2

/** Cross pairs looked at when two clusters would be joined. */
const CROSS_LIMIT = 36
/** A link this strong joins without asking the other rows, contradictions excepted. */
const STRONG_BITS = SAME_BITS + 10

/** A strong link needs no help from the habit of the ledger. */
const HABIT_BITS = SAME_BITS + 8
/** With fewer clusters nothing is said about the ledger's habit. */
const HABIT_CLUSTERS = 200
const NO_HABIT = { penalty: () => 0, paired: false }

/** Rows which a person judged to be different companies; both directions are listed. */
export type Apart = ReadonlyMap<number, ReadonlySet<number>>

/** Joins rows by the `same` pairs. */
export function clusterPairs(
  store: FeatureStore,
  pairs: ScoredPairs,
  frequencies: Frequencies,
  weights: WeightTable,
  apart: Apart = new Map(),
): Clusters {
  const state = new Joining(store, pairs, frequencies, weights, apart)
  const order: number[] = []
  // A number at another name is heard last: by then the rows of each name stand together and can say whether it was copied.
  const late: number[] = []
  const held: number[] = []
  for (let k = 0; k < pairs.count; k++) {
    const levels = pairs.levels[k]!
    if (decide(levels, pairs.bits[k]!) !== 'same') continue
    if (isNumberAtOtherName(levels)) late.push(k)
    else (isReadAnotherWay(levels) ? held : order).push(k)
  }
  const strongestFirst = (x: number, y: number) => pairs.bits[y]! - pairs.bits[x]! || x - y
  order.sort(strongestFirst)
  held.sort(strongestFirst)
  late.sort(strongestFirst)
  const weakFrom = order.findIndex(k => pairs.bits[k]! < HABIT_BITS)
  const strong = weakFrom < 0 ? order.length : weakFrom
  for (let at = 0; at < strong; at++) state.join(order[at]!)
  state.habit = sizeHabit(state.sizes())
  for (const k of held) state.joinReadAnotherWay(k)
  for (let at = strong; at < order.length; at++) state.join(order[at]!)
  for (const k of late) state.join(k)
  if (state.habit.paired)
    for (const [i, j] of renamedPairs(store, row => state.isAlone(row))) state.joinRenamed(i, j)
  return { root: state.root, link: state.link, refusedLinks: state.refusedLinks }
}

const NUMBER_SAME = level('number', 'same')
const NUMBER_SAME_BROKEN = level('number', 'same_but_broken')
const READ_ANOTHER_WAY = level('form_reading', 'different')
const ENGLISH_ONE_MISSING = level('english', 'one_missing')

type Habit = { penalty: (size: number) => number; paired: boolean }

/**
 * How large the clusters of this ledger use to be, from its strong links. Where nearly all have two rows (two snapshots of
 * one register) a third row needs more evidence; where sizes vary nothing is taken off.
 */
function sizeHabit(sizes: readonly number[]): Habit {
  const twos = sizes[2] ?? 0
  const larger = sizes.slice(3).reduce((sum, count) => sum + count, 0)
  if (twos + larger < HABIT_CLUSTERS) return NO_HABIT
  const paired = twos >= 0.95 * (twos + larger)
  const usual = paired ? twos : 0.1 * twos
  const penalty = (size: number) =>
    size < 3 ? 0 : Math.min(12, Math.max(0, Math.log2(usual / ((sizes[size] ?? 0) + 1))))
  return { penalty, paired }
}

class Joining {
  readonly root: Uint32Array
  readonly link: Int32Array
  refusedLinks = 0
  habit: Habit = NO_HABIT
  private readonly members = new Map<number, number[]>()
  private readonly store: FeatureStore
  private readonly pairs: ScoredPairs
  private readonly frequencies: Frequencies
  private readonly weights: WeightTable

  private readonly apart: Apart
  private readonly doubted: boolean

  constructor(
    store: FeatureStore,
    pairs: ScoredPairs,
    frequencies: Frequencies,
    weights: WeightTable,
    apart: Apart,
  ) {
    this.apart = apart
    this.store = store
    this.pairs = pairs
    this.frequencies = frequencies
    this.weights = weights
    let disputed = 0
    for (let row = 0; row < store.rows; row++) if (store.numberState[row] === NUMBER_DISPUTED) disputed++
    this.doubted = disputed >= DISPUTED_SEEN
    this.root = Uint32Array.from({ length: store.rows }, (_, row) => row)
    this.link = new Int32Array(store.rows).fill(ALONE)
  }

  /** Number of clusters by size, from two rows up. */
  sizes(): number[] {
    const counts: number[] = []
    for (const rows of this.members.values()) counts[rows.length] = (counts[rows.length] ?? 0) + 1
    return Array.from(counts, count => count ?? 0)
  }

  /** True while nothing was joined to the row. */
  isAlone(row: number): boolean {
    return this.link[row] === ALONE
  }

  /** A Latin name beside a Japanese one is too often called different to doubt its number by it. */
  private areOfOneScript(k: number): boolean {
    const isLatin = (row: number) => this.store.script[row] === SCRIPT_LATIN
    return isLatin(this.pairs.a[k]!) === isLatin(this.pairs.b[k]!)
  }

  /** Joins two lonely rows which the rule of renamed companies brought together. */
  joinRenamed(i: number, j: number): void {
    if (!this.isAlone(i) || !this.isAlone(j) || isJudgedApart(this.apart, [i], [j])) return
    this.root[j] = i
    this.link[i] = RENAMED
    this.link[j] = RENAMED
    this.members.set(i, [i, j])
  }

  /**
   * A register that repeats what it holds repeats the reading of the legal form, too (ガイシャ, カイシャ). Where it differs and the
   * standing (an English name is asked of listed companies only) or the number of entries is another as well, the two are two
   * registered companies of one name. Other ledgers are written by ear and say nothing by it.
   */
  joinReadAnotherWay(k: number): void {
    const levels = this.pairs.levels[k]!
    const size = (row: number) => this.members.get(this.root[row]!)?.length ?? 1
    const isAnotherEntry =
      levelOf(levels, 'english') === ENGLISH_ONE_MISSING ||
      size(this.pairs.a[k]!) + size(this.pairs.b[k]!) > 2
    if (this.habit.paired && levelOf(levels, 'number') !== NUMBER_SAME && isAnotherEntry) this.refusedLinks++
    else this.join(k)
  }

  /** Joins the clusters of pair k's rows unless the rest of the evidence speaks against it. */
  join(k: number): void {
    const a = this.root[this.pairs.a[k]!]!
    const b = this.root[this.pairs.b[k]!]!
    if (a === b) return
    const left = this.members.get(a) ?? [a]
    const right = this.members.get(b) ?? [b]
    const bits = this.pairs.bits[k]!
    const size = left.length + right.length
    const levels = this.pairs.levels[k]!
    const allowed =
      !numbersForbid(this.store, left, right) &&
      !isJudgedApart(this.apart, left, right) &&
      !isCopiedNumber(this.store, levels, left, right, this.doubted && this.areOfOneScript(k)) &&
      (levelOf(levels, 'number') === NUMBER_SAME ||
        (bits - this.habit.penalty(size) >= SAME_BITS &&
          mayJoin(this.store, left, right, bits, this.frequencies, this.weights)))
    if (!allowed) {
      this.refusedLinks++
      return
    }
    const [keep, gone] = left.length >= right.length ? [a, b] : [b, a]
    const [kept, moved] = left.length >= right.length ? [left, right] : [right, left]
    for (const row of moved) this.root[row] = keep
    for (const row of [this.pairs.a[k]!, this.pairs.b[k]!]) if (this.link[row] === ALONE) this.link[row] = k
    this.members.set(keep, [...kept, ...moved])
    this.members.delete(gone)
  }
}

/** The legal form is read in another way. */
function isReadAnotherWay(levels: number): boolean {
  return levelOf(levels, 'form_reading') === READ_ANOTHER_WAY
}

/** One number and two names: a renamed company, or a copied number. */
function isNumberAtOtherName(levels: number): boolean {
  const number = levelOf(levels, 'number')
  return (number === NUMBER_SAME || number === NUMBER_SAME_BROKEN) && isAtOtherName(levelOf(levels, 'name'))
}

/** So many disputed numbers make a ledger one whose numbers need a fact of the company's own beside them. */
const DISPUTED_SEEN = 10

/**
 * The link is a number alone, at another name, and some other rows of the two clusters say that it was copied: a sister with the
 * number of its parent has its own telephone or founding day on one of its rows, though not on each. Where the ledger has shown
 * false numbers (`doubted`), a sister's name is not joined either while no telephone or founding day confirms it: address and
 * representative are what sisters share.
 */
function isCopiedNumber(
  store: FeatureStore,
  levels: number,
  left: readonly number[],
  right: readonly number[],
  doubted: boolean,
): boolean {
  if (!isNumberAtOtherName(levels)) return false
  const isPair = left.length + right.length === 2
  let confirmed = false
  let looked = 0
  for (const i of left)
    for (const j of right) {
      if (looked++ === CROSS_LIMIT) return false
      const cross = comparePair(store, i, j)
      if (!isPair && contradictsAsSister(cross)) return true
      confirmed ||= ownFactAgrees(cross)
    }
  return doubted && !confirmed && looksLikeSister(levels)
}

function mayJoin(
  store: FeatureStore,
  left: readonly number[],
  right: readonly number[],
  bits: number,
  frequencies: Frequencies,
  weights: WeightTable,
): boolean {
  if (left.length === 1 && right.length === 1) return true
  let looked = 0
  let against = 0
  for (const i of left) {
    for (const j of right) {
      if (looked === CROSS_LIMIT) break
      looked++
      const levels = comparePair(store, i, j)
      const guard = guardOf(levels)
      const contradicted = guard === 'names_are_siblings' || guard === 'legal_forms_differ'
      if (contradicted && !isAnotherName(store, i, left, j) && !isAnotherName(store, j, right, i))
        return false
      if (decide(levels, scoreLevels(levels, i, j, frequencies, weights)) === 'different') against++
    }
  }
  return bits >= STRONG_BITS || against * 2 <= looked
}

/**
 * Row `i` carries another name of its cluster (the company was renamed): one corporate number stands at its name and at the
 * name of `other`. What one name contradicts, the other has already answered.
 */
function isAnotherName(store: FeatureStore, i: number, cluster: readonly number[], other: number): boolean {
  const numbersAt = (name: number) =>
    cluster.flatMap(row =>
      store.numberState[row] === NUMBER_VALID && store.folded[row] === name ? [store.number[row]!] : [],
    )
  const numbers = numbersAt(store.folded[other]!)
  return numbers.length > 0 && numbersAt(store.folded[i]!).some(number => numbers.includes(number))
}

/** A person judged a row of one side different from a row of the other. */
function isJudgedApart(apart: Apart, left: readonly number[], right: readonly number[]): boolean {
  return apart.size > 0 && left.some(row => right.some(other => apart.get(row)?.has(other) === true))
}

/** Two valid corporate numbers which differ, by more than a slip no check can see, never stand in one cluster. */
function numbersForbid(store: FeatureStore, left: readonly number[], right: readonly number[]): boolean {
  for (const i of left) {
    if (store.numberState[i] !== NUMBER_VALID) continue
    for (const j of right) if (numbersContradict(store, i, j)) return true
  }
  return false
}
