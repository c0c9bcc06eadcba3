import { romanizeKana } from '../../names/index.ts'
import { plainLetters } from './latin-words.ts'

/**
 * Keys by sound, so that katakana and Latin letters meet: ヤマダ and Yamada, シモツキ and Shimotsuki or Simotuki, ムハンマド and Muhammad.
 * A Latin word is first said with Japanese syllables (smith → sumisu), then Hepburn and Kunrei spellings are made one.
 */
const SYLLABLES: readonly (readonly [RegExp, string])[] = [
  [/ph/gu, 'f'],
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
  return settle(plainLetters(romanizeKana(word)))
}

/** Last step for both scripts: large kana for small ones (ギヨウ, as banks write ギョウ), long vowels short, bu before a vowel b, doubled letters one. */
function settle(key: string): string {
  return key
    .replace(/(?<=[kgsztdnhbpmr])iy(?=[auo])/gu, 'y')
    .replace(/ou|oo/gu, 'o')
    .replace(/([aiue])\1+/gu, '$1')
    .replace(/bu(?=[aieo])/gu, 'b')
    .replace(/hu(?=[aieo])/gu, 'h')
    .replace(/n+/gu, 'n')
}
