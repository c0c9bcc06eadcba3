import { editDistance } from './edit-distance.ts'
import type { NameForm, NameUnit } from './name-form.ts'
import type { ScreeningPolicy } from './policy.ts'
import { hasDigit, similarity } from './word-similarity.ts'

/** Two words (or runs of words) taken to be the same. */
export interface WordPair {
  subject: NameUnit
  listed: NameUnit
  similarity: number
}

export interface NameScore {
  /** 0–1 before any adjustment. */
  value: number
  pairs: WordPair[]
  subjectLeft: NameUnit[]
  listedLeft: NameUnit[]
  /** Cost of a left word of either side, as a share of its weight. */
  subjectWordCost: number
  listWordCost: number
  /** The only telling word is short and not spelled alike: NIKKO and NICO, フジ and HUJI. */
  shortAndInexact: boolean
  /** Business words on both sides that do not agree: Mahan Air, Mahan Travel. */
  businessDiffers: boolean
  /** Numbers on both sides that do not agree. */
  numbersDiffer: boolean
}

/** An initial stands for a word that begins with it, and says as little as one letter says. */
const INITIAL_SIMILARITY = 0.8
const INITIAL_WEIGHT = 0.25

/**
 * Pairs the words of two names, best first, each word once and in any order, and weighs what was paired against what was left:
 * Σ(weight × similarity) ÷ (Σ weight of pairs + cost × weight of words left on either side). Null when nothing was paired.
 */
export function scoreNames(
  subject: NameForm,
  listed: NameForm,
  policy: ScreeningPolicy,
  known?: (a: NameUnit, b: NameUnit) => number,
): NameScore | null {
  if (sameButForBlanks(subject, listed))
    return scoreWhole(subject, listed, subject.whole === listed.whole ? 1 : SAME_BUT_FOR_BLANKS)
  if (subject.bare || listed.bare) return scoreBare(subject, listed)
  const pairs = pairWords(subject, listed, known ?? similarity)
  if (pairs.length === 0) return null
  let subjectWords = 0
  let listedWords = 0
  let agreed = 0
  let paired = 0
  for (const pair of pairs) {
    subjectWords |= pair.subject.words
    listedWords |= pair.listed.words
    const weight = pairWeight(pair)
    agreed += weight * pair.similarity
    paired += weight
  }
  const subjectLeft = leftOver(subject, subjectWords)
  const listedLeft = leftOver(listed, listedWords)
  const thin = Math.max(0, 1 - agreed / policy.enoughEvidence)
  const subjectWordCost = policy.subjectWordCost + policy.thinSubjectCost * thin
  const listWordCost = policy.listWordCost + policy.thinListCost * thin
  const whole = paired + subjectWordCost * weightOf(subjectLeft) + listWordCost * weightOf(listedLeft)
  return {
    value: agreed / whole,
    pairs,
    subjectLeft,
    listedLeft,
    subjectWordCost,
    listWordCost,
    shortAndInexact: isShortAndInexact(pairs),
    businessDiffers: subjectLeft.some(isBusiness) && listedLeft.some(isBusiness),
    numbersDiffer:
      subjectLeft.some(unit => hasDigit(unit.text)) && listedLeft.some(unit => hasDigit(unit.text)),
  }
}

/** Weight of a pair: that of the listed word, or of an initial if either is one. */
export function pairWeight(pair: WordPair): number {
  return pair.similarity === INITIAL_SIMILARITY && (isInitial(pair.subject) || isInitial(pair.listed))
    ? INITIAL_WEIGHT
    : pair.listed.weight
}

const SAME_BUT_FOR_BLANKS = 0.97
const SHORTEST_WITHOUT_BLANKS = 5

/** The same letters cut into words elsewhere: BELAZ HOLDING, BELAZHOLDING. */
export function sameButForBlanks(a: NameForm, b: NameForm): boolean {
  return a.kana === b.kana && a.spaceless === b.spaceless && a.spaceless.length >= SHORTEST_WITHOUT_BLANKS
}

/** Names of one short word collide by chance; only the very same spelling counts fully. */
const SHORT_WORD = 5

function isShortAndInexact(pairs: WordPair[]): boolean {
  const telling = pairs.filter(pair => pair.listed.role === 'name')
  const only = telling[0]
  if (telling.length !== 1 || !only || only.similarity === 1) return false
  return Math.max(spokenLength(only.subject), spokenLength(only.listed)) <= SHORT_WORD
}

function spokenLength(unit: NameUnit): number {
  return unit.latin ? unit.text.length : unit.sound.length
}

/** Letters from which a bare name may hold one slip, and two. */
const LONG_BARE = 12
const VERY_LONG_BARE = 20

/** Slips forgiven in a listed name without any telling word, by its length: INDUSTRIAL SOLUTIONNS. */
export function bareLimit(length: number): number {
  return length < LONG_BARE ? 0 : length < VERY_LONG_BARE ? 1 : 2
}

function scoreBare(subject: NameForm, listed: NameForm): NameScore | null {
  if (subject.kana !== listed.kana) return null
  if (subject.whole === listed.whole) return scoreWhole(subject, listed, 1)
  const length = Math.max(subject.spaceless.length, listed.spaceless.length)
  const limit = listed.bare ? bareLimit(length) : 0
  if (limit === 0) return null
  const distance = editDistance(subject.spaceless, listed.spaceless, limit)
  return distance > limit ? null : scoreWhole(subject, listed, 1 - (1.5 * distance) / length)
}

/** Both names as one pair. */
function scoreWhole(subject: NameForm, listed: NameForm, alike: number): NameScore {
  const pair = { subject: wholeUnit(subject), listed: wholeUnit(listed), similarity: alike }
  return {
    value: alike,
    pairs: [pair],
    subjectLeft: [],
    listedLeft: [],
    subjectWordCost: 0,
    listWordCost: 0,
    shortAndInexact: false,
    businessDiffers: false,
    numbersDiffer: false,
  }
}

function wholeUnit(form: NameForm): NameUnit {
  return {
    ...form.units[0]!,
    text: form.units
      .slice(0, form.wordCount)
      .map(unit => unit.text)
      .join(' '),
    weight: form.totalWeight,
  }
}

/** Words that may be paired at all: one word with one or several, or several written as one with exactly that one. */
export function mayPair(subject: NameUnit, listed: NameUnit): boolean {
  if (subject.single) return true
  if (!listed.single) return false
  return subject.latin && listed.latin ? subject.key === listed.key : subject.sound === listed.sound
}

function pairWords(
  subject: NameForm,
  listed: NameForm,
  alike: (a: NameUnit, b: NameUnit) => number,
): WordPair[] {
  const found: WordPair[] = []
  for (const a of subject.units) {
    for (const b of listed.units) {
      if (!mayPair(a, b)) continue
      const value = isInitial(a) || isInitial(b) ? initialSimilarity(a, b) : alike(a, b)
      if (value > 0) found.push({ subject: a, listed: b, similarity: value })
    }
  }
  found.sort(byCertainty)
  let subjectUsed = 0
  let listedUsed = 0
  const chosen: WordPair[] = []
  for (const pair of found) {
    if (pair.subject.words & subjectUsed || pair.listed.words & listedUsed) continue
    subjectUsed |= pair.subject.words
    listedUsed |= pair.listed.words
    chosen.push(pair)
  }
  return chosen
}

/** From here on two words are the same word spelled twice; such pairs are taken before any lookalike. */
const SAME_WORD = 0.93

/** Equal words first, then by what the pair explains; the rest of the order only makes every run the same. */
function byCertainty(x: WordPair, y: WordPair): number {
  const certain = Number(y.similarity >= SAME_WORD) - Number(x.similarity >= SAME_WORD)
  const explained = pairWeight(y) * y.similarity - pairWeight(x) * x.similarity
  return certain || explained || x.subject.words - y.subject.words || x.listed.words - y.listed.words
}

/** A single Latin letter that is a name, not a particle. */
export function isInitial(unit: NameUnit): boolean {
  return unit.latin && unit.single && unit.role === 'name' && unit.text.length === 1
}

function initialSimilarity(a: NameUnit, b: NameUnit): number {
  if (!a.single || !b.single || !a.latin || !b.latin) return 0
  if (a.text === b.text) return 1
  return a.text[0] === b.text[0] ? INITIAL_SIMILARITY : 0
}

function leftOver(form: NameForm, used: number): NameUnit[] {
  return form.units.slice(0, form.wordCount).filter(unit => (unit.words & used) === 0)
}

function weightOf(units: NameUnit[]): number {
  return units.reduce((sum, unit) => sum + unit.weight, 0)
}

function isBusiness(unit: NameUnit): boolean {
  return unit.role === 'business'
}
