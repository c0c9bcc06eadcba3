/**
 * Kana written in Latin letters, and a key under which the usual spellings of one word are equal: Shimotsuki, Simotuki,
 * Shimotsuki with macrons. For comparison only; safe in the browser.
 */
import { toKatakana } from './kana.ts'

const ROWS: Record<string, string> = {
  ア: 'a',
  イ: 'i',
  ウ: 'u',
  エ: 'e',
  オ: 'o',
  カ: 'ka',
  キ: 'ki',
  ク: 'ku',
  ケ: 'ke',
  コ: 'ko',
  ガ: 'ga',
  ギ: 'gi',
  グ: 'gu',
  ゲ: 'ge',
  ゴ: 'go',
  サ: 'sa',
  シ: 'si',
  ス: 'su',
  セ: 'se',
  ソ: 'so',
  ザ: 'za',
  ジ: 'zi',
  ズ: 'zu',
  ゼ: 'ze',
  ゾ: 'zo',
  タ: 'ta',
  チ: 'ti',
  ツ: 'tu',
  テ: 'te',
  ト: 'to',
  ダ: 'da',
  ヂ: 'zi',
  ヅ: 'zu',
  デ: 'de',
  ド: 'do',
  ナ: 'na',
  ニ: 'ni',
  ヌ: 'nu',
  ネ: 'ne',
  ノ: 'no',
  ハ: 'ha',
  ヒ: 'hi',
  フ: 'hu',
  ヘ: 'he',
  ホ: 'ho',
  バ: 'ba',
  ビ: 'bi',
  ブ: 'bu',
  ベ: 'be',
  ボ: 'bo',
  パ: 'pa',
  ピ: 'pi',
  プ: 'pu',
  ペ: 'pe',
  ポ: 'po',
  マ: 'ma',
  ミ: 'mi',
  ム: 'mu',
  メ: 'me',
  モ: 'mo',
  ヤ: 'ya',
  ユ: 'yu',
  ヨ: 'yo',
  ラ: 'ra',
  リ: 'ri',
  ル: 'ru',
  レ: 're',
  ロ: 'ro',
  ワ: 'wa',
  ヰ: 'i',
  ヱ: 'e',
  ヲ: 'o',
  ン: 'n',
  ヴ: 'bu',
}
const SMALL_VOWELS: Record<string, string> = { ァ: 'a', ィ: 'i', ゥ: 'u', ェ: 'e', ォ: 'o' }
const SMALL_Y: Record<string, string> = { ャ: 'ya', ュ: 'yu', ョ: 'yo' }

/** Katakana or hiragana in the regular (Kunrei-like) romanisation; long marks dropped, ッ dropped, others as they are. */
export function romanizeKana(text: string): string {
  const kana = toKatakana(text)
  let out = ''
  for (const char of kana) {
    const vowel = SMALL_VOWELS[char]
    const glide = SMALL_Y[char]
    if (vowel !== undefined) out = out.replace(/[aiueo]$/, '') + vowel
    else if (glide !== undefined) out = out.replace(/i$/, '') + glide
    else if (char === 'ッ' || char === 'ー') continue
    else out += ROWS[char] ?? char.toLowerCase()
  }
  return out
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/(?<=[bghjkmnprstz])iy(?=[auo])/g, 'y'],
  [/shi/g, 'si'],
  [/sh/g, 'sy'],
  [/chi/g, 'ti'],
  [/tch/g, 'ty'],
  [/ch/g, 'ty'],
  [/tsu/g, 'tu'],
  [/dzu/g, 'zu'],
  [/ji/g, 'zi'],
  [/j(?=[auo])/g, 'zy'],
  [/jy/g, 'zy'],
  [/fu/g, 'hu'],
  [/f/g, 'hu'],
  [/v/g, 'b'],
  [/l/g, 'r'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/q/g, 'k'],
  [/x/g, 'kusu'],
  [/m(?=[bpm])/g, 'n'],
  [/o(?:u|h(?![aiueo]))/g, 'o'],
  [/([aiueo])\1+/g, '$1'],
  [/([bcdfghjkmnpqrstvwxyz])\1+/g, '$1'],
]

/** Latin text (or romanised kana) under which the usual spellings of the same Japanese word are equal. */
export function romajiKey(latin: string): string {
  let key = latin
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    // Itoh Unyu: at the end of a word the h is a long mark, whatever the next word begins with; Giso Homu has none.
    .replace(/oh(?![a-z])/g, 'ou')
    .replace(/[^a-z0-9]+/g, '')
  for (const [pattern, target] of SPELLINGS) key = key.replace(pattern, target)
  return key
}

/**
 * Latin text or a kana reading under which a search finds it however it is romanised: Saito Unyu, Saitou Unyu, サイトウウンユ. Looser than
 * `romajiKey`: long vowels are gone wherever they stand, also between two words.
 */
export function romajiSearchKey(text: string): string {
  let key = romajiKey(romanizeKana(text))
  for (let before = ''; before !== key; ) {
    before = key
    key = romajiKey(key)
  }
  return key.toUpperCase()
}

/** The romaji key of a kana reading. */
export function readingRomajiKey(kana: string): string {
  return romajiKey(romanizeKana(kana))
}

/** Consonants of a romaji key, so that an English word and its katakana meet: system and システム. */
export function consonantKey(key: string): string {
  return key.replace(/[aiueoyhw]/g, '').replace(/([a-z])\1+/g, '$1')
}
