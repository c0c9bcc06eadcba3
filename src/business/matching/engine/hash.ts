/** 32-bit hashes of text for comparison keys; 0 means "nothing known". */

/** Hash of a text (murmur-style mixing); never 0 for a non-empty text, 0 for ''. */
export function hashText(text: string, seed = 0x9747b28c): number {
  if (text === '') return 0
  let hash = seed
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x5bd1e995)
    hash ^= hash >>> 15
  }
  return finish(hash ^ text.length)
}

/** One key of several; 0 as soon as one part is unknown. */
export function combine(...parts: number[]): number {
  let hash = 0x2545f491
  for (const part of parts) {
    if (part === 0) return 0
    hash = Math.imul(hash ^ part, 0x5bd1e995)
    hash ^= hash >>> 13
  }
  return finish(hash)
}

function finish(value: number): number {
  let hash = value
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  hash = (hash ^ (hash >>> 16)) >>> 0
  return hash === 0 ? 1 : hash
}

/** A small repeatable random source (xorshift); returns integers in [0, 2³²). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0 || 0x9e3779b9
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
}
