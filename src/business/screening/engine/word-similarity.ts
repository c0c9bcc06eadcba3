import { editDistance } from './edit-distance.ts'
import type { NameUnit } from './name-form.ts'

/** Similarities below this are chance; two such words are different words. */
export const LEAST_SIMILARITY = 0.72

const SAME_SPELLING = 0.97
const SAME_SOUND = 0.93
/** Kana against Latin letters: right as often, but several foreign words share one kana spelling. */
const ACROSS_SCRIPTS = 0.96

/** Edits forgiven in two Latin words, by the length of the longer key. Words up to four letters must agree in all but vowels. */
export function latinLimit(length: number): number {
  return length <= 4 ? 0 : length <= 7 ? 1 : length <= 15 ? 2 : 3
}

/** Edits forgiven in two sound keys, which are longer than the words they stand for. */
export function soundLimit(length: number): number {
  return length <= 4 ? 0 : length <= 7 ? 1 : length <= 15 ? 2 : 3
}

/**
 * How alike two words are, 0 (different) to 1 (equal). Runs of words written as one may be lookalikes only among people or among
 * companies; across the two they must be equal. Pure: the same two words give the same value in any run.
 */
export function similarity(a: NameUnit, b: NameUnit): number {
  const latin = a.latin && b.latin
  if (a.exactOnly || b.exactOnly || ((!a.single || !b.single) && a.ofPerson !== b.ofPerson))
    return latin ? equalLatin(a, b) : equalSound(a, b)
  return latin ? latinSimilarity(a, b) : soundSimilarity(a, b)
}

function latinSimilarity(a: NameUnit, b: NameUnit): number {
  const equal = equalLatin(a, b)
  if (
    equal >= SAME_SPELLING ||
    hasDigit(a.text) ||
    hasDigit(b.text) ||
    a.text.length <= 2 ||
    b.text.length <= 2
  )
    return equal
  return Math.max(equal, spellingSimilarity(a, b), slipSimilarity(a.text, b.text))
}

/** Equal as written, by spelling key or by sound; words of one or two letters only as written. */
function equalLatin(a: NameUnit, b: NameUnit): number {
  if (a.text === b.text) return 1
  if (hasDigit(a.text) || hasDigit(b.text) || a.text.length <= 2 || b.text.length <= 2) return 0
  if (a.key === b.key) return SAME_SPELLING
  return a.sound === b.sound && a.sound.length >= 4 ? SAME_SOUND : 0
}

function spellingSimilarity(a: NameUnit, b: NameUnit): number {
  const length = Math.max(a.key.length, b.key.length)
  const vowelsOnly = a.skeleton === b.skeleton && a.skeleton.length >= 2
  const limit = latinLimit(length) + (vowelsOnly && length >= 4 ? 1 : 0)
  if (limit === 0) return 0
  const distance = editDistance(a.key, b.key, limit)
  if (distance > limit) return 0
  const first = a.key[0] === b.key[0] ? 0 : 0.5
  const value = 1 - (distance * (vowelsOnly ? 0.7 : 1) + first) / length
  return value >= LEAST_SIMILARITY ? value : 0
}

/** Slips of the pen, counted in the word as written. */
function slipSimilarity(a: string, b: string): number {
  const length = Math.max(a.length, b.length)
  const limit = latinLimit(length)
  if (limit === 0) return 0
  const distance = editDistance(a, b, limit)
  if (distance > limit) return 0
  const value = 1 - (distance + (a[0] === b[0] ? 0 : 0.5)) / length
  return value >= LEAST_SIMILARITY ? value : 0
}

function soundSimilarity(a: NameUnit, b: NameUnit): number {
  const equal = equalSound(a, b)
  if (equal > 0 || hasDigit(a.text) || hasDigit(b.text)) return equal
  const length = Math.max(a.sound.length, b.sound.length)
  const limit = soundLimit(length)
  if (limit === 0) return 0
  const distance = editDistance(a.sound, b.sound, limit)
  if (distance > limit) return 0
  const value = (1 - distance / length) * (a.latin === b.latin ? 1 : ACROSS_SCRIPTS)
  return value >= LEAST_SIMILARITY ? value : 0
}

function equalSound(a: NameUnit, b: NameUnit): number {
  if (a.sound !== b.sound || a.sound.length < 2) return 0
  return a.latin === b.latin ? 1 : ACROSS_SCRIPTS
}

export function hasDigit(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) return true
  }
  return false
}
