/** Numbers inside addresses: 二十三丁目 and 23丁目 are the same. Safe in the browser. Source: JR §7.5. */

const DIGITS = '〇一二三四五六七八九'
const NUMERAL = /[〇一二三四五六七八九十百千]+(?=丁目|丁|番地|番町|番|号|条|線|区|地割|階)/g

/** The value of a kanji numeral (二十三, 二三, 百), or null. */
export function kanjiToNumber(text: string): number | null {
  let total = 0
  let current = 0
  let positional = false
  for (const char of text) {
    const digit = DIGITS.indexOf(char)
    if (digit >= 0) {
      current = positional ? current * 10 + digit : digit
      positional = true
      continue
    }
    const unit = char === '十' ? 10 : char === '百' ? 100 : char === '千' ? 1000 : 0
    if (unit === 0) return null
    total += (positional ? current : 1) * unit
    current = 0
    positional = false
  }
  return total + current
}

const ANY_NUMERAL = /[〇一二三四五六七八九十百千]/

/** Kanji numerals in front of 丁目, 番, 号, 条 … as digits; other kanji numerals (三田, 八丁堀) stay. */
export function numeralsToDigits(text: string): string {
  if (!ANY_NUMERAL.test(text)) return text
  return text.replace(NUMERAL, numeral => String(kanjiToNumber(numeral) ?? numeral))
}
