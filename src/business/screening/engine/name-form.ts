import { normalizeCompanyName, normalizePersonName, normalizeReading, toKatakana } from '../../names/index.ts'
import { scriptOf } from '../lists/list-entry.ts'
import { consonants, spellingKey, wordsOf } from './latin-words.ts'
import { isAcronym, soundOfKana, soundOfLatin, soundOfLetters } from './sound-key.ts'
import { settledWords, type WordRole, weighWord } from './word-weights.ts'

/** One word of a name, or several neighbouring words written as one, with the keys it is compared by. */
export interface NameUnit {
  text: string
  latin: boolean
  /** Spelling key of Latin words; the sound key for kana, so that kana compare with kana by it too. */
  key: string
  sound: string
  skeleton: string
  weight: number
  role: WordRole
  /** Bits of the words it covers; single words have one bit. */
  words: number
  single: boolean
  /** Made from the name of a person. */
  ofPerson: boolean
  /** Acronyms and runs with a business word or legal form must be equal: NPC is not NPA, SANWA HOLDINGS resembles DANA HOLDINGS by its trade only. */
  exactOnly: boolean
}

/** A name prepared for comparison. Kanji names are compared whole, others by words. */
export interface NameForm {
  text: string
  script: 'words' | 'kanji'
  units: NameUnit[]
  /** How many of the units are single words; they stand first. */
  wordCount: number
  totalWeight: number
  /** No word that names anybody, only legal forms, particles, business words and single letters: only the very same words may match it. */
  bare: boolean
  /** All words without blanks: equal ones are the same name however it is cut into words. */
  spaceless: string
  /** All words in order of the alphabet, for bare names. */
  whole: string
  kana: boolean
  core: string
  folded: string
}

const MOST_WORDS = 16

/** Prepares a name as written for comparison; null when nothing comparable is in it. */
export function formOf(text: string, isPerson: boolean): NameForm | null {
  const script = scriptOf(text)
  if (script === 'kanji') return kanjiForm(text, isPerson)
  const words = script === 'kana' ? kanaWords(text, isPerson) : latinWords(text, isPerson)
  return words.length === 0 ? null : wordForm(text, words, script === 'kana', isPerson)
}

function kanjiForm(text: string, isPerson: boolean): NameForm | null {
  const { core, foldedCore } = isPerson ? normalizePersonName(text) : normalizeCompanyName(text)
  if (core === '') return null
  const none = {
    units: [],
    wordCount: 0,
    totalWeight: 1,
    bare: false,
    spaceless: '',
    whole: core,
    kana: false,
  }
  return { text, script: 'kanji', ...none, core, folded: foldedCore }
}

function kanaWords(text: string, isPerson: boolean): string[] {
  const reading = isPerson ? toKatakana(text) : normalizeReading(text).reading
  return reading.split(/[^\p{L}\p{N}ー]+/u).filter(word => /[\p{L}\p{N}]/u.test(word))
}

/** "SURNAME, Given" is turned round so that neighbouring words are those which people write together. */
function latinWords(text: string, isPerson: boolean): string[] {
  const comma = isPerson ? text.indexOf(',') : -1
  const ordered = comma > 0 ? `${text.slice(comma + 1)} ${text.slice(0, comma)}` : text
  const words = wordsOf(ordered)
  return isPerson ? words : settledWords(words)
}

function wordForm(text: string, words: string[], kana: boolean, isPerson: boolean): NameForm {
  const all = words.slice(0, MOST_WORDS).map(word => unitOf(word, kana, isPerson))
  const bare = !all.some(unit => unit.role === 'name' && unit.text.length > 1)
  const onlyLegal = all.every(unit => unit.role === 'legal')
  let count = 0
  const numbered = all.map(unit =>
    unit.role === 'legal' && !onlyLegal ? { ...unit, weight: 0 } : { ...unit, words: 1 << count++ },
  )
  const kept = numbered.filter(unit => unit.words !== 0)
  const totalWeight = kept.reduce((sum, unit) => sum + unit.weight, 0)
  const units = [...kept, ...joinedUnits(numbered, isPerson)]
  const whole = kept
    .map(unit => unit.text)
    .sort()
    .join(' ')
  const spaceless = kept.map(unit => unit.text).join('')
  const prepared = { units, wordCount: count, totalWeight, bare, spaceless, whole, kana }
  return { text, script: 'words', ...prepared, core: '', folded: '' }
}

/** Words come again and again; their keys are made once. */
const knownWords = new Map<string, NameUnit>()
const MOST_KNOWN_WORDS = 100_000

function unitOf(word: string, kana: boolean, isPerson: boolean): NameUnit {
  const name = `${kana ? 'k' : 'l'}${isPerson ? 'p' : 'c'}${word}`
  const known = knownWords.get(name)
  if (known) return known
  if (knownWords.size >= MOST_KNOWN_WORDS) knownWords.clear()
  const made =
    kana && /\p{Script=Katakana}/u.test(word)
      ? kanaUnit(word, isPerson)
      : latinUnit(word.toLowerCase(), isPerson)
  knownWords.set(name, made)
  return made
}

function kanaUnit(word: string, isPerson: boolean): NameUnit {
  const sound = soundOfKana(word)
  return makeUnit(word, false, { key: sound, sound }, { weight: 1, role: 'name' }, isPerson)
}

function latinUnit(word: string, isPerson: boolean): NameUnit {
  const acronym = !isPerson && isAcronym(word)
  const sound = acronym ? soundOfLetters(word) : soundOfLatin(word)
  const unit = makeUnit(word, true, { key: spellingKey(word), sound }, weighWord(word, isPerson), isPerson)
  return acronym ? { ...unit, exactOnly: true } : unit
}

function makeUnit(
  text: string,
  latin: boolean,
  keys: { key: string; sound: string },
  weigh: { weight: number; role: WordRole },
  ofPerson: boolean,
): NameUnit {
  const skeleton = latin ? consonants(keys.key) : ''
  return { text, latin, ...keys, skeleton, ...weigh, words: 0, single: true, ofPerson, exactOnly: false }
}

/**
 * Neighbouring words as one word (Jong Un, Jongun; Abd al-Rahman, Abdulrahman; legal forms too: JSCTAGMET), and whole short names in the orders in which
 * they are written without spaces: ヤマダタロウ, タロウヤマダ.
 */
function joinedUnits(words: NameUnit[], isPerson: boolean): NameUnit[] {
  const joined = new Map<string, NameUnit>()
  const add = (parts: NameUnit[]) => {
    if (parts.length < 2) return
    const unit = joinUnits(parts)
    if (unit.key.length >= 5 && unit.words !== 0) joined.set(`${unit.text}:${unit.words}`, unit)
  }
  for (let at = 0; at < words.length; at += 1) {
    add(words.slice(at, at + 2).length === 2 ? words.slice(at, at + 2) : [])
    add(words.slice(at, at + 3).length === 3 ? words.slice(at, at + 3) : [])
  }
  if (words.length <= 5) add(words)
  if (isPerson && words.length <= 5) add([...words.slice(-1), ...words.slice(0, -1)])
  return [...joined.values()]
}

function joinUnits(parts: NameUnit[]): NameUnit {
  const latin = parts.every(part => part.latin)
  const text = parts.map(part => part.text).join('')
  const key = parts
    .map(part => part.key)
    .join('')
    .replace(/(.)\1+/gu, '$1')
  const sound = parts
    .map(part => part.sound)
    .join('')
    .replace(/([aiueon])\1+/gu, '$1')
  const weight = Math.round(parts.reduce((sum, part) => sum + part.weight, 0) * 100) / 100
  const words = parts.reduce((bits, part) => bits | part.words, 0)
  const joined = makeUnit(
    text,
    latin,
    { key: latin ? key : sound, sound },
    { weight, role: 'name' },
    parts[0]!.ofPerson,
  )
  const exactOnly = parts.some(part => part.role === 'business' || part.role === 'legal')
  return { ...joined, words, single: false, exactOnly }
}
