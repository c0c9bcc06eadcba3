import { bitCount, signatureOf } from './edit-distance.ts'
import type { NameUnit } from './name-form.ts'
import { latinLimit, similarity, soundLimit } from './word-similarity.ts'

/** Words of the list that resemble a word of the subject. */
export interface WordMatches {
  units: Int32Array
  similarities: Float64Array
}

const NOTHING: WordMatches = { units: new Int32Array(0), similarities: new Float64Array(0) }

/** Answers are kept for this many words; surnames come again and again. */
const KEPT_ANSWERS = 50_000

/** Words of one kind ordered by the length of a key, with signatures in typed arrays: the gate before any distance is computed. */
interface Shelf {
  ids: Int32Array
  once: Int32Array
  twice: Int32Array
  pairs: Int32Array
  otherPairs: Int32Array
  /** Where the words of each length start. */
  starts: Int32Array
}

/** Latin words by spelling key, as written and by sound; kana by sound. */
interface Shelves {
  keys: Shelf
  texts: Shelf
  sounds: Shelf
  kana: Shelf
}

type KeyOf = (unit: NameUnit) => string

/**
 * All distinct words (and runs of words) of the loaded lists. `lookUp` finds every one whose similarity to a word is above zero,
 * without looking at most of them: equal keys by hash, the rest through signatures that provably lose nothing (see `mayBeWithin`).
 */
export class Vocabulary {
  readonly units: NameUnit[]
  readonly #exhaustive: boolean
  readonly #single: Shelves
  readonly #ofPeople: Shelves
  readonly #ofCompanies: Shelves
  readonly #byKey = new Map<string, number[]>()
  readonly #bySound = new Map<string, number[]>()
  readonly #bySkeleton = new Map<string, number[]>()
  readonly #seen: Int32Array
  #look = 0
  #answers = new Map<string, WordMatches>()

  constructor(units: NameUnit[], options: { exhaustive: boolean }) {
    this.units = units
    this.#exhaustive = options.exhaustive
    for (const [id, unit] of units.entries()) {
      if (unit.latin) put(this.#byKey, unit.key, id)
      put(this.#bySound, unit.sound, id)
      if (unit.skeleton.length >= 2) put(this.#bySkeleton, unit.skeleton, id)
    }
    this.#seen = new Int32Array(units.length)
    const loose = (unit: NameUnit) => !unit.exactOnly
    this.#single = shelvesOf(units, unit => loose(unit) && unit.single)
    this.#ofPeople = shelvesOf(units, unit => loose(unit) && !unit.single && unit.ofPerson)
    this.#ofCompanies = shelvesOf(units, unit => loose(unit) && !unit.single && !unit.ofPerson)
  }

  /** Words of the list alike to a single word of a subject. */
  lookUp(word: NameUnit): WordMatches {
    const name = `${word.latin ? 'l' : 'k'}${word.ofPerson ? 'p' : 'c'}${word.exactOnly ? '=' : ''}${word.text}`
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
    return this.#measured(word, [...this.units.keys()])
  }

  #compareLikely(word: NameUnit): WordMatches {
    const likely: number[] = []
    this.#look += 1
    this.#add(this.#bySound.get(word.sound), likely)
    if (word.latin) {
      this.#add(this.#byKey.get(word.key), likely)
      this.#add(this.#bySkeleton.get(word.skeleton), likely)
    }
    if (word.exactOnly) return this.#measured(word, likely)
    for (const shelves of [this.#single, word.ofPerson ? this.#ofPeople : this.#ofCompanies]) {
      if (word.latin) {
        this.#gather(shelves.keys, word.key, latinLimit, likely)
        this.#gather(shelves.texts, word.text, latinLimit, likely)
      } else this.#gather(shelves.sounds, word.sound, soundLimit, likely)
      this.#gather(shelves.kana, word.sound, soundLimit, likely)
    }
    return this.#measured(word, likely)
  }

  #add(ids: number[] | undefined, into: number[]): void {
    for (const id of ids ?? []) this.#addOne(id, into)
  }

  #addOne(id: number, into: number[]): void {
    if (this.#seen[id] === this.#look) return
    this.#seen[id] = this.#look
    into.push(id)
  }

  /** Adds the words whose signature allows the distance forgiven at their length (`mayBeWithin`, written out for speed). */
  #gather(from: Shelf, key: string, limitAt: (length: number) => number, into: number[]): void {
    const { once, twice, pairs, otherPairs } = signatureOf(key)
    const length = key.length
    const furthest = limitAt(length + 3)
    for (
      let other = Math.max(1, length - furthest);
      other <= length + furthest && other + 1 < from.starts.length;
      other += 1
    ) {
      const limit = limitAt(Math.max(length, other))
      if (limit === 0 || Math.abs(length - other) > limit) continue
      const end = from.starts[other + 1]!
      for (let at = from.starts[other]!; at < end; at += 1) {
        const letters = bitCount(from.once[at]! ^ once)
        if (letters > 2 * limit || letters + bitCount(from.twice[at]! ^ twice) > 2 * limit) continue
        if (bitCount(from.pairs[at]! ^ pairs) + bitCount(from.otherPairs[at]! ^ otherPairs) > 6 * limit)
          continue
        this.#addOne(from.ids[at]!, into)
      }
    }
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

function shelvesOf(units: NameUnit[], belongs: (unit: NameUnit) => boolean): Shelves {
  const latin: number[] = []
  const kana: number[] = []
  for (const [id, unit] of units.entries()) if (belongs(unit)) (unit.latin ? latin : kana).push(id)
  return {
    keys: shelf(units, latin, unit => unit.key),
    texts: shelf(units, latin, unit => unit.text),
    sounds: shelf(units, latin, unit => unit.sound),
    kana: shelf(units, kana, unit => unit.sound),
  }
}

function shelf(units: NameUnit[], ids: number[], keyOf: KeyOf): Shelf {
  const sorted = Int32Array.from(ids).sort((a, b) => keyOf(units[a]!).length - keyOf(units[b]!).length)
  const longest = sorted.length === 0 ? 0 : keyOf(units[sorted[sorted.length - 1]!]!).length
  const starts = new Int32Array(longest + 2)
  const empty = () => new Int32Array(sorted.length)
  const made: Shelf = {
    ids: sorted,
    once: empty(),
    twice: empty(),
    pairs: empty(),
    otherPairs: empty(),
    starts,
  }
  for (const [at, id] of sorted.entries()) {
    const key = keyOf(units[id]!)
    const signature = signatureOf(key)
    made.once[at] = signature.once
    made.twice[at] = signature.twice
    made.pairs[at] = signature.pairs
    made.otherPairs[at] = signature.otherPairs
    starts[key.length + 1]! += 1
  }
  for (let length = 1; length < starts.length; length += 1) starts[length]! += starts[length - 1]!
  return made
}
