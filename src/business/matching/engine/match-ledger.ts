/** The engine on rows in memory: resolve a whole ledger, or compare one new row with its candidates. Pure. */
import { buildIndexes, countsPerRow, type KeyReport } from './blocking.ts'
import { ALONE, type Apart, type Clusters, clusterPairs, RENAMED } from './clusters.ts'
import { comparePair } from './compare.ts'
import { settleDisputedNumbers } from './disputed-numbers.ts'
import { explainPair, type PairExplanation, ruleNames } from './explain.ts'
import { type FeatureStore, packFeatures } from './feature-store.ts'
import { rowFeatures } from './features.ts'
import { combine } from './hash.ts'
import { learnWeights } from './learn.ts'
import { type LedgerRow, ledgerRow } from './ledger-row.ts'
import { mergePairs, type ScoredPairs, scanPairs } from './pair-scan.ts'
import { type Decision, decide, type Frequencies, probability } from './score.ts'
import { FIXED_WEIGHTS, type WeightTable } from './weights.ts'

export type MatchOptions = {
  /** Seed of the learning samples. */
  seed?: number
  /** A stored table instead of learning. */
  weights?: WeightTable
  /** Ids which a person judged to be different companies: never in one cluster. */
  apart?: readonly (readonly [idA: string, idB: string])[]
}

export type ClusterRow = { id: string; cluster: string; score: number; reasons: string[] }
export type PairRow = { idA: string; idB: string; score: number; decision: Decision; reasons: string[] }

export type MatchReport = {
  rows: number
  clusters: number
  comparedPairs: number
  keys: KeyReport[]
  refusedLinks: number
  reviewPairs: number
  weights: WeightTable
}

/** Score of a row joined by the rule of renamed companies. */
export const RENAMED_SCORE = 0.93

export const DEFAULT_SEED = 20_261_123

/** Resolves a ledger: every row in exactly one cluster, named by its smallest id. */
export function matchLedger(
  rows: readonly Partial<LedgerRow>[],
  options: MatchOptions = {},
): { clusters: ClusterRow[]; pairs: PairRow[]; report: MatchReport } {
  const store = packFeatures(rows.map(row => rowFeatures(ledgerRow(row))))
  const frequencies = frequenciesOf(store)
  const weights = options.weights ?? learnWeights(store, { seed: options.seed ?? DEFAULT_SEED })
  const { indexes, reports } = buildIndexes(store)
  const next = new Int32Array(new SharedArrayBuffer(4))
  const { pairs: found, compared } = scanPairs({ store, indexes, frequencies, weights, next })
  const pairs = settleDisputedNumbers(store, indexes, mergePairs([found]), frequencies, weights)
  const ids = rows.map(row => row.id ?? '')
  const clusters = clusterPairs(store, pairs, frequencies, weights, apartRows(ids, options.apart ?? []))
  const result = nameClusters(ids, clusters, pairs, frequencies, weights)
  const pairRows = namePairs(ids, pairs, frequencies, weights)
  const report: MatchReport = {
    rows: rows.length,
    clusters: new Set(result.map(row => row.cluster)).size,
    comparedPairs: compared,
    keys: reports,
    refusedLinks: clusters.refusedLinks,
    reviewPairs: pairRows.filter(pair => pair.decision === 'review').length,
    weights,
  }
  return { clusters: result, pairs: pairRows, report }
}

function apartRows(ids: readonly string[], judged: readonly (readonly [string, string])[]): Apart {
  const rowOf = judged.length === 0 ? new Map<string, number>() : new Map(ids.map((id, row) => [id, row]))
  const apart = new Map<number, Set<number>>()
  for (const [idA, idB] of judged) {
    const a = rowOf.get(idA)
    const b = rowOf.get(idB)
    if (a === undefined || b === undefined) continue
    apart.set(a, (apart.get(a) ?? new Set()).add(b))
    apart.set(b, (apart.get(b) ?? new Set()).add(a))
  }
  return apart
}

/** How many rows share each value; the basis of term frequency. */
export function frequenciesOf(store: FeatureStore): Frequencies {
  const phones = new Uint32Array(store.rows)
  for (let i = 0; i < store.rows; i++) {
    const phone = store.phone[i]!
    phones[i] = phone === 0 ? 0 : combine(phone % 4294967291, Math.floor(phone / 65536))
  }
  return {
    name: countsPerRow(store.folded),
    reading: countsPerRow(store.reading),
    place: countsPerRow(store.place),
    phone: countsPerRow(phones),
    representative: countsPerRow(store.repFolded),
  }
}

/** Rows of the clusters file, in ledger order. */
export function nameClusters(
  ids: readonly string[],
  clusters: Clusters,
  pairs: ScoredPairs,
  frequencies: Frequencies,
  weights: WeightTable,
): ClusterRow[] {
  const smallest = smallestIds(clusters.root, row => ids[row]!)
  return ids.map((id, row) => {
    const k = clusters.link[row]!
    const cluster = smallest.get(clusters.root[row]!) ?? id
    if (k === ALONE) return { id, cluster, score: 1, reasons: [] }
    if (k === RENAMED) return { id, cluster, score: RENAMED_SCORE, reasons: ['renamed_at_the_same_address'] }
    const levels = pairs.levels[k]!
    const score = probability(levels, pairs.bits[k]!)
    return { id, cluster, score, reasons: ruleNames(levels, pairs.a[k]!, pairs.b[k]!, frequencies, weights) }
  })
}

/** The smallest id of each cluster, by root row; `idOf` answers a row's id. */
export function smallestIds(root: Uint32Array, idOf: (row: number) => string): Map<number, string> {
  const smallest = new Map<number, string>()
  for (let row = 0; row < root.length; row++) {
    const known = smallest.get(root[row]!)
    const id = idOf(row)
    if (known === undefined || id < known) smallest.set(root[row]!, id)
  }
  return smallest
}

function namePairs(
  ids: readonly string[],
  pairs: ScoredPairs,
  frequencies: Frequencies,
  weights: WeightTable,
): PairRow[] {
  return Array.from({ length: pairs.count }, (_, k) => {
    const [a, b, levels, bits] = [pairs.a[k]!, pairs.b[k]!, pairs.levels[k]!, pairs.bits[k]!]
    return {
      idA: ids[a]!,
      idB: ids[b]!,
      score: probability(levels, bits),
      decision: decide(levels, bits),
      reasons: ruleNames(levels, a, b, frequencies, weights),
    }
  })
}

export type Comparison = PairExplanation & { id: string }

/** One typed row against candidates, best first: the duplicate warning while someone types. */
export function compareOne(
  row: Partial<LedgerRow>,
  candidates: readonly Partial<LedgerRow>[],
  options: { weights?: WeightTable } = {},
): Comparison[] {
  const store = packFeatures([row, ...candidates].map(each => rowFeatures(ledgerRow(each))))
  const frequencies = frequenciesOf(store)
  const weights = options.weights ?? FIXED_WEIGHTS
  return candidates
    .map((candidate, k) => ({
      id: candidate.id ?? '',
      ...explainPair(comparePair(store, 0, k + 1), 0, k + 1, frequencies, weights),
    }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}
