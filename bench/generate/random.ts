const topicHashes = new Map<string, number>()

/**
 * A reproducible source of chance (sfc32). One stream belongs to one (seed, topic, index), so that what is drawn for
 * one company never moves what is drawn for another, and a set of n + 1 begins with the set of n.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter: number

  constructor(seed: number, topicHash: number, index: number) {
    this.a = mix(seed ^ 0x9e3779b9)
    this.b = mix(topicHash ^ this.a)
    this.c = mix(index ^ this.b)
    this.counter = (Math.floor(index / 0x1_0000_0000) | 0) + 1
    for (let i = 0; i < 8; i++) this.bits()
  }

  /** 32 bits as an unsigned whole number. */
  bits(): number {
    const sum = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** A number in [0, 1). */
  next(): number {
    return this.bits() / 0x1_0000_0000
  }

  /** A whole number between the two, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T
  }

  /** Picks from a list sorted by frequency; the first entries come up most, as family names do. */
  pickRanked<T>(list: readonly T[], steepness = 1.5): T {
    return list[Math.floor(this.next() ** steepness * list.length)] as T
  }

  /** Picks by weight; the weights need not add up to anything. */
  pickWeighted<T>(list: readonly (readonly [weight: number, value: T])[]): T {
    let total = 0
    for (const [weight] of list) total += weight
    let left = this.next() * total
    for (const [weight, value] of list) {
      left -= weight
      if (left < 0) return value
    }
    return list[list.length - 1]![1]
  }

  /** A string of decimal digits; the first is never 0. */
  digits(count: number): string {
    let text = String(this.whole(1, 9))
    while (text.length < count) text += String(this.whole(0, 9))
    return text
  }

  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[] {
    const copy = [...list]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.whole(0, i)
      const held = copy[i] as T
      copy[i] = copy[j] as T
      copy[j] = held
    }
    return copy
  }
}

/** The stream of chance for one topic (a short English name) and one index. */
export function stream(seed: number, topic: string, index: number): Random {
  let hash = topicHashes.get(topic)
  if (hash === undefined) {
    hash = hashText(topic)
    topicHashes.set(topic, hash)
  }
  return new Random(seed, hash, index)
}

/** A bijection of 0 … size−1, so that numbers given to companies look scattered but never meet. */
export function scatter(seed: number, value: number, size: number): number {
  const half = Math.ceil(Math.sqrt(size))
  let at = value
  do {
    let left = Math.floor(at / half)
    let right = at % half
    for (let round = 0; round < 4; round++) {
      const next = (left + (mix(seed ^ mix(right * 4 + round)) >>> 0)) % half
      left = right
      right = next
    }
    at = left * half + right
  } while (at >= size)
  return at
}

function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mix(hash)
}

function mix(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
