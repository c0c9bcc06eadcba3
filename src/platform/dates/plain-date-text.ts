const KANJI_DIGITS = '〇一二三四五六七八九'

/**
 * One plain spelling for a typed date: NFKC (full width, ㍻ and ㋿ to letters), kanji numerals to digits, 元年 to 1年, every dash
 * to `-`, no spaces, upper case. A weekday in brackets stays, for the caller to compare.
 */
export function plainDateText(typed: string): string {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\s+/gu, '')
    .replace(/[‐‑–—―−ー]/gu, '-')
  const digits = text.includes('年') ? text.replace(/[〇零一二三四五六七八九十百]+/gu, arabic) : text
  return digits.replace('元年', '1年').replace(/[・·]/gu, '.')
}

/** 二十三 → 23, 二〇二六 → 2026. */
function arabic(kanji: string): string {
  const plain = kanji.replaceAll('零', '〇')
  if (!/[十百]/u.test(plain)) return Array.from(plain, digit => KANJI_DIGITS.indexOf(digit)).join('')
  let total = 0
  let pending = 0
  for (const sign of plain) {
    if (sign === '十') total += (pending || 1) * 10
    else if (sign === '百') total += (pending || 1) * 100
    pending = sign === '十' || sign === '百' ? 0 : KANJI_DIGITS.indexOf(sign)
  }
  return String(total + pending)
}
