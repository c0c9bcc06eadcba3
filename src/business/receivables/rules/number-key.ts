/**
 * The key of an invoice number (FF §7, DD group 8): NFKC, upper case, everything but letters and digits
 * stripped. "ＩＮＶ－2026／001" and "inv 2026-001" are one number; empty when nothing is left (then there is no
 * number).
 */
export function numberKey(invoiceNo: string): string {
  return (
    invoiceNo
      .normalize('NFKC')
      .toUpperCase()
      // A long vowel mark beside a Latin letter or digit is a hyphen typed with the kana keyboard.
      .replace(/(?<=[A-Z0-9])ー|ー(?=[A-Z0-9])/g, '')
      .replace(/[^\p{L}\p{N}]/gu, '')
  )
}

export type NumberLikeness = 'misread_characters' | 'leading_zeros' | 'year_prefix' | 'words_around'

/**
 * Characters a reader of paper confuses, folded to one of them; only applied where the key also holds digits.
 */
const MISREAD: Record<string, string> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  B: '8',
  G: '6',
}

/** Words printed around a number which are not part of it. */
const WORDS = /^(INVOICE|INV|NO|NUMBER|請求書番号|請求書|請求|番号|第)+|(号)$/gu

/**
 * How two different keys can still be one number: words around it, characters misread by OCR or by hand, a
 * year in front, leading zeros. Empty when they are different numbers, and when they are equal (an equal key
 * is no likeness but the same number).
 */
export function numberLikeness(a: string, b: string): NumberLikeness[] {
  if (a === b || a === '' || b === '') return []
  const found: NumberLikeness[] = []
  let pair: Pair = [a, b]
  for (const [likeness, simplify] of SIMPLIFICATIONS) {
    const simpler = simplify(pair)
    if (simpler === null) return []
    const changed = simpler.map((key, side) => key !== pair[side])
    if (simpler[0] === simpler[1] || changed[0] !== changed[1]) found.push(likeness)
    pair = simpler
    if (pair[0] === pair[1]) return pair[0] === '' ? [] : found
  }
  return []
}

type Pair = [string, string]

/** Each makes both keys simpler, in this order; null = the two are certainly different numbers. */
const SIMPLIFICATIONS: [NumberLikeness, (pair: Pair) => Pair | null][] = [
  ['words_around', pair => both(pair, key => key.replace(WORDS, ''))],
  [
    'misread_characters',
    pair =>
      both(pair, key => (/\d/.test(key) ? key.replace(/[OQDILZSBG]/g, letter => MISREAD[letter]!) : key)),
  ],
  ['year_prefix', withoutYear],
  ['leading_zeros', pair => both(pair, key => key.replace(/(^|[^\d])0+(?=\d)/g, '$1'))],
]

function both([a, b]: Pair, simplify: (key: string) => string): Pair {
  return [simplify(a), simplify(b)]
}

/**
 * Takes off a year in front (2026…, R8…, R08…); two keys of different years are different numbers, however
 * alike the rest.
 */
function withoutYear([a, b]: Pair): Pair | null {
  const [yearA, restA] = splitYear(a)
  const [yearB, restB] = splitYear(b)
  if (yearA !== null && yearB !== null) return yearA === yearB ? [restA, restB] : null
  return [restA, restB]
}

function splitYear(key: string): [number | null, string] {
  const western = /^((?:19|20)\d{2})(\d{2,})$/.exec(key)
  if (western) return [Number(western[1]), western[2]!]
  const reiwa = /^R(0[1-9]|[1-9]\d?)(\d{3,})$/.exec(key)
  return reiwa ? [2018 + Number(reiwa[1]), reiwa[2]!] : [null, key]
}
