import type { Dice } from './random.ts'

/**
 * Writes a Latin word in katakana as a Japanese clerk would, with the choices clerks differ in (ヴ or ブ, a long mark or none).
 * Made apart from the engine's sound keys on purpose: the test must not read with the same eyes.
 */
const ROWS: Record<string, string> = {
  '': 'アイウエオ',
  k: 'カキクケコ',
  g: 'ガギグゲゴ',
  s: 'サシスセソ',
  z: 'ザジズゼゾ',
  t: 'タチツテト',
  d: 'ダディドゥデド',
  n: 'ナニヌネノ',
  h: 'ハヒフヘホ',
  b: 'バビブベボ',
  p: 'パピプペポ',
  m: 'マミムメモ',
  y: 'ヤイユエヨ',
  r: 'ラリルレロ',
  w: 'ワウィウウェウォ',
}
const SPLIT_ROWS: Record<string, string[]> = {
  kh: ['ハ', 'ヒ', 'フ', 'ヘ', 'ホ'],
  x: ['クサ', 'クシ', 'クス', 'クセ', 'クソ'],
  d: ['ダ', 'ディ', 'ドゥ', 'デ', 'ド'],
  t: ['タ', 'ティ', 'トゥ', 'テ', 'ト'],
  w: ['ワ', 'ウィ', 'ウ', 'ウェ', 'ウォ'],
  f: ['ファ', 'フィ', 'フ', 'フェ', 'フォ'],
  v: ['ヴァ', 'ヴィ', 'ヴ', 'ヴェ', 'ヴォ'],
  j: ['ジャ', 'ジ', 'ジュ', 'ジェ', 'ジョ'],
  sh: ['シャ', 'シ', 'シュ', 'シェ', 'ショ'],
  ch: ['チャ', 'チ', 'チュ', 'チェ', 'チョ'],
  ts: ['ツァ', 'ツィ', 'ツ', 'ツェ', 'ツォ'],
}
const CONSONANTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:shch|sch|sh)/u, 'sh'],
  [/^(?:tch|ch)/u, 'ch'],
  [/^(?:dzh|dj|zh|j)/u, 'j'],
  [/^ts/u, 'ts'],
  [/^kh/u, 'kh'],
  [/^ph/u, 'f'],
  [/^gh/u, 'g'],
  [/^dh/u, 'd'],
  [/^th/u, 's'],
  [/^(?:ck|c|q)/u, 'k'],
  [/^x/u, 'x'],
  [/^l/u, 'r'],
  [/^[kgsztdnhbpmyrwfv]/u, ''],
]
const FINAL: Record<string, string> = {
  t: 'ト',
  d: 'ド',
  n: 'ン',
  m: 'ム',
  h: '',
  kh: 'フ',
  x: 'クス',
  y: 'イ',
  j: 'ジ',
  sh: 'シュ',
  ch: 'チ',
  r: 'ル',
  v: 'ヴ',
  f: 'フ',
  ts: 'ツ',
  w: 'ウ',
}

export function inKatakana(word: string, random: Dice): string {
  return word
    .split('-')
    .map(part => syllables(part, random))
    .join('')
}

function syllables(word: string, random: Dice): string {
  const withoutBu = random.chance(0.6)
  let rest = word
    .toLowerCase()
    .replace(/([^aeiou])\1/gu, '$1')
    .replace(/[^a-z]/gu, '')
    .replace(/^x/u, 'sh')
    .replace(/ee/gu, 'ii')
    .replace(/oo|ou/gu, 'uu')
  let out = ''
  while (rest !== '') {
    const { sound, length } = consonantAt(rest)
    rest = rest.slice(length)
    const vowel = /^[aeiou]/u.exec(rest)?.[0]
    if (vowel === undefined && length === 0) {
      rest = rest.slice(1)
      continue
    }
    if (vowel === undefined) out += sound === 'y' && out !== '' ? 'イ' : (FINAL[sound] ?? rowOf(sound)[2]!)
    else out += rowOf(sound)['aiueo'.indexOf(vowel)]!
    if (vowel !== undefined) {
      rest = rest.slice(1)
      if (rest[0] === vowel || (rest === '' && random.chance(0.1))) out += random.chance(0.7) ? 'ー' : ''
      if (rest[0] === vowel) rest = rest.slice(1)
    }
  }
  return withoutBu
    ? out
        .replace(/ヴ([ァィェォ])/gu, (_, small: string) => 'バビベボ'['ァィェォ'.indexOf(small)]!)
        .replaceAll('ヴ', 'ブ')
    : out
}

function consonantAt(text: string): { sound: string; length: number } {
  for (const [pattern, sound] of CONSONANTS) {
    const found = pattern.exec(text)
    if (found) return { sound: sound === '' ? found[0] : sound, length: found[0].length }
  }
  return { sound: '', length: 0 }
}

function rowOf(sound: string): string[] {
  return SPLIT_ROWS[sound] ?? [...(ROWS[sound] ?? ROWS['']!)]
}
