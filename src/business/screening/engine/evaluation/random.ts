/** Repeatable randomness: the same seed always gives the same set (mulberry32). */
export interface Dice {
  /** 0 ≤ x < 1. */
  next(): number
  /** 0 ≤ n < size, whole. */
  below(size: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
}

export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (size: number) => Math.floor(next() * size)
  return { next, below, chance: share => next() < share, pick: from => from[below(from.length)]! }
}
