import type { ListEntry } from '../lists/list-entry.ts'
import { factsOf, numberKey } from './adjustments.ts'
import { mayBeWithin, type Signature, signatureOf } from './edit-distance.ts'
import { kanjiKeys } from './kanji-score.ts'
import {
  compareNames,
  decideEntry,
  type ListedName,
  mostAdded,
  type NameEvidence,
  type PreparedSubject,
} from './match-entry.ts'
import { formOf, type NameForm, type NameUnit } from './name-form.ts'
import { bareLimit, isInitial } from './name-score.ts'
import { lowestReview, POLICY, type ScreeningPolicy } from './policy.ts'
import type { ScreeningMatch, ScreeningSubject } from './screening-result.ts'
import type { Vocabulary, WordMatches } from './vocabulary.ts'
import { postWords } from './word-postings.ts'

/** Words below this weight are in too many names to find candidates by; they still count in the score. */
const LEAST_FINDING_WEIGHT = 0.3
/** Room for rounding, so that the gate never drops what the score keeps. */
const SLACK = 0.002

/** Loaded lists prepared for searching. Holds some 4 kB for each listed name. */
export class ListIndex {
  readonly entries: readonly ListEntry[]
  readonly policy: ScreeningPolicy
  readonly names: ListedName[] = []
  readonly #entryOf: number[] = []
  readonly #exhaustive: boolean
  readonly #vocabulary: Vocabulary
  readonly #postingStarts: Int32Array
  readonly #postingNames: Int32Array
  readonly #postingWeights: Float64Array
  readonly #listWeights: Float64Array
  readonly #initials: Uint8Array
  readonly #bare = new Map<string, number[]>()
  readonly #spaceless = new Map<string, number[]>()
  readonly #longBare: { id: number; length: number; signature: Signature }[] = []
  readonly #kanji = new Map<string, number[]>()
  readonly #allKanji: number[] = []
  readonly #allBare: number[] = []
  readonly #numbers = new Map<string, number[]>()
  readonly #agreed: Float64Array
  readonly #ofWord: Float64Array
  readonly #subjectMatched: Float64Array
  readonly #query: Int32Array
  readonly #word: Int32Array
  #queryNumber = 0
  #wordNumber = 0

  constructor(entries: readonly ListEntry[], options: { policy: ScreeningPolicy; exhaustive: boolean }) {
    this.entries = entries
    this.policy = options.policy
    this.#exhaustive = options.exhaustive
    for (const [at, entry] of entries.entries()) {
      for (const name of entry.names) {
        const form = formOf(name.text, entry.kind === 'person')
        if (form === null) continue
        this.names.push({ text: name.text, quality: name.quality, form, asPerson: entry.kind === 'person' })
        this.#entryOf.push(at)
      }
    }
    const { vocabulary, starts, postingNames, weights } = postWords(this.names, options.exhaustive)
    this.#vocabulary = vocabulary
    this.#postingStarts = starts
    this.#postingNames = postingNames
    this.#postingWeights = weights
    const count = this.names.length
    this.#listWeights = Float64Array.from(this.names, name => name.form.totalWeight)
    this.#initials = Uint8Array.from(this.names, name => name.form.units.filter(isInitial).length)
    this.#agreed = new Float64Array(count)
    this.#ofWord = new Float64Array(count)
    this.#subjectMatched = new Float64Array(count)
    this.#query = new Int32Array(count)
    this.#word = new Int32Array(count)
    this.#fileSpecialNames()
    for (const [at, entry] of entries.entries()) {
      for (const key of new Set(entry.identifiers.map(known => numberKey(known.number))))
        file(this.#numbers, key, at)
    }
  }

  #fileSpecialNames(): void {
    for (const [id, name] of this.names.entries()) {
      if (name.form.script === 'kanji') {
        this.#allKanji.push(id)
        for (const key of kanjiKeys(name.form, false)) file(this.#kanji, key, id)
        continue
      }
      file(this.#spaceless, name.form.spaceless, id)
      if (!name.form.bare) continue
      this.#allBare.push(id)
      file(this.#bare, name.form.whole, id)
      const length = name.form.spaceless.length
      if (bareLimit(length + 2) > 0)
        this.#longBare.push({ id, length, signature: signatureOf(name.form.spaceless) })
    }
  }

  /** All entries that alert for a subject, best first. */
  search(subject: PreparedSubject): ScreeningMatch[] {
    const floor = lowestReview(this.policy) - mostAdded(this.policy, subject.facts.numbers.size > 0)
    const byEntry = new Map<number, NameEvidence[]>()
    for (const form of subject.forms) {
      for (const id of this.#candidates(form, subject.facts.kind === 'person', floor / 1000)) {
        const evidence = compareNames(form, this.names[id]!, subject.facts.kind === 'person', this.policy)
        if (evidence === null || evidence.points < floor) continue
        const entry = this.#entryOf[id]!
        const known = byEntry.get(entry)
        if (known) known.push(evidence)
        else byEntry.set(entry, [evidence])
      }
    }
    for (const number of subject.facts.numbers) {
      for (const entry of this.#numbers.get(number) ?? []) if (!byEntry.has(entry)) byEntry.set(entry, [])
    }
    const matches: ScreeningMatch[] = []
    for (const [entry, evidence] of byEntry) {
      const match = decideEntry(subject, this.entries[entry]!, evidence, this.policy)
      if (match) matches.push(match)
    }
    return matches.sort(
      (a, b) =>
        b.score - a.score ||
        compareText(a.listEntry.list, b.listEntry.list) ||
        compareText(a.listEntry.entryId, b.listEntry.entryId),
    )
  }

  #candidates(form: NameForm, isPerson: boolean, floor: number): Iterable<number> {
    if (this.#exhaustive) return this.#withAnyWordAlike(form)
    if (form.script === 'kanji') {
      const found = new Set<number>()
      for (const key of kanjiKeys(form, isPerson)) for (const id of this.#kanji.get(key) ?? []) found.add(id)
      return found
    }
    const likely = form.bare ? (this.#bare.get(form.whole) ?? []) : this.#candidatesByWords(form, floor)
    const same = this.#spaceless.get(form.spaceless) ?? []
    const alike = this.#bareLookalikes(form)
    return same.length + alike.length === 0 ? likely : new Set([...likely, ...same, ...alike])
  }

  /**
   * Without any gate: every name in kanji, every bare name, and every name with a word that is alike at all, words having been compared
   * one with every other. What is left shares no word with the subject and cannot score.
   */
  #withAnyWordAlike(form: NameForm): Iterable<number> {
    if (form.script === 'kanji') return this.#allKanji
    const found = new Set<number>([...this.#allBare, ...(this.#spaceless.get(form.spaceless) ?? [])])
    if (form.bare) return found
    for (const unit of form.units) {
      const { units } = unit.single ? this.#vocabulary.lookUp(unit) : this.#vocabulary.lookUpJoined(unit)
      for (const id of units) {
        for (let at = this.#postingStarts[id]!; at < this.#postingStarts[id + 1]!; at += 1)
          found.add(this.#postingNames[at]!)
      }
    }
    return found
  }

  /** Listed names without a telling word that differ by a slip; there are few enough to pass by their signatures. */
  #bareLookalikes(form: NameForm): number[] {
    const found: number[] = []
    const length = form.spaceless.length
    if (bareLimit(length + 2) === 0) return found
    const own = signatureOf(form.spaceless)
    for (const { id, length: other, signature } of this.#longBare) {
      const limit = bareLimit(Math.max(length, other))
      if (Math.abs(length - other) <= limit && mayBeWithin(signature, own, limit)) found.push(id)
    }
    return found
  }

  /**
   * Names whose words resemble the subject's enough that their score could reach the floor. The bound takes every word at its best
   * and forgets that a listed word may be used once only, so it is never below the true score.
   */
  #candidatesByWords(form: NameForm, floor: number): number[] {
    const touched: number[] = []
    this.#queryNumber += 1
    const free = freeWeight(form)
    for (const unit of form.units) {
      if (!findsNames(unit)) continue
      const matches = unit.single ? this.#vocabulary.lookUp(unit) : this.#vocabulary.lookUpJoined(unit)
      this.#count(unit, matches, touched)
    }
    const { subjectWordCost, listWordCost } = this.policy
    const candidates: number[] = []
    for (const id of touched) {
      const hasInitials = this.#initials[id]! > 0
      const agreed = this.#agreed[id]! + free + 0.25 * this.#initials[id]!
      const left = hasInitials ? 0 : Math.max(0, form.totalWeight - free - this.#subjectMatched[id]!)
      const listLeft = Math.max(0, this.#listWeights[id]! - agreed)
      const bound = agreed / (agreed + subjectWordCost * left + listWordCost * listLeft)
      if (bound + SLACK >= floor) candidates.push(id)
    }
    return candidates
  }

  /** Adds what one word of the subject agrees with: for each name the best of its words. */
  #count(unit: NameUnit, matches: WordMatches, touched: number[]): void {
    this.#wordNumber += 1
    for (let i = 0; i < matches.units.length; i += 1) {
      const id = matches.units[i]!
      const alike = matches.similarities[i]!
      for (let at = this.#postingStarts[id]!; at < this.#postingStarts[id + 1]!; at += 1) {
        const name = this.#postingNames[at]!
        const value = alike * this.#postingWeights[at]!
        if (this.#query[name] !== this.#queryNumber) {
          this.#query[name] = this.#queryNumber
          this.#agreed[name] = 0
          this.#subjectMatched[name] = 0
          touched.push(name)
        }
        if (this.#word[name] !== this.#wordNumber) {
          this.#word[name] = this.#wordNumber
          this.#ofWord[name] = 0
          this.#subjectMatched[name]! += unit.weight
        }
        if (value > this.#ofWord[name]!) {
          this.#agreed[name]! += value - this.#ofWord[name]!
          this.#ofWord[name] = value
        }
      }
    }
  }
}

/** Whether candidates are sought by this word; initials and particles are taken as agreeing without looking. */
function findsNames(unit: NameUnit): boolean {
  return unit.weight >= LEAST_FINDING_WEIGHT && !isInitial(unit)
}

function freeWeight(form: NameForm): number {
  return form.units
    .slice(0, form.wordCount)
    .reduce((sum, unit) => sum + (findsNames(unit) ? 0 : unit.weight), 0)
}

function file(map: Map<string, number[]>, key: string, id: number): void {
  const known = map.get(key)
  if (known) known.push(id)
  else map.set(key, [id])
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Prepares a subject: every name in every script it is known under, each form once. */
export function prepareSubject(subject: ScreeningSubject): PreparedSubject {
  const isPerson = subject.kind === 'person'
  const forms: NameForm[] = []
  for (const text of [subject.name, subject.nameKana, subject.nameEn, ...(subject.otherNames ?? [])]) {
    const form = text ? formOf(text, isPerson) : null
    if (form && !forms.some(known => known.text === form.text)) forms.push(form)
  }
  return { id: subject.id, facts: factsOf(subject), forms }
}

/** Prepares lists for searching. `exhaustive` compares every pair without any gate: for proofs and small deltas. */
export function buildIndex(
  lists: readonly { entries: readonly ListEntry[] }[],
  options: { policy?: ScreeningPolicy; exhaustive?: boolean } = {},
): ListIndex {
  const entries = lists.flatMap(list => list.entries)
  return new ListIndex(entries, { policy: options.policy ?? POLICY, exhaustive: options.exhaustive ?? false })
}

/** Screens one subject: every entry at or above the review threshold, best first. No match means clear. */
export function screenSubject(index: ListIndex, subject: ScreeningSubject): ScreeningMatch[] {
  return index.search(prepareSubject(subject))
}
