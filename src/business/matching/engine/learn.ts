/**
 * Fits the weight table to the file at hand: u from random pairs, m and the homonym rate by expectation–maximisation over
 * pairs of equal names, seeded, with the shipped table as prior. Small files keep the shipped table.
 */

import { rowsByKey } from './blocking.ts'
import { comparePair } from './compare.ts'
import type { FeatureStore } from './feature-store.ts'
import { seededRandom } from './hash.ts'
import { level, levelOf } from './levels.ts'
import { FIXED_RATES, FIXED_WEIGHTS, LEARNED_FIELDS, tableFrom, type WeightTable } from './weights.ts'

const RANDOM_PAIRS = 200_000
const NAME_PAIRS = 100_000
const MINIMUM_ROWS = 2_000
/** Weight of the shipped rates, in pairs. */
const PRIOR_M = 200
const PRIOR_U = 20_000
const PRIOR_HOMONYM = 100
const ROUNDS = 12
/** Names carried by more rows than this are left out of the sample: they are common names or blanks in disguise. */
const LARGEST_NAME = 5

export type LearnOptions = { seed: number }

/** The table for this store. Same rows, same seed: same table. */
export function learnWeights(store: FeatureStore, options: LearnOptions): WeightTable {
  if (store.rows < MINIMUM_ROWS) return FIXED_WEIGHTS
  const random = seededRandom(options.seed)
  const rates = structuredClone(FIXED_RATES)
  estimateU(store, random, rates)
  const sample = sameNamePairs(store, random)
  const homonymRate = maximise(sample, rates)
  return tableFrom(rates, homonymRate, 'learned')
}

type Rates = typeof FIXED_RATES

function estimateU(store: FeatureStore, random: () => number, rates: Rates): void {
  const counts = Object.fromEntries(LEARNED_FIELDS.map(f => [f, rates[f].u.map(u => u * PRIOR_U)])) as Record<
    (typeof LEARNED_FIELDS)[number],
    number[]
  >
  for (let k = 0; k < RANDOM_PAIRS; k++) {
    const i = random() % store.rows
    const j = random() % store.rows
    if (i === j) continue
    const levels = comparePair(store, i, j)
    for (const field of LEARNED_FIELDS) counts[field][levelOf(levels, field)]!++
  }
  for (const field of LEARNED_FIELDS) rates[field].u = normalised(counts[field], rates[field].u)
}

/** Packed levels of pairs whose folded names are equal and not common. */
function sameNamePairs(store: FeatureStore, random: () => number): Uint32Array {
  const order = rowsByKey(store.folded)
  const found: number[] = []
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && store.folded[order[end]!] === store.folded[order[start]!]) end++
    if (end - start > 1 && end - start <= LARGEST_NAME) {
      for (let a = start; a < end; a++) for (let b = start; b < a; b++) found.push(order[a]!, order[b]!)
    }
    start = end
  }
  const pairs = found.length / 2
  const take = Math.min(NAME_PAIRS, pairs)
  const levels = new Uint32Array(take)
  for (let k = 0; k < take; k++) {
    const pick = pairs <= NAME_PAIRS ? k : random() % pairs
    levels[k] = comparePair(store, found[pick * 2]!, found[pick * 2 + 1]!)
  }
  return levels
}

const NUMBER_SAME = level('number', 'same')
const NUMBER_DIFFER = level('number', 'differ')

/** EM on the sample; the corporate number, where both rows have one, is taken as the answer. Fills m, returns h. */
function maximise(sample: Uint32Array, rates: Rates): number {
  let homonymRate = FIXED_WEIGHTS.homonymRate
  for (let round = 0; round < ROUNDS; round++) {
    const counts = Object.fromEntries(
      LEARNED_FIELDS.map(f => [f, FIXED_RATES[f].m.map(m => m * PRIOR_M)]),
    ) as Record<(typeof LEARNED_FIELDS)[number], number[]>
    let strangers = FIXED_WEIGHTS.homonymRate * PRIOR_HOMONYM
    const table = tableFrom(rates, homonymRate, 'learned')
    for (const levels of sample) {
      const p = posterior(levels, homonymRate, table)
      strangers += 1 - p
      for (const field of LEARNED_FIELDS) counts[field][levelOf(levels, field)]! += p
    }
    homonymRate = Math.min(0.5, Math.max(0.002, strangers / (sample.length + PRIOR_HOMONYM)))
    for (const field of LEARNED_FIELDS) rates[field].m = normalised(counts[field], FIXED_RATES[field].m)
  }
  return homonymRate
}

function posterior(levels: number, homonymRate: number, table: WeightTable): number {
  const number = levelOf(levels, 'number')
  if (number === NUMBER_SAME) return 1
  if (number === NUMBER_DIFFER) return 0
  let bits = Math.log2((1 - homonymRate) / homonymRate)
  for (const field of LEARNED_FIELDS) bits += table.bits[field][levelOf(levels, field)] ?? 0
  return 1 / (1 + 2 ** -bits)
}

/** Shares of the known levels; level 0 (unknown) stays 0 and no share falls below a thousandth of its prior. */
function normalised(counts: readonly number[], prior: readonly number[]): number[] {
  let sum = 0
  for (let k = 1; k < counts.length; k++) sum += counts[k]!
  return counts.map((count, k) => (k === 0 ? 0 : Math.max(count / sum, prior[k]! / 1000)))
}
