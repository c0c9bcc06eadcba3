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
  /** Cost of a left word of the list, as a share of its weight. */
  listWordCost: number
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
  const listWordCost = policy.listWordCost + policy.thinEvidenceCost * thin
  const whole = paired + policy.subjectWordCost * weightOf(subjectLeft) + listWordCost * weightOf(listedLeft)
  return {
    value: agreed / whole,
    pairs,
    subjectLeft,
    listedLeft,
    listWordCost,
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

function scoreBare(subject: NameForm, listed: NameForm): NameScore | null {
  if (subject.whole !== listed.whole || subject.kana !== listed.kana) return null
  const pairs = subject.units
    .slice(0, subject.wordCount)
    .map(unit => ({ subject: unit, listed: unit, similarity: 1 }))
  return {
    value: 1,
    pairs,
    subjectLeft: [],
    listedLeft: [],
    listWordCost: 0,
    businessDiffers: false,
    numbersDiffer: false,
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
  found.sort(
    (x, y) =>
      pairWeight(y) * y.similarity - pairWeight(x) * x.similarity ||
      x.subject.words - y.subject.words ||
      x.listed.words - y.listed.words,
  )
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
