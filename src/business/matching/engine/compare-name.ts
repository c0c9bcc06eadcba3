/**
 * How two company names agree. Numbers, trade words (工業/建設) and sibling marks contradict; a slip of one character does
 * not. Source: matching.md §6.2, §6.3, §6.8.
 */
import { type FeatureStore, type TextColumn, textOf, textStart } from './feature-store.ts'
import { SCRIPT_LATIN, SOLE_PROPRIETOR } from './features.ts'
import { level } from './levels.ts'
import { isSiblingMark, regionsDiffer } from './name-words.ts'
import { boundedDistance } from './text-distance.ts'

const UNKNOWN = level('name', 'unknown')
const SAME = level('name', 'same')
const SAME_VARIANT = level('name', 'same_variant')
const SAME_READING_SIMILAR = level('name', 'same_reading_similar_kanji')
const SAME_READING_OTHER = level('name', 'same_reading_other_kanji')
const ACROSS = level('name', 'same_across_scripts')
const OTHER_READING = level('name', 'same_kanji_other_reading')
const SIMILAR = level('name', 'similar')
const SIMILAR_SHORT = level('name', 'similar_short')
const SIMILAR_BOTH = level('name', 'similar_both')
const SIMILAR_ACROSS = level('name', 'similar_across_scripts')
const CONTAINED = level('name', 'contained')
const DIFFERENT = level('name', 'different')
const SIBLING = level('name', 'sibling')
const INCOMPARABLE = level('name', 'incomparable')
const WITH_OWNER = level('name', 'same_with_owner')
const OWNER = level('name', 'owner_of_other')
const SAME_ENGLISH = level('name', 'same_english')

/** Findings which an equal English name outweighs. */
const WEAKER_THAN_ENGLISH = new Set([
  DIFFERENT,
  INCOMPARABLE,
  SIMILAR_ACROSS,
  SIMILAR_SHORT,
  SIMILAR,
  CONTAINED,
])

/** The name level of rows i and j. */
export function compareNames(s: FeatureStore, i: number, j: number): number {
  if (s.core[i] === 0 || s.core[j] === 0) return UNKNOWN
  const typed = compareReadings(s, i, j)
  const readings = typed === EQUAL && kanaContradict(s, i, j) ? MISSING : typed
  if (s.core[i] === s.core[j]) return readings === FAR ? OTHER_READING : SAME
  if (s.folded[i] === s.folded[j]) return readings === FAR ? OTHER_READING : SAME_VARIANT
  if (isOwnersName(s, i, j) || isOwnersName(s, j, i)) return OWNER
  const found =
    s.script[i] === s.script[j] ? compareSameScript(s, i, j, readings) : compareAcross(s, i, j, readings)
  if (!WEAKER_THAN_ENGLISH.has(found)) return found
  return s.english[i] !== 0 && s.english[i] === s.english[j] ? SAME_ENGLISH : found
}

/** Row i is called like the person who represents row j, and neither is a company. */
function isOwnersName(s: FeatureStore, i: number, j: number): boolean {
  return s.folded[i] === s.repFolded[j] && isPersonal(s, i) && isPersonal(s, j)
}

function isPersonal(s: FeatureStore, row: number): boolean {
  return s.form[row] === 0 || s.form[row] === SOLE_PROPRIETOR
}

/** Kana in a name is its own reading: where it differs, an equal reading was typed without that part (…アルファ, …ベータ). */
function kanaContradict(s: FeatureStore, i: number, j: number): boolean {
  if (s.core[i] === s.core[j] || s.script[i] === SCRIPT_LATIN || s.script[j] === SCRIPT_LATIN) return false
  const { left, right } = residues(s, i, j)
  if (!PLAIN.test(left) || !PLAIN.test(right) || left === right) return false
  return !/[ア-ヴ]/.test(left) || !/[ア-ヴ]/.test(right) || ![...left].some(kana => right.includes(kana))
}

const PLAIN = /^[ァ-ヴ\dA-Z号]{2,}$/

const MISSING = 0
const EQUAL = 1
const NEAR = 2
const FAR = 3

/** Readings: equal, near (one slip per six characters), far, or one of them missing. */
function compareReadings(s: FeatureStore, i: number, j: number): number {
  if (s.reading[i] === 0 || s.reading[j] === 0) return MISSING
  if (s.reading[i] === s.reading[j]) return EQUAL
  const shorter = Math.min(lengthOf(s.readingText, i), lengthOf(s.readingText, j))
  const limit = shorter < 3 ? 0 : 1 + Math.floor(shorter / 8)
  if (limit === 0 || distance(s.readingText, i, j, limit) > limit) return FAR
  return markRead(textOf(s.readingText, i)) === markRead(textOf(s.readingText, j)) ? NEAR : FAR
}

const MARKS_READ =
  /^(?:ダイ(?:イチ|ニ|サン|ヨン|ゴ|ロク|ナナ|シチ|ハチ|キユウ|ジユウ)|ヒガシ|ニシ|ミナミ|キタ)|(?:イチ|ニ|サン|ヨン|ゴ|ロク|ナナ|ハチ|キユウ|ジユウ)ゴウ$|(?:ヒガシ|ニシ|キタ|ナカ)ニホン$/

/** 第一, 東, 二号 … as it is read, '' when there is none: such marks are never slips of each other. */
function markRead(reading: string): string {
  return MARKS_READ.exec(reading)?.[0] ?? ''
}

function compareSameScript(s: FeatureStore, i: number, j: number, readings: number): number {
  if (ordinalsDiffer(s, i, j)) return SIBLING
  const words = compareTradeWords(s, i, j)
  if (words === SIBLING && readings !== EQUAL) return SIBLING
  if (!sharesGrams(s, i, j)) return readings === EQUAL ? SAME_READING_OTHER : DIFFERENT
  const nearness = compareSpelling(s, i, j, readings)
  if (readings === EQUAL) {
    if (nearness === SIBLING) return SIBLING
    return nearness !== DIFFERENT || words === SIBLING ? SAME_READING_SIMILAR : SAME_READING_OTHER
  }
  if (nearness === SIBLING) return SIBLING
  if (nearness === DIFFERENT) return compareContained(s, i, j)
  if (readings === FAR || isOtherWord(s, i, j)) return DIFFERENT
  if (tradesContradict(s, i, j)) return SIBLING
  if (nearness === SIMILAR_SHORT) {
    return readings === NEAR || !sameLength(s, i, j) || sameLetters(s, i, j) ? SIMILAR_SHORT : DIFFERENT
  }
  return readings === NEAR ? SIMILAR_BOTH : SIMILAR
}

/** By characters alone: similar, similar in a short stem, siblings by their marks, or different. */
function compareSpelling(s: FeatureStore, i: number, j: number, readings: number): number {
  const nearness = isLengthened(s.coreText, i, j) ? DIFFERENT : compareLetters(s, i, j)
  const mayBeSiblings = nearness !== DIFFERENT || readings === EQUAL
  return mayBeSiblings && marksDiffer(s, i, j, readings) ? SIBLING : nearness
}

function compareLetters(s: FeatureStore, i: number, j: number): number {
  const sharedWord = s.word[i] !== 0 && s.word[i] === s.word[j] ? s.wordLength[i]! : 0
  const whole = Math.min(lengthOf(s.coreText, i), lengthOf(s.coreText, j))
  const shorter = whole - sharedWord
  const limit = shorter < 3 ? 0 : shorter < 6 ? 1 : shorter < 12 ? 2 : 3
  if (limit > 0 && distance(s.coreText, i, j, limit) <= limit) return SIMILAR
  return sharedWord > 0 && whole >= 3 && distance(s.coreText, i, j, 1) <= 1 ? SIMILAR_SHORT : DIFFERENT
}

/** Both names end in known trade words after the same stem: the words must mean the same company kind. */
function compareTradeWords(s: FeatureStore, i: number, j: number): number {
  if (s.stem[i] === 0 || s.stem[j] === 0 || s.stem[i] !== s.stem[j]) return UNKNOWN
  return s.word[i] === s.word[j] ? SAME : SIBLING
}

/** Both end in known trade words of another meaning: however alike the rest, 興業 is no slip of 鳶工業. */
function tradesContradict(s: FeatureStore, i: number, j: number): boolean {
  return s.word[i] !== 0 && s.word[j] !== 0 && s.word[i] !== s.word[j] && !meaningsMeet(s, i, j)
}

function compareContained(s: FeatureStore, i: number, j: number): number {
  if (!startsOrEndsAlike(s.coreText, i, j)) return DIFFERENT
  const a = textOf(s.coreText, i)
  const b = textOf(s.coreText, j)
  const [long, short] = a.length >= b.length ? [a, b] : [b, a]
  if (short.length < 2) return DIFFERENT
  const rest = long.startsWith(short) ? long.slice(short.length) : long.slice(0, -short.length)
  if (
    isPersonal(s, i) &&
    isPersonal(s, j) &&
    (rest === textOf(s.repText, i) || rest === textOf(s.repText, j))
  )
    return WITH_OWNER
  return isSiblingMark(rest) ? SIBLING : CONTAINED
}

/** The shorter text is the start or the end of the longer one. */
function startsOrEndsAlike(text: TextColumn, i: number, j: number): boolean {
  const [long, short] = lengthOf(text, i) >= lengthOf(text, j) ? [i, j] : [j, i]
  const length = lengthOf(text, short)
  const from = textStart(text, short)
  const head = textStart(text, long)
  return (
    sameUnits(text.units, from, head, length) ||
    sameUnits(text.units, from, text.ends[long]! - length, length)
  )
}

function sameUnits(units: Uint16Array, a: number, b: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (units[a + k] !== units[b + k]) return false
  return true
}

/** One name is the other with two or more characters in front or behind: a longer name, not a slip. */
function isLengthened(text: TextColumn, i: number, j: number): boolean {
  const difference = Math.abs(lengthOf(text, i) - lengthOf(text, j))
  return difference >= 2 && startsOrEndsAlike(text, i, j)
}

/** What remains of both names when common start and end are taken away. */
function residues(
  s: FeatureStore,
  i: number,
  j: number,
): { left: string; right: string; atEdge: boolean; tail: number } {
  const a = textOf(s.coreText, i)
  const b = textOf(s.coreText, j)
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from++
  let to = 0
  while (to < a.length - from && to < b.length - from && a.at(-1 - to) === b.at(-1 - to)) to++
  return {
    left: a.slice(from, a.length - to),
    right: b.slice(from, b.length - to),
    atEdge: from === 0 || to === 0,
    tail: to,
  }
}

/** Two marks (東日本 and 関西, 一 and 二), or a mark against nothing at an edge, tell siblings apart. */
function marksDiffer(s: FeatureStore, i: number, j: number, readings: number): boolean {
  const { left, right, atEdge, tail } = residues(s, i, j)
  if (
    left.length === right.length &&
    left.length > 1 &&
    [...left].some((char, at) => contrast(char, right[at]!))
  )
    return true
  if (
    atEdge &&
    left !== '' &&
    right !== '' &&
    FIRST_MARKS.includes(left[0]!) &&
    FIRST_MARKS.includes(right[0]!)
  )
    return left[0] !== right[0] && startsDiffer(s, i, j)
  const marked = (text: string) => isSiblingMark(text) || /^[一二三四五六七八九十\dA-Z]$/.test(text)
  if (left !== '' && right !== '') return marked(left) && marked(right)
  // With equal readings the single mark was left out by a slip: 新井, 井.
  // 渡辺北工業, 渡辺工業: before the trade word, too, a mark is no slip.
  const endsStem = s.word[i] !== 0 && s.word[i] === s.word[j] && tail === s.wordLength[i]
  return (atEdge || endsStem) && readings !== EQUAL && marked(left + right)
}

/** At the very start of a name these tell sisters apart whatever follows. */
const FIRST_MARKS = '東西南北新旧本'

function startsDiffer(s: FeatureStore, i: number, j: number): boolean {
  return s.coreText.units[textStart(s.coreText, i)] !== s.coreText.units[textStart(s.coreText, j)]
}

/** 東 against 西, 第一 against 第二, 1 against 2 at the same place, whatever slip stands beside it. */
function contrast(a: string, b: string): boolean {
  return a !== b && CONTRASTS.some(set => set.includes(a) && set.includes(b))
}

const CONTRASTS = ['東西南北', '上下中', '新旧', '一二三四五六七八九十', '0123456789']

/** Two or more characters in a row, all of them different, are another word and no slip. */
function isOtherWord(s: FeatureStore, i: number, j: number): boolean {
  const { left, right } = residues(s, i, j)
  if (left.length < 2 || right.length < 2) return false
  if (![...left].some(char => right.includes(char))) return true
  // 設備 and 架設 share a character, but no place.
  return (
    left.length === right.length && [...left].every((char, at) => char !== right[at]) && !sameLetters(s, i, j)
  )
}

/** The same characters in another order: two neighbours were swapped. */
function sameLetters(s: FeatureStore, i: number, j: number): boolean {
  const { left, right } = residues(s, i, j)
  return [...left].sort().join('') === [...right].sort().join('')
}

function sameLength(s: FeatureStore, i: number, j: number): boolean {
  return lengthOf(s.coreText, i) === lengthOf(s.coreText, j)
}

/** Kana against kanji by reading, Latin against both by romaji. */
function compareAcross(s: FeatureStore, i: number, j: number, readings: number): number {
  if (readings === EQUAL) return ACROSS
  // エービーシー, エービーシーケア: a longer name, not a slip.
  if (readings === NEAR) return isLengthened(s.readingText, i, j) ? CONTAINED : SIMILAR_ACROSS
  // A kana name may well share characters with a name that holds kanji: ひまわり精機, ひまわりホールディングス. Where it does
  // not and the reading is missing, it is nearly always another company, so "incomparable" is kept for Latin names.
  if (s.script[i] !== SCRIPT_LATIN && s.script[j] !== SCRIPT_LATIN)
    return compareSameScript(s, i, j, readings)
  if (s.english[i] !== 0 && s.english[i] === s.english[j] && s.script[i] !== s.script[j]) return ACROSS
  if (s.romaji[i] === 0 || s.romaji[j] === 0) {
    // Without a reading only the trade words and regions can be compared: Yamada Foods is not 山田運輸, nor 山田.
    const [latin, written] = s.script[i] === SCRIPT_LATIN ? [i, j] : [j, i]
    if (regionsDiffer(textOf(s.coreText, written), textOf(s.romajiText, latin))) return DIFFERENT
    const noTrade = s.meaning[i] === 0 && s.meaning[j] === 0
    return noTrade || (s.meaning[i] !== 0 && s.meaning[j] !== 0 && meaningsMeet(s, i, j))
      ? INCOMPARABLE
      : DIFFERENT
  }
  if (s.romaji[i] === s.romaji[j]) return lengthOf(s.romajiText, i) >= 4 ? ACROSS : SIMILAR_ACROSS
  return compareRomaji(s, i, j)
}

function compareRomaji(s: FeatureStore, i: number, j: number): number {
  if (s.romajiStem[i] !== 0 && s.romajiStem[i] === s.romajiStem[j]) {
    return meaningsMeet(s, i, j) ? ACROSS : SIBLING
  }
  if (s.stemSounds[i] !== 0 && s.stemSounds[i] === s.stemSounds[j] && meaningsMeet(s, i, j))
    return SIMILAR_ACROSS
  const shorter = Math.min(lengthOf(s.romajiText, i), lengthOf(s.romajiText, j))
  const limit = shorter < 5 ? 0 : Math.min(3, Math.floor(shorter / 5))
  if (limit > 0 && distance(s.romajiText, i, j, limit) <= limit) return SIMILAR_ACROSS
  if (s.consonants[i] !== 0 && s.consonants[i] === s.consonants[j]) return SIMILAR_ACROSS
  return shorter >= 4 && startsOrEndsAlike(s.romajiText, i, j) ? CONTAINED : DIFFERENT
}

function meaningsMeet(s: FeatureStore, i: number, j: number): boolean {
  const [a, a2, b, b2] = [s.meaning[i]!, s.meaning2[i]!, s.meaning[j]!, s.meaning2[j]!]
  return a === b || (a2 !== 0 && a2 === b) || (b2 !== 0 && b2 === a) || (a2 !== 0 && a2 === b2)
}

function ordinalsDiffer(s: FeatureStore, i: number, j: number): boolean {
  return s.ordinal[i] !== s.ordinal[j]
}

/** Cheap gate: no common character bigram means no small distance. */
function sharesGrams(s: FeatureStore, i: number, j: number): boolean {
  return (s.signatureLow[i]! & s.signatureLow[j]!) !== 0 || (s.signatureHigh[i]! & s.signatureHigh[j]!) !== 0
}

function distance(text: TextColumn, i: number, j: number, limit: number): number {
  return boundedDistance(
    text.units,
    textStart(text, i),
    text.ends[i]!,
    text.units,
    textStart(text, j),
    text.ends[j]!,
    limit,
  )
}

function lengthOf(text: TextColumn, row: number): number {
  return text.ends[row]! - textStart(text, row)
}
