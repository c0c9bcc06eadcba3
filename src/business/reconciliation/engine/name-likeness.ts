/** How alike a name must be to be proposed, and how many such payers are looked into. */
const ALIKE_ENOUGH = 0.6
const MOST_ALIKE = 5
/**
 * The rarest pairs of letters of a name are looked up, two of which must be shared; a pair that very many
 * names have tells nothing.
 */
const PAIRS_LOOKED_UP = 6
const PAIRS_SHARED = 2
const MOST_NAMES_PER_PAIR = 3_000

/**
 * A pair of neighbouring letters as a number; half-width kana and ASCII differ in their low byte, other
 * letters only rank lower.
 */
function pairAt(name: string, at: number): number {
  return ((name.charCodeAt(at) & 0xff) << 8) | (name.charCodeAt(at + 1) & 0xff)
}

/**
 * Finds payers whose name is like a given one: shared pairs of neighbouring letters (Dice, 0–1). Only ever
 * proposes (FF §7, similarity). Built once per run; typed arrays keep a comparison free of allocation.
 */
export class AlikeNames {
  readonly #names: { payerId: string; name: string }[]
  readonly #byPair: number[][] = []
  readonly #hits: Uint8Array
  readonly #counts = new Int16Array(65_536)
  readonly #found = new Map<string, { payerId: string; likeness: number }[]>()

  constructor(names: { payerId: string; name: string }[]) {
    this.#names = names
    this.#hits = new Uint8Array(names.length)
    for (const [index, { name }] of names.entries()) {
      for (let at = 0; at < name.length - 1; at++) {
        const pair = pairAt(name, at)
        const list = this.#byPair[pair]
        if (list === undefined) this.#byPair[pair] = [index]
        else if (list.at(-1) !== index) list.push(index)
      }
    }
  }

  /** Payers by likeness, best first, then by id. */
  find(name: string): { payerId: string; likeness: number }[] {
    const known = this.#found.get(name)
    if (known) return known
    const best = new Map<string, number>()
    for (let at = 0; at < name.length - 1; at++) this.#counts[pairAt(name, at)]!++
    for (const index of this.#candidates(name)) {
      const other = this.#names[index]!
      const likeness = this.#likeness(name, other.name)
      if (likeness >= ALIKE_ENOUGH && likeness > (best.get(other.payerId) ?? 0))
        best.set(other.payerId, likeness)
    }
    for (let at = 0; at < name.length - 1; at++) this.#counts[pairAt(name, at)] = 0
    const found = [...best]
      .map(([payerId, likeness]) => ({ payerId, likeness }))
      .sort((a, b) => b.likeness - a.likeness || (a.payerId < b.payerId ? -1 : 1))
      .slice(0, MOST_ALIKE)
    this.#found.set(name, found)
    return found
  }

  /** Names that share at least two of the rarest pairs. */
  #candidates(name: string): number[] {
    const pairs = new Set(Array.from({ length: Math.max(0, name.length - 1) }, (_, at) => pairAt(name, at)))
    const lists = [...pairs]
      .map(pair => this.#byPair[pair] ?? [])
      .filter(list => list.length > 0 && list.length <= MOST_NAMES_PER_PAIR)
      .sort((a, b) => a.length - b.length)
      .slice(0, PAIRS_LOOKED_UP)
    const candidates: number[] = []
    for (const list of lists)
      for (const index of list) if (++this.#hits[index]! === PAIRS_SHARED) candidates.push(index)
    for (const list of lists) for (const index of list) this.#hits[index] = 0
    return candidates
  }

  /** Dice over the pairs counted for the wanted name; the counts are put back afterwards. */
  #likeness(name: string, other: string): number {
    let shared = 0
    for (let at = 0; at < other.length - 1; at++) if (this.#counts[pairAt(other, at)]!-- > 0) shared++
    for (let at = 0; at < other.length - 1; at++) this.#counts[pairAt(other, at)]!++
    return (2 * shared) / (name.length + other.length - 2)
  }
}
