/** Scores the pairs the keys bring. Runs on any thread over shared columns; rows are handed out in slices. */
import type { KeyIndex } from './blocking.ts'
import { NO_BLOCK } from './blocking.ts'
import { compareCandidate } from './compare.ts'
import type { FeatureStore } from './feature-store.ts'
import { decide, type Frequencies, scoreLevels } from './score.ts'
import type { WeightTable } from './weights.ts'

/** Pairs at or above the review threshold, as columns. */
export type ScoredPairs = {
  count: number
  a: Uint32Array
  b: Uint32Array
  bits: Float32Array
  levels: Uint32Array
}

export type ScanInput = {
  store: FeatureStore
  indexes: readonly KeyIndex[]
  frequencies: Frequencies
  weights: WeightTable
  /** One shared counter: the next slice of rows to take. */
  next: Int32Array
}

const SLICE = 4096

/** Takes slices until none is left; answers what was found and how many pairs were compared. */
export function scanPairs(input: ScanInput): { pairs: ScoredPairs; compared: number } {
  const { store, indexes, frequencies, weights, next } = input
  const out = new PairBuffer()
  const seen = new Uint32Array(store.rows).fill(NO_BLOCK)
  let compared = 0
  for (;;) {
    const from = Atomics.add(next, 0, 1) * SLICE
    if (from >= store.rows) break
    const to = Math.min(store.rows, from + SLICE)
    for (let i = from; i < to; i++) {
      for (const index of indexes) {
        const at = index.position[i]!
        if (at === NO_BLOCK) continue
        for (let k = index.from[at]!; k < at; k++) {
          const j = index.order[k]!
          if (seen[j] === i) continue
          seen[j] = i
          compared++
          const levels = compareCandidate(store, i, j)
          if (levels === 0) continue
          const bits = scoreLevels(levels, i, j, frequencies, weights)
          if (decide(levels, bits) !== 'different') out.push(Math.min(i, j), Math.max(i, j), bits, levels)
        }
      }
    }
  }
  return { pairs: out.finish(), compared }
}

/** Growing columns of pairs. */
export class PairBuffer {
  private count = 0
  private a = new Uint32Array(1024)
  private b = new Uint32Array(1024)
  private bits = new Float32Array(1024)
  private levels = new Uint32Array(1024)

  push(a: number, b: number, bits: number, levels: number): void {
    if (this.count === this.a.length) this.grow()
    this.a[this.count] = a
    this.b[this.count] = b
    this.bits[this.count] = bits
    this.levels[this.count++] = levels
  }

  private grow(): void {
    const double = <T extends Uint32Array | Float32Array>(old: T, next: T): T => {
      next.set(old)
      return next
    }
    this.a = double(this.a, new Uint32Array(this.a.length * 2))
    this.b = double(this.b, new Uint32Array(this.b.length * 2))
    this.bits = double(this.bits, new Float32Array(this.bits.length * 2))
    this.levels = double(this.levels, new Uint32Array(this.levels.length * 2))
  }

  finish(): ScoredPairs {
    const { count } = this
    return {
      count,
      a: this.a.slice(0, count),
      b: this.b.slice(0, count),
      bits: this.bits.slice(0, count),
      levels: this.levels.slice(0, count),
    }
  }
}

/** All threads' pairs in one, ordered by rows, each pair once. */
export function mergePairs(parts: readonly ScoredPairs[]): ScoredPairs {
  const total = parts.reduce((sum, part) => sum + part.count, 0)
  const at = new Float64Array(total)
  const a = new Uint32Array(total)
  const b = new Uint32Array(total)
  const bits = new Float32Array(total)
  const levels = new Uint32Array(total)
  let offset = 0
  for (const part of parts) {
    a.set(part.a, offset)
    b.set(part.b, offset)
    bits.set(part.bits, offset)
    levels.set(part.levels, offset)
    offset += part.count
  }
  const order = Uint32Array.from({ length: total }, (_, k) => k)
  for (let k = 0; k < total; k++) at[k] = a[k]! * 2 ** 24 + b[k]!
  order.sort((x, y) => at[x]! - at[y]!)
  const keep: number[] = []
  for (let k = 0; k < total; k++) if (k === 0 || at[order[k]!] !== at[order[k - 1]!]) keep.push(order[k]!)
  const pick = <T extends Uint32Array | Float32Array>(from: T, into: T): T => {
    for (let k = 0; k < keep.length; k++) into[k] = from[keep[k]!]!
    return into
  }
  const count = keep.length
  return {
    count,
    a: pick(a, new Uint32Array(count)),
    b: pick(b, new Uint32Array(count)),
    bits: pick(bits, new Float32Array(count)),
    levels: pick(levels, new Uint32Array(count)),
  }
}
