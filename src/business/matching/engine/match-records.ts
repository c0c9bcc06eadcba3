/** Resolves records by a field table: candidates, levels, EM, clusters. In memory; for up to some hundred thousand rows. */
import { rowsByKey } from './blocking.ts'
import { combine, hashText, seededRandom } from './hash.ts'
import { comparableValue, type RecordTable, soundOf } from './record-table.ts'
import { boundedDistance } from './text-distance.ts'

export type RecordPair = { a: number; b: number; bits: number; levels: Uint8Array }
export type RecordMatch = {
  /** Root row of each row's cluster. */
  root: number[]
  /** Pairs above even odds, strongest first. */
  pairs: RecordPair[]
  comparedPairs: number
  /** Pairs in blocks above the cap, not checked by that key. */
  notChecked: number
}

const MISSING = 0
const SAME = 1
const SWAPPED = 2
const NEAR = 3
const LIKE = 4
const DIFFERENT = 5

/** Starting point of EM: how often true pairs are seen at each level. */
const START_M = [0, 0.76, 0.02, 0.12, 0.04, 0.06]
const ROUNDS = 15
const RANDOM_PAIRS = 200_000
const BLOCK_CAP = 100

/** Clusters of rows which are one person. Same rows, same seed: same answer. */
export function matchRecords(
  rows: readonly Readonly<Record<string, string>>[],
  table: RecordTable,
  options: { seed?: number } = {},
): RecordMatch {
  const data = new RecordData(rows, table)
  const { pairs: candidates, notChecked } = candidatePairs(data)
  const levels = candidates.map(([a, b]) => data.compare(a, b))
  const weights = fitWeights(data, candidates, levels, seededRandom(options.seed ?? 20_261_123))
  const pairs = candidates
    .map(([a, b], k) => ({ a, b, bits: weights.bits(levels[k]!, a, b), levels: levels[k]! }))
    .filter(pair => pair.bits > 0)
    .sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b)
  const root = joinRecords(rows.length, pairs, (a, b) => weights.bits(data.compare(a, b), a, b))
  return { root, pairs, comparedPairs: candidates.length, notChecked }
}

class RecordData {
  readonly rows: number
  readonly table: RecordTable
  /** Comparable values by field, then by row. */
  readonly values: string[][]
  private readonly units: Uint16Array[][]
  private readonly partner: number[]

  constructor(rows: readonly Readonly<Record<string, string>>[], table: RecordTable) {
    this.rows = rows.length
    this.table = table
    this.values = table.fields.map(field =>
      rows.map(row => comparableValue(row[field.column] ?? '', field.kind)),
    )
    this.units = this.values.map(column =>
      column.map(value => Uint16Array.from(value, char => char.charCodeAt(0))),
    )
    this.partner = table.fields.map(field =>
      table.fields.findIndex(other => other.column === field.swapsWith),
    )
  }

  /** Level of each field for rows a and b. */
  compare(a: number, b: number): Uint8Array {
    const levels = new Uint8Array(this.table.fields.length)
    for (let f = 0; f < levels.length; f++) levels[f] = this.level(f, a, b)
    return levels
  }

  private level(field: number, a: number, b: number): number {
    const x = this.values[field]![a]!
    const y = this.values[field]![b]!
    if (x === '' || y === '') return MISSING
    if (x === y) return SAME
    const other = this.partner[field]!
    if (other >= 0 && this.isSwapped(field, other, a, b)) return SWAPPED
    return this.nearness(field, a, b, Math.min(x.length, y.length))
  }

  /** Names must be exchanged both ways, since relatives share one of them; other columns one way. */
  private isSwapped(field: number, other: number, a: number, b: number): boolean {
    const there = this.values[field]![a] === this.values[other]![b]
    const back = this.values[field]![b] === this.values[other]![a]
    return this.table.fields[field]!.kind === 'name' ? there && back : there || back
  }

  private nearness(field: number, a: number, b: number, length: number): number {
    const x = this.units[field]![a]!
    const y = this.units[field]![b]!
    const kind = this.table.fields[field]!.kind
    if (length < 3) return DIFFERENT
    const limit = kind === 'text' ? Math.max(2, Math.floor(length / 3)) : length >= 5 ? 3 : 2
    const distance = boundedDistance(x, 0, x.length, y, 0, y.length, limit)
    if (distance <= (kind === 'text' ? Math.max(1, Math.floor(length / 6)) : 1)) return NEAR
    if (distance <= limit && (kind !== 'code' || length >= 6)) return LIKE
    const starts = kind === 'name' || kind === 'text' ? 4 : 0
    return starts > 0 && length >= starts && sameStart(x, y, starts) ? LIKE : DIFFERENT
  }
}

function sameStart(x: Uint16Array, y: Uint16Array, length: number): boolean {
  for (let k = 0; k < length; k++) if (x[k] !== y[k]) return false
  return true
}

/** Pairs which agree on two facts, or on one rare one; a fact is a field's value, its sound or its start. */
function candidatePairs(data: RecordData): { pairs: [number, number][]; notChecked: number } {
  const facts = blockingFacts(data)
  const seen = new Set<number>()
  const pairs: [number, number][] = []
  let notChecked = 0
  const take = (keys: Uint32Array) => {
    const order = rowsByKey(keys)
    for (let start = 0; start < order.length; ) {
      let end = start + 1
      while (end < order.length && keys[order[end]!] === keys[order[start]!]) end++
      const size = end - start
      if (size > BLOCK_CAP) notChecked += (size * (size - 1)) / 2
      else addBlock(order.subarray(start, end), data.rows, seen, pairs)
      start = end
    }
  }
  for (let f = 0; f < facts.length; f++) {
    take(facts[f]!)
    for (let g = f + 1; g < facts.length; g++) {
      take(facts[f]!.map((key, row) => combine(key, facts[g]![row]!)))
    }
  }
  return { pairs, notChecked }
}

function addBlock(block: Uint32Array, rows: number, seen: Set<number>, pairs: [number, number][]): void {
  for (let x = 1; x < block.length; x++) {
    for (let y = 0; y < x; y++) {
      const key = block[y]! * rows + block[x]!
      if (seen.has(key)) continue
      seen.add(key)
      pairs.push([block[y]!, block[x]!])
    }
  }
}

function blockingFacts(data: RecordData): Uint32Array[] {
  return data.table.fields.flatMap(({ kind, blocks }, f) => {
    if (blocks === false) return []
    const values = data.values[f]!
    const hashed = (of: (value: string) => string) => Uint32Array.from(values, value => hashText(of(value)))
    if (kind === 'name') return [hashed(soundOf)]
    if (kind === 'date') return [hashed(value => value), hashed(value => value.slice(-4))]
    if (kind === 'text') return [hashed(value => value.slice(0, 6))]
    return [hashed(value => value)]
  })
}

type Fitted = { bits: (levels: Uint8Array, a: number, b: number) => number }

/** u from random pairs, m and the share of true pairs by EM over the candidates. */
function fitWeights(
  data: RecordData,
  candidates: readonly [number, number][],
  levels: readonly Uint8Array[],
  random: () => number,
): Fitted {
  const fields = data.table.fields.length
  const u = randomShares(data, random)
  let m = Array.from({ length: fields }, () => [...START_M])
  const frequency = valueFrequencies(data)
  const allPairs = (data.rows * (data.rows - 1)) / 2
  let prior = Math.log2(Math.max(1, data.rows / 2) / Math.max(1, allPairs))
  const bits = (of: Uint8Array, a: number, b: number) => {
    let sum = isAnotherPerson(of, data.table) ? prior - RELATIVE_BITS : prior
    for (let f = 0; f < fields; f++) {
      const level = of[f]!
      if (level === MISSING) continue
      const chance = level === SAME ? Math.max(frequency(f, a), frequency(f, b)) : u[f]![level]!
      sum += Math.log2(m[f]![level]! / chance)
    }
    return sum
  }
  for (let round = 0; round < ROUNDS; round++) {
    const counts = Array.from({ length: fields }, () => START_M.map(share => share * 20))
    let truePairs = 1
    for (let k = 0; k < candidates.length; k++) {
      const [a, b] = candidates[k]!
      const p = 1 / (1 + 2 ** -bits(levels[k]!, a, b))
      if (p < 0.001) continue
      truePairs += p
      for (let f = 0; f < fields; f++) counts[f]![levels[k]![f]!]! += p
    }
    m = counts.map(shares)
    prior = Math.log2(truePairs / Math.max(1, allPairs))
  }
  return { bits }
}

/** What is taken off where every known fact of identity differs: more than a shared household can add. */
const RELATIVE_BITS = 60

function isAnotherPerson(levels: Uint8Array, table: RecordTable): boolean {
  let differing = 0
  for (let f = 0; f < levels.length; f++) {
    if (table.fields[f]!.identity !== true || levels[f] === MISSING) continue
    if (levels[f] !== DIFFERENT) return false
    differing++
  }
  return differing >= 2
}

function randomShares(data: RecordData, random: () => number): number[][] {
  const counts = data.table.fields.map(() => [0, 1, 0.5, 0.5, 2, 200])
  for (let k = 0; k < RANDOM_PAIRS; k++) {
    const a = random() % data.rows
    const b = random() % data.rows
    if (a === b) continue
    const levels = data.compare(a, b)
    for (let f = 0; f < levels.length; f++) counts[f]![levels[f]!]!++
  }
  return counts.map(shares)
}

function shares(counts: readonly number[]): number[] {
  const known = counts.slice(1).reduce((sum, count) => sum + count, 0)
  return counts.map((count, level) => (level === MISSING ? 0 : Math.max(count / known, 1e-7)))
}

/** Share of rows which carry row's value of a field; never below one row in the file. */
function valueFrequencies(data: RecordData): (field: number, row: number) => number {
  const counts = data.values.map(column => {
    const count = new Map<string, number>()
    for (const value of column) count.set(value, (count.get(value) ?? 0) + 1)
    return count
  })
  const flat = data.table.fields.map((field, f) =>
    field.termFrequency === false ? meanShare(counts[f]!) : 0,
  )
  return (field, row) => flat[field]! || counts[field]!.get(data.values[field]![row]!)! / data.rows
}

/** How often two random rows carry the same value. */
function meanShare(count: ReadonlyMap<string, number>): number {
  let rows = 0
  let squares = 0
  for (const number of count.values()) {
    rows += number
    squares += number * number
  }
  return rows === 0 ? 1 : squares / (rows * rows)
}

/** Strongest pairs first; two clusters join when at least half of their cross pairs are likely. */
function joinRecords(
  rows: number,
  pairs: readonly RecordPair[],
  bitsOf: (a: number, b: number) => number,
): number[] {
  const root = Array.from({ length: rows }, (_, row) => row)
  const members = new Map<number, number[]>()
  for (const { a, b } of pairs) {
    const [x, y] = [root[a]!, root[b]!]
    if (x === y) continue
    const left = members.get(x) ?? [x]
    const right = members.get(y) ?? [y]
    const cross = left.flatMap(i => right.map(j => bitsOf(i, j)))
    if (cross.filter(bits => bits > 0).length * 2 < cross.length) continue
    for (const row of right) root[row] = x
    members.set(x, [...left, ...right])
    members.delete(y)
  }
  return root
}

/** Levels a field can take, for those who print them. */
export const RECORD_LEVELS = ['missing', 'same', 'swapped', 'near', 'like', 'different'] as const
