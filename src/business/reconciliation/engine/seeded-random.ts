/** A source of repeatable chance for made-up books. */
export type Random = {
  next: () => number
  upTo: (most: number) => number
  pick: <T>(list: readonly T[]) => T
  oneIn: (share: number) => boolean
}

/** A small seeded generator (mulberry32): the same on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const upTo = (most: number) => Math.floor(next() * most)
  return { next, upTo, pick: list => list[upTo(list.length)]!, oneIn: share => next() < share }
}
