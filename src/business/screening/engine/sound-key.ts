import { romanizeKana } from '../../names/index.ts'
import { plainLetters } from './latin-words.ts'

/**
 * Keys by sound, so that katakana and Latin letters meet: ヤマダ and Yamada, シモツキ and Shimotsuki or Simotuki, ムハンマド and Muhammad.
 * A Latin word is first said with Japanese syllables (smith → sumisu), then Hepburn and Kunrei spellings are made one.
 */
const SYLLABLES: readonly (readonly [RegExp, string])[] = [
  [/ph/gu, 'f'],
  [/kh$/gu, 'f'],
  [/dzh|dj/gu, 'j'],
  [/^x/gu, 's'],
  [/kh/gu, 'h'],
  [/gh/gu, 'g'],
  [/dh/gu, 'd'],
  [/th/gu, 's'],
  [/zh/gu, 'j'],
  [/ck/gu, 'k'],
  [/sch/gu, 'sh'],
  [/tch/gu, 'ch'],
  [/c(?=[eiy])/gu, 's'],
  [/c(?!h)|q/gu, 'k'],
  [/x/gu, 'kusu'],
  [/shi/gu, 'si'],
  [/sh/gu, 'sy'],
  [/chi/gu, 'ti'],
  [/ch/gu, 'ty'],
  [/tsu/gu, 'tu'],
  [/ts/gu, 'tu'],
  [/dzu/gu, 'zu'],
  [/ji/gu, 'zi'],
  [/jy|j/gu, 'zy'],
  [/f/gu, 'hu'],
  [/huu/gu, 'hu'],
  [/v/gu, 'b'],
  [/l/gu, 'r'],
  [/w(?![aiueo])/gu, 'u'],
  [/wu/gu, 'u'],
  [/m(?=[bpm])/gu, 'n'],
  [/oh(?=$|[^aiueoy])/gu, 'o'],
  [/([aiueo])h(?=$|[^aiueoy])/gu, '$1'],
  [/([bdghkmprstyz])\1+/gu, '$1'],
]

/** Sound key of a Latin word, in plain lower-case letters. */
export function soundOfLatin(word: string): string {
  let key = word
  for (const [pattern, target] of SYLLABLES) key = key.replace(pattern, target)
  return settle(addVowels(key))
}

/** Letters as Japanese say them one by one: ＫＶＫ is ケーブイケー. */
const LETTER_NAMES: Record<string, string> = {
  a: 'ei',
  b: 'bi',
  c: 'si',
  d: 'di',
  e: 'i',
  f: 'ehu',
  g: 'zi',
  h: 'eiti',
  i: 'ai',
  j: 'zei',
  k: 'ke',
  l: 'eru',
  m: 'emu',
  n: 'enu',
  o: 'o',
  p: 'pi',
  q: 'kyu',
  r: 'aru',
  s: 'esu',
  t: 'ti',
  u: 'yu',
  v: 'bui',
  w: 'daburyu',
  x: 'ekusu',
  y: 'wai',
  z: 'zeto',
}

/** Sound key of an acronym said letter by letter. */
export function soundOfLetters(word: string): string {
  return settle([...word].map(letter => LETTER_NAMES[letter] ?? letter).join(''))
}

/** Short words of company names that cannot be said as one: no vowel, or three letters with two consonants side by side. */
export function isAcronym(word: string): boolean {
  if (!/^[a-z]{2,4}$/u.test(word)) return false
  if (!/[aeiouy]/u.test(word)) return true
  return (
    word.length === 3 &&
    /[^aeiouy]{2}/u.test(word.replace(/sh|ch|ts|th|kh|gh|ph|zh|dh|h$/u, 'h').replace(/(.)\1/u, '$1'))
  )
}

/** Every consonant but n is followed by a vowel in Japanese: o after t and d, i after ty and zy, u elsewhere. */
function addVowels(key: string): string {
  let out = ''
  for (let i = 0; i < key.length; i += 1) {
    const letter = key[i]!
    const next = key[i + 1] ?? ''
    if (letter === 'y' && !/[aiueo]/u.test(next)) {
      const before = key[i - 1] ?? ''
      out += before === 's' ? 'yu' : 'i'
      continue
    }
    out += letter
    if (!/[a-z]/u.test(letter) || /[aiueony]/u.test(letter) || /[aiueoy]/u.test(next)) continue
    out += letter === 't' || letter === 'd' ? 'o' : 'u'
  }
  return out
}

/** Sound key of a word in katakana; letters which are not kana are read as Latin ones. */
export function soundOfKana(word: string): string {
  return settle(
    plainLetters(
      romanizeKana(
        word
          .replace(/ウ(?=[ィェォ])/gu, 'w')
          .replace(/w([ィェォ])/gu, (_, vowel: string) => `w${'ieo'['ィェォ'.indexOf(vowel)]!}`),
      ),
    ),
  )
}

/** Last step for both scripts: large kana for small ones (ギヨウ, as banks write ギョウ), long vowels short, bu before a vowel b, doubled letters one. */
function settle(key: string): string {
  return key
    .replace(/(?<=[kgsztdnhbpmr])iy(?=[auo])/gu, 'y')
    .replace(/iy(?=e)/gu, 'i')
    .replace(/(?<=[stz])y(?=e)/gu, '')
    .replace(/ou|oo/gu, 'o')
    .replace(/([aiue])\1+/gu, '$1')
    .replace(/bu(?=[aieo])/gu, 'b')
    .replace(/hu(?=[aieo])/gu, 'h')
    .replace(/n+/gu, 'n')
}
