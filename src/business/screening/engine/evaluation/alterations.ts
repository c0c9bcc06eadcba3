import { inKatakana } from './katakana.ts'
import type { Dice } from './random.ts'

/** How a listed name reaches a clerk's keyboard. Each returns null when it cannot be applied to the name. */
export type AlterationKind =
  | 'as_listed'
  | 'one_typo'
  | 'two_typos'
  | 'reordered'
  | 'name_dropped'
  | 'transliterated'
  | 'katakana'
  | 'katakana_unspaced'
  | 'initial'
  | 'joined'
  | 'legal_form'
  | 'abbreviated'

type Alteration = (words: string[], random: Dice) => string | null

export const PERSON_ALTERATIONS: Partial<Record<AlterationKind, Alteration>> = {
  as_listed: words => words.join(' '),
  one_typo: (words, random) => typos(words, 1, random),
  two_typos: (words, random) => typos(words, 2, random),
  reordered: (words, random) =>
    words.length < 2 ? null : rotate(words, 1 + random.below(words.length - 1)).join(' '),
  name_dropped: (words, random) =>
    words.length < 3 ? null : without(words, 1 + random.below(words.length - 2)).join(' '),
  transliterated: (words, random) => transliterate(words, random),
  katakana: (words, random) =>
    words.some(word => !/^[A-Za-z'’-]+$/u.test(word))
      ? null
      : words.map(word => inKatakana(word, random)).join(random.chance(0.5) ? ' ' : '・'),
  katakana_unspaced: (words, random) =>
    words.length > 3 || words.some(word => !/^[A-Za-z'’-]+$/u.test(word))
      ? null
      : words.map(word => inKatakana(word, random)).join(''),
  initial: (words, random) =>
    words.length < 3
      ? null
      : replaced(words, 1 + random.below(words.length - 2), word => `${word[0]!}.`).join(' '),
  joined: (words, random) =>
    words.length < 2 ? null : joinAt(words, random.below(words.length - 1)).join(' '),
}

export const COMPANY_ALTERATIONS: Partial<Record<AlterationKind, Alteration>> = {
  as_listed: words => words.join(' '),
  one_typo: (words, random) => typos(words, 1, random),
  two_typos: (words, random) => typos(words, 2, random),
  legal_form: (words, random) => otherForm(words, random),
  abbreviated: words => abbreviate(words),
  joined: (words, random) =>
    words.length < 2 ? null : joinAt(words, random.below(words.length - 1)).join(' '),
}

const KEYBOARD = 'abcdefghijklmnopqrstuvwxyz'

/** One letter replaced, dropped, doubled, added or swapped in so many words of at least five letters; numbers and first letters are spared. */
function typos(words: string[], count: number, random: Dice): string | null {
  let places = words.flatMap((word, at) => (word.length >= 5 && /^[A-Za-z]+$/u.test(word) ? [at] : []))
  if (places.length < count) return null
  let changed = words
  for (let i = 0; i < count; i += 1) {
    const at = random.pick(places)
    places = places.filter(place => place !== at)
    changed = replaced(changed, at, word => typo(word, random))
  }
  return changed.join(' ')
}

function typo(word: string, random: Dice): string {
  const i = 1 + random.below(word.length - 2)
  const letter = random.pick([...KEYBOARD])
  return random.pick([
    `${word.slice(0, i)}${letter}${word.slice(i + 1)}`,
    word.slice(0, i) + word.slice(i + 1),
    word.slice(0, i) + word[i]! + word.slice(i),
    `${word.slice(0, i)}${letter}${word.slice(i)}`,
    word.slice(0, i) + word[i + 1]! + word[i]! + word.slice(i + 2),
  ])
}

/** Spellings that differ between passports, newspapers and lists. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/mohammed|muhammad|mohamed|mohammad/giu, 'Mohamad'],
  [/hussein|husayn|hossein/giu, 'Husain'],
  [/ahmad/giu, 'Ahmed'],
  [/yusuf/giu, 'Youssef'],
  [/sergei|sergey/giu, 'Serguei'],
  [/aleksandr/giu, 'Alexander'],
  [/dmitriy|dmitry/giu, 'Dmitri'],
  [/yevgeniy|evgeny/giu, 'Evgeni'],
  [/abdul/giu, 'Abdel'],
  [/kh/giu, 'h'],
  [/iy\b/giu, 'y'],
  [/y\b/giu, 'i'],
  [/ov\b/giu, 'off'],
  [/aya\b/giu, 'aia'],
  [/ou/giu, 'u'],
  [/u/giu, 'ou'],
  [/ee/giu, 'i'],
  [/q/giu, 'k'],
  [/ei/giu, 'ey'],
  [/sh/giu, 'ch'],
  [/w/giu, 'v'],
  [/(?<=[a-z])j/giu, 'dj'],
  [/ll/giu, 'l'],
  [/ss/giu, 's'],
  [/ia/giu, 'iya'],
  [/o/giu, 'u'],
  [/zz/giu, 'z'],
  [/h\b/giu, ''],
]

function transliterate(words: string[], random: Dice): string | null {
  const whole = words.join(' ')
  const fitting = SPELLINGS.filter(([pattern]) => {
    pattern.lastIndex = 0
    return pattern.test(whole)
  })
  if (fitting.length === 0) return null
  const [pattern, target] = random.pick(fitting)
  const changed = whole.replace(pattern, target)
  return changed.toLowerCase() === whole.toLowerCase() ? null : changed
}

const FORMS = ['Co., Ltd.', 'Ltd', 'Limited', 'LLC', 'Inc.', 'Corp', '']
const FORM_AT_END =
  /[\s,]+(?:co\.?,?\s*ltd\.?|company limited|limited liability company|ltd\.?|limited|llc|inc\.?|corp\.?|corporation|company|co\.?|jsc|ooo|gmbh|fze|s\.?a\.?)$/iu

function otherForm(words: string[], random: Dice): string | null {
  const whole = words.join(' ')
  const bare = whole.replace(FORM_AT_END, '')
  if (bare === whole || bare.split(' ').length < 1 || bare.length < 5) return null
  return `${bare} ${random.pick(FORMS)}`.trim()
}

const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcompany\b/giu, 'CO'],
  [/\bcorporation\b/giu, 'CORP'],
  [/\binternational\b/giu, 'INTL'],
  [/\bgroup\b/giu, 'GRP'],
  [/\bservices\b/giu, 'SVCS'],
  [/\btechnology\b/giu, 'TECH'],
  [/\bindustries\b/giu, 'IND'],
  [/\bmanagement\b/giu, 'MGMT'],
  [/\bdevelopment\b/giu, 'DEV'],
  [/\bengineering\b/giu, 'ENG'],
  [/\blimited\b/giu, 'LTD'],
]

function abbreviate(words: string[]): string | null {
  const whole = words.join(' ')
  const changed = ABBREVIATIONS.reduce((text, [pattern, short]) => text.replace(pattern, short), whole)
  return changed === whole ? null : changed
}

function rotate<T>(items: T[], by: number): T[] {
  return [...items.slice(by), ...items.slice(0, by)]
}

function without<T>(items: T[], at: number): T[] {
  return items.filter((_, index) => index !== at)
}

function replaced(words: string[], at: number, change: (word: string) => string): string[] {
  return words.map((word, index) => (index === at ? change(word) : word))
}

function joinAt(words: string[], at: number): string[] {
  return [...words.slice(0, at), words[at]! + words[at + 1]!.toLowerCase(), ...words.slice(at + 2)]
}
