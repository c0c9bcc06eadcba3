/**
 * Edit distance with neighbouring swaps (optimal string alignment), bit-parallel after Hyyrö for words up to 31 letters:
 * a whole column of the table is one machine word. Longer words fall back to the plain table.
 */
const LONGEST = 31
const masks = new Int32Array(0x10000)

/** Distance between two words, or `limit + 1` as soon as it is known to exceed the limit. */
export function editDistance(a: string, b: string, limit: number): number {
  const difference = a.length - b.length
  if (difference > limit || -difference > limit) return limit + 1
  if (a === b) return 0
  if (a.length === 0) return Math.min(b.length, limit + 1)
  if (a.length > LONGEST) return longDistance(a, b, limit)
  for (let i = 0; i < a.length; i += 1) masks[a.charCodeAt(i)]! |= 1 << i
  const distance = bitParallel(a.length, b, limit)
  for (let i = 0; i < a.length; i += 1) masks[a.charCodeAt(i)] = 0
  return distance
}

function bitParallel(length: number, b: string, limit: number): number {
  const last = 1 << (length - 1)
  let plus = -1
  let minus = 0
  let diagonal = 0
  let previous = 0
  let distance = length
  for (let j = 0; j < b.length; j += 1) {
    const match = masks[b.charCodeAt(j)]!
    const swap = ((~diagonal & match) << 1) & previous
    diagonal = (((match & plus) + plus) ^ plus) | match | minus | swap
    const horizontalPlus = minus | ~(diagonal | plus)
    const horizontalMinus = diagonal & plus
    if (horizontalPlus & last) distance += 1
    else if (horizontalMinus & last) distance -= 1
    const shifted = (horizontalPlus << 1) | 1
    plus = (horizontalMinus << 1) | ~(diagonal | shifted)
    minus = shifted & diagonal
    previous = match
    if (distance - (b.length - 1 - j) > limit) return limit + 1
  }
  return Math.min(distance, limit + 1)
}

function longDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1)
      row.push(best)
    }
    before = above
    above = row
  }
  return Math.min(above[b.length]!, limit + 1)
}

/** Bits of a word in four 32-bit numbers; see `mayBeWithin`. */
export interface Signature {
  /** Which letters occur, and which occur again. */
  once: number
  twice: number
  /** Which neighbouring pairs of letters occur, in two hashes. */
  pairs: number
  otherPairs: number
}

/** Signature of a word, hashed to 32 bits each. */
export function signatureOf(word: string): Signature {
  let once = 0
  let twice = 0
  let pairs = 0
  let otherPairs = 0
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i)
    const bit = 1 << (code & 31)
    if (once & bit) twice |= bit
    once |= bit
    if (i === 0) continue
    const mixed = Math.imul(word.charCodeAt(i - 1) * 31 + code, 0x9e3779b1) >>> 26
    if (mixed < 32) pairs |= 1 << mixed
    else otherPairs |= 1 << (mixed & 31)
  }
  return { once, twice, pairs, otherPairs }
}

/**
 * Whether two words may lie within a distance. One edit changes at most two of the letter bits and, a swap being the worst, six of the
 * pair bits; so a pair within the distance always passes, and most others do not.
 */
export function mayBeWithin(a: Signature, b: Signature, distance: number): boolean {
  return (
    bitCount(a.once ^ b.once) + bitCount(a.twice ^ b.twice) <= 2 * distance &&
    bitCount(a.pairs ^ b.pairs) + bitCount(a.otherPairs ^ b.otherPairs) <= 6 * distance
  )
}

/** Number of bits set in a 32-bit integer. */
export function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const quads = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((quads + (quads >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
