/**
 * Width, kana and variation-selector conversions. Pure text in, text out; safe in the browser.
 * Source: JR §2.1, §2.2, §7.4.
 */

/** Version of every key this slice makes; stored beside the keys, raised whenever a key may change. */
export const NORM_VERSION = 4

const VARIATION_SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu
const DASHES = /[‐‑‒–—―−﹘﹣－ｰ─━]/g
const COMBINING_VOICED = /[\u3099\u309A]/g

/** NFKC without variation selectors and with stray voiced marks joined to their kana. */
export function compatible(text: string): string {
  if (isPlainAscii(text)) return text
  const joined = text.replace(VARIATION_SELECTORS, '').replace(/゛/g, '\u3099').replace(/゜/g, '\u309A')
  return joined.normalize('NFKC')
}

function isPlainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) return false
  return true
}

/** Hiragana to katakana, half-width kana to full width; other characters by NFKC. */
export function toKatakana(text: string): string {
  const wide = compatible(text)
  let out = ''
  for (let i = 0; i < wide.length; i++) {
    const code = wide.charCodeAt(i)
    const isHiragana = (code >= 0x3041 && code <= 0x3096) || code === 0x309d || code === 0x309e
    out += isHiragana ? String.fromCharCode(code + 0x60) : wide[i]
  }
  return out
}

/** Katakana to hiragana, for people who read the furigana aloud. */
export function toHiragana(text: string): string {
  return compatible(text).replace(/[\u30A1-\u30F6]/g, kana => String.fromCharCode(kana.charCodeAt(0) - 0x60))
}

const HALF_KANA = 'ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ'
const FULL_KANA =
  'ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン'
const halfOf = new Map<string, string>([...FULL_KANA].map((kana, i) => [kana, HALF_KANA[i]!]))
halfOf
  .set('\u3099', 'ﾞ')
  .set('\u309A', 'ﾟ')
  .set('・', '･')
  .set('。', '｡')
  .set('、', '､')
  .set('「', '｢')
  .set('」', '｣')

/** Full-width kana, letters and digits to half width; a voiced kana becomes two characters. */
export function toHalfWidth(text: string): string {
  const decomposed = toKatakana(text).normalize('NFKD')
  let out = ''
  for (const char of decomposed) out += halfOf.get(char) ?? char
  return out
}

/** Every dash written as a plain hyphen. The long-vowel mark ー is not a dash here. */
export function plainDashes(text: string): string {
  return text.replace(DASHES, '-')
}

const SMALL = 'ァィゥェォッャュョヮヵヶ'
const LARGE = 'アイウエオツヤユヨワカケ'
const largeOf = new Map<string, string>([...SMALL].map((kana, i) => [kana, LARGE[i]!]))

const ANY_SMALL = /[ァィゥェォッャュョヮヵヶ]/

/** Small kana to large ones, as bank files demand. */
export function enlargeKana(text: string): string {
  if (!ANY_SMALL.test(text)) return text
  let out = ''
  for (const char of text) out += largeOf.get(char) ?? char
  return out
}

const FOREIGN: Record<string, string> = { ア: 'バ', イ: 'ビ', エ: 'ベ', オ: 'ボ', ユ: 'ビユ' }

/** Foreign sounds as most people type them, in large kana: ヴエルデ → ベルデ, フオ → ホ. */
export function plainKana(large: string): string {
  if (!/[ヴフ]/.test(large)) return large
  return large
    .replace(/ヴ([アイエオユ]?)/g, (_, vowel: string) => FOREIGN[vowel] ?? 'ブ')
    .replace(/フオ/g, 'ホ')
}

/** True if the text holds kana, long-vowel marks, separators and nothing else. */
export function isKanaOnly(text: string): boolean {
  return /^[\p{Script=Hiragana}\p{Script=Katakana}ー・･\s.-]+$/u.test(text)
}

/** Kana without their voiced and half-voiced marks: ガ → カ, パ → ハ. */
export function withoutVoicing(text: string): string {
  return text.normalize('NFD').replace(COMBINING_VOICED, '')
}
