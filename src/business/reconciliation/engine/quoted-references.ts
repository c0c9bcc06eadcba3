/**
 * How surely an invoice number stands in a text: `strong` = as a number of its own; `weak` = inside a longer
 * one, or too short to mean much.
 */
export type QuoteStrength = 'strong' | 'weak'

export type Quote = { key: string; strength: QuoteStrength }

/** Bytes of the EDI field in bank records (JR §2.5, §8). */
const EDI_BYTES = 20

/** An invoice number stripped to what is compared: NFKC, upper case, letters and digits only (JR §8, FF §7). */
export function referenceKey(invoiceNumber: string): string {
  return stripped(invoiceNumber).text
}

/**
 * Which of the known invoice numbers a text quotes. Numbers are compared without punctuation, but a hit must
 * begin and end where the text does: never inside a longer run of digits ("100123" does not quote "00123"),
 * and only weakly inside a number joined by dashes. Of overlapping hits the longest stands. Short numbers
 * (under 4 digits) are weak: they may be a date or a branch; so is one at the end of a full EDI field behind
 * other text, which may be cut.
 */
export function quotedReferences(text: string, isKnown: (key: string) => boolean): Quote[] {
  const { text: plain, gaps } = stripped(text)
  const mayBeCut = text.trimEnd().length === EDI_BYTES
  const hits: { from: number; to: number; strength: QuoteStrength }[] = []
  for (let from = 0; from < plain.length; from++) {
    const left = boundary(plain, gaps, from)
    if (left === 'none') continue
    for (let to = plain.length; to > from; to--) {
      const right = boundary(plain, gaps, to)
      if (right === 'none') continue
      const key = plain.slice(from, to)
      if (!isKnown(key)) continue
      const wasCut = mayBeCut && to === plain.length && from > 0
      const sure = left === 'hard' && right === 'hard' && isTelling(key) && !wasCut
      hits.push({ from, to, strength: sure ? 'strong' : 'weak' })
      break
    }
  }
  const longest = hits.filter(
    hit => !hits.some(other => other !== hit && other.from <= hit.from && hit.to <= other.to),
  )
  const quotes = new Map<string, QuoteStrength>()
  for (const { from, to, strength } of longest) {
    const key = plain.slice(from, to)
    if (quotes.get(key) !== 'strong') quotes.set(key, strength)
  }
  return [...quotes].map(([key, strength]) => ({ key, strength }))
}

/**
 * Letters and digits of a text, and at each position what was stripped before it: nothing, a joining mark, or
 * a real break.
 */
function stripped(text: string): { text: string; gaps: ('' | 'soft' | 'hard')[] } {
  let plain = ''
  const gaps: ('' | 'soft' | 'hard')[] = []
  let gap: '' | 'soft' | 'hard' = 'hard'
  for (const char of text.normalize('NFKC').toUpperCase()) {
    if (isLetterOrDigit(char)) {
      for (let unit = 0; unit < char.length; unit++) gaps.push(unit === 0 ? gap : '')
      plain += char
      gap = ''
    } else if (JOINING.has(char)) {
      if (gap === '') gap = 'soft'
    } else {
      gap = 'hard'
    }
  }
  gaps.push('hard')
  return { text: plain, gaps }
}

/** Marks which join the parts of one number. */
const JOINING = new Set(['-', '‐', '‑', '–', '—', '―', '−', 'ー', '/', '.', '_', '#', '\u3099', '\u309A'])

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u

function isLetterOrDigit(char: string): boolean {
  const code = char.charCodeAt(0)
  if (code < 128) return (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
  return char !== 'ー' && LETTER_OR_DIGIT.test(char)
}

/** Words that may stand right before a number without being part of it. */
const LEADING_WORD =
  /(?:^|[^A-Z])(?:INV|INVOICE|NO|NR|ID|BILL)$|[\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Han}]$/u

/**
 * Can a number begin or end at this position? Between a word and a digit it can, softly when the word is not
 * a known one.
 */
function boundary(plain: string, gaps: ('' | 'soft' | 'hard')[], at: number): 'none' | 'soft' | 'hard' {
  const gap = gaps[at]!
  if (gap === 'hard' || at === 0) return 'hard'
  const before = isDigit(plain, at - 1)
  const after = isDigit(plain, at)
  if (gap === 'soft') return !before && after && LEADING_WORD.test(plain.slice(0, at)) ? 'hard' : 'soft'
  if (before === after) return isKana(plain, at - 1) !== isKana(plain, at) ? 'hard' : 'none'
  return LEADING_WORD.test(plain.slice(0, at)) || isKana(plain, at) ? 'hard' : 'none'
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

function isKana(text: string, at: number): boolean {
  return text.charCodeAt(at) > 127
}

/** Long enough to be no accident: four digits, or three with letters around them. */
function isTelling(key: string): boolean {
  const digits = key.replace(/\D/g, '').length
  return digits >= 4 || (digits >= 3 && key.length >= 5)
}
