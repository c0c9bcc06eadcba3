/** Words of names in Latin letters, and the keys under which their usual spellings meet. Cyrillic and Greek are transliterated first. */

const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ŋ: 'n',
  ə: 'a',
  ħ: 'h',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ї: 'yi',
  є: 'ye',
  ґ: 'g',
  ў: 'u',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  ђ: 'dj',
  џ: 'dz',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
}

/** Lower-case plain letters: accents off, ligatures and other alphabets spelled out; letters of no known alphabet stay. */
export function plainLetters(text: string): string {
  const lower = text.toLowerCase()
  if (/^[ -~]*$/u.test(lower)) return lower
  let out = ''
  for (const letter of lower.normalize('NFKD').replace(/\p{M}/gu, '')) out += LETTERS[letter] ?? letter
  return out
}

/** Words of a name: apostrophes are dropped, full stops between single letters join them (S.A. → sa), anything else separates. */
export function wordsOf(text: string): string[] {
  return plainLetters(text)
    .replace(/['’‘`´ʻʼ"]/gu, '')
    .replace(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ph/gu, 'f'],
  [/tch|tsch/gu, 'ch'],
  [/sch/gu, 'sh'],
  [/kh/gu, 'h'],
  [/gh/gu, 'g'],
  [/dh/gu, 'd'],
  [/th/gu, 't'],
  [/zh|dzh|dj/gu, 'j'],
  [/ck|cq/gu, 'k'],
  [/c(?=[eiy])/gu, 's'],
  [/c(?!h)|q/gu, 'k'],
  [/x/gu, 'ks'],
  [/w/gu, 'v'],
  [/ou|oo/gu, 'u'],
  [/ee/gu, 'i'],
  [/y/gu, 'i'],
  [/o/gu, 'u'],
  [/(.)\1+/gu, '$1'],
  [/(?<=[aeiu])h$/u, ''],
]

/** Key of a Latin word in which the common transliterations agree: Mohammed, Muhammad; Mikhail, Mihail; Yusuf, Yousef differ by a vowel at most. */
export function spellingKey(word: string): string {
  if (/\d/u.test(word)) return word
  let key = word
  for (const [pattern, target] of SPELLINGS) key = key.replace(pattern, target)
  return key === '' ? word : key
}

/** Consonants of a spelling key in order; words that differ only in vowels share it. */
export function consonants(key: string): string {
  return key.replace(/[aeiu]/gu, '')
}
