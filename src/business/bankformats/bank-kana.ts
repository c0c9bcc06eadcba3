import { enlargeKana, toHalfWidth, toKatakana } from '../names/index.ts'

/** A name as banks write it on statements: half-width, large kana, `-` for every dash. What is no kana stays as it is. Source: JR §2.1. */
export function bankKana(text: string): string {
  const kana = enlargeKana(toKatakana(text))
    .replace(/[‐‑‒–—―−ー─━]/gu, '-')
    .replace(/\s+/gu, ' ')
  return toHalfWidth(kana).toUpperCase().trim()
}

/** True when the text is half-width kana, Latin letters, digits and the marks of a bank name, and holds a letter at all. */
export function isBankKana(text: string): boolean {
  return /^[ｦ-ﾟA-Z0-9 ().,/･｡｢｣&'*-]+$/u.test(text) && /[ｦ-ﾟA-Z]/u.test(text)
}

/** What is left of a payer's name to compare two files: letters and digits, ｦ as ｵ, small kana large. */
export function payerKey(payerKana: string): string {
  return bankKana(payerKana)
    .replaceAll('ｦ', 'ｵ')
    .replace(/[^ｱ-ﾝﾞﾟA-Z0-9]/gu, '')
}
