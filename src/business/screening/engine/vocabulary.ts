import { bitCount } from './edit-distance.ts'
import type { NameUnit } from './name-form.ts'
import { latinLimit, similarity, soundLimit } from './word-similarity.ts'

/** Words of the list that resemble a word of the subject. */
export interface WordMatches {
  units: Int32Array
  similarities: Float64Array
}

const NOTHING: WordMatches = { units: new Int32Array(0), similarities: new Float64Array(0) }

/** Answers are kept for this many words; surnames come again and again. */
const KEPT_ANSWERS = 200_000

/** Words of one kind ordered by the length of their key, with signatures in typed arrays: the gate before any distance is computed. */
interface Shelf {
  ids: Int32Array
  once: Int32Array
  twice: Int32Array
  /** Where the words of each length start. */
  starts: Int32Array
}

type KeyOf = (unit: NameUnit) => string

/**
 * All distinct words (and runs of words) of the loaded lists. `lookUp` finds every one whose similarity to a word is above zero,
 * without looking at most of them: equal keys by hash, the rest through signatures that provably lose nothing (see `letterSignature`).
 */
export class Vocabulary {
  readonly units: NameUnit[]
  readonly #exhaustive: boolean
  readonly #latin: Shelf
  readonly #texts: Shelf
  readonly #latinSounds: Shelf
  readonly #kana: Shelf
  readonly #byKey = new Map<string, number[]>()
  readonly #bySound = new Map<string, number[]>()
  readonly #bySkeleton = new Map<string, number[]>()
  #answers = new Map<string, WordMatches>()

  constructor(units: NameUnit[], options: { exhaustive: boolean }) {
    this.units = units
    this.#exhaustive = options.exhaustive
    const latin: number[] = []
    const kana: number[] = []
    for (const [id, unit] of units.entries()) {
      ;(unit.latin ? latin : kana).push(id)
      if (unit.latin) put(this.#byKey, unit.key, id)
      put(this.#bySound, unit.sound, id)
      if (unit.skeleton.length >= 2) put(this.#bySkeleton, unit.skeleton, id)
    }
    this.#latin = shelf(
      units,
      latin,
      unit => unit.key,
      unit => unit.once,
      unit => unit.twice,
    )
    this.#texts = shelf(
      units,
      latin,
      unit => unit.text,
      unit => unit.textOnce,
      unit => unit.textTwice,
    )
    this.#latinSounds = shelf(
      units,
      latin,
      unit => unit.sound,
      unit => unit.soundOnce,
      unit => unit.soundTwice,
    )
    this.#kana = shelf(
      units,
      kana,
      unit => unit.sound,
      unit => unit.soundOnce,
      unit => unit.soundTwice,
    )
  }

  /** Words of the list alike to a single word of a subject. */
  lookUp(word: NameUnit): WordMatches {
    const name = word.latin ? word.text : `カ${word.text}`
    const kept = this.#answers.get(name)
    if (kept) return kept
    const found = this.#exhaustive ? this.#compareAll(word) : this.#compareLikely(word)
    if (this.#answers.size >= KEPT_ANSWERS) this.#answers = new Map()
    this.#answers.set(name, found)
    return found
  }

  /** Single words of the list equal to several words of a subject written as one. */
  lookUpJoined(joined: NameUnit): WordMatches {
    const ids = new Set<number>()
    if (joined.latin) for (const id of this.#byKey.get(joined.key) ?? []) ids.add(id)
    for (const id of this.#bySound.get(joined.sound) ?? [])
      if (!joined.latin || !this.units[id]!.latin) ids.add(id)
    return this.#measured(
      joined,
      [...ids].filter(id => this.units[id]!.single),
    )
  }

  #compareAll(word: NameUnit): WordMatches {
    return this.#measured(word, this.units.keys())
  }

  #compareLikely(word: NameUnit): WordMatches {
    const likely = new Set<number>()
    if (word.latin) for (const id of this.#byKey.get(word.key) ?? []) likely.add(id)
    for (const id of this.#bySound.get(word.sound) ?? []) likely.add(id)
    if (word.latin) for (const id of this.#bySkeleton.get(word.skeleton) ?? []) likely.add(id)
    if (word.latin) {
      gather(this.#latin, word.key.length, word.once, word.twice, latinLimit, likely)
      gather(this.#texts, word.text.length, word.textOnce, word.textTwice, latinLimit, likely)
    } else gather(this.#latinSounds, word.sound.length, word.soundOnce, word.soundTwice, soundLimit, likely)
    gather(this.#kana, word.sound.length, word.soundOnce, word.soundTwice, soundLimit, likely)
    return this.#measured(word, likely)
  }

  #measured(word: NameUnit, ids: Iterable<number>): WordMatches {
    const units: number[] = []
    const similarities: number[] = []
    for (const id of ids) {
      const value = similarity(word, this.units[id]!)
      if (value === 0) continue
      units.push(id)
      similarities.push(value)
    }
    return units.length === 0
      ? NOTHING
      : { units: Int32Array.from(units), similarities: Float64Array.from(similarities) }
  }
}

function put(map: Map<string, number[]>, key: string, id: number): void {
  const known = map.get(key)
  if (known) known.push(id)
  else map.set(key, [id])
}

function shelf(
  units: NameUnit[],
  ids: number[],
  keyOf: KeyOf,
  once: (unit: NameUnit) => number,
  twice: (unit: NameUnit) => number,
): Shelf {
  const sorted = Int32Array.from(ids).sort((a, b) => keyOf(units[a]!).length - keyOf(units[b]!).length)
  const longest = sorted.length === 0 ? 0 : keyOf(units[sorted[sorted.length - 1]!]!).length
  const starts = new Int32Array(longest + 2)
  for (const id of sorted) starts[keyOf(units[id]!).length + 1]! += 1
  for (let length = 1; length < starts.length; length += 1) starts[length]! += starts[length - 1]!
  return {
    ids: sorted,
    once: sorted.map(id => once(units[id]!)),
    twice: sorted.map(id => twice(units[id]!)),
    starts,
  }
}

/** Adds the words whose signature allows the distance forgiven at their length. */
function gather(
  from: Shelf,
  length: number,
  once: number,
  twice: number,
  limitAt: (length: number) => number,
  into: Set<number>,
): void {
  const furthest = limitAt(length + 3)
  for (
    let other = Math.max(1, length - furthest);
    other <= length + furthest && other + 1 < from.starts.length;
    other += 1
  ) {
    const limit = limitAt(Math.max(length, other))
    if (limit === 0 || Math.abs(length - other) > limit) continue
    const most = 2 * limit
    const end = from.starts[other + 1]!
    for (let at = from.starts[other]!; at < end; at += 1) {
      const differing = bitCount(from.once[at]! ^ once)
      if (differing <= most && differing + bitCount(from.twice[at]! ^ twice) <= most) into.add(from.ids[at]!)
    }
  }
}
